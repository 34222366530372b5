package fr.tambour.dispatch.internal.engine;

import static fr.tambour.dispatch.internal.engine.Times.earlier;
import static fr.tambour.dispatch.internal.engine.Times.later;
import static fr.tambour.dispatch.internal.engine.Times.longest;
import static fr.tambour.dispatch.internal.engine.Times.shortest;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one origin, and what is learnt from each of its answers: see {@link Pace}.
 *
 * <p>It is <em>open</em>: so many leave for it at once. It gives trouble, and is <em>shut</em> for a while. After that,
 * until it answers for itself, it is <em>suspect</em>: one leaves at a time. A time that lies ahead of now was measured before a
 * clock was set back: it is not believed.
 */
final class Origin {

    private static final int MOST = 2_048;

    /** So many put off within so long are all who are there. */
    private static final int SEVERAL = 3;

    private static final Duration SHORTLY = Duration.ofSeconds(5);

    private final Policy policy;
    private final RandomGenerator random;

    /** So many it is sent at once. */
    private int bound;

    private int inFlight;

    /** When it was heard of last, or asked after having been asked for nothing. */
    private Instant heardAt = Instant.MIN;

    /** When one left for it last. */
    private Instant askedAt = Instant.MIN;

    /** It gave trouble and has not answered for itself since. */
    private boolean suspect;

    /** When that began. */
    private Instant suspectSince = Instant.MIN;

    /** When it gave trouble last. */
    private Instant troubledAt = Instant.MIN;

    /** When the last one left for it, since it is suspect, to see whether it answers. */
    private Instant probedAt = Instant.MIN;

    /** How often it was shut since it answered for itself. */
    private int failures;

    private Instant shutAt = Instant.MIN;

    private Instant shutUntil = Instant.MIN;

    /** Somebody may wait for it: of what was before this one started nobody knows. */
    private boolean awaited = true;

    /** When the last of those who wait for it comes again: of emergencies, and of the rest. */
    private Instant urgentLine = Instant.MIN;

    private Instant line = Instant.MIN;

    /** Whom it put off last, and when; each that it takes makes up for one. */
    private final SequencedMap<Pace.Whom, Instant> putOff = new LinkedHashMap<>();

    Origin(Policy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
        this.bound = policy.pacing().firstBound();
    }

    // --- Whether one more may leave ---

    boolean admits(boolean urgent, Instant now) {
        return !isShut(urgent, now) && (suspect ? !isProbed(now) : inFlight < bound);
    }

    /** Whether it is asked for nothing for a while: it is shut, or has just been asked whether it answers. */
    boolean isClosed(boolean urgent, Instant now) {
        return isShut(urgent, now) || isProbed(now);
    }

    private boolean isShut(boolean urgent, Instant now) {
        return now.isBefore(shutUntil(urgent)) && !now.isBefore(shutAt) && !now.isBefore(askedAt);
    }

    private Instant shutUntil(boolean urgent) {
        if (!urgent || shutUntil.equals(Instant.MIN)) {
            return shutUntil;
        }
        Policy.Outages outages = policy.outages();
        Duration pause = longest(outages.urgentPause(), shortest(trouble().dividedBy(1_000), outages.longestPause()));
        return earlier(shutUntil, askedAt.plus(pause));
    }

    private boolean isProbed(Instant now) {
        return suspect && !now.isBefore(probedAt) && now.isBefore(probedUntil());
    }

    private Instant probedUntil() {
        return probedAt.plus(policy.pages().patience());
    }

    /** Nothing of what left for it is open. */
    boolean isIdle() {
        return inFlight == 0;
    }

    /** It gave trouble that is not over, or asked to be left alone and has taken nothing since. */
    boolean isInTrouble() {
        return suspect || !shutUntil.equals(Instant.MIN);
    }

    /** When one left for it last. */
    Instant askedAt() {
        return askedAt;
    }

    /** Whether nothing was heard of it for so long, although it was asked; of a clock that was set back, since then. */
    boolean isSilent(Duration since, Instant now) {
        heardAt = earlier(heardAt, now);
        return !now.isBefore(heardAt.plus(since));
    }

    // --- Its trouble ---

    /** For how long it has given trouble. */
    private Duration trouble() {
        return suspect ? Duration.between(suspectSince, troubledAt) : Duration.ZERO;
    }

    boolean hasGivenTroubleFor(Duration persistence) {
        return suspect && !troubledAt.isBefore(suspectSince.plus(persistence));
    }

    boolean isSuspectSinceBefore(Instant at) {
        return suspectSince.isBefore(at);
    }

    /** Whether it is suspect and gave trouble as late as the other did, or not long before. */
    boolean isInTroubleWith(Origin other) {
        return suspect
                && troubledAt.isAfter(
                        other.troubledAt.minus(policy.retrying().longestWait().multipliedBy(2)));
    }

    // --- What leaves, and what is answered ---

    void left(Instant now) {
        if (inFlight++ == 0) {
            heardAt = now;
        }
        askedAt = now;
        if (suspect) {
            probedAt = now;
            heardAt = now;
        }
    }

    /** What has left for it is on its way only now. */
    void handedOver(Instant now) {
        heardAt = now;
        if (suspect) {
            probedAt = now;
        }
    }

    /** Nobody waits for one any more that left. */
    void back() {
        inFlight = Math.max(0, inFlight - 1);
    }

    void heard(Instant now) {
        heardAt = now;
    }

    /**
     * It answers for itself, whatever it says of whom it was asked for.
     *
     * @return whether somebody may have waited for that, who is due now
     */
    boolean answers(Instant now) {
        failures = 0;
        suspect = false;
        if (!awaited || isShut(false, now)) {
            return false;
        }
        awaited = false;
        line = Instant.MIN;
        urgentLine = Instant.MIN;
        return true;
    }

    /** It takes something: whatever it asked for is over. */
    void opens() {
        shutUntil = Instant.MIN;
    }

    /** @param took how long that took it */
    void accepted(Duration took) {
        putOff.pollFirstEntry();
        Duration prompt = policy.pacing().prompt();
        if (took.compareTo(prompt) <= 0) {
            bound = Math.min(MOST, bound + 1);
        } else if (took.compareTo(prompt.multipliedBy(4)) > 0) {
            bound = Math.max(1, bound - 1);
        }
    }

    /**
     * It puts somebody off. Of a few that says nothing of others: the next one may ask at once.
     *
     * @param again whether that one had left before
     * @param after for how long; null where it does not say
     */
    void putOff(Pace.Whom whom, boolean again, @Nullable Duration after, Instant now) {
        if (again || areFew(whom, now)) {
            bound = Math.max(1, bound / 2);
            probedAt = Instant.MIN;
        } else {
            slower(after, now);
        }
    }

    private boolean areFew(Pace.Whom whom, Instant now) {
        putOff.values().removeIf(at -> at.isBefore(now.minus(SHORTLY)) || at.isAfter(now));
        putOff.putLast(whom, now);
        if (putOff.size() > SEVERAL) {
            putOff.pollFirstEntry();
        }
        return putOff.size() < SEVERAL;
    }

    /**
     * It gives trouble.
     *
     * @param after for how long it asks to be left alone; null where it does not say
     */
    void slower(@Nullable Duration after, Instant now) {
        if (!suspect) {
            suspectSince = now;
        }
        suspect = true;
        troubledAt = now;
        probedAt = Instant.MIN;
        if (isShut(false, now) && after == null) {
            // The rest of what left before it was shut says nothing new.
            return;
        }
        bound = Math.max(1, bound / 2);
        failures++;
        shutAt = now;
        shutUntil = now.plus(
                after == null ? pause() : shortest(after, policy.retrying().longestWait()));
    }

    private Duration pause() {
        Duration most = longest(policy.outages().longestPause(), trouble().dividedBy(20));
        return shortest(policy.retrying().pause(failures, random), most);
    }

    // --- Who waits for it ---

    /**
     * For how long to leave somebody alone who has not left: where it is shut until it is asked again, and behind those who wait for
     * that already. Where that line is as long as the longest wait it begins anew: they come together.
     */
    Duration parked(boolean urgent, Instant now) {
        awaited = true;
        Duration closed = closedFor(urgent, now);
        if (closed.isZero()) {
            return Duration.ofMillis(
                    random.nextLong(1, policy.retrying().firstWait().toMillis() + 1));
        }
        Instant opens = now.plus(closed);
        Instant last = urgent ? urgentLine : line;
        boolean tooLong = last.isAfter(opens.plus(policy.retrying().longestWait()));
        Instant place = (tooLong ? opens : later(last, opens))
                .plus(Duration.ofSeconds(1).dividedBy(policy.outages().line()));
        if (urgent) {
            urgentLine = place;
        } else {
            line = place;
        }
        return Duration.between(now, place);
    }

    private Duration closedFor(boolean urgent, Instant now) {
        if (isShut(urgent, now)) {
            return Duration.between(now, shutUntil(urgent));
        }
        return isProbed(now) ? Duration.between(now, probedUntil()) : Duration.ZERO;
    }
}
