package fr.tambour.phone.internal;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Choices;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.Errand.Reach;
import fr.tambour.phone.internal.Phones.Past;
import fr.tambour.phone.internal.Phones.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom an errand is for: a pure function of it, of a phone and of what that phone once chose. */
final class Addressees {

    /**
     * So long may a change take to be in the books, two nodes' clocks being a moment apart: who may have been told is told of
     * what takes it back, and whose hour it is, is decided by what was chosen so long before.
     */
    static final Duration APART = Duration.ofSeconds(10);

    private Addressees() {}

    /** @param past what it chose before */
    static boolean holds(Errand errand, Standing phone, List<Past> past) {
        Choices choices = phone.choices();
        return isTheirHour(errand.audience(), errand.hours(), errand.openedAt(), phone, past)
                && (isMeant(errand.audience(), errand.hours(), choices)
                        || (!practises(errand) || choices.exercises()) && toldBefore(errand, phone, past));
    }

    /** Who no longer agrees to exercises is told of none any more but, silently, that it is over. */
    private static boolean practises(Errand errand) {
        return errand.audience().exercise() && errand.purpose() != Purpose.WITHDRAWAL;
    }

    static boolean told(Audience audience, Hours hours, Choices choices) {
        return isMeant(audience, hours, choices) && isTheirHour(audience, hours, choices);
    }

    /** Whether past choices of this phone are asked for to tell whose hour it is. */
    static boolean hasChangedSince(Errand errand, Standing phone) {
        return phone.chosenAt() != null && phone.chosenAt().isAfter(settled(errand.openedAt()));
    }

    /** What was chosen until then, for something that is published at {@code openedAt}, is known to whoever deals with it. */
    static Instant settled(Instant openedAt) {
        return openedAt.minus(APART);
    }

    private static boolean isMeant(Audience audience, Hours hours, Choices choices) {
        return !(hours instanceof Hours.Reached) && audience.includes(choices);
    }

    /**
     * Of the dispatches into which quiet hours split one, whoever is told, and why ever, is told by exactly one, however their
     * quiet hours change overnight, or about the moment of the publication. Who had chosen none then can be told at once only.
     */
    private static boolean isTheirHour(
            Audience audience, Hours hours, Instant openedAt, Standing phone, List<Past> past) {
        Optional<Choices> then = deciding(phone, past, openedAt);
        return (then.isPresent() || !(hours instanceof Hours.Waking))
                && isTheirHour(audience, hours, then.orElse(phone.choices()));
    }

    private static boolean isTheirHour(Audience audience, Hours hours, Choices choices) {
        return switch (hours) {
            case Hours.Any() -> true;
            case Hours.Reached() -> true;
            case Hours.Awake(int hour) -> !audience.disturbs(choices, hour);
            case Hours.Waking(int asleepAt, int until) ->
                audience.disturbs(choices, asleepAt)
                        && choices.quiet() != null
                        && choices.quiet().until() == until;
        };
    }

    private static boolean toldBefore(Errand errand, Standing phone, List<Past> past) {
        for (Reach reach : errand.earlier()) {
            long key = phone.phone().key();
            if (key > reach.from() && key <= reach.to() && mayHaveTold(reach, phone, past)) {
                return true;
            }
        }
        return false;
    }

    /** When its page began while the dispatch ran, nobody knows: by any choices of that while it may have been told. */
    private static boolean mayHaveTold(Reach reach, Standing phone, List<Past> past) {
        Optional<Choices> then = deciding(phone, past, reach.openedAt());
        return (then.isPresent() || !(reach.hours() instanceof Hours.Waking))
                && whileItRan(reach, phone, past)
                        .anyMatch(choices -> isMeant(reach.audience(), reach.hours(), choices)
                                && isTheirHour(reach.audience(), reach.hours(), then.orElse(choices)));
    }

    private static Stream<Choices> whileItRan(Reach reach, Standing phone, List<Past> past) {
        Stream<Choices> before = past.stream()
                .filter(old -> old.until().isAfter(reach.at().minus(APART)) && hadBegun(old, reach.through()))
                .map(Past::choices);
        return phone.chosenAt() != null && isBy(phone.chosenAt(), reach.through())
                ? Stream.concat(Stream.of(phone.choices()), before)
                : before;
    }

    private static boolean hadBegun(Past old, @Nullable Instant through) {
        return through == null || old.hadBegunBy(through.plus(APART));
    }

    private static boolean isBy(Instant at, @Nullable Instant through) {
        return through == null || !at.isAfter(through.plus(APART));
    }

    /**
     * By which choices it is decided whose hour it is: by those that had {@link #settled}. One that was made later may come to the
     * books when those who are awake have been told and nobody has asked when this one wakes, and still count from before the
     * publication. Of whoever had chosen nothing so early, by the first they chose.
     */
    private static Optional<Choices> deciding(Standing phone, List<Past> past, Instant openedAt) {
        Optional<Choices> settled = inForce(phone, past, settled(openedAt));
        return settled.isPresent() ? settled : first(phone, past, openedAt);
    }

    private static Optional<Choices> first(Standing phone, List<Past> past, Instant by) {
        Optional<Past> first =
                past.stream().filter(old -> !old.from().isAfter(by)).min(Comparator.comparing(Past::from));
        return first.isPresent() ? first.map(Past::choices) : inForce(phone, List.of(), by);
    }

    private static Optional<Choices> inForce(Standing phone, List<Past> past, Instant at) {
        Instant chosen = phone.chosenAt();
        if (chosen != null && !at.isBefore(chosen)) {
            return Optional.of(phone.choices());
        }
        return past.stream()
                .filter(old -> old.wasInForce(at))
                .map(Past::choices)
                .findFirst();
    }
}
