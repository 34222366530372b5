package fr.tambour.dispatch.internal.engine;

import static fr.tambour.dispatch.internal.engine.Times.earlier;
import static fr.tambour.dispatch.internal.engine.Times.later;
import static fr.tambour.dispatch.internal.engine.Times.longest;
import static fr.tambour.dispatch.internal.engine.Times.shortest;

import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.Outcome;
import fr.tambour.dispatch.Retrying;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How much each origin takes at once, learnt from its answers: one more for each that it accepts promptly, one less for each
 * that it takes long over, half as many when it asks for patience or stays silent. Then it is sent nothing for a while, and
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

    private static final int MOST = 2_048;
    private static final int MOST_ORIGINS = 10_000;

    /** So many put off within so long are all who are there. */
    private static final int SEVERAL = 3;

    private static final Duration SHORTLY = Duration.ofSeconds(5);

    private final Policy policy;
    private final RandomGenerator random;
    private final Map<String, Origin> origins = new HashMap<>();

    /** When one of them answered for itself last. */
    private Instant answeredAt = Instant.MIN;

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

    private static final class Origin {
        int bound;
        int inFlight;
        int failures;
        Instant heardAt = Instant.MIN;
        Instant shutUntil = Instant.MIN;

        /** It gave trouble and has not answered for itself since. */
        boolean suspect;

        /** When that began. */
        Instant suspectSince = Instant.MIN;

        /** When it gave trouble last. */
        Instant troubledAt = Instant.MIN;

        /** When the last one left for it, since it is suspect, to see whether it answers. */
        Instant probedAt = Instant.MIN;

        /** When one left for it last. */
        Instant askedAt = Instant.MIN;

        /** When it was shut. */
        Instant shutAt = Instant.MIN;

        /** When the last of those who wait for it comes again: of emergencies, and of the rest. */
        Instant urgentLine = Instant.MIN;

        Instant line = Instant.MIN;

        /** Somebody may wait for it: of what was before this one started nobody knows. */
        boolean awaited = true;

        /** Whom it put off last, and when; each that it takes makes up for one. */
        final SequencedMap<Whom, Instant> putOff = new LinkedHashMap<>();

        Origin(int bound) {
            this.bound = bound;
        }
    }

    /** Whether one more may leave for it now. */
    boolean admits(String name, boolean urgent, Instant now) {
        Origin origin = origin(name);
        return !isShut(origin, urgent, now)
                && (origin.suspect ? !isProbed(origin, now) : origin.inFlight < origin.bound);
    }

    /** Whether it is asked for nothing for a while. */
    boolean isShut(String name, boolean urgent, Instant now) {
        Origin origin = origin(name);
        return isShut(origin, urgent, now) || isProbed(origin, now);
    }

    /** Whether one has just left to see whether it answers; a later time was measured before a clock was set back. */
    private boolean isProbed(Origin origin, Instant now) {
        return origin.suspect
                && !now.isBefore(origin.probedAt)
                && now.isBefore(origin.probedAt.plus(policy.patience()));
    }

    /** What was shut later than now was shut before a clock was set back: that is not believed. */
    private boolean isShut(Origin origin, boolean urgent, Instant now) {
        return now.isBefore(opens(origin, urgent)) && !now.isBefore(origin.shutAt) && !now.isBefore(origin.askedAt);
    }

    private Instant opens(Origin origin, boolean urgent) {
        if (!urgent || origin.shutUntil.equals(Instant.MIN)) {
            return origin.shutUntil;
        }
        Duration pause = longest(policy.urgent(), shortest(trouble(origin).dividedBy(1_000), policy.outage()));
        return earlier(origin.shutUntil, origin.askedAt.plus(pause));
    }

    /** For how long it has given trouble. */
    private static Duration trouble(Origin origin) {
        return origin.suspect ? Duration.between(origin.suspectSince, origin.troubledAt) : Duration.ZERO;
    }

    /**
     * Whether it has given nothing but trouble, first and last so far apart that nobody waits for it any more. Where all others
     * that are asked give trouble as well, and nobody has answered since, it is rather our own line that is cut.
     *
     * @param persistence for how long an origin of its sort is waited for
     */
    boolean isDead(String name, Duration persistence) {
        Origin origin = origin(name);
        return origin.suspect
                && !origin.troubledAt.isBefore(origin.suspectSince.plus(persistence))
                && (answeredAt.isAfter(origin.suspectSince) || isAloneInTrouble(origin));
    }

    private boolean isAloneInTrouble(Origin origin) {
        Instant lately = origin.troubledAt.minus(policy.longestRetry().multipliedBy(2));
        return origins.values().stream()
                .noneMatch(other -> other != origin && other.suspect && other.troubledAt.isAfter(lately));
    }

    void left(String name, Instant now) {
        Origin origin = origin(name);
        if (origin.inFlight++ == 0) {
            origin.heardAt = now;
        }
        origin.askedAt = now;
        if (origin.suspect) {
            origin.probedAt = now;
            origin.heardAt = now;
        }
    }

    /** What has left for it is on its way only now. */
    void carried(String name, Instant now) {
        Origin origin = origin(name);
        origin.heardAt = now;
        if (origin.suspect) {
            origin.probedAt = now;
        }
    }

    /** Whether nothing was heard of it for so long, although it was asked; of a clock that was set back, since then. */
    boolean isSilent(String name, Duration since, Instant now) {
        Origin origin = origin(name);
        if (now.isBefore(origin.heardAt)) {
            origin.heardAt = now;
        }
        return !now.isBefore(origin.heardAt.plus(since));
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
            back(whom.origin());
        } else {
            answered(whom, again, outcome, took, now);
        }
    }

    /** Nobody listens any more for what becomes of one that left. */
    void lost(String name) {
        back(name);
    }

    private Origin back(String name) {
        Origin origin = origin(name);
        origin.inFlight = Math.max(0, origin.inFlight - 1);
        return origin;
    }

    /**
     * @param again whether it had left before
     * @param took from when it left
     */
    void answered(Whom whom, boolean again, Outcome outcome, Duration took, Instant now) {
        Origin origin = back(whom.origin());
        if (!(outcome instanceof Outcome.Recalled)) {
            origin.heardAt = now;
        }
        switch (outcome) {
            case Outcome.RetryAt retry -> slower(origin, retry.after(), now);
            case Outcome.OverQuota over -> slower(origin, over.after(), now);
            case Outcome.TooMany many -> putOff(origin, whom, again, many.after(), now);
            case Outcome.Accepted accepted -> accepted(whom.origin(), origin, took, now);
            case Outcome.Gone gone -> answers(whom.origin(), origin, now);
            case Outcome.Rejected rejected -> answers(whom.origin(), origin, now);
            case Outcome.NeedsSignIn sign -> answers(whom.origin(), origin, now);
            case Outcome.Expired expired -> {}
            case Outcome.Recalled recalled -> {}
            case Outcome.Unfinished unfinished -> answers(whom.origin(), origin, now);
            case Outcome.Unknown unknown -> slower(origin, null, now);
        }
    }

    /** It answered for something, and is asked for more. */
    void heard(String name, Instant now) {
        Origin origin = origin(name);
        origin.heardAt = now;
        answers(name, origin, now);
    }

    /** It did not answer while the page waited; the answer may still come. */
    void silent(String name, Instant now) {
        slower(origin(name), null, now);
    }

    /** That is all that this says of it. */
    private void answers(String name, Origin origin, Instant now) {
        answeredAt = now;
        origin.failures = 0;
        origin.suspect = false;
        if (origin.awaited && !isShut(origin, false, now)) {
            origin.awaited = false;
            origin.line = Instant.MIN;
            origin.urgentLine = Instant.MIN;
            answering.add(name);
        }
    }

    private void accepted(String name, Origin origin, Duration took, Instant now) {
        origin.shutUntil = Instant.MIN;
        answers(name, origin, now);
        origin.putOff.pollFirstEntry();
        if (took.compareTo(policy.prompt()) <= 0) {
            origin.bound = Math.min(MOST, origin.bound + 1);
        } else if (took.compareTo(policy.prompt().multipliedBy(4)) > 0) {
            origin.bound = Math.max(1, origin.bound - 1);
        }
    }

    /** Of a few that says nothing of others: the next one may ask at once. */
    private void putOff(Origin origin, Whom whom, boolean again, @Nullable Duration after, Instant now) {
        if (again || areFew(origin, whom, now)) {
            origin.bound = Math.max(1, origin.bound / 2);
            origin.probedAt = Instant.MIN;
        } else {
            slower(origin, after, now);
        }
    }

    private static boolean areFew(Origin origin, Whom whom, Instant now) {
        origin.putOff.values().removeIf(at -> at.isBefore(now.minus(SHORTLY)) || at.isAfter(now));
        origin.putOff.putLast(whom, now);
        if (origin.putOff.size() > SEVERAL) {
            origin.putOff.pollFirstEntry();
        }
        return origin.putOff.size() < SEVERAL;
    }

    private void slower(Origin origin, @Nullable Duration after, Instant now) {
        if (!origin.suspect) {
            origin.suspectSince = now;
        }
        origin.suspect = true;
        origin.troubledAt = now;
        origin.probedAt = Instant.MIN;
        if (isShut(origin, false, now) && after == null) {
            // The rest of what left before it was shut says nothing new.
            return;
        }
        origin.bound = Math.max(1, origin.bound / 2);
        origin.failures++;
        origin.shutAt = now;
        origin.shutUntil = now.plus(after == null ? pause(origin) : shortest(after, policy.longestRetry()));
    }

    private Duration pause(Origin origin) {
        Duration most = longest(policy.outage(), trouble(origin).dividedBy(20));
        return shortest(policy.retrying().pause(origin.failures, random), most);
    }

    /** For how long to leave somebody alone whose service asked for patience, or did not say for how long. */
    Duration retry(Retrying retrying, int attempts, boolean urgent, @Nullable Duration after) {
        if (after == null) {
            Duration pause = retrying.pause(attempts, random);
            return urgent ? shortest(pause, policy.outage()) : pause;
        }
        Duration asked = retrying.heard(after);
        return asked.plusMillis(random.nextLong(Math.max(1, asked.toMillis() / 10)));
    }

    /**
     * For how long to leave somebody alone who has not left: where their origin is shut until it is asked again, and behind those
     * who wait for that already. Where that line is as long as the longest wait it begins anew: they come together.
     */
    Duration parked(String name, boolean urgent, Instant now) {
        Origin origin = origin(name);
        origin.awaited = true;
        Duration shut = shut(origin, urgent, now);
        if (shut.isZero()) {
            return Duration.ofMillis(random.nextLong(1, policy.firstRetry().toMillis() + 1));
        }
        Instant opens = now.plus(shut);
        Instant last = urgent ? origin.urgentLine : origin.line;
        boolean tooLong = last.isAfter(opens.plus(policy.longestRetry()));
        Instant place = (tooLong ? opens : later(last, opens))
                .plus(Duration.ofSeconds(1).dividedBy(policy.line()));
        if (urgent) {
            origin.urgentLine = place;
        } else {
            origin.line = place;
        }
        return Duration.between(now, place);
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

    private Duration shut(Origin origin, boolean urgent, Instant now) {
        if (isShut(origin, urgent, now)) {
            return Duration.between(now, opens(origin, urgent));
        }
        return isProbed(origin, now) ? Duration.between(now, origin.probedAt.plus(policy.patience())) : Duration.ZERO;
    }

    private Origin origin(String name) {
        Origin known = origins.get(name);
        if (known == null) {
            if (origins.size() >= MOST_ORIGINS) {
                origins.values().removeIf(origin -> origin.inFlight == 0);
            }
            known = new Origin(policy.firstBound());
            origins.put(name, known);
        }
        return known;
    }
}
