package fr.tambour.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitialsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            Inès Vidal, IV
            Solène, S
            élodie de La Tour, ÉT
            Marie-Claude Martin, MM
            Jean-Pierre, JP
            Jeanne d’Arc, JA
            Gabriele D'Annunzio, GA
            Sinéad O’Connor, SO
            (Camille) Renaudin, CR
            Accueil 2, A2
            """)
    void theyAreThoseOfTheFirstAndTheLastWord(String name, String initials) {
        assertThat(Initials.of(name)).isEqualTo(initials);
    }

    @Test
    void spacesOfAnyKindPartWords() {
        assertThat(Initials.of("  Inès\u00a0Vidal\u202f")).isEqualTo("IV");
    }

    @Test
    void anAccentTypedApartStaysOnItsLetter() {
        assertThat(Initials.of("e\u0301lodie Tour")).isEqualTo("E\u0301T");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            🥁 Camille Renaudin, CR
            Camille Renaudin 🥁, CR
            🥁, 🥁
            👩‍🚒 🥁, 👩‍🚒🥁
            """)
    void signsCountOnlyWhereThereAreNoLetters(String name, String initials) {
        assertThat(Initials.of(name)).isEqualTo(initials);
    }

    @Test
    void anEmptyNameHasNone() {
        assertThat(Initials.of("")).isEmpty();
        assertThat(Initials.of(" - ")).isEmpty();
    }
}
