package fr.tambour.town;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An entry of the geographic code suggests how the town is called")
class CommuneTest {

    private final Communes communes = new Communes();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            COMMUNE | 76351     | Ville du Havre
            COMMUNE | 91692     | Ville des Ulis
            COMMUNE | 91228     | Ville d’Évry-Courcouronnes
            COMMUNE | 01006     | Commune d’Ambléon
            COMMUNE | 94038     | Ville de L’Haÿ-les-Roses
            EPCI    | 243500139 | Rennes Métropole
            EPCI    | 200033579 | Communauté urbaine d’Arras
            EPCI    | 249740101 | Communauté d’agglomération Territoire de la Côte Ouest
            """)
    void withTheWordsBeforeItsName(TownType type, String code, String fullName) {
        Commune commune = communes.byCode(type, code).orElseThrow();

        assertThat(commune.usualStyle().before(commune.usualName())).isEqualTo(fullName);
    }
}
