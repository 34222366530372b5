package fr.tambour.fediverse.internal;

import fr.tambour.dispatch.FannedOutChannel;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An inbox of another server from which somebody follows: told once, however many they are.
 *
 * @param host of the server, with its port where it has one: what it can take is learnt for all that goes there
 * @param shared whether a whole server reads there, not one account
 * @param failedAt where the host has failed since it last took something: when that was noted last; else null
 * @param failure why, as far as that was noted with it; else null
 * @param missedAt until when something that it was to be told may not have arrived; null if that never was so
 * @param following which of the town's accounts are followed from there, or were
 */
record FollowingInbox(
        long key,
        URI address,
        String host,
        boolean shared,
        @Nullable Instant failedAt,
        @Nullable Failure failure,
        @Nullable Instant missedAt,
        List<Following> following)
        implements FannedOutChannel.Recipient {

    FollowingInbox {
        following = List.copyOf(following);
    }

    /**
     * One of the town's accounts.
     *
     * @param leftAt since when nobody there follows it any more; null while somebody does
     */
    record Following(long account, @Nullable Instant leftAt) {}

    FollowingInbox with(List<Following> known) {
        return new FollowingInbox(key, address, host, shared, failedAt, failure, missedAt, known);
    }

    @Override
    public String origin() {
        return host;
    }

    /** Whether somebody there follows this account. */
    boolean follows(long account) {
        return following.stream().anyMatch(one -> one.account() == account && one.leftAt() == null);
    }

    /** Whether somebody there followed this account at that moment, or may have. */
    boolean followed(long account, Instant at) {
        return following.stream()
                .anyMatch(one -> one.account() == account
                        && (one.leftAt() == null || one.leftAt().isAfter(at)));
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
