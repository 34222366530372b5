package fr.tambour.dispatch;

import fr.tambour.dispatch.Dispatch.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became so far of one revision on its way over one channel: each recipient is counted once, as soon as it is known what
 * became of them. Of a shown channel there is nothing to count.
 *
 * @param dispatch as one: it is settled when all its parts are
 * @param parts the dispatch of its publication, then one for each hour at which somebody's quiet hours end
 * @param accepted the service took it: that says nothing of whether anybody saw it
 * @param gone no longer there
 * @param failures refused for good, or given up after many attempts: how many, by the reason in a word
 * @param expired not told, since the end came first
 * @param unknown may have been told, nobody can tell
 * @param stopped not told, since a correction, a withdrawal or a person came first, or they wanted it no more
 * @param again to be tried again: how many, by the reason in a word ({@link Outcome.RetryAt})
 * @param first when the first was accepted
 * @param last when the last was accepted
 * @param median how long half of the acceptances took from the moment at which their part could begin; to two digits
 * @param p95 the same of 95 in a hundred
 */
public record Account(
        Dispatch dispatch,
        List<Dispatch> parts,
        long accepted,
        long gone,
        SortedMap<String, Long> failures,
        long expired,
        long unknown,
        long stopped,
        SortedMap<String, Long> again,
        @Nullable Instant first,
        @Nullable Instant last,
        @Nullable Duration median,
        @Nullable Duration p95) {

    public Account {
        parts = List.copyOf(parts);
        failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
        again = Collections.unmodifiableSortedMap(new TreeMap<>(again));
    }

    /** How far it is, for whoever reads of it. */
    public enum Stage {
        /** Only shown: out with its publication. */
        SHOWN,
        RUNNING,
        /** Whoever is left is in their quiet hours: see {@link Account#next}. */
        ASLEEP,
        PAUSED,
        DONE,
        /** Its end came before everybody was told. */
        EXPIRED,
        STOPPED
    }

    /** All who are accounted for. */
    public long total() {
        return accepted + gone + failed() + expired + unknown + stopped;
    }

    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    public long waiting() {
        return again.values().stream().mapToLong(Long::longValue).sum();
    }

    public Stage stage(Instant now) {
        return switch (dispatch.state()) {
            case STOPPED -> Stage.STOPPED;
            case SETTLED -> !dispatch.carried() ? Stage.SHOWN : expired > 0 ? Stage.EXPIRED : Stage.DONE;
            case OPEN -> {
                if (dispatch.until() != null && !now.isBefore(dispatch.until())) {
                    yield Stage.EXPIRED;
                }
                Instant next = next();
                Holder holder = dispatch.heldBy();
                yield holder != null && holder.isEverywhere()
                        ? Stage.PAUSED
                        : next != null && next.isAfter(now) ? Stage.ASLEEP : Stage.RUNNING;
            }
        };
    }

    /**
     * Whether something newer has left over the same channel.
     *
     * @param all accounts of its notice
     */
    public boolean isReplaced(List<Account> all) {
        return all.stream()
                .map(Account::dispatch)
                .anyMatch(later -> later.channel().equals(dispatch.channel())
                        && later.openedAt().isAfter(dispatch.openedAt()));
    }

    /** When the next part may begin, or could already; null where nothing is left to do. */
    public @Nullable Instant next() {
        return parts.stream()
                .filter(part -> part.settledAt() == null)
                .map(Dispatch::notBefore)
                .min(Instant::compareTo)
                .orElse(null);
    }
}
