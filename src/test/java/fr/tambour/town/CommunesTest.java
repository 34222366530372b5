package fr.tambour.town;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.town.Commune.Nature;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommunesTest {

    private final Communes communes = new Communes();

    private List<String> names(String query) {
        return communes.search(query, 10).stream().map(Commune::name).toList();
    }

    private Commune first(String query) {
        return communes.search(query, 10).getFirst();
    }

    @Nested
    class ByName {

        @ParameterizedTest
        @CsvSource({
            "rennes, Rennes",
            "  RENNES , Rennes",
            "evry courcouronnes, Évry-Courcouronnes",
            "L'Haÿ-les-Roses, L'Haÿ-les-Roses",
            "l’haÿ les roses, L'Haÿ-les-Roses",
            "hay roses, L'Haÿ-les-Roses",
            "mans, Le Mans",
            "Oeuilly, Œuilly",
            "ŒUILLY, Œuilly",
            "Villeneuve-d'Ascq, Villeneuve-d'Ascq",
            "villeneuvedascq, Villeneuve-d'Ascq",
            "lemans, Le Mans",
        })
        void aTownIsFoundHoweverItsNameIsTyped(String typed, String name) {
            assertThat(first(typed).name()).isEqualTo(name);
        }

        @ParameterizedTest
        @CsvSource({
            "St-Malo, Saint-Malo",
            "st malo, Saint-Malo",
            "Ste Foy lès Lyon, Sainte-Foy-lès-Lyon",
            "Stes-Maries-de-la-Mer, Saintes-Maries-de-la-Mer",
            "pont ste maxence, Pont-Sainte-Maxence",
        })
        void stMeansSaint(String typed, String name) {
            assertThat(first(typed).name()).isEqualTo(name);
        }

        @Test
        void stMayAlsoBeTheBeginningOfAnotherName() {
            assertThat(names("st")).contains("Strasbourg", "Saint-Étienne");
        }

        @Test
        void theBeginningOfANameFindsTheMostPopulousFirst() {
            assertThat(names("roch")).startsWith("La Rochelle", "La Roche-sur-Yon", "Rochefort");
        }

        @Test
        void anExactNameComesBeforeALongerOneWithMoreInhabitants() {
            assertThat(first("Saint-Denis-le-Ferment").name()).isEqualTo("Saint-Denis-le-Ferment");
            assertThat(first("brest").departmentCode()).isEqualTo("29");
            assertThat(names("Eu")).startsWith("Eu");
        }

        @Test
        void amongTownsOfTheSameNameTheMostPopulousComesFirst() {
            assertThat(communes.search("Saint-Denis", 2))
                    .extracting(Commune::departmentName)
                    .containsExactly("La Réunion", "Seine-Saint-Denis");
        }

        @Test
        void anArticleThatWasTypedCounts() {
            assertThat(names("le ma")).startsWith("Le Mans");
            assertThat(first("la rochelle").name()).isEqualTo("La Rochelle");
            assertThat(names("villeneuve d")).first().isEqualTo("Villeneuve-d'Ascq");
            assertThat(names("bourg d'o")).contains("Le Bourg-d'Oisans");
            assertThat(names("Mans (Le)")).contains("Le Mans");
            assertThat(names("la")).first().isEqualTo("La Rochelle");
        }

        @Test
        void wordsFromTheMiddleOfANameFindIt() {
            assertThat(names("aix bains")).contains("Aix-les-Bains");
            assertThat(names("Bains")).contains("Aix-les-Bains");
            assertThat(names("jolie mantes")).startsWith("Mantes-la-Jolie");
        }

        @Test
        void aDepartmentOrPostalCodeBesideTheNameNarrowsTheSearch() {
            assertThat(first("Saint-Denis 93").code()).isEqualTo("93066");
            assertThat(first("Saint-Denis (974)").code()).isEqualTo("97411");
            assertThat(first("35400 saint malo").name()).isEqualTo("Saint-Malo");
            assertThat(first("Bastia 2b").code()).isEqualTo("2B033");
            assertThat(names("Rennes 29")).doesNotContain("Rennes");
        }

        @Test
        void aNumberMayAlsoBeAnArrondissement() {
            assertThat(names("Marseille 13")).startsWith("Marseille", "Marseille 13e Arrondissement");
            assertThat(first("paris 5e").code()).isEqualTo("75105");
        }
    }

    @Nested
    class ByCode {

        @Test
        void aTownIsFoundByItsPostalCode() {
            assertThat(names("35400")).containsExactly("Saint-Malo");
            assertThat(names("35 000")).containsExactly("Rennes");
            assertThat(names("75116")).containsExactly("Paris", "Paris 16e Arrondissement");
        }

        @Test
        void theBeginningOfAPostalCodeFindsTheMostPopulousTownsFirst() {
            assertThat(names("35")).startsWith("Rennes", "Saint-Malo");
            assertThat(names("974")).startsWith("Saint-Denis", "Saint-Paul");
            assertThat(communes.search("354", 100))
                    .allSatisfy(found ->
                            assertThat(found.postalCodes()).anyMatch(postalCode -> postalCode.startsWith("354")));
        }

        @Test
        void oneDigitIsTooLittleForAPostalCode() {
            assertThat(communes.search("3", 100))
                    .allSatisfy(found -> assertThat(found.name()).contains("3"));
        }

        @Test
        void aTownIsFoundByItsInseeCode() {
            assertThat(names("35238")).containsExactly("Rennes");
            assertThat(first("2a004").name()).isEqualTo("Ajaccio");
            assertThat(names("2B")).startsWith("Bastia");
        }

        @Test
        void aTownIsFoundByItsInseeCodeAlsoWhereOthersHaveItAsPostalCode() {
            assertThat(communes.search("21310", 100)).hasSizeGreaterThan(20);
            assertThat(communes.search("21310", 10))
                    .hasSize(10)
                    .last()
                    .extracting(Commune::code)
                    .isEqualTo("21310");
            assertThat(communes.search("21310", 100)).extracting(Commune::code).containsOnlyOnce("21310");
            assertThat(first("49100").name()).isEqualTo("Angers");
        }

        @Test
        void anEpciIsFoundByItsSiren() {
            assertThat(names("243500139")).containsExactly("Rennes Métropole");
            assertThat(names("243 500 139")).containsExactly("Rennes Métropole");
        }

        @Test
        void typeAndCodeTogetherNameOneEntry() {
            assertThat(communes.byCode(TownType.COMMUNE, "01015"))
                    .get()
                    .extracting(Commune::name)
                    .isEqualTo("Arboys en Bugey");
            assertThat(communes.byCode(TownType.DELEGATED, "01015"))
                    .get()
                    .extracting(Commune::name)
                    .isEqualTo("Arbignieu");
            assertThat(communes.byCode(TownType.COMMUNE, " 2a004 ")).isPresent();
            assertThat(communes.byCode(TownType.EPCI, "01015")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\t", "\n", "0", "99999", "1\t", "é", "٣٥٢٣٨", "0000000000000000000000"})
        void aCodeThatNobodyHasFindsNothing(String code) {
            for (var type : TownType.values()) {
                assertThat(communes.byCode(type, code)).isEmpty();
            }
        }
    }

    @Nested
    class Epcis {

        @Test
        void anEpciIsFoundByItsNameWithOrWithoutItsNature() {
            for (var typed : List.of(
                    "Faucigny - Glières", "cc faucigny", "CC Faucigny Glieres", "communauté de communes Faucigny")) {
                assertThat(communes.search(typed, 5)).extracting(Commune::code).contains("200000172");
            }
        }

        @Test
        void aNatureBeforeTheNameLeavesOnlyEpcis() {
            assertThat(communes.search("CC perche", 20))
                    .isNotEmpty()
                    .allSatisfy(found -> assertThat(found.type()).isEqualTo(TownType.EPCI));
            assertThat(names("ca")).contains("Caen");
        }

        @Test
        void aTownComesBeforeItsMetropole() {
            assertThat(names("rennes")).startsWith("Rennes").contains("Rennes Métropole");
        }

        @Test
        void anEpciHasANatureAndNoPostalCode() {
            var lyon = communes.byCode(TownType.EPCI, "200046977").orElseThrow();
            assertThat(lyon.nature()).isEqualTo(Nature.METRO);
            assertThat(lyon.postalCodes()).isEmpty();
            assertThat(lyon.parent()).isNull();
            assertThat(lyon.departmentName()).isEqualTo("Rhône");
            assertThat(lyon.population().orElseThrow()).isGreaterThan(1_000_000);
        }
    }

    @Nested
    class WhatIsKnown {

        @Test
        void aTownComesWithAllThatIsKnownAboutIt() {
            var rennes = communes.byCode(TownType.COMMUNE, "35238").orElseThrow();
            assertThat(rennes.name()).isEqualTo("Rennes");
            assertThat(rennes.departmentCode()).isEqualTo("35");
            assertThat(rennes.departmentName()).isEqualTo("Ille-et-Vilaine");
            assertThat(rennes.parent()).isNull();
            assertThat(rennes.nature()).isNull();
            assertThat(rennes.population().orElseThrow()).isGreaterThan(200_000);
            assertThat(rennes.postalCodes()).containsExactly("35000", "35200", "35700");
            assertThat(rennes.zone()).isEqualTo(ZoneId.of("Europe/Paris"));
        }

        @Test
        void aDelegatedCommuneNamesItsCommuneAndHasItsPostalCodeIfThereIsOne() {
            var arbignieu = communes.byCode(TownType.DELEGATED, "01015").orElseThrow();
            assertThat(arbignieu.parent()).isEqualTo("01015");
            assertThat(arbignieu.postalCodes()).containsExactly("01300");
            assertThat(arbignieu.population()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "97105, America/Guadeloupe",
            "97209, America/Martinique",
            "97302, America/Cayenne",
            "97411, Indian/Reunion",
            "97502, America/Miquelon",
            "97608, Indian/Mayotte",
            "97701, America/St_Barthelemy",
            "97801, America/Marigot",
            "98613, Pacific/Wallis",
            "98735, Pacific/Tahiti",
            "98731, Pacific/Marquesas",
            "98719, Pacific/Gambier",
            "98818, Pacific/Noumea",
            "2A004, Europe/Paris",
        })
        void aTownKeepsItsOwnTime(String code, String zone) {
            assertThat(communes.byCode(TownType.COMMUNE, code).orElseThrow().zone())
                    .isEqualTo(ZoneId.of(zone));
        }

        @Test
        void theDelegatedCommunesOfACommuneAreItsParts() {
            assertThat(communes.partsOf("01015")).extracting(Commune::name).containsExactly("Arbignieu", "Saint-Bois");
            assertThat(communes.partsOf("13055")).hasSize(16);
            assertThat(communes.partsOf("35238")).isEmpty();
        }

        @Test
        void everyTownOfTheDirectoryIsThere() {
            for (int department = 1; department <= 95; department++) {
                assertThat(communes.search("%02d".formatted(department), 100)).isNotEmpty();
            }
            assertThat(communes.byCode(TownType.ARRONDISSEMENT, "69389")
                            .orElseThrow()
                            .parent())
                    .isEqualTo("69123");
            assertThat(communes.byCode(TownType.COMMUNE, "98411").orElseThrow().population())
                    .isEmpty();
            assertThat(communes.byCode(TownType.COMMUNE, "01001"))
                    .isPresent(); // the first row of its type, and the last
            assertThat(communes.byCode(TownType.COMMUNE, "98901")).isPresent();
        }
    }

    @Nested
    class Bounds {

        @Test
        void noMoreIsGivenThanWasAskedFor() {
            assertThat(communes.search("saint", 7)).hasSize(7);
            assertThat(communes.search("saint", 0)).isEmpty();
            assertThat(communes.search("saint", -1)).isEmpty();
            assertThat(communes.search("saint", Integer.MAX_VALUE)).hasSize(Communes.MOST_RESULTS);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "-", "''", "\0", "(((", ".*", "%_\\", "\uD83D", "🥁", "٣٥", "一二", "\u0301"})
        void whatMakesNoSenseFindsNothingOrLittle(String query) {
            assertThat(communes.search(query, 10)).hasSizeLessThanOrEqualTo(10);
        }

        @Test
        void aLongQueryIsCut() {
            assertThat(first("rennes" + " ".repeat(94) + "saint malo").name()).isEqualTo("Rennes");
            assertThat(communes.search("ﷺ".repeat(1_000_000), 10)).isEmpty();
        }

        @Test
        void noQueryThrows() {
            long seed = System.nanoTime();
            var random = new Random(seed);
            for (int i = 0; i < 200; i++) {
                var query = garbage(random);
                assertThat(communes.search(query, 5))
                        .as("seed %d, query %s", seed, query)
                        .hasSizeLessThanOrEqualTo(5);
                communes.byCode(TownType.COMMUNE, query);
            }
        }

        private String garbage(Random random) {
            var likely = "st ste l' d' 2a 2B 0123456789 cc ca communauté de communes é œ - , \t\n\0";
            return IntStream.range(0, random.nextInt(30))
                    .mapToObj(every -> random.nextInt(4) == 0
                            ? String.valueOf((char) random.nextInt(0x10000))
                            : String.valueOf(likely.charAt(random.nextInt(likely.length()))))
                    .collect(joining());
        }
    }
}
