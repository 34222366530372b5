package fr.tambour.website;

import static fr.tambour.website.TestSite.address;
import static fr.tambour.website.TestSite.notice;
import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.WallTime;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What residents are answered over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebsiteTest {

    private static final String NBSP = "\u00a0";

    private TestSite site;
    private String emptyHome = "";
    private String homeAfterwards = "";

    @BeforeAll
    void aTownWithNothingPublished() throws Exception {
        site = TestSite.ofAnEmptyTown();
        emptyHome = site.page("/");
        site.withdrawn(site.published(site.news("Trop tôt", "Un résumé.", "Un texte.")), "Une erreur de date.");
        homeAfterwards = site.page("/");
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    void anEmptyTownSaysWhatWillBeHere() {
        assertThat(emptyHome).contains("Les premiers avis paraîtront ici", "Aucune alerte en cours");
    }

    @Test
    void aTownWhoseOnlyNoticeWasWithdrawnPromisesNoFirstOne() {
        assertThat(homeAfterwards)
                .contains("Ce qui avait été publié a été retiré")
                .doesNotContain("Les premiers avis", "Trop tôt");
    }

    @Test
    void aNoticeIsOnTheHomePageItsListTheArchiveAndItsOwnPageOnTheNextRequest() throws Exception {
        NoticeId id = site.published(site.news("La halle rouvre", "Après sept mois.", "Visite **samedi**."));
        for (String path : List.of("/", "/actualites", "/archives/2026/11")) {
            assertThat(site.page(path)).as(path).contains(address(id, "la-halle-rouvre"));
        }
        assertThat(site.page(address(id, "la-halle-rouvre")))
                .contains("<h1>La halle rouvre</h1>", "<strong>samedi</strong>", "Publié le");
    }

    @Test
    void whatStandsSaysToCopiesThatAreReadLaterWhenItIsOver() throws Exception {
        String page = site.page(
                address(site.published(site.news("Le marché change", "De place.", "Bientôt.")), "le-marche-change"));
        assertThat(page).containsPattern("<article class=\"paper\" data-until=\"[0-9]{13}\"");
        assertThat(site.page("/actualites")).containsPattern("<article class=\"story[^\"]*\" data-until=\"[0-9]{13}\"");
    }

    @Test
    void aNoticeIsFoundByItsThemeAndItsDistrict() throws Exception {
        NoticeId id = site.published(site.illustrated("Deux images pour une halle"));
        for (String path : List.of("/thematiques/culture-et-fetes", "/quartiers/les-tilleuls")) {
            assertThat(site.page(path)).as(path).contains(address(id, "deux-images-pour-une-halle"));
        }
    }

    @Test
    void whereAPictureIsCutItShowsWhatItsAuthorWantsSeen() throws Exception {
        NoticeId id = site.published(site.illustrated("Deux images et leur cadrage"));

        assertThat(site.page("/actualites")).contains("<img class=\"photo photo--top-right\"");
        assertThat(site.page(address(id, "deux-images-et-leur-cadrage")))
                .contains("<img class=\"photo photo--top-right\"", "<img class=\"photo\"");
        String sheet = Jsoup.parse(site.page("/actualites"))
                .select("link[rel=stylesheet]")
                .getFirst()
                .attr("href");
        assertThat(site.page(sheet)).containsPattern("\\.photo--top-right\\s*\\{\\s*object-position:\\s*100% 0");
    }

    @Test
    void anUnchangedPageIsNotSentAgainAndAChangedOneIs() throws Exception {
        String tag = site.get("/archives").headers().firstValue("ETag").orElseThrow();
        assertThat(tag).matches("W/\"[0-9a-f]{32}\"");
        HttpResponse<String> again = site.get("/archives", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();

        site.published(site.news("De quoi changer les archives", "Un résumé.", "Un texte."));
        assertThat(site.get("/archives", "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void anOldTitleLeadsToTheNewAddressInTheSameLanguage() throws Exception {
        NoticeId id = site.published(site.news("Trois arbres plantés", "Sur la place.", "Des tilleuls."));
        site.clock().advance(Duration.ofMinutes(5));
        site.corrected(
                id, site.news("Quatre arbres plantés", "Sur la place.", "Des tilleuls."), "Nous avions mal compté.");

        HttpResponse<String> moved = site.get("/en" + address(id, "trois-arbres-plantes"));
        assertThat(moved.statusCode()).isEqualTo(301);
        assertThat(moved.headers().firstValue("Location")).hasValue("/en" + address(id, "quatre-arbres-plantes"));
        assertThat(site.get("/avis/" + id.ref()).headers().firstValue("Location"))
                .hasValue(address(id, "quatre-arbres-plantes"));
        assertThat(site.get(address(id, "quatre-arbres-plantes")).statusCode()).isEqualTo(200);
    }

    @Test
    void aCorrectionStandsDatedAndReasonedWithTheOldAndTheNewValueAndInTheAccount() throws Exception {
        NoticeId id = site.published(site.event("Conseil municipal", "Salle du conseil"));
        site.clock().advance(Duration.ofHours(1));
        site.corrected(id, site.event("Conseil municipal", "Gymnase"), "La salle est trop petite.");

        assertThat(site.page(address(id, "conseil-municipal")))
                .contains("Rectificatif du", "La salle est trop petite.", "Salle du conseil</del>", "Gymnase</ins>")
                .contains("Bilan de diffusion", "Rectificatif publié", "Site, flux et calendriers");
    }

    /** On the last Sunday of October 2027 it is half past two twice. */
    @Test
    void aCorrectionSaysOverWhichChannelItReadsOtherwiseAndWhichOfTwoEqualTimesIsMeant() throws Exception {
        LocalDateTime twice = LocalDateTime.of(2027, 10, 31, 2, 30);
        Content content = site.news("La halle rouvre", "Un résumé.", "Un texte.");
        NoticeId id = site.published(content.withUntil(new WallTime(twice, ZoneOffset.ofHours(2))));
        Content edited = content.withEdited("feed", "fr", new TreeMap<>(Map.of("summary", "Pour les flux.")))
                .withUntil(new WallTime(twice, ZoneOffset.ofHours(1)));
        site.corrected(id, edited, "Plus clair.");

        assertThat(site.page(address(id, "la-halle-rouvre")))
                .contains("<dt>Résumé (Flux et calendriers)</dt>", "Un résumé.</del>", "Pour les flux.</ins>")
                .contains("(heure d’été)</del>", "(heure d’hiver)</ins>");

        site.corrected(id, edited.withChannels(new TreeSet<>(Set.of("website"))), "Pour le site.");

        assertThat(site.page(address(id, "la-halle-rouvre")))
                .contains("<dt>Canaux</dt>", "Flux et calendriers, Site</del>", "Site</ins>");
    }

    @Test
    void aWithdrawnNoticeLeavesAPageThatSaysWhatWhenAndWhy() throws Exception {
        NoticeId id = site.published(site.illustrated("Piscine fermée"));
        String image = site.page(address(id, "piscine-fermee")).replaceAll("(?s).*?src=\"(/images/[^\"]+)\".*", "$1");
        assertThat(site.get(image).statusCode()).isEqualTo(200);
        site.withdrawn(id, "La vidange est reportée.");

        HttpResponse<String> page = site.get(address(id, "piscine-fermee"));
        assertThat(page.statusCode()).isEqualTo(410);
        assertThat(page.body())
                .contains(
                        "Cette nouveauté a été retirée",
                        "<s>Piscine fermée</s>",
                        "La vidange est reportée.",
                        "Retiré le")
                .doesNotContain("Avec deux images.", "Un titre");
        assertThat(site.get(image).statusCode()).isEqualTo(410);
        for (String path : List.of("/", "/actualites", "/archives/2026/11", "/thematiques/culture-et-fetes")) {
            assertThat(site.page(path)).as(path).doesNotContain(id.ref());
        }
    }

    @Test
    void whatIsOverLeavesTheListsOnTheMinuteAndKeepsItsPageMarked() throws Exception {
        NoticeId id = site.published(site.news("Stationnement interdit", "Rue du Four.", "Ce matin.")
                .withUntil(WallTime.of(
                        site.clock().instant().plus(Duration.ofMinutes(30)),
                        site.town().zone())));
        site.clock().advance(Duration.ofMinutes(30));

        assertThat(site.page("/actualites")).doesNotContain(id.ref());
        assertThat(site.page(address(id, "stationnement-interdit"))).contains("Terminé depuis le");
        assertThat(site.page("/archives/2026/11")).contains(id.ref(), "terminé");
    }

    @Test
    void aNoticeWithoutATranslationIsReadInTheFirstLanguageAndSaysSo() throws Exception {
        NoticeId id = site.published(site.news("Les ruches du toit", "Dix ruches.", "Du miel."));
        assertThat(site.page("/en" + address(id, "les-ruches-du-toit")))
                .contains("<html lang=\"en\">", "<h1 lang=\"fr\">Les ruches du toit</h1>", "exists only in French");
        assertThat(site.page("/en")).contains("in French");
    }

    @Test
    void aTranslatedNoticeIsReadInBothLanguagesAndEachNamesTheOther() throws Exception {
        NoticeId id = site.published(notice(Kind.NEWS)
                .words(Words.of("La médiathèque le dimanche", "De 10 h à 13 h.", "Avec un café."))
                .english(Words.of("The library on Sundays", "From 10 am to 1 pm.", "With coffee."))
                .content());
        String path = address(id, "la-mediatheque-le-dimanche");
        assertThat(site.page("/en" + path))
                .contains("<h1>The library on Sundays</h1>", "With coffee.")
                .contains("<link rel=\"alternate\" hreflang=\"fr\" href=\"https://clairval.example" + path + "\">")
                .doesNotContain("exists only in");
        assertThat(site.page(path))
                .contains("<link rel=\"alternate\" hreflang=\"en\" href=\"https://clairval.example/en" + path + "\">");
    }

    @Test
    void frenchIsSetWithItsSpacesAndApostrophesWhateverWasTyped() throws Exception {
        NoticeId id =
                site.published(site.news("Que faire: l'eau revient ?", "Ouvert de 9 h à 12 h !", "Oui : \"demain\"."));
        assertThat(site.page(address(id, "que-faire-l-eau-revient")))
                .contains(
                        "Que faire" + NBSP + ": l’eau revient" + NBSP + "?",
                        "9" + NBSP + "h à 12" + NBSP + "h" + NBSP + "!")
                .contains("Oui" + NBSP + ": «" + NBSP + "demain" + NBSP + "».");
    }

    @Test
    void scriptsInANoticeAreShownAsTheyWereTyped() throws Exception {
        NoticeId id = site.published(site.news(
                "Un titre <script>alert(1)</script>",
                "Résumé.",
                "<img src=x onerror=alert(1)> [lien](javascript:alert(1))"));
        assertThat(site.page(address(id, "un-titre-script-alert-1-script")))
                .contains("Un titre &lt;script>alert(1)&lt;/script>")
                .doesNotContain("<script>alert", "<img src=x", "href=\"javascript:");
    }

    @Test
    void anEmergencyComesFirstStandsAboveEveryPageEvenAnErrorAndIsNoAlarmOnceItIsOver() throws Exception {
        NoticeId id = site.alarm();
        String path = address(id, "ne-buvez-pas-l-eau-du-robinet");
        assertThat(site.page("/")).contains("Ne buvez pas l’eau", "<ol class=\"steps\">", "Que faire", "tel:112");
        assertThat(site.page(path)).contains("class=\"alarm\"", "Quartier des Tilleuls", "tel:0199001299");
        for (String other : List.of("/agenda", "/inconnue", "/avis/0000000000000/rien", "/en/archives")) {
            assertThat(site.page(other)).as(other).contains("band--alert", "Ne buvez pas l’eau");
        }
        site.clock().advance(Duration.ofHours(24));
        assertThat(site.page("/agenda")).doesNotContain("band--alert");
        assertThat(site.page(path))
                .doesNotContain("class=\"alarm\"")
                .contains("Terminé depuis le", "Ce qu’il fallait faire", "Utilisez de l’eau en bouteille.");
    }

    @Test
    void anAlertThatIsLiftedSaysSoAtItsAddress() throws Exception {
        NoticeId id = site.alarm();
        site.withdrawn(id, "Fin de l'alerte.");
        HttpResponse<String> page = site.get(address(id, "ne-buvez-pas-l-eau-du-robinet"));
        assertThat(page.statusCode()).isEqualTo(410);
        assertThat(page.body())
                .contains("Cette alerte est levée", "Fin de l’alerte.")
                .doesNotContain("class=\"alarm\"");
    }

    @Test
    void theAgendaShowsEachDayOfARepeatInItsMonthAndLeadsBackFromThePast() throws Exception {
        NoticeId id = site.published(site.repeated("Atelier de réparation"));
        assertThat(site.page("/agenda/2026/12"))
                .contains("id=\"j2026-12-02\"", "id=\"j2026-12-30\"", address(id, "atelier-de-reparation"))
                .doesNotContain("id=\"j2027-01-06\"");
        assertThat(site.page("/agenda/2027/01")).contains("id=\"j2027-01-27\"").doesNotContain("id=\"j2026-12-30\"");
        assertThat(site.page("/agenda/2027/03")).contains("Rien de prévu à ces dates");
        assertThat(site.page("/agenda/2026/03")).contains("href=\"/archives/2026/03\"", "href=\"/agenda/2026/11\"");
    }

    @Test
    void whatTakesPlaceSaysWhenItIsOverForCopiesThatAreReadWithoutANetwork() throws Exception {
        site.published(site.moved(site.event("Concert de poche", "Kiosque"), LocalDateTime.of(2026, 11, 26, 18, 0)));
        String over = "data-until=\"" + Instant.parse("2026-11-26T18:00:00Z").toEpochMilli() + "\">";
        assertThat(site.page("/")).contains("<div " + over);
        assertThat(site.page("/agenda")).contains("<article " + over);

        site.published(site.repeated("Atelier de vannerie"));
        assertThat(site.page("/agenda"))
                .as("each time of several")
                .contains(
                        "<article data-until=\""
                                + Instant.parse("2026-12-02T16:00:00Z").toEpochMilli() + "\">",
                        "<article data-until=\""
                                + Instant.parse("2026-12-09T16:00:00Z").toEpochMilli() + "\">");
    }

    @Test
    void theAgendasCalendarShowsTheWeeksThatComeAcrossTheEndOfTheMonth() throws Exception {
        site.published(site.repeated("Atelier de couture"));
        assertThat(site.page("/agenda"))
                .contains("Les semaines qui viennent", "<span>1 <small>déc.</small></span>", "href=\"#j2026-12-02\"");
        assertThat(site.page("/agenda/2026/12")).doesNotContain("<small>", "Les semaines qui viennent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/agenda/2026/13",
                "/agenda/2099/01",
                "/archives/2026/00",
                "/thematiques/inconnue",
                "/quartiers/inconnu",
                "/images/abc/400.jpg",
                "/avis/zzzzzzzzzzzzz/rien",
                "/avis/..%2f..%2fetc/passwd"
            })
    void whatDoesNotExistIsNotFound(String path) throws Exception {
        assertThat(site.get(path).statusCode()).isBetween(400, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/agenda", "/flux", "/mentions-legales", "/inconnue", "/en/archives"})
    void publicPagesSetNoCookieAndKeepWithinTheirPolicy(String path) throws Exception {
        HttpResponse<String> page = site.get(path);
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                .contains("form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("strict-origin-when-cross-origin");
        assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).containsAnyOf("no-cache", "no-store");
        assertThat(page.body()).doesNotContain(" style=\"", " onclick=", "<style");
    }

    @Test
    void theLegalPagesNameThePublisherItsDirectorAndTheLawsRemedies() throws Exception {
        assertThat(site.page("/mentions-legales")).contains("Ville de Clairval", "Claude Martin, maire");
        assertThat(site.page("/accessibilite"))
                .contains("non conforme", "https://clairval.example/", "defenseurdesdroits.fr");
        assertThat(site.page("/donnees-personnelles")).contains("Ville de Clairval", "cnil.fr");
        assertThat(site.page("/")).contains("Accessibilité" + NBSP + ": non conforme");
        assertThat(site.page("/en/mentions-legales")).contains("<html lang=\"en\">", "Publication director", "Hosting");
    }
}
