package fr.tambour.fediverse.internal;

import fr.tambour.town.TownId;
import java.net.URI;
import java.security.KeyPair;

/** Accounts of a town, that stand at clairval.example. */
final class TestAccounts {

    private static final KeyPair KEYS = RsaKeys.pair();

    private TestAccounts() {}

    static Actor of(TownId town, long id, String name) {
        return new Actor(
                id,
                town,
                Actor.Kind.TOWN,
                name,
                URI.create("https://clairval.example"),
                "clairval.example",
                KEYS.getPublic(),
                KEYS.getPrivate());
    }
}
