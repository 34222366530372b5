package fr.tambour.website;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fr.tambour.audit.Audit;
import fr.tambour.people.Actor;
import fr.tambour.ui.Refusal;
import fr.tambour.website.internal.OwnPage;
import fr.tambour.website.internal.OwnPages;
import fr.tambour.website.internal.OwnTexts;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.http.HttpStatus;

/** What a town writes on its standing pages is read there, kept in versions and written down in the journal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnPagesTest {

    private TestSite site;
    private OwnPages pages;
    private Actor administrator;

    @BeforeAll
    void aTown() {
        site = TestSite.ofAnEmptyTown();
        pages = site.bean(OwnPages.class);
        administrator = site.actor(9, WebsiteRights.PAGES);
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    void itsWordsAreReadInTheirLanguageAndElsewhereInTheFirst() throws Exception {
        write(OwnPage.PRIVACY, Map.of("fr", "# Déléguée\n\nMme Petit.", "en", "# Officer\n\nMs Petit."));
        write(OwnPage.ABOUT, Map.of("fr", "Nous écrivons ceci **à deux**.", "de", "Kein Deutsch."));
        assertThat(site.page("/donnees-personnelles")).contains("Déléguée</h2>").doesNotContain("Officer");
        assertThat(site.page("/en/donnees-personnelles")).contains("Officer</h2>");
        assertThat(site.page("/en/a-propos"))
                .contains("<div class=\"prose standing__own\" lang=\"fr\">", "<strong>à deux");
        assertThat(site.bean(OwnTexts.class).of(site.town().id(), OwnPage.ABOUT))
                .containsOnlyKeys("fr");
    }

    @Test
    void theHostIsNamedOnTheLegalNoticeInThePlaceOfThePreparedWords() throws Exception {
        assertThat(site.page("/mentions-legales")).contains("ne sont pas encore indiqués ici");
        write(OwnPage.HOSTING, Map.of("fr", "Maison du Nuage, 1, rue du Ciel, 01 99 00 00 01"));
        assertThat(site.page("/mentions-legales"))
                .contains("Maison du Nuage")
                .doesNotContain("ne sont pas encore indiqués ici");
    }

    @Test
    void everyVersionIsKeptAndInTheJournalAlsoThatItWasTakenOff() throws Exception {
        write(OwnPage.ACCESSIBILITY, Map.of("fr", "Un premier texte."));
        write(OwnPage.ACCESSIBILITY, Map.of("fr", "Un second texte."));
        write(OwnPage.ACCESSIBILITY, Map.of("fr", ""));
        assertThat(site.bean(OwnTexts.class).versions(site.town().id(), OwnPage.ACCESSIBILITY, 10))
                .extracting(OwnTexts.Version::text)
                .containsExactly("", "Un second texte.", "Un premier texte.");
        assertThat(site.page("/accessibilite")).doesNotContain("Un second texte.", "standing__own");
        assertThat(site.bean(Audit.class).page(site.town().id().value(), Long.MAX_VALUE, 3))
                .allSatisfy(entry -> {
                    assertThat(entry.entry().action()).isEqualTo("website.page-changed");
                    assertThat(entry.entry().subject()).isEqualTo("accessibility");
                    assertThat(entry.entry().personId()).isEqualTo(9);
                });
    }

    @Test
    void whoWritesOverAColleaguesWordsIsToldAndLosesNothingOfTheirs() {
        long base = pages.newest(site.town(), OwnPage.LEGAL);
        write(OwnPage.LEGAL, Map.of("fr", "Le texte d'une collègue."));
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(
                        () -> pages.write(administrator, site.town(), OwnPage.LEGAL, base, Map.of("fr", "Le mien.")))
                .satisfies(refusal -> {
                    assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT);
                    assertThat(refusal.code()).isEqualTo("website.page-changed");
                });
        assertThat(site.bean(OwnTexts.class).of(site.town().id(), OwnPage.LEGAL))
                .containsValue("Le texte d'une collègue.");
    }

    @Test
    void theStudioPageIsForThoseWhoHaveSignedIn() throws Exception {
        assertThat(site.get("/studio/pages").headers().firstValue("Location").orElseThrow())
                .contains("/studio/connexion");
    }

    private void write(OwnPage page, Map<String, String> words) {
        pages.write(administrator, site.town(), page, pages.newest(site.town(), page), words);
    }
}
