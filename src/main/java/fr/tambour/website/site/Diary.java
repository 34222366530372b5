package fr.tambour.website.site;

import fr.tambour.notice.PublishedNotice;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** Events by day, each occurrence on every day it lasts. */
final class Diary {

    private final Reading reading;
    private final Dates dates;
    private final List<Happening> happenings;

    Diary(Reading reading, List<PublishedNotice> events) {
        this.reading = reading;
        this.dates = new Dates(reading);
        this.happenings = events.stream()
                .flatMap(event -> dates.happenings(event).stream())
                .sorted(Comparator.comparing(
                        (Happening happening) -> happening.occurrence().start()))
                .toList();
    }

    List<Happening> on(LocalDate day) {
        return happenings.stream().filter(happening -> happening.on(day)).toList();
    }

    HomePage.Line line(Happening happening, LocalDate day) {
        Told told = Told.of(happening.notice(), reading.language(), reading.first());
        String place = happening.notice().content().event() == null
                ? ""
                : happening.notice().content().event().place();
        String hour = dates.hour(happening, day);
        return new HomePage.Line(
                Permalink.of(happening.notice()),
                told.title(),
                told.other(reading.language()),
                place.isEmpty() ? hour : hour + ", " + place);
    }
}
