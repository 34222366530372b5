package fr.tambour.town.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.ListEntry;
import fr.tambour.town.TestTowns;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Themes are stored by the same code. */
@OnBothEngines
class JdbcDistrictsTest {

    private final Towns towns;
    private final Districts districts;
    private TownId town = new TownId(0);

    record Subject(JdbcTowns towns, JdbcDistricts districts) {}

    JdbcDistrictsTest(Engine engine) {
        Subject subject = engine.make(Subject.class, JdbcTowns.class, JdbcDistricts.class);
        this.towns = subject.towns();
        this.districts = subject.districts();
    }

    @BeforeEach
    void aTownOfItsOwn() {
        town = anotherTown();
    }

    private TownId anotherTown() {
        String host = UUID.randomUUID() + ".fr";
        return towns.add(TestTowns.CLAIRVAL, TestTowns.profile("Quartiers", host), false)
                .id();
    }

    private static ListEntry added(String name) {
        return new ListEntry(null, Map.of("fr", name));
    }

    private static ListEntry kept(District district, String name) {
        return new ListEntry(district.id(), Map.of("fr", name));
    }

    @Test
    void aListIsKeptInTheTownsOrder() {
        List<District> arranged = districts.arrange(town, List.of(added("Les Saules"), added("Centre-bourg")));

        assertThat(arranged).extracting(District::slug).containsExactly("les-saules", "centre-bourg");
        assertThat(districts.of(town)).isEqualTo(arranged);
        assertThat(districts.bySlug(town, "centre-bourg")).contains(arranged.getLast());
        assertThat(districts.byId(town, arranged.getFirst().id())).contains(arranged.getFirst());
    }

    @Test
    void aNewNameKeepsTheAddressAndTheIdentity() {
        District before = districts.arrange(town, List.of(added("Gare"))).getFirst();

        District after =
                districts.arrange(town, List.of(kept(before, "Gare et Halles"))).getFirst();

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.slug()).isEqualTo("gare");
        assertThat(after.name("fr", "fr")).isEqualTo("Gare et Halles");
    }

    @Test
    void whatIsDroppedCannotBeChosenButIsStillThere() {
        List<District> before = districts.arrange(town, List.of(added("Nord"), added("Sud")));

        districts.arrange(town, List.of(kept(before.getLast(), "Sud")));

        assertThat(districts.of(town)).extracting(District::slug).containsExactly("sud");
        assertThat(districts.bySlug(town, "nord")).map(District::active).contains(false);
        assertThat(districts.ever(town)).extracting(District::slug).containsExactly("sud", "nord");
    }

    @Test
    void whatIsAddedAgainIsTheOldOneWithItsNotices() {
        District before = districts.arrange(town, List.of(added("Nord"))).getFirst();
        districts.arrange(town, List.of());

        District again = districts.arrange(town, List.of(added("Nord"))).getFirst();

        assertThat(again.id()).isEqualTo(before.id());
        assertThat(again.active()).isTrue();
    }

    @Test
    void twoOfOneNameHaveDifferentAddresses() {
        assertThat(districts.arrange(town, List.of(added("Bourg"), added("Bourg"))))
                .extracting(District::slug)
                .containsExactly("bourg", "bourg-2");
    }

    @Test
    void aDistrictOfAnotherTownIsNotToBeHad() {
        District ours = districts.arrange(town, List.of(added("Centre"))).getFirst();
        TownId other = anotherTown();

        assertThat(districts.byId(other, ours.id())).isEmpty();
        assertThat(districts.bySlug(other, "centre")).isEmpty();
        assertThatThrownBy(() -> districts.arrange(other, List.of(kept(ours, "Volé"))))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("town.list-entry-unknown"));
        assertThat(districts.of(town)).extracting(d -> d.name("fr", "fr")).containsExactly("Centre");
    }

    @Test
    void aNameInTheFirstLanguageIsAskedFor() {
        assertThatThrownBy(() -> districts.arrange(town, List.of(new ListEntry(null, Map.of("en", "Centre")))))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("town.list-name-missing"));
    }

    @Test
    void aNameMissingInALanguageIsShownInTheFirst() {
        District district = districts
                .arrange(town, List.of(new ListEntry(null, Map.of("fr", "Centre", "en", "Town centre"))))
                .getFirst();

        assertThat(district.name("en", "fr")).isEqualTo("Town centre");
        assertThat(district.name("br", "fr")).isEqualTo("Centre");
    }
}
