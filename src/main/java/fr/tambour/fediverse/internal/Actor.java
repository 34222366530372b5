package fr.tambour.fediverse.internal;

import fr.tambour.town.TownId;
import java.net.URI;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * One of our accounts, as other servers know it.
 *
 * @param name what stands before the @
 * @param base scheme, host and port with which its identifiers begin, for good
 * @param domain what stands after the @: mostly the host of the base, or the town's own domain while this runs below it
 * @param theme whose it is, by its id; 0 where it is no theme's
 * @param keyName what its key is called after the #; another with each key
 * @param approves whether only those follow it whom the town lets
 */
public record Actor(
        long id,
        TownId town,
        Kind kind,
        String name,
        URI base,
        String domain,
        PublicKey publicKey,
        PrivateKey privateKey,
        long theme,
        State state,
        String keyName,
        boolean approves) {

    static final String FIRST_KEY = "main-key";

    /** Which of a town's accounts. */
    public enum Kind {
        /** Its own, which people follow; it writes all there is. */
        TOWN,
        /** A theme's, which reposts what the town's own writes about it. */
        THEME,
        /** Who asks other servers for something: never behind a gate itself, so that two servers cannot wait for each other. */
        INSTANCE
    }

    /** Whether it does anything. */
    public enum State {
        ON,
        /** It stands, and reposts nothing more until it is on again. */
        OFF,
        /** It is gone for good. */
        CLOSED
    }

    /** A town's own, or its instance's, with its first key. */
    Actor(
            long id,
            TownId town,
            Kind kind,
            String name,
            URI base,
            String domain,
            PublicKey publicKey,
            PrivateKey privateKey) {
        this(id, town, kind, name, base, domain, publicKey, privateKey, 0, State.ON, FIRST_KEY, false);
    }

    Actor with(State other) {
        return new Actor(id, town, kind, name, base, domain, publicKey, privateKey, theme, other, keyName, approves);
    }

    Actor approving(boolean asks) {
        return new Actor(id, town, kind, name, base, domain, publicKey, privateKey, theme, state, keyName, asks);
    }

    Actor with(KeyPair pair, String name) {
        return new Actor(
                id,
                town,
                kind,
                this.name,
                base,
                domain,
                pair.getPublic(),
                pair.getPrivate(),
                theme,
                state,
                name,
                approves);
    }

    /** Its identifier; one that people follow has its public page there as well. */
    public URI uri() {
        return URI.create(base + path());
    }

    /** Begins with a slash. */
    public String path() {
        return switch (kind) {
            case TOWN, THEME -> "/@" + name;
            case INSTANCE -> FediversePaths.INSTANCE;
        };
    }

    public String keyId() {
        return uri() + "#" + keyName;
    }

    public String followers() {
        return uri() + FediversePaths.FOLLOWERS;
    }

    public URI sharedInbox() {
        return URI.create(base + FediversePaths.SHARED_INBOX);
    }

    /** {@code ville@clairval.example}, as people type it after an @. */
    public String handle() {
        return name + "@" + domain;
    }

    /** By which it is found as well: other servers know at first where it stands, not what it is called. */
    public String plainHandle() {
        return name + "@" + base.getRawAuthority();
    }

    /** Without its keys. */
    @Override
    public String toString() {
        return "@" + handle();
    }
}
