package fr.tambour.feed.internal;

import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Kind;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.WallTime;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sentences of a feed in its language, with the town's clock. */
@Component
class FeedWords {

    private final Words words;

    FeedWords(Words words) {
        this.words = words;
    }

    Words in(String language) {
        return words.in(Locale.forLanguageTag(language));
    }

    /** « 23 novembre 2026 à 14 h 10 ». */
    String day(Instant at, Town town, Locale locale) {
        return words.in(locale).moment(at.atZone(town.zone()));
    }

    /** When and where an event takes place, in one line. */
    Optional<String> when(PublishedNotice notice, Town town, Locale locale) {
        Event event = notice.content().event();
        if (notice.kind() != Kind.EVENT || event == null || event.start() == null) {
            return Optional.empty();
        }
        Words here = words.in(locale);
        LocalDateTime start = event.start().local();
        LocalDate last = lastDay(event, start);
        String days = last.equals(start.toLocalDate())
                ? here.fullDay(start.toLocalDate())
                : here.get("feed.days", here.fullDay(start.toLocalDate()), here.fullDay(last));
        StringBuilder line = new StringBuilder(here.capital(days));
        if (!event.allDay()) {
            line.append(", ").append(hours(event.start(), event.end(), here));
        }
        if (!event.place().isBlank()) {
            line.append(", ").append(event.place());
        }
        return Optional.of(line.toString());
    }

    private static LocalDate lastDay(Event event, LocalDateTime start) {
        if (event.end() == null) {
            return start.toLocalDate();
        }
        // The end is exclusive: midnight belongs to the day before.
        return event.end().local().minusMinutes(1).toLocalDate();
    }

    private static String hours(WallTime start, @Nullable WallTime end, Words words) {
        String from = words.time(start.local().toLocalTime());
        return end == null
                ? from
                : words.get("feed.hours", from, words.time(end.local().toLocalTime()));
    }
}
