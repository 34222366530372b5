package fr.tambour.fediverse.internal;

import fr.tambour.testing.TambourServer;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import java.net.URI;
import java.security.KeyPair;
import java.util.Optional;

/** Accounts of a town, that stand at clairval.example; and of others, whose servers nobody can ask here. */
public final class TestAccounts {

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

    /** Its server says whose this address is. */
    public static void found(TambourServer server, Town town, String address, URI account) {
        server.bean(AddressLookup.class).settle(new Lookups.Lookup(town.id(), address, 1), Optional.of(account));
    }
}
