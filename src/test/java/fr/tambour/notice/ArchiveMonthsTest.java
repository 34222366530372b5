package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.town.Profile;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.support.TransactionTemplate;

@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.notice.NoticeTown#onBothEngines")
class ArchiveMonthsTest {

    private final NoticeTown house;

    ArchiveMonthsTest(NoticeTown house) {
        this.house = house;
    }

    @Test
    void aTownThatChangesItsClockFindsItsMonthsByTheNewOne() {
        ZoneId paris = house.town().zone();
        YearMonth next =
                YearMonth.from(house.server().clock().instant().atZone(paris)).plusMonths(1);
        house.server().clock().moveTo(next.atDay(1).atTime(0, 30).atZone(paris).toInstant());
        NoticeId withdrawn = house.publish(house.news("Minuit passé", "Résumé.", "Texte."));
        house.publish(house.news("Minuit et quart", "Résumé.", "Texte."));
        assertThat(months(next)).isEqualTo(2);

        clocks(ZoneId.of("America/Martinique"));
        assertThat(months(next)).isZero();
        assertThat(months(next.minusMonths(1))).isEqualTo(2);
        house.withdraw(withdrawn, "Une erreur.");
        assertThat(months(next.minusMonths(1))).isOne();

        clocks(paris);
        assertThat(months(next)).isOne();
        assertThat(months(next.minusMonths(1))).isZero();
    }

    private int months(YearMonth month) {
        return house.server()
                .bean(PublicNotices.class)
                .archiveMonths(house.town().id())
                .getOrDefault(month, 0);
    }

    private void clocks(ZoneId zone) {
        house.server().bean(TransactionTemplate.class).executeWithoutResult(status -> {
            Towns towns = house.server().bean(Towns.class);
            Town now = towns.get(house.town().id());
            Profile profile = now.profile();
            towns.change(
                    now.id(),
                    now.version(),
                    new Profile(
                            profile.name(),
                            profile.style(),
                            profile.postalCode(),
                            profile.population(),
                            profile.baseUrl(),
                            profile.hosts(),
                            profile.languages(),
                            zone,
                            profile.colours(),
                            profile.arms(),
                            profile.director(),
                            profile.contact()));
        });
    }
}
