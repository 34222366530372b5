package fr.tambour.dispatch.internal.engine;

import static fr.tambour.dispatch.internal.engine.Times.shortest;

import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.Outcome;
import fr.tambour.dispatch.Retrying;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How much each {@link Origin} takes at once, learnt from its answers: one more for each that it accepts promptly, one less for
 * each that it takes long over, half as many when it asks for patience or stays silent. Then it is sent nothing for a while, and
 * after that one at a time, until it answers. One origin's silence is nobody else's.
 *
 * <p>Whoever waits meanwhile comes again in a line: a few as soon as the while is over, of a million some each second. Once it
 * {@link #answering answers} again nobody waits any more. An emergency does not wait for the while to be over: one of its
 * messages asks every few seconds.
 *
 * <p>Services limit single devices as well: one that puts off several different ones shortly after another, and takes none in
 * between, asks for patience; one that puts off fewer is only sent half as many. Whose turn comes again are mostly devices that
 * were limited before: that one of these is put off once more says nothing of others.
 */
public final class Pace {

    /** From so many on, those that are asked least lately make room, unless there is something to be remembered of them. */
    private static final int MANY_ORIGINS = 10_000;

    /** From so many on, those too. */
    private static final int MOST_ORIGINS = 100_000;

    /** So many at a time: to look for them takes a look at all. */
    private static final int ROOM = 500;

    private final Policy policy;
    private final RandomGenerator random;
    private final Map<String, Origin> origins = new HashMap<>();

    /** With so many it is looked for room. */
    private int full = MANY_ORIGINS;

    /** When one of them answered for itself last. */
    private Instant answeredAt = Instant.MIN;

    /** Which have answered for themselves for whom somebody may wait. */
    private final Set<String> answering = new HashSet<>();

    public Pace(Policy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
    }

    /** One who is told: towns and channels number theirs by themselves. */
    record Whom(long town, String channel, long key, String origin) {

        static Whom of(OpenDispatch dispatch, Recipient recipient) {
            return new Whom(dispatch.ref().town(), dispatch.channel(), recipient.key(), recipient.origin());
        }
    }

    private Origin origin(String name) {
        Origin known = origins.get(name);
        if (known == null) {
            if (origins.size() >= full) {
                makeRoom();
            }
            known = new Origin(policy, random);
            origins.put(name, known);
        }
        return known;
    }

    /** Who is shut or suspect has nothing under way either, and would be asked at full pace again: to forget that helps nobody. */
    private void makeRoom() {
        forget(origin -> !origin.isInTrouble(), origins.size() - MANY_ORIGINS + ROOM);
        if (origins.size() >= MOST_ORIGINS) {
            forget(origin -> true, ROOM);
        }
        full = Math.max(MANY_ORIGINS, origins.size() + ROOM);
    }

    private void forget(Predicate<Origin> which, int count) {
        origins.entrySet().stream()
                .filter(known -> known.getValue().isIdle() && which.test(known.getValue()))
                .sorted(Comparator.comparing(known -> known.getValue().askedAt()))
                .limit(count)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(origins::remove);
    }

    /** Of how many origins something is known. */
    int known() {
        return origins.size();
    }

    // --- Whether one more may leave ---

    /** Whether one more may leave for it now. */
    boolean admits(String name, boolean urgent, Instant now) {
        return origin(name).admits(urgent, now);
    }

    /** Whether it is asked for nothing for a while. */
    boolean isShut(String name, boolean urgent, Instant now) {
        return origin(name).isClosed(urgent, now);
    }

    /** Whether nothing was heard of it for so long, although it was asked. */
    boolean isSilent(String name, Duration since, Instant now) {
        return origin(name).isSilent(since, now);
    }

    /**
     * Whether it has given nothing but trouble, first and last so far apart that nobody waits for it any more. Where all others
     * that are asked give trouble as well, and nobody has answered since, it is rather our own line that is cut.
     *
     * @param persistence for how long an origin of its sort is waited for
     */
    boolean isDead(String name, Duration persistence) {
        Origin origin = origin(name);
        return origin.hasGivenTroubleFor(persistence)
                && (origin.isSuspectSinceBefore(answeredAt) || isAloneInTrouble(origin));
    }

    private boolean isAloneInTrouble(Origin origin) {
        return origins.values().stream().noneMatch(other -> other != origin && other.isInTroubleWith(origin));
    }

    // --- What leaves, and what is answered ---

    void left(String name, Instant now) {
        origin(name).left(now);
    }

    /** What has left for it is on its way only now. */
    void handedOver(String name, Instant now) {
        origin(name).handedOver(now);
    }

    /**
     * @param again whether it had left before
     * @param took from when it left
     */
    void answered(Whom whom, boolean again, Outcome outcome, Duration took, Instant now) {
        Origin origin = origin(whom.origin());
        origin.back();
        if (!(outcome instanceof Outcome.Recalled)) {
            origin.heard(now);
        }
        switch (outcome) {
            case Outcome.Accepted accepted -> {
                origin.opens();
                answers(whom.origin(), origin, now);
                origin.accepted(took);
            }
            case Outcome.Gone gone -> answers(whom.origin(), origin, now);
            case Outcome.Rejected rejected -> answers(whom.origin(), origin, now);
            case Outcome.NeedsSignIn sign -> answers(whom.origin(), origin, now);
            case Outcome.Unfinished unfinished -> answers(whom.origin(), origin, now);
            case Outcome.RetryAt retry -> origin.slower(retry.after(), now);
            case Outcome.OverQuota over -> origin.slower(over.after(), now);
            case Outcome.Unknown unknown -> origin.slower(null, now);
            case Outcome.TooMany many -> origin.putOff(whom, again, many.after(), now);
            case Outcome.Expired expired -> {}
            case Outcome.Recalled recalled -> {}
        }
    }

    /** It is back after its page was {@link #silent counted} as silent: one message's silence slows its origin once. */
    void answeredLate(Whom whom, boolean again, Outcome outcome, Duration took, Instant now) {
        boolean nothingNew = switch (outcome) {
            case Outcome.RetryAt retry -> retry.after() == null;
            case Outcome.OverQuota over -> over.after() == null;
            case Outcome.TooMany many -> false;
            case Outcome.Unknown unknown -> true;
            case Outcome.Accepted accepted -> false;
            case Outcome.Gone gone -> false;
            case Outcome.Rejected rejected -> false;
            case Outcome.NeedsSignIn sign -> false;
            case Outcome.Expired expired -> false;
            case Outcome.Recalled recalled -> true;
            case Outcome.Unfinished unfinished -> false;
        };
        if (nothingNew) {
            origin(whom.origin()).back();
        } else {
            answered(whom, again, outcome, took, now);
        }
    }

    /** It answered for something, and is asked for more. */
    void heard(String name, Instant now) {
        Origin origin = origin(name);
        origin.heard(now);
        answers(name, origin, now);
    }

    private void answers(String name, Origin origin, Instant now) {
        answeredAt = now;
        if (origin.answers(now)) {
            answering.add(name);
        }
    }

    /** It did not answer while the page waited; the answer may still come. */
    void silent(String name, Instant now) {
        origin(name).slower(null, now);
    }

    /** Nobody listens any more for what becomes of one that left. */
    void lost(String name) {
        origin(name).back();
    }

    // --- For how long somebody is left alone ---

    /** Whose service asked for patience, or did not say for how long. */
    Duration retry(Retrying retrying, int attempts, boolean urgent, @Nullable Duration after) {
        if (after == null) {
            Duration pause = retrying.pause(attempts, random);
            return urgent ? shortest(pause, policy.outages().longestPause()) : pause;
        }
        Duration asked = retrying.heard(after);
        return asked.plusMillis(random.nextLong(Math.max(1, asked.toMillis() / 10)));
    }

    /** Who has not left: see {@link Origin#parked}. */
    Duration parked(String name, boolean urgent, Instant now) {
        return origin(name).parked(urgent, now);
    }

    /** Which origins, since this was asked last, have answered for themselves for whom somebody may wait. */
    Set<String> answering() {
        if (answering.isEmpty()) {
            return Set.of();
        }
        Set<String> names = Set.copyOf(answering);
        answering.clear();
        return names;
    }
}
