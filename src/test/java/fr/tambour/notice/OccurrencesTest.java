package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.notice.Content.Repeat.Frequency;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On which days an event takes place. */
class OccurrencesTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static Event event(String start, @Nullable String end, boolean allDay, @Nullable Repeat repeat) {
        return new Event(
                WallTime.of(LocalDateTime.parse(start)),
                end == null ? null : WallTime.of(LocalDateTime.parse(end)),
                allDay,
                "Halle",
                "",
                "",
                repeat);
    }

    private static Repeat until(Frequency frequency, String last, String... except) {
        return new Repeat(
                frequency,
                LocalDate.parse(last),
                new TreeSet<>(Set.of(except).stream().map(LocalDate::parse).toList()));
    }

    private static List<String> days(Event event) {
        return Occurrences.of(event, PARIS).stream()
                .map(it -> it.start().atZone(PARIS).toLocalDate().toString())
                .toList();
    }

    @Test
    void withoutAStartThereIsNone() {
        assertThat(Occurrences.of(new Event(null, null, false, "", "", "", null), PARIS))
                .isEmpty();
    }

    @Test
    void onceIsOnce() {
        Event concert = event("2026-12-05T20:00", "2026-12-05T22:00", false, null);
        assertThat(Occurrences.of(concert, PARIS))
                .containsExactly(new Occurrences.Occurrence(
                        Instant.parse("2026-12-05T19:00:00Z"), Instant.parse("2026-12-05T21:00:00Z")));
    }

    @Test
    void anEndThatIsNotSaidIsTheStartAndForAWholeDayTheNextMidnight() {
        Occurrences.Occurrence open = Occurrences.of(event("2026-12-05T20:00", null, false, null), PARIS)
                .getFirst();
        assertThat(open.end()).isEqualTo(open.start());
        Occurrences.Occurrence day = Occurrences.of(event("2026-12-05T00:00", null, true, null), PARIS)
                .getFirst();
        assertThat(day.end()).isEqualTo(Instant.parse("2026-12-05T23:00:00Z"));
    }

    @Test
    void aWholeDayOfAnHourLessIsShorter() {
        Occurrences.Occurrence day = Occurrences.of(event("2026-03-29T00:00", null, true, null), PARIS)
                .getFirst();
        assertThat(Duration.between(day.start(), day.end())).isEqualTo(Duration.ofHours(23));
    }

    @Test
    void everyWeekExceptOnSomeDays() {
        assertThat(days(event("2026-12-05T10:00", null, false, until(Frequency.WEEKLY, "2026-12-31", "2026-12-26"))))
                .containsExactly("2026-12-05", "2026-12-12", "2026-12-19");
    }

    @Test
    void theLastDayIsStillOne() {
        assertThat(days(event("2026-12-05T10:00", null, false, until(Frequency.DAILY, "2026-12-07"))))
                .containsExactly("2026-12-05", "2026-12-06", "2026-12-07");
    }

    @Test
    void aMonthWithoutThe31stIsSkipped() {
        assertThat(days(event("2027-01-31T10:00", null, false, until(Frequency.MONTHLY, "2027-07-31"))))
                .containsExactly("2027-01-31", "2027-03-31", "2027-05-31", "2027-07-31");
    }

    @Test
    void theHourOnTheWallStaysWhenTheClockIsChanged() {
        Event market = event("2026-10-24T09:00", "2026-10-24T13:00", false, until(Frequency.DAILY, "2026-10-26"));
        assertThat(Occurrences.of(market, PARIS).stream().map(Occurrences.Occurrence::start))
                .containsExactly(
                        Instant.parse("2026-10-24T07:00:00Z"),
                        Instant.parse("2026-10-25T08:00:00Z"),
                        Instant.parse("2026-10-26T08:00:00Z"));
        assertThat(Occurrences.of(market, PARIS))
                .allSatisfy(
                        it -> assertThat(Duration.between(it.start(), it.end())).isEqualTo(Duration.ofHours(4)));
    }

    @Test
    void anHourThatTheClockJumpsOverIsWhatACalendarProgramMakesOfIt() {
        Repeat daily = new Repeat(Repeat.Frequency.DAILY, LocalDate.parse("2026-03-30"), new TreeSet<LocalDate>());
        Event nights = new Event(WallTime.of(LocalDateTime.parse("2026-03-28T02:30")), null, false, "", "", "", daily);
        assertThat(Occurrences.of(nights, ZoneId.of("Europe/Paris")))
                .extracting(Occurrences.Occurrence::start)
                .as("RFC 5545 §3.3.5: 2:30 is read at the offset before the jump")
                .containsExactly(
                        Instant.parse("2026-03-28T01:30:00Z"),
                        Instant.parse("2026-03-29T01:30:00Z"),
                        Instant.parse("2026-03-30T00:30:00Z"));
    }

    @Test
    void everyDayExceptedIsNever() {
        assertThat(days(event("2026-12-05T10:00", null, false, until(Frequency.DAILY, "2026-12-05", "2026-12-05"))))
                .isEmpty();
    }

    @Test
    void aRepeatWithoutEndIsCut() {
        assertThat(days(event("2026-12-05T10:00", null, false, until(Frequency.DAILY, "2199-12-31"))))
                .hasSize(Occurrences.MOST);
    }

    @Test
    void aSpanHoldsWhatTakesPlaceInItAndWhatBeganBeforeAndStillGoesOn() {
        Event daily = event("2026-12-05T22:00", "2026-12-06T02:00", false, until(Frequency.DAILY, "2026-12-20"));
        assertThat(Occurrences.between(daily, PARIS, LocalDate.of(2026, 12, 10), LocalDate.of(2026, 12, 11)))
                .extracting(Occurrences.Occurrence::start)
                .containsExactly(
                        Instant.parse("2026-12-09T21:00:00Z"),
                        Instant.parse("2026-12-10T21:00:00Z"),
                        Instant.parse("2026-12-11T21:00:00Z"));
        Event exhibition = event("2026-12-01T10:00", "2026-12-31T18:00", false, null);
        assertThat(Occurrences.between(exhibition, PARIS, LocalDate.of(2026, 12, 10), LocalDate.of(2026, 12, 10)))
                .hasSize(1);
        assertThat(Occurrences.between(exhibition, PARIS, LocalDate.of(2027, 1, 1), LocalDate.of(2027, 1, 31)))
                .isEmpty();
    }
}
