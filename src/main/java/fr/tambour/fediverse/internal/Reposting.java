package fr.tambour.fediverse.internal;

import fr.tambour.dispatch.Audience;
import fr.tambour.notice.Kind;
import fr.tambour.notice.PublishedNotice;
import java.util.Set;

/**
 * What a theme's account reposts: what whoever chose that theme alone is told (docs/reference/audience.md), in every
 * district. One whose theme the town has dropped reposts what reaches all, and no more.
 */
public final class Reposting {

    private Reposting() {}

    /** Whether it reposts what is published now for this audience. */
    static boolean does(Actor account, Audience audience) {
        return account.state() == Actor.State.ON && concerns(account, audience);
    }

    /** The same, whether it is on now or not: it may have been on then. */
    static boolean concerns(Actor account, Audience audience) {
        return concerns(account, audience.kind(), audience.themes());
    }

    /** Whether it belongs on the account's page. */
    public static boolean concerns(Actor account, PublishedNotice notice) {
        return concerns(account, notice.kind(), Set.copyOf(notice.content().themes()));
    }

    private static boolean concerns(Actor account, Kind kind, Set<Long> themes) {
        return kind == Kind.EMERGENCY || themes.isEmpty() || themes.contains(account.theme());
    }
}
