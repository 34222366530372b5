package fr.tambour.fediverse.internal;

import fr.tambour.dispatch.FannedOutChannel;
import java.net.URI;

/**
 * An inbox of another server from which somebody follows: told once, however many they are.
 *
 * @param shared whether a whole server reads there, not one account
 * @param host of the server, with its port where it has one: what it can take is learnt for all that goes there
 */
record FollowingInbox(long key, URI address, String host, boolean shared) implements FannedOutChannel.Recipient {

    @Override
    public String origin() {
        return host;
    }
}
