package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.ui.Words;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ReloadableResourceBundleMessageSource;

/** The words by which an exercise is known for one. */
class ExerciseMarkTest {

    private static ExerciseMark in(String language) {
        ReloadableResourceBundleMessageSource messages = new ReloadableResourceBundleMessageSource();
        messages.setBasenames("classpath:fr/tambour/notice/messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setDefaultLocale(Locale.FRENCH);
        return new ExerciseMark(new Words(messages, Locale.forLanguageTag(language)));
    }

    @Test
    void aLanguageHasAMarkWhereItHasSentences() {
        assertThat(List.of("fr", "fr-simple", "en"))
                .allMatch(language -> in(language).spoken());
        assertThat(List.of("ar", "uk", "de", "br"))
                .noneMatch(language -> in(language).spoken());
    }

    @Test
    void whatIsMarkedStaysAsItIs() {
        for (String language : List.of("fr", "en")) {
            ExerciseMark mark = in(language);
            String title = mark.title("Crue");
            String text = mark.text("Montez.");
            assertThat(mark.title(title)).isEqualTo(title).endsWith(" – Crue");
            assertThat(mark.bare(title)).isEqualTo("Crue");
            assertThat(mark.text(text)).isEqualTo(text).contains("Montez.");
            assertThat(mark.text("")).isEqualTo(mark.sentence());
            assertThat(mark.text(mark.sentence())).isEqualTo(mark.sentence());
        }
    }

    @Test
    void whatOnlyBeginsInASimilarWayIsMarkedAllTheSame() {
        ExerciseMark mark = in("fr");
        assertThat(mark.title("EXERCICE TERMINÉ\u00a0: ALERTE RÉELLE"))
                .isEqualTo("EXERCICE – EXERCICE TERMINÉ\u00a0: ALERTE RÉELLE");
        assertThat(mark.bare("EXERCICE TERMINÉ")).isEqualTo("EXERCICE TERMINÉ");
        assertThat(mark.text(mark.sentence() + " Mais fuyez."))
                .isEqualTo(mark.sentence() + " Une vraie alerte dirait\u00a0: «\u00a0" + mark.sentence()
                        + " Mais fuyez.\u00a0»");
        String left = mark.text("Montez.") + " Ceci n’est plus un exercice.";
        assertThat(mark.text(left)).isNotEqualTo(left);
    }
}
