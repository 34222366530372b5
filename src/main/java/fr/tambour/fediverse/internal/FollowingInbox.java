package fr.tambour.fediverse.internal;

import fr.tambour.dispatch.FannedOutChannel;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An inbox of another server from which somebody follows: told once, however many they are.
 *
 * @param host of the server, with its port where it has one: what it can take is learnt for all that goes there
 * @param shared whether a whole server reads there, not one account
 * @param failedAt where the host has failed since it last took something: when that was noted last; else null
 * @param missedAt until when something that it was to be told may not have arrived; null if that never was so
 */
record FollowingInbox(
        long key,
        URI address,
        String host,
        boolean shared,
        @Nullable Instant failedAt,
        @Nullable Instant missedAt) implements FannedOutChannel.Recipient {

    @Override
    public String origin() {
        return host;
    }

    /** Whether its host has failed since it last took something. */
    boolean isFailing() {
        return failedAt != null;
    }

    /** Whether what was published then may not have arrived, although it was to. */
    boolean mayHaveMissed(Instant published) {
        return isFailing() || missedAt != null && !missedAt.isBefore(published);
    }
}
