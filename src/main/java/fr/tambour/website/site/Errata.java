package fr.tambour.website.site;

import fr.tambour.notice.Correction;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.ui.Phrase;
import fr.tambour.ui.Words;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;

/** Corrections, with the old and the new value of each short fact in the words of the page. */
final class Errata {

    private final Reading reading;
    private final Dates dates;
    private final Words words;

    Errata(Reading reading) {
        this.reading = reading;
        this.dates = new Dates(reading);
        this.words = reading.words();
    }

    List<NoticePage.Erratum> of(PublishedNotice notice, Told told) {
        return notice.corrections().stream()
                .map(correction -> new NoticePage.Erratum(
                        words.get("website.correction", dates.moment(correction.at())),
                        reading.written(correction.reason()),
                        changes(correction, told)))
                .toList();
    }

    private List<NoticePage.Change> changes(Correction correction, Told told) {
        return correction.changes().stream()
                .filter(change ->
                        change.language().isEmpty() || change.language().equals(told.language()))
                .filter(change -> words.has("website.field." + change.field()))
                .map(change -> new NoticePage.Change(
                        words.get("website.field." + change.field()),
                        value(change, change.before(), told),
                        value(change, change.after(), told)))
                .toList();
    }

    /** A stored value as the page says it; a repetition has no short form, so only that it changed is said. */
    private Phrase value(Correction.Change change, String stored, Told told) {
        if (stored.isEmpty()) {
            return Phrase.own("");
        }
        return switch (change.field()) {
            case "event.repeat" -> Phrase.own("");
            case "emergency.severity" -> Phrase.own(words.get("website.severity." + stored.toLowerCase(Locale.ROOT)));
            case "event.start", "from" -> Phrase.own(time(LocalDateTime.parse(stored)));
            case "event.end", "until" -> Phrase.own(end(LocalDateTime.parse(stored)));
            default ->
                change.language().isEmpty()
                        ? reading.written(stored)
                        : new Phrase(reading.typeset(stored), told.other(reading.language()));
        };
    }

    /** An exclusive midnight is said as the day that it closes. */
    private String end(LocalDateTime time) {
        return Words.closedDay(time).map(day -> words.day(day, reading.today())).orElseGet(() -> time(time));
    }

    private String time(LocalDateTime time) {
        String day = words.day(time.toLocalDate(), reading.today());
        return time.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? day
                : words.get("ui.moment", day, words.time(time.toLocalTime()));
    }
}
