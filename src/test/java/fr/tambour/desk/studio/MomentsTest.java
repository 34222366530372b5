package fr.tambour.desk.studio;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.ui.Words;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class MomentsTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** Tuesday 24 November 2026, 9:30 in Paris. */
    private static final Instant NOW = Instant.parse("2026-11-24T08:30:00Z");

    private final Moments moments = new Moments(words(), PARIS, NOW);

    private static Words words() {
        ResourceBundleMessageSource bundles = new ResourceBundleMessageSource();
        bundles.setBasenames("fr/tambour/desk/messages", "fr/tambour/ui/messages");
        bundles.setDefaultEncoding("UTF-8");
        bundles.setAlwaysUseMessageFormat(true);
        return new Words(bundles, Locale.FRENCH);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-24T08:05:00Z | à 9 h 05
            2026-11-23T15:20:00Z | hier, 16 h 20
            2026-11-22T23:30:00Z | hier, 0 h 30
            2026-11-20T08:00:00Z | vendredi
            2026-11-12T08:00:00Z | 12 novembre
            2025-11-12T08:00:00Z | 12 novembre 2025
            """)
    void whatHasHappenedIsSaidAsAColleagueWould(Instant at, String said) {
        assertThat(plain(moments.past(at))).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-24T19:00:00Z | aujourd’hui, 20 h
            2026-11-25T08:00:00Z | demain, 9 h
            2026-11-26T08:00:00Z | jeudi 26 novembre, 9 h
            """)
    void whatWillHappenHasItsHour(Instant at, String said) {
        assertThat(plain(moments.coming(at))).isEqualTo(said);
    }

    private static String plain(String said) {
        return said.replace('\u00A0', ' ').replace('\u202F', ' ');
    }
}
