package fr.tambour.conversation.internal;

import fr.tambour.people.PersonId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * That a message was hidden may be contested, or was.
 *
 * @param language in which its author was told
 * @param removal what is contested
 * @param until from when it is too late
 * @param filed what its author says to it
 * @param decision what came of it; also where it was shown again before anybody contested it
 */
public record Appeal(
        long id,
        long message,
        String language,
        Message.Removal removal,
        Instant until,
        Optional<Filed> filed,
        Optional<Decision> decision) {

    private static final int MONTHS = 6;

    public record Filed(Instant at, String text) {}

    /**
     * @param granted whether the message is shown again
     * @param words told with it; may be empty where it is shown again
     */
    public record Decision(Instant at, PersonId by, boolean granted, String words) {

        /** Its author has taken it back: there is nothing to be shown again. */
        public boolean isMoot() {
            return !granted && words.isEmpty();
        }
    }

    /** Somebody contests it, and nobody has decided. */
    public boolean waits() {
        return filed.isPresent() && decision.isEmpty();
    }

    /**
     * The last day of six months (article 20 of the Digital Services Act) is a whole one.
     *
     * @return the beginning of the day after
     */
    static Instant until(Instant since, ZoneId zone) {
        return since.atZone(zone)
                .toLocalDate()
                .plusMonths(MONTHS)
                .plusDays(1)
                .atStartOfDay(zone)
                .toInstant();
    }

    /** On which it may still be contested. */
    public LocalDate lastDay(ZoneId zone) {
        return until.minusMillis(1).atZone(zone).toLocalDate();
    }

    /** Whether it may be contested. */
    public boolean isOpen(Instant now) {
        return isUntouched() && now.isBefore(until);
    }

    /** Nobody has contested it, and nobody has decided. */
    boolean isUntouched() {
        return filed.isEmpty() && decision.isEmpty();
    }
}
