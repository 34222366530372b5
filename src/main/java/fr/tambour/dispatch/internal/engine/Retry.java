package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.internal.engine.PageResult.Again;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One recipient to be tried again; or some of one page and one origin who are to be tried for the first time, since they were put
 * off before anything left for them. These stand for the hundreds of thousands that a service has which is down.
 *
 * @param key of the first of them
 * @param others the keys of the others, ascending
 * @param attempts how often it left so far
 * @param dueAt when it is tried next
 * @param inDoubt whether some attempt may have reached it: its answer may still come, or nobody can tell any more
 * @param underWay whether it is in a page that began
 * @param reason why, in a word
 * @param origin for whose answer it waits, and for nothing else; empty where it waits for its own time
 * @param lease of the page in which it was last: what is answered under another says nothing of this attempt
 */
public record Retry(
        Ref ref,
        long key,
        List<Long> others,
        int attempts,
        Instant dueAt,
        boolean inDoubt,
        boolean underWay,
        String reason,
        String origin,
        Lease lease) {

    /** Whoever it is for cannot be told just now. */
    static final String AWAY = "away";

    /** A service's own words may be long; no row is. */
    private static final int LONGEST_REASON = 64;

    public Retry {
        others = List.copyOf(others);
        reason = reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
    }

    /** How many it stands for. */
    public int size() {
        return 1 + others.size();
    }

    Stream<Long> keys() {
        return Stream.concat(Stream.of(key), others.stream());
    }

    /** It left, or was about to, and nobody can tell what became of it. */
    boolean mayHaveArrived() {
        return underWay || inDoubt;
    }

    /** Whether what is answered under that lease is what it waits for. */
    boolean awaits(Lease asked) {
        return inDoubt && lease.equals(asked);
    }

    /** Each of a page who is to be tried again, those together whom nothing has left for. */
    static List<Retry> of(Page page, List<Again> again, Instant now) {
        List<Retry> retries = new ArrayList<>();
        Map<String, List<Again>> together = new LinkedHashMap<>();
        for (Again one : again) {
            if (one.hasLeft()) {
                retries.add(of(page, one, List.of(), now));
            } else {
                together.computeIfAbsent(one.origin(), origin -> new ArrayList<>())
                        .add(one);
            }
        }
        together.values().forEach(all -> {
            List<Long> keys = all.stream().map(Again::key).sorted().toList();
            retries.add(of(page, all.getFirst().of(keys.getFirst()), keys.subList(1, keys.size()), now));
        });
        return retries;
    }

    private static Retry of(Page page, Again again, List<Long> others, Instant now) {
        return new Retry(
                page.ref(),
                again.key(),
                others,
                again.attempts(),
                now.plus(again.pause()),
                again.inDoubt(),
                false,
                again.reason(),
                again.awaited(),
                page.lease());
    }

    Retry begin() {
        return new Retry(ref, key, others, attempts, dueAt, false, true, reason, origin, lease);
    }

    /** The same, but due. */
    public Retry due(Instant now) {
        return new Retry(ref, key, others, attempts, now, inDoubt, underWay, reason, origin, lease);
    }

    /** It could not begin, since its recipient is away; of a page whose holder is gone no answer is waited for. */
    Retry away(Instant due) {
        return new Retry(
                ref, key, others, attempts, due, mayHaveArrived(), false, AWAY, "", underWay ? Lease.NOBODYS : lease);
    }

    /** Each by itself. */
    Stream<Retry> each() {
        return keys().map(one -> only(List.of(one)));
    }

    /** Those of them who are there; empty where nobody is. */
    Optional<Retry> who(Set<Long> there) {
        List<Long> keys = keys().filter(there::contains).toList();
        return keys.isEmpty() ? Optional.empty() : Optional.of(only(keys));
    }

    private Retry only(List<Long> keys) {
        return new Retry(
                ref,
                keys.getFirst(),
                keys.subList(1, keys.size()),
                attempts,
                dueAt,
                inDoubt,
                underWay,
                reason,
                origin,
                lease);
    }
}
