package fr.tambour.website.site;

import fr.tambour.notice.Correction;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.ui.Phrase;
import fr.tambour.ui.Words;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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
                .flatMap(change -> field(change.field()).stream()
                        .map(field -> new NoticePage.Change(
                                field, value(change, change.before(), told), value(change, change.after(), told))))
                .toList();
    }

    /** What changed; over one channel alone: « Résumé (Flux et calendriers) ». */
    private Optional<String> field(String name) {
        if (words.has("website.field." + name)) {
            return Optional.of(words.get("website.field." + name));
        }
        int dot = name.indexOf('.');
        String channel = "channel." + name.substring(0, Math.max(dot, 0));
        String field = "channel.field." + name.substring(dot + 1);
        return words.has(channel) && words.has(field)
                ? Optional.of(words.get("website.field.over", words.get(field), words.get(channel)))
                : Optional.empty();
    }

    /** A stored value as the page says it; a repetition has no short form, so only that it changed is said. */
    private Phrase value(Correction.Change change, String stored, Told told) {
        if (stored.isEmpty()) {
            return Phrase.own("");
        }
        return switch (change.field()) {
            case "event.repeat" -> Phrase.own("");
            case "emergency.severity" -> Phrase.own(words.get("website.severity." + stored.toLowerCase(Locale.ROOT)));
            case "event.start", "from" -> Phrase.own(moment(stored, this::time));
            case "event.end", "until" -> Phrase.own(moment(stored, this::end));
            case "source.date" -> Phrase.own(words.day(LocalDate.parse(stored), reading.today()));
            case "channels" ->
                Phrase.own(Arrays.stream(stored.split(", "))
                        .map(channel -> words.getOr("channel." + channel, channel))
                        .collect(Collectors.joining(", ")));
            default ->
                change.language().isEmpty()
                        ? reading.written(stored)
                        : new Phrase(reading.typeset(stored), told.other(reading.language()));
        };
    }

    /** Of a time that the town's clock shows twice, which one is said. */
    private String moment(String stored, Function<LocalDateTime, String> say) {
        TemporalAccessor read =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(stored, OffsetDateTime::from, LocalDateTime::from);
        String said = say.apply(LocalDateTime.from(read));
        if (!(read instanceof OffsetDateTime time)) {
            return said;
        }
        boolean summer = reading.town().zone().getRules().isDaylightSavings(time.toInstant());
        return words.get(summer ? "website.time.summer" : "website.time.winter", said);
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
