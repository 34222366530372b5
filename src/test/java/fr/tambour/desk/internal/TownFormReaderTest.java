package fr.tambour.desk.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.desk.internal.TownFormReader.Reading;
import fr.tambour.town.Profile;
import fr.tambour.town.TestTowns;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.StaticMessageSource;

class TownFormReaderTest {

    private static final Profile BEFORE = TestTowns.profile("Clairval-sur-Orge", "avis.clairval.fr");

    private static Reading read(UnaryOperator<Typed> change) {
        return TownFormReader.read(change.apply(new Typed(TownForm.of(BEFORE))).form(), BEFORE, Set.of("localhost"));
    }

    private static Profile profile(UnaryOperator<Typed> change) {
        return Objects.requireNonNull(read(change).profile());
    }

    @Test
    void aNumberCopiedFromAPageWithItsUnbreakableSpacesIsTaken() {
        assertThat(profile(typed -> typed.phone("01\u00a099\u00a000\u202f12\u00a000"))
                        .contact()
                        .phone())
                .isEqualTo("01 99 00 12 00");
    }

    @Test
    void aFormAsItWasShownChangesNothing() {
        assertThat(profile(typed -> typed)).isEqualTo(BEFORE);
    }

    @ParameterizedTest
    @CsvSource({
        "https://avis.clairval.fr/,    https://avis.clairval.fr",
        "avis.clairval.fr,             https://avis.clairval.fr",
        "HTTPS://Avis.Clairval.fr:443, https://avis.clairval.fr",
        "http://localhost:8080,        http://localhost:8080",
        "https://avis.évry.fr,         https://avis.xn--vry-9la.fr",
    })
    void thePublicAddressIsUnderstoodAsPeopleTypeIt(String typed, URI address) {
        assertThat(TownFormReader.publicAddress(typed)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pas une adresse",
                "https://clairval.fr/avis",
                "https://clairval.fr?x=1",
                "https://maire:secret@clairval.fr",
                "javascript:alert(1)",
                "ftp://clairval.fr",
                "https://clairval",
                "https://",
                "https://avis..fr"
            })
    void whatIsNoPublicAddressIsRefused(String typed) {
        assertThat(TownFormReader.publicAddress(typed)).isEmpty();
    }

    @Test
    void theHostOfThePublicAddressIsOneOfTheTownsAndLoopbackNamesAreNot() {
        Profile profile = profile(typed -> typed.hosts("www.clairval.fr\nlocalhost, https://Avis.Clairval.fr/"));

        assertThat(profile.hosts()).containsExactly("avis.clairval.fr", "www.clairval.fr");
    }

    @Test
    void theNameByWhichThePageIsUsedGoesOnWorking() {
        Reading reading = TownFormReader.read(TownForm.of(BEFORE), BEFORE, Set.of("ancien.clairval.fr"));

        assertThat(Objects.requireNonNull(reading.profile()).hosts()).contains("ancien.clairval.fr");
    }

    @Test
    void theFirstLanguageComesFirstAndOnce() {
        assertThat(profile(typed -> typed.languages("br", List.of("fr", "br", "klingon")))
                        .languages())
                .containsExactly("br", "fr");
        assertThat(read(typed -> typed.languages("fr-simple", List.of()))
                        .problems()
                        .none())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+18:00", "UTC+18", "Asia/Tokyo", "../../etc/passwd", ""})
    void aTownsClockIsOneOfFrance(String zone) {
        assertThat(read(typed -> typed.zone(zone)).profile()).isNull();
        assertThat(profile(typed -> typed.zone("Indian/Reunion")).zone()).isEqualTo(ZoneId.of("Indian/Reunion"));
    }

    @Test
    void thePopulationIsReadWithItsSpaces() {
        assertThat(profile(typed -> typed.population("12 345")).population()).isEqualTo(12_345);
        assertThat(profile(typed -> typed.population("")).population()).isNull();
        assertThat(read(typed -> typed.population("beaucoup")).profile()).isNull();
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        Reading reading = read(typed -> typed.population("-1").hosts("a b..c").languages("", List.of()));

        assertThat(reading.profile()).isNull();
        StaticMessageSource messages = new StaticMessageSource();
        messages.setUseCodeAsDefaultMessage(true);
        assertThat(reading.problems().atFields(new Words(messages, Locale.FRENCH)))
                .containsOnlyKeys("population", "hosts", "language");
    }

    @Test
    void aListIsReadWithoutBlanksAndDoubles() {
        assertThat(TownFormReader.lines(" Centre \n\nNord\r\nCentre\n")).containsExactly("Centre", "Nord");
        assertThat(TownFormReader.lines("")).isEmpty();
    }

    @Test
    void aListThatIsTooLongIsRefusedNotCut() {
        String tooMany = "a\n".repeat(TownFormReader.MOST_NAMES)
                + String.join(
                        "\n",
                        IntStream.range(0, 101).mapToObj(Integer::toString).toList());
        assertThatThrownBy(() -> TownFormReader.lines(tooMany)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> TownFormReader.lines("x".repeat(TownFormReader.LONGEST_NAME + 1)))
                .isInstanceOf(Refusal.class);
    }

    /** A form with some fields typed otherwise. */
    private record Typed(TownForm form) {

        Typed hosts(String hosts) {
            return with(form.population(), hosts, form.language(), form.languages());
        }

        Typed population(String population) {
            return with(population, form.hosts(), form.language(), form.languages());
        }

        Typed languages(String first, List<String> others) {
            return with(form.population(), form.hosts(), first, others);
        }

        Typed zone(String zone) {
            return with(form.population(), form.hosts(), form.language(), form.languages(), zone);
        }

        Typed phone(String phone) {
            return with(form.population(), form.hosts(), form.language(), form.languages(), form.zone(), phone);
        }

        private Typed with(String population, String hosts, String language, List<String> languages) {
            return with(population, hosts, language, languages, form.zone());
        }

        private Typed with(String population, String hosts, String language, List<String> languages, String zone) {
            return with(population, hosts, language, languages, zone, form.phone());
        }

        private Typed with(
                String population, String hosts, String language, List<String> languages, String zone, String phone) {
            return new Typed(new TownForm(
                    form.name(),
                    form.style(),
                    form.postalCode(),
                    population,
                    form.baseUrl(),
                    hosts,
                    language,
                    languages,
                    zone,
                    form.directorName(),
                    form.directorFunction(),
                    form.address(),
                    phone,
                    form.mail(),
                    form.openingHours()));
        }
    }
}
