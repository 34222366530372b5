package fr.tambour.website.site;

import fr.tambour.notice.PublishedNotice;
import fr.tambour.ui.Phrase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events by day within a span, each occurrence on every day that it lasts. */
final class Diary {

    private final Reading reading;
    private final Dates dates;
    private final Map<LocalDate, List<Happening>> days = new HashMap<>();

    Diary(Reading reading, List<PublishedNotice> events, LocalDate from, LocalDate to) {
        this.reading = reading;
        this.dates = new Dates(reading);
        events.stream()
                .flatMap(event -> dates.happenings(event, from, to).stream())
                .sorted(Comparator.comparing(
                        (Happening happening) -> happening.occurrence().start()))
                .forEach(happening -> enter(happening, from, to));
    }

    private void enter(Happening happening, LocalDate from, LocalDate to) {
        LocalDate first = happening.firstDay().isBefore(from) ? from : happening.firstDay();
        LocalDate last = happening.lastDay().isAfter(to) ? to : happening.lastDay();
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            days.computeIfAbsent(day, any -> new ArrayList<>()).add(happening);
        }
    }

    List<Happening> on(LocalDate day) {
        return days.getOrDefault(day, List.of());
    }

    HomePage.Line line(Happening happening, LocalDate day) {
        Told told = Told.of(happening.notice(), reading.language(), reading.first());
        return new HomePage.Line(
                Permalink.of(happening.notice()),
                new Phrase(told.title(), told.other(reading.language())),
                dates.hour(happening, day),
                happening.place(reading),
                happening.ends());
    }
}
