package fr.tambour.fediverse.internal;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How many follow. */
@Component
public class FollowerCount {

    private final Followers followers;

    FollowerCount(Followers followers) {
        this.followers = followers;
    }

    @Transactional(readOnly = true)
    public long of(Actor actor) {
        return followers.count(actor);
    }
}
