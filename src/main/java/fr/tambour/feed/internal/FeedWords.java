package fr.tambour.feed.internal;

import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Occurrences;
import fr.tambour.notice.PublicNotices.Gone;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.WallTime;
import fr.tambour.text.Typography;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sentences of a feed in its language, with the town's clock. */
@Component
class FeedWords {

    /** A calendar program has them all; a sentence stays readable. */
    private static final int EXCEPTIONS_NAMED = 6;

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
        List<LocalDate> days = Occurrences.of(event, town.zone()).stream()
                .map(occurrence -> occurrence.start().atZone(town.zone()).toLocalDate())
                .toList();
        if (days.isEmpty()) {
            return Optional.empty();
        }
        Repeat repeat = event.repeat();
        StringBuilder line = new StringBuilder(here.capital(
                repeat == null || days.size() == 1 ? days(event, days, here) : series(repeat, days, here)));
        if (!event.allDay()) {
            line.append(", ").append(hours(event.start(), event.end(), here));
        }
        if (!event.place().isBlank()) {
            line.append(", ").append(event.place());
        }
        return Optional.of(line.toString());
    }

    /** « mardi 1ᵉʳ décembre 2026 », « du samedi 5 décembre 2026 au dimanche 6 décembre 2026 ». */
    private static String days(Event event, List<LocalDate> days, Words here) {
        LocalDate first = days.getFirst();
        LocalDate last = first.plusDays(lasts(event));
        return last.equals(first)
                ? here.fullDay(first)
                : here.get("feed.days", here.fullDay(first), here.fullDay(last));
    }

    /** How many midnights it lasts over. The end is exclusive: midnight belongs to the day before. */
    private static long lasts(Event event) {
        WallTime start = event.start();
        WallTime end = event.end();
        if (start == null || end == null || !end.local().isAfter(start.local())) {
            return 0;
        }
        return ChronoUnit.DAYS.between(
                start.local().toLocalDate(), end.local().minusMinutes(1).toLocalDate());
    }

    /** « chaque mardi du 1ᵉʳ décembre 2026 au 20 avril 2027 (sauf 29 décembre 2026) ». */
    private static String series(Repeat repeat, List<LocalDate> days, Words here) {
        LocalDate first = days.getFirst();
        LocalDate last = days.getLast();
        String series = here.get(
                "feed.repeat." + repeat.frequency(),
                here.fullDate(first),
                here.fullDate(last),
                here.weekday(first),
                here.number(first));
        List<LocalDate> except = repeat.except().stream()
                .filter(day -> day.isAfter(first) && day.isBefore(last))
                .toList();
        if (except.isEmpty()) {
            return series;
        }
        return except.size() > EXCEPTIONS_NAMED
                ? here.get("feed.repeat.except-some", series)
                : here.get(
                        "feed.repeat.except",
                        series,
                        except.stream().map(here::fullDate).collect(Collectors.joining(", ")));
    }

    /** Which notice is gone: its kind and when it came out. Nothing of what it said leaves any more, its title included. */
    String gone(Gone gone, Town town, Locale locale) {
        Words here = words.in(locale);
        return here.get(
                how(gone) + ".title",
                here.get("feed.kind.one." + gone.notice().kind()),
                day(gone.notice().firstPublishedAt(), town, locale));
    }

    /** Why: the reason of its withdrawal or of its correction, and where it is still read. */
    String why(Gone gone, Town town, Locale locale) {
        String reason = Typography.of(gone.reason(), town.locale());
        return gone.withdrawn()
                ? reason
                : words.in(locale).get(how(gone) + ".why", reason).strip();
    }

    private static String how(Gone gone) {
        if (gone.withdrawn()) {
            return "feed.withdrawn";
        }
        return gone.over() ? "feed.over" : "feed.left";
    }

    private static String hours(WallTime start, @Nullable WallTime end, Words words) {
        String from = words.time(start.local().toLocalTime());
        return end == null
                ? from
                : words.get("feed.hours", from, words.time(end.local().toLocalTime()));
    }
}
