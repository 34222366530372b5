package fr.tambour.town;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrenchNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Clairval-sur-Orge | Ville de Clairval-sur-Orge | à Clairval-sur-Orge
            Évry              | Ville d’Évry               | à Évry
            Œting             | Ville d’Œting              | à Œting
            Yerres            | Ville d’Yerres             | à Yerres
            Hyères            | Ville d’Hyères             | à Hyères
            Hérouville-Saint-Clair | Ville d’Hérouville-Saint-Clair | à Hérouville-Saint-Clair
            Haguenau          | Ville de Haguenau          | à Haguenau
            Honfleur          | Ville de Honfleur          | à Honfleur
            Le Havre          | Ville du Havre             | au Havre
            Les Ulis          | Ville des Ulis             | aux Ulis
            La Rochelle       | Ville de La Rochelle       | à La Rochelle
            L’Haÿ-les-Roses   | Ville de L’Haÿ-les-Roses   | à L’Haÿ-les-Roses
            Aux Marais        | Ville des Marais           | aux Marais
            Y                 | Ville d’Y                  | à Y
            """)
    void prepositionsAreContractedAndElided(String name, String ville, String in) {
        assertThat(TownStyle.VILLE.before(name)).isEqualTo(ville);
        assertThat(FrenchName.in(name)).isEqualTo(in);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VILLE                  | Le Havre                | Ville du               | Havre
            VILLE                  | Évry                    | Ville d’               | Évry
            COMMUNE                | La Boisse               | Commune de             | La Boisse
            COMMUNAUTE_DE_COMMUNES | du Val d’Orge           | Communauté de communes | du Val d’Orge
            NAME_ALONE             | Rennes Métropole        | ''                     | Rennes Métropole
            """)
    void aNameIsSplitIntoSmallAndLargeWordsThatReadOnAsOne(TownStyle style, String name, String prefix, String rest) {
        assertThat(style.prefix(name)).isEqualTo(prefix);
        assertThat(style.rest(name)).isEqualTo(rest);
        assertThat(style.before(name)).startsWith(prefix).endsWith(rest);
    }
}
