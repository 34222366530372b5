package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.Repeat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a notice ends, by its kind. */
class ValidityTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Instant PUBLISHED = Instant.parse("2026-11-24T08:00:00Z");

    private static Content of(Kind kind) {
        return Content.blank(kind, "fr", List.of());
    }

    private static WallTime at(String local) {
        return WallTime.of(LocalDateTime.parse(local));
    }

    private static Content event(String start, @Nullable String end, @Nullable Repeat repeat) {
        return of(Kind.EVENT).withEvent(new Event(at(start), end == null ? null : at(end), false, "", "", "", repeat));
    }

    @Test
    void newsIsWorthThirtyDays() {
        assertThat(Validity.end(of(Kind.NEWS), PARIS, PUBLISHED)).hasValue(Instant.parse("2026-12-24T08:00:00Z"));
    }

    @Test
    void whatIsSaidCounts() {
        for (Kind kind : List.of(Kind.NEWS, Kind.EVENT, Kind.PRACTICAL)) {
            assertThat(Validity.end(of(kind).withUntil(at("2026-12-01T12:00")), PARIS, PUBLISHED))
                    .hasValue(Instant.parse("2026-12-01T11:00:00Z"));
        }
    }

    @Test
    void practicalInformationMustSay() {
        assertThat(Validity.end(of(Kind.PRACTICAL), PARIS, PUBLISHED)).isEmpty();
    }

    @Test
    void anEventEndsWithItsLastOccurrence() {
        assertThat(Validity.end(event("2026-12-05T20:00", "2026-12-05T22:00", null), PARIS, PUBLISHED))
                .hasValue(Instant.parse("2026-12-05T21:00:00Z"));
        Repeat weekly = new Repeat(Repeat.Frequency.WEEKLY, LocalDate.parse("2026-12-20"), new TreeSet<LocalDate>());
        assertThat(Validity.end(event("2026-12-05T20:00", "2026-12-05T22:00", weekly), PARIS, PUBLISHED))
                .hasValue(Instant.parse("2026-12-19T21:00:00Z"));
    }

    @Test
    void anEventWithoutAnEndIsOverWithItsDay() {
        assertThat(Validity.end(event("2026-12-05T20:00", null, null), PARIS, PUBLISHED))
                .hasValue(Instant.parse("2026-12-05T23:00:00Z"));
    }

    @Test
    void anEventWithoutAStartHasNoEnd() {
        assertThat(Validity.end(of(Kind.EVENT), PARIS, PUBLISHED)).isEmpty();
    }

    @Test
    void anEmergencyStandsADayAtMost() {
        assertThat(Validity.end(of(Kind.EMERGENCY), PARIS, PUBLISHED)).hasValue(Instant.parse("2026-11-25T08:00:00Z"));
        assertThat(Validity.end(of(Kind.EMERGENCY).withUntil(at("2026-11-30T00:00")), PARIS, PUBLISHED))
                .hasValue(Instant.parse("2026-11-25T08:00:00Z"));
        assertThat(Validity.end(of(Kind.EMERGENCY).withUntil(at("2026-11-24T12:00")), PARIS, PUBLISHED))
                .hasValue(Instant.parse("2026-11-24T11:00:00Z"));
    }
}
