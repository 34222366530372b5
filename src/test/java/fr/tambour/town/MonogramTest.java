package fr.tambour.town;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonogramTest {

    @ParameterizedTest
    @CsvSource({
        "Clairval-sur-Orge, CO",
        "La Rochelle, R",
        "L’Haÿ-les-Roses, HR",
        "Saint-Germain-en-Laye, SL",
        "Évry, É",
        "Y, Y",
        "du Val d’Orge, VO",
        "Les, L",
    })
    void aTownIsShortenedToTheInitialsOfTheWordsThatCount(String name, String initials) {
        assertThat(Monogram.of(name)).isEqualTo(initials);
    }
}
