package fr.tambour.notice.studio;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.Content.Event;
import fr.tambour.notice.WallTime;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.ui.Words;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class FactsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2027-01-03T08:00 | 2027-01-03T18:00 | false | fr | dimanche 3 janvier 2027, de 8 h à 18 h
            2027-01-03T08:00 | 2027-01-03T18:00 | false | en | Sunday 3 January 2027, 8 am to 6 pm
            2027-01-03T08:00 |                  | false | fr | dimanche 3 janvier 2027 à 8 h
            2027-01-03T20:00 | 2027-01-04T02:00 | false | fr | du dimanche 3 janvier 2027 à 20 h au lundi 4 janvier 2027 à 2 h
            2027-01-03T00:00 | 2027-01-05T00:00 | true  | fr | du dimanche 3 janvier 2027 au lundi 4 janvier 2027
            """)
    void anEventIsReadWithBothItsHours(
            LocalDateTime start, @Nullable LocalDateTime end, boolean allDay, Locale language, String said) {
        Event event = new Event(WallTime.of(start), end == null ? null : WallTime.of(end), allDay, "", "", "", null);

        assertThat(facts(language).when(event).replace('\u00A0', ' ').replace('\u202F', ' '))
                .isEqualTo(said);
    }

    private static Facts facts(Locale language) {
        ResourceBundleMessageSource bundles = new ResourceBundleMessageSource();
        bundles.setBasenames("fr/tambour/notice/messages", "fr/tambour/ui/messages");
        bundles.setDefaultEncoding("UTF-8");
        bundles.setAlwaysUseMessageFormat(true);
        Town town = new Town(
                new TownId(1),
                "clairval",
                TestTowns.CLAIRVAL,
                TestTowns.profile("clairval", "clairval.example"),
                false,
                1);
        return new Facts(town, new Words(bundles, language), Map.of(), Map.of());
    }
}
