package fr.tambour.feed;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeTown;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.component.VTimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the calendars say, read by a library other than the one that wrote them. */
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.notice.NoticeTown#onBothEngines")
class CalendarsTest extends FeedReaderTest {

    CalendarsTest(NoticeTown house) {
        super(house);
    }

    @Test
    void aSeriesSaysItsRepetitionItsEndAndItsExceptions() throws Exception {
        LocalDateTime start = LocalDateTime.of(2026, 12, 1, 17, 0);
        NoticeId id = house.publish(house.event(
                "Heure du conte",
                start,
                start.plusMinutes(45),
                new Repeat(
                        Repeat.Frequency.WEEKLY,
                        LocalDate.of(2027, 4, 22),
                        new TreeSet<>(Set.of(LocalDate.of(2026, 12, 29))))));

        assertThat(json("/flux/avis.json", id).getString("content_html").replace('\u00a0', ' '))
                .contains(
                        "Chaque mardi du 1ᵉʳ décembre 2026 au 20 avril 2027 (sauf 29 décembre 2026), de 17 h à 17 h 45");
    }

    @Test
    void aCalendarAcceptsAnEventWithItsZoneRepeatsAndExceptions() throws Exception {
        LocalDateTime start = LocalDateTime.of(2026, 12, 1, 17, 0);
        NoticeId id = house.publish(house.event(
                "Heure du conte",
                start,
                start.plusMinutes(45),
                new Repeat(
                        Repeat.Frequency.WEEKLY,
                        LocalDate.of(2027, 4, 20),
                        new TreeSet<>(Set.of(LocalDate.of(2026, 12, 29))))));

        Calendar calendar = calendar("/agenda.ics");
        VEvent event = event(calendar, id);
        assertThat(value(event, Property.SUMMARY)).isEqualTo("Heure du conte");
        assertThat(value(event, Property.DTSTART)).isEqualTo("20261201T170000");
        assertThat(value(event, Property.DTEND)).isEqualTo("20261201T174500");
        assertThat(event.getRequiredProperty(Property.DTSTART)
                        .getParameter("TZID")
                        .orElseThrow()
                        .getValue())
                .isEqualTo("Europe/Paris");
        // Summer time begins on 28 March 2027: 17:00 in Paris is then 15:00 in UTC.
        assertThat(value(event, Property.RRULE)).contains("FREQ=WEEKLY").contains("UNTIL=20270420T150000Z");
        assertThat(value(event, Property.EXDATE)).isEqualTo("20261229T170000");
        assertThat(value(event, Property.LOCATION)).contains("Médiathèque");
        assertThat(value(event, Property.STATUS)).isEqualTo("CONFIRMED");
        assertThat(value(event, Property.SEQUENCE)).isEqualTo("0");
        assertThat(calendar.getComponents(Component.VTIMEZONE)).hasSize(1);
    }

    @Test
    void aCalendarKnowsTheClockOfASeriesToItsEnd() throws Exception {
        LocalDateTime start = LocalDateTime.of(2026, 12, 2, 19, 0);
        house.publish(house.event(
                "Chorale",
                start,
                start.plusHours(2),
                new Repeat(Repeat.Frequency.WEEKLY, LocalDate.of(2040, 11, 20), new TreeSet<>())));

        VTimeZone zone = calendar("/agenda.ics")
                .<VTimeZone>getComponents(Component.VTIMEZONE)
                .getFirst();
        assertThat(zone.getObservances())
                .extracting(observance ->
                        observance.getRequiredProperty(Property.DTSTART).getValue())
                .contains("20401028T030000");
    }

    @Test
    void aCalendarShowsTheSummaryAsEditedForFeeds() throws Exception {
        LocalDateTime start = LocalDateTime.of(2026, 12, 13, 15, 0);
        NoticeId id = house.publish(house.event("Goûter", start, start.plusHours(2), null)
                .withEdited("feed", "fr", new TreeMap<>(Map.of("summary", "Un goûter pour tous."))));

        assertThat(value(event(calendar("/agenda.ics"), id), Property.DESCRIPTION))
                .contains("Un goûter pour tous.")
                .doesNotContain("Résumé.");
    }

    @Test
    void aWithdrawnEventIsCancelledInTheCalendarAndNothingOfItsTextIsLeft() throws Exception {
        LocalDateTime start = LocalDateTime.of(2026, 12, 12, 20, 30);
        Content written = house.event("Concert", start, start.plusHours(2), null)
                .withWords("fr", new Words("Concert", "Un récital.", "Au programme.", "12 euros", "Par la rampe.", ""));
        NoticeId id = house.publish(written);
        tambour.clock().advance(Duration.ofMinutes(1));
        house.correct(
                id,
                written.withWords(
                        "fr", new Words("Concert", "Deux récitals.", "Au programme.", "12 euros", "Par la rampe.", "")),
                "Un chanteur de plus.");
        assertThat(value(event(calendar("/agenda.ics"), id), Property.DESCRIPTION))
                .contains("Deux récitals.", "Un chanteur de plus.", "12\u00a0euros");
        house.withdraw(id, "Le chanteur est malade.");

        for (String path : List.of("/agenda.ics", "/avis/" + id.ref() + "/concert.ics")) {
            Calendar calendar = calendar(path);
            VEvent event = event(calendar, id);
            assertThat(event.<Property>getProperties())
                    .extracting(Property::getName)
                    .containsExactlyInAnyOrder(
                            "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "STATUS", "SUMMARY", "DESCRIPTION");
            assertThat(value(event, Property.STATUS)).isEqualTo("CANCELLED");
            assertThat(value(event, Property.SEQUENCE)).isEqualTo("2");
            assertThat(value(event, Property.DTSTART)).isEqualTo("20261212T203000");
            assertThat(value(event, Property.SUMMARY)).isEqualTo("Concert");
            assertThat(value(event, Property.DESCRIPTION)).isEqualTo("Le chanteur est malade.");
        }
    }

    @Test
    void anEventCorrectedAwayFromFeedsIsCancelledInTheCalendar() throws Exception {
        LocalDateTime start = LocalDateTime.of(2026, 12, 14, 20, 30);
        Content written = house.event("Répétition", start, start.plusHours(2), null);
        NoticeId id = house.publish(written);
        tambour.clock().advance(Duration.ofMinutes(1));
        house.correct(id, house.offFeeds(written), "Pour les choristes seulement.");

        for (String path : List.of("/agenda.ics", "/avis/" + id.ref() + "/repetition.ics")) {
            VEvent event = event(calendar(path), id);
            assertThat(value(event, Property.STATUS)).isEqualTo("CANCELLED");
            assertThat(value(event, Property.SEQUENCE)).isEqualTo("1");
            assertThat(value(event, Property.DESCRIPTION)).contains("Pour les choristes seulement.");
            assertThat(event.toString()).doesNotContain("Texte.", "Médiathèque");
        }
    }

    @Test
    void aWholeDayIsADateWithAnExclusiveEnd() throws Exception {
        LocalDateTime day = LocalDate.of(2026, 12, 5).atStartOfDay();
        Content content = house.event("Marché de Noël", day, day.plusDays(2), null);
        Event timed = content.event();
        NoticeId id = house.publish(content.withEvent(
                new Event(timed.start(), timed.end(), true, timed.place(), timed.address(), timed.organiser(), null)));

        VEvent event = event(calendar("/agenda.ics"), id);
        assertThat(value(event, Property.DTSTART)).isEqualTo("20261205");
        assertThat(value(event, Property.DTEND)).isEqualTo("20261207");
    }

    @Test
    void anEventThatTookPlaceIsNotCancelledByItsCorrection() throws Exception {
        LocalDateTime start = LocalDateTime.ofInstant(
                        tambour.clock().instant(), house.town().zone())
                .truncatedTo(ChronoUnit.MINUTES)
                .plusMinutes(10);
        Content written = house.event("Lecture", start, start.plusMinutes(20), null);
        NoticeId id = house.publish(written);
        tambour.clock().advance(Duration.ofHours(2));
        house.advance();
        house.correct(
                id,
                written.withWords("fr", Words.of("Lecture publique", "Résumé.", "Texte.")),
                "Le nom de l’autrice manquait.");

        assertThat(items("/flux/nature/agenda.rss", id).getTitle().orElseThrow())
                .startsWith("Rectificatif d’un avis terminé (");
        assertThat(get("/agenda.ics").body()).doesNotContain(id.ref());
        assertThat(value(event(calendar("/avis/" + id.ref() + "/lecture-publique.ics"), id), Property.STATUS))
                .isEqualTo("CONFIRMED");
    }

    /** Whoever took it into their calendar under a former title still finds it; nobody finds it under two. */
    @Test
    void theCalendarOfAnEventHasOneAddress() throws Exception {
        LocalDateTime day = LocalDate.of(2026, 12, 6).atTime(20, 0);
        NoticeId id = house.publish(house.event("Bal", day, day.plusHours(2), null));
        for (String other : List.of("kermesse", "BAL", "bal-")) {
            var answer = get("/en/avis/" + id.ref() + "/" + other + ".ics");
            assertThat(answer.statusCode()).isEqualTo(301);
            assertThat(answer.headers().firstValue("Location")).hasValue("/en/avis/" + id.ref() + "/bal.ics");
        }
        for (String alias : List.of(id.ref().replaceFirst("0", "o"), id.ref().toUpperCase(Locale.ROOT))) {
            assertThat(get("/avis/" + alias + "/bal.ics").statusCode()).isEqualTo(404);
            assertThat(get("/avis/" + alias + "/bilan").statusCode()).isEqualTo(404);
        }
    }
}
