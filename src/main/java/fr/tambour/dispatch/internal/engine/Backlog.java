package fr.tambour.dispatch.internal.engine;

import static fr.tambour.dispatch.internal.engine.Times.earlier;

import fr.tambour.dispatch.Dispatch.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The dispatches that have something to do, as far as this node has looked, and whose turn it is: an emergency's before anything
 * else, an exercise's after every emergency; then that of the town that has the fewest pages under way and has waited the
 * longest; of one town, what was published first.
 */
final class Backlog {

    private final Policy policy;
    private final Map<Ref, Job> jobs = new LinkedHashMap<>();
    private final Round emergencies = new Round(true);
    private final Round ordinary = new Round(false);

    /** How many pages of a town are reached for, or under way. */
    private final Map<Long, Integer> underWay = new HashMap<>();

    private int allUnderWay;

    /** Of emergencies. */
    private final Map<Ref, Integer> urgentUnderWay = new HashMap<>();

    /** Which turn was a town's last. */
    private final Map<Long, Long> turns = new HashMap<>();

    private long turn;

    Backlog(Policy policy) {
        this.policy = policy;
    }

    /** A dispatch with something to do. */
    private static final class Job {
        OpenDispatch dispatch;

        /** Before then it is not reached for. */
        Instant again = Instant.MIN;

        /** When somebody is due whom an answer has tried again: whoever was reaching for it then did not find that. */
        Instant due = Instant.MAX;

        Job(OpenDispatch dispatch) {
            this.dispatch = dispatch;
        }

        int rank() {
            return dispatch.rank();
        }

        Ref ref() {
            return dispatch.ref();
        }
    }

    /** All of one sort, look by look: who is not found from the first to the last has nothing to do any more. */
    private static final class Round {
        final boolean emergency;
        final Set<Ref> seen = new HashSet<>();

        @Nullable
        OpenDispatch last;

        Round(boolean emergency) {
            this.emergency = emergency;
        }
    }

    /** Goes on behind the last look. */
    Order.Look look() {
        return new Order.Look(emergencies.last, ordinary.last);
    }

    void seen(Event.Seen seen, Instant now) {
        seen(emergencies, seen.emergencies(), now);
        seen(ordinary, seen.ordinary(), now);
        turns.keySet().retainAll(jobs.keySet().stream().map(Ref::town).collect(Collectors.toSet()));
    }

    private void seen(Round round, Event.Seen.Part part, Instant now) {
        for (OpenDispatch dispatch : part.ready()) {
            Job job = jobs.computeIfAbsent(dispatch.ref(), ref -> new Job(dispatch));
            boolean changed = job.dispatch.state() != dispatch.state() || job.dispatch.held() != dispatch.held();
            boolean impossible = job.again.isAfter(now.plus(policy.nap()));
            if (changed || impossible || dispatch.isOver(now)) {
                job.again = Instant.MIN;
            }
            job.dispatch = dispatch;
            round.seen.add(dispatch.ref());
        }
        round.last = part.last();
        if (round.last == null) {
            jobs.values()
                    .removeIf(job -> job.dispatch.emergency() == round.emergency && !round.seen.contains(job.ref()));
            round.seen.clear();
        }
    }

    boolean isStopped(Ref ref) {
        Job job = jobs.get(ref);
        return job != null && job.dispatch.state() == State.STOPPED;
    }

    /** How many pages are reached for, or under way: those that have {@link #takeTurn taken their turn} and not {@link #ended}. */
    int underWay() {
        return allUnderWay;
    }

    /** The same of emergencies alone that are still told: what is over or stopped is only accounted for. */
    int urgentUnderWay() {
        return urgentUnderWay.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whose turn it is: a page of it is under way from now on. */
    Optional<Ref> takeTurn(boolean onlyUrgent, Instant now) {
        Optional<Job> next = jobs.values().stream()
                .filter(job -> !now.isBefore(job.again))
                .filter(job -> !onlyUrgent || job.dispatch.isUrgent())
                .min(Comparator.comparingInt(Job::rank)
                        .thenComparing(job -> underWay.getOrDefault(job.ref().town(), 0))
                        .thenComparing(job -> turns.getOrDefault(job.ref().town(), 0L))
                        .thenComparing(job -> job.dispatch.openedAt())
                        .thenComparing(job -> job.ref().dispatch()));
        next.ifPresent(job -> begin(job, now));
        return next.map(Job::ref);
    }

    private void begin(Job job, Instant now) {
        if (!now.isBefore(job.due)) {
            job.due = Instant.MAX;
        }
        allUnderWay++;
        underWay.merge(job.ref().town(), 1, Integer::sum);
        if (job.dispatch.isUrgent() && !job.dispatch.hasEnded(now)) {
            urgentUnderWay.merge(job.ref(), 1, Integer::sum);
        }
        turns.put(job.ref().town(), ++turn);
    }

    /** One page of it is not under way any more. */
    void ended(Ref ref) {
        allUnderWay--;
        underWay.computeIfPresent(ref.town(), (town, count) -> count > 1 ? count - 1 : null);
        urgentUnderWay.computeIfPresent(ref, (urgent, count) -> count > 1 ? count - 1 : null);
    }

    /** It may be reached for at once. */
    void free(Ref ref) {
        leave(ref, Instant.MIN);
    }

    /** It is left alone until then. */
    void leave(Ref ref, Instant until) {
        Job job = jobs.get(ref);
        if (job != null) {
            job.again = until;
        }
    }

    /** There was nothing to take of it: it is left alone for so long, but not beyond what has become due since. */
    void pause(Ref ref, Duration pause, Instant now) {
        Job job = jobs.get(ref);
        if (job != null) {
            job.again = earlier(earlier(now.plus(pause), now.plus(policy.nap())), job.due);
        }
    }

    /** Somebody of it is due then: it is reached for by then, however long there was nothing to take of it. */
    void due(Ref ref, Instant at) {
        Job job = jobs.get(ref);
        if (job != null) {
            job.due = earlier(at, job.due);
            job.again = earlier(at, job.again);
        }
    }

    /** Nothing is left to do. */
    void remove(Ref ref) {
        jobs.remove(ref);
    }
}
