package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.WallTime.Resolution;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two nights of the year on which the clock is changed, and towns that know no such night. */
class WallTimeTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final ZoneOffset SUMMER = ZoneOffset.ofHours(2);
    private static final ZoneOffset WINTER = ZoneOffset.ofHours(1);

    private static WallTime at(String local) {
        return WallTime.of(LocalDateTime.parse(local));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T01:59, 2026-03-29T00:59:00Z",
        "2026-03-29T03:00, 2026-03-29T01:00:00Z",
        "2026-10-25T01:59, 2026-10-24T23:59:00Z",
        "2026-10-25T03:00, 2026-10-25T02:00:00Z",
        "2026-07-14T21:30, 2026-07-14T19:30:00Z",
    })
    void mostTimesAreOneInstant(String local, Instant instant) {
        assertThat(at(local).resolve(PARIS)).isEqualTo(new Resolution.Once(instant));
        assertThat(at(local).instant(PARIS)).isEqualTo(instant);
    }

    @Test
    void anHourIsMissingInSpring() {
        assertThat(at("2026-03-29T02:30").resolve(PARIS))
                .isEqualTo(new Resolution.Missing(
                        LocalDateTime.parse("2026-03-29T02:00"), LocalDateTime.parse("2026-03-29T03:00")));
        assertThat(at("2026-03-29T02:30").instant(PARIS))
                .as("a draft shows what calendar programs make of it")
                .isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
    }

    @Test
    void anHourComesTwiceInAutumn() {
        assertThat(at("2026-10-25T02:30").resolve(PARIS)).isEqualTo(new Resolution.Twice(SUMMER, WINTER));
        assertThat(at("2026-10-25T02:30").instant(PARIS))
                .as("a draft shows the earlier")
                .isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
    }

    @Test
    void theOffsetSaysWhichOfTheTwo() {
        LocalDateTime local = LocalDateTime.parse("2026-10-25T02:30");
        assertThat(new WallTime(local, SUMMER).resolve(PARIS))
                .isEqualTo(new Resolution.Once(Instant.parse("2026-10-25T00:30:00Z")));
        assertThat(new WallTime(local, WINTER).resolve(PARIS))
                .isEqualTo(new Resolution.Once(Instant.parse("2026-10-25T01:30:00Z")));
        assertThat(new WallTime(local, ZoneOffset.ofHours(9)).resolve(PARIS))
                .as("an offset that this place never has decides nothing")
                .isInstanceOf(Resolution.Twice.class);
    }

    @Test
    void anOffsetHasNoEffectOnAnyOtherNight() {
        assertThat(new WallTime(LocalDateTime.parse("2026-12-05T18:30"), SUMMER).instant(PARIS))
                .isEqualTo(Instant.parse("2026-12-05T17:30:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"America/Cayenne, 05:30", "Indian/Reunion, 22:30", "Pacific/Noumea, 15:30"})
    void overseasNoClockIsChanged(ZoneId zone, String utc) {
        for (String night : new String[] {"2026-03-29T02:30", "2026-10-25T02:30"}) {
            assertThat(at(night).resolve(zone)).isInstanceOf(Resolution.Once.class);
            assertThat(at(night).instant(zone).toString()).contains("T" + utc);
        }
    }

    @Test
    void saintPierreChangesOnItsOwnNights() {
        ZoneId miquelon = ZoneId.of("America/Miquelon");
        assertThat(at("2026-03-08T02:30").resolve(miquelon)).isInstanceOf(Resolution.Missing.class);
        assertThat(at("2026-11-01T01:30").resolve(miquelon)).isInstanceOf(Resolution.Twice.class);
        assertThat(at("2026-03-29T02:30").resolve(miquelon)).isInstanceOf(Resolution.Once.class);
    }

    @Test
    void anInstantComesBackAsItself() {
        for (String instant : new String[] {"2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-07-01T10:00:00Z"}) {
            assertThat(WallTime.of(Instant.parse(instant), PARIS).instant(PARIS))
                    .isEqualTo(Instant.parse(instant));
        }
    }
}
