package fr.tambour.notice.studio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreparedTextTest {

    private final PreparedText flood = PreparedText.of("L’eau monte [area|près de l’Orge] vers [time|10 h].");

    @Test
    void says_its_own_words_unless_somebody_changes_them() {
        assertThat(flood.text()).isEqualTo("L’eau monte près de l’Orge vers 10 h.");
        assertThat(flood.with(name -> name.equals("area") ? "quai des Saules" : "11 h")
                        .text())
                .isEqualTo("L’eau monte quai des Saules vers 11 h.");
    }

    @Test
    void tells_a_word_by_its_name() {
        assertThat(flood.word("area")).contains("près de l’Orge");
        assertThat(flood.word("shelter")).isEmpty();
    }

    @Test
    void knows_that_a_word_is_missing() {
        assertThat(flood.hasEmpty()).isFalse();
        assertThat(flood.with(name -> " ").hasEmpty()).isTrue();
    }
}
