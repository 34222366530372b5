package fr.tambour.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.notice.ApprovalPolicies;
import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Kind;
import fr.tambour.operations.TownFounder;
import fr.tambour.operations.TownFounder.Founded;
import fr.tambour.people.Invitations;
import fr.tambour.people.People;
import fr.tambour.people.Role;
import fr.tambour.people.StudioClient;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Themes;
import fr.tambour.town.TownType;
import fr.tambour.town.Towns;
import fr.tambour.ui.Brand;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Scope;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class SecondTownTest {

    private static TambourServer tambour;

    @BeforeAll
    static void start() {
        tambour = TambourServer.start(Dialect.SQLITE);
    }

    @AfterAll
    static void stop() {
        tambour.close();
    }

    private static Founded found(TownType type, String code, String url) {
        return tambour.bean(TownFounder.class).found(type, code, URI.create(url), "secretariat@exemple.fr");
    }

    @Test
    void aTownAddedByTheOperatorHasAllThatItNeedsAndItsAdministratorIsInvited() {
        Founded founded = found(TownType.COMMUNE, "01015", "https://avis.arboys.fr");

        assertThat(founded.town().fullName()).isEqualTo("Commune d’Arboys en Bugey");
        assertThat(founded.link().address().toString()).startsWith("https://avis.arboys.fr/studio/invitation/");
        assertThat(tambour.bean(Towns.class).byHost("avis.arboys.fr")).contains(founded.town());
        assertThat(tambour.bean(Districts.class).of(founded.town().id()))
                .extracting(District::slug)
                .containsExactly("arbignieu", "saint-bois");
        assertThat(tambour.bean(Themes.class).of(founded.town().id())).hasSizeGreaterThan(4);
        assertThat(tambour.bean(ApprovalPolicies.class).of(founded.town().id(), Kind.NEWS))
                .isEqualTo(ApprovalPolicy.SINGLE);
        assertThat(tambour.bean(Invitations.class).open(founded.town().id()))
                .singleElement()
                .satisfies(open -> assertThat(open.roles()).containsExactly(Role.ADMINISTRATOR));
    }

    @Test
    void aLargeTownHasFourEyesAndAnEpciItsPresident() {
        Founded rennes = found(TownType.COMMUNE, "35238", "https://avis.rennes.fr");
        Founded metropole = found(TownType.EPCI, "243500139", "https://avis.rennesmetropole.fr");

        assertThat(tambour.bean(ApprovalPolicies.class).of(rennes.town().id(), Kind.NEWS))
                .isEqualTo(ApprovalPolicy.FOUR_EYES);
        assertThat(metropole.town().fullName()).isEqualTo("Rennes Métropole");
        assertThat(metropole.town().profile().director().function()).isEqualTo("président");
    }

    @Test
    void anIntercommunalitysNameStandsOnceAndItIsNoTown() {
        Founded founded = found(TownType.EPCI, "200066975", "https://avis.senlis-sud-oise.fr");
        tambour.bean(TransactionTemplate.class)
                .executeWithoutResult(status -> tambour.bean(People.class)
                        .create(
                                founded.town().id(),
                                "auteur@senlis-sud-oise.fr",
                                "Lou Martin",
                                "le tambour bat au marché",
                                "fr",
                                Set.of(Role.AUTHOR)));
        StudioClient browser = new StudioClient(tambour, founded.town().slug());

        Brand brand = tambour.bean(Brand.Provider.class)
                .brand(new Scope(founded.town().id().value(), Locale.FRENCH, "/"))
                .orElseThrow();
        assertThat(brand.prefix()).isEqualTo("Communauté de communes");
        assertThat(brand.name()).isEqualTo("Senlis Sud Oise");
        assertThat(browser.get("/mentions-legales").body())
                .contains("Communauté de communes Senlis Sud Oise", "à l’accueil de l’intercommunalité")
                .doesNotContain("Communauté de communes Communauté", "mairie");
        browser.signIn("auteur@senlis-sud-oise.fr", "le tambour bat au marché");
        assertThat(browser.get("/studio/avis/nouveau").body())
                .contains("Ce qui se passe dans nos communes.")
                .doesNotContain("dans la ville");
    }

    @Test
    void aTownThatIsThereIsNotAddedASecondTime() {
        Founded there = found(TownType.COMMUNE, "60142", "https://avis.lachapelle.fr");
        int before = tambour.bean(Towns.class).all().size();

        assertThatThrownBy(() -> found(TownType.COMMUNE, "60142", "https://avis2.lachapelle.fr"))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo("desk.town-there");
                    assertThat(refusal.args()).contains(there.town().slug());
                });
        assertThat(tambour.bean(Towns.class).all()).hasSize(before);
    }

    @Test
    void aDemonstrationTakesInNoRealTown() {
        try (TambourServer demonstration = TambourServer.start(Dialect.SQLITE)) {
            demonstration
                    .bean(TransactionTemplate.class)
                    .executeWithoutResult(status -> demonstration
                            .bean(Towns.class)
                            .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), true));
            TownFounder founder = demonstration.bean(TownFounder.class);
            URI address = URI.create("https://avis.arboys.fr");

            assertThatThrownBy(() -> founder.found(TownType.COMMUNE, "01015", address, "secretariat@exemple.fr"))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.code()).isEqualTo("desk.town-in-demonstration"));
            assertThat(demonstration.bean(Towns.class).all()).hasSize(1);
        }
    }

    @Test
    void whatCannotBeMadeLeavesNothing() {
        int before = tambour.bean(Towns.class).all().size();
        found(TownType.COMMUNE, "91692", "https://avis.lesulis.fr");

        assertThatThrownBy(() -> found(TownType.COMMUNE, "91228", "https://avis.lesulis.fr"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("town.host-taken"));
        assertThatThrownBy(() -> found(TownType.COMMUNE, "99999", "https://avis.ailleurs.fr"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("desk.town-unknown"));
        assertThatThrownBy(() -> found(TownType.COMMUNE, "91228", "https://avis.evry.fr/chemin"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("desk.url-invalid"));
        assertThat(tambour.bean(Towns.class).all()).hasSize(before + 1);
    }
}
