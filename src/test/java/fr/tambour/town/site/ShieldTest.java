package fr.tambour.town.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShieldTest {

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
    void aShieldShowsTheInitialsOfTheWordsThatCount(String name, String initials) {
        assertThat(Shield.initials(name)).isEqualTo(initials);
    }
}
