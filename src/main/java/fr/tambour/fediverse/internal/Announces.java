package fr.tambour.fediverse.internal;

import fr.tambour.notice.NoticeId;
import java.net.URI;

/** What reposts are known by, for good: below the account that reposts. */
public final class Announces {

    public static final String PATH = "/partages/";

    private Announces() {}

    /** Of a notice, by a theme's account. */
    static URI of(Actor account, NoticeId notice) {
        return URI.create(account.uri() + PATH + notice.ref());
    }

    /** Of a post of somebody else's, by the town's. */
    static URI of(Actor account, long repost) {
        return URI.create(account.uri() + PATH + repost);
    }
}
