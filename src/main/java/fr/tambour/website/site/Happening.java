package fr.tambour.website.site;

import fr.tambour.notice.Content;
import fr.tambour.notice.Occurrences.Occurrence;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.ui.Phrase;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** One time that an event takes place. */
record Happening(PublishedNotice notice, Occurrence occurrence, boolean allDay, ZoneId zone) {

    LocalDate firstDay() {
        return occurrence.start().atZone(zone).toLocalDate();
    }

    /** When it is over, in epoch milliseconds, for copies that are read without a network; where no hour is said, with its day. */
    long ends() {
        Instant end = occurrence.end().isAfter(occurrence.start())
                ? occurrence.end()
                : lastDay().plusDays(1).atStartOfDay(zone).toInstant();
        return Math.min(end.toEpochMilli(), notice.until().toEpochMilli());
    }

    /** The last day on which it still goes on; an end at midnight belongs to the day before. */
    LocalDate lastDay() {
        return occurrence.end().isAfter(occurrence.start())
                ? occurrence.end().minusMillis(1).atZone(zone).toLocalDate()
                : firstDay();
    }

    /** Empty where none is said. */
    Phrase place(Reading reading) {
        Content.Event event = notice.content().event();
        return reading.written(event == null ? "" : event.place());
    }

    boolean severalDays() {
        return !firstDay().equals(lastDay());
    }
}
