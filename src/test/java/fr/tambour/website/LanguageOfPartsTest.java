package fr.tambour.website;

import static fr.tambour.website.TestSite.address;
import static fr.tambour.website.TestSite.notice;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.testing.Browsers;
import fr.tambour.town.ListEntry;
import fr.tambour.town.Themes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an English page shows French words, since nobody has translated them, what holds them says so (WCAG 3.1.2). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LanguageOfPartsTest {

    private static final String FRENCH =
            "[Rr]uche|Avec deux images|La halle|La rivière|Un texte|Un résumé|rue du Four|amis du four|Rampe";

    private static final String FRENCH_OF_THE_ALERT = "Ne buvez pas|Une analyse|Utilisez de|uartier des|Astreinte";

    /** Elements with such words of their own, in text or in an attribute that is read aloud or shown elsewhere. */
    private static final String WORDS_IN = """
            ([french, tongue]) => [...document.querySelectorAll('*:not(script, meta[property="og:url"])')]
                .filter((one) => [
                        ...[...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data),
                        ...['alt', 'content', 'title', 'aria-label'].map((name) => one.getAttribute(name) ?? '')
                    ].some((words) => new RegExp(french).test(words)))
                .filter((one) => (one.closest('[lang]').lang === 'fr') === (tongue === 'fr'))
                .map((one) => one.outerHTML.slice(0, 160))
            """;

    private TestSite site;
    private Browsers browsers;
    private Page page;
    private NoticeId event;
    private NoticeId pictured;

    @BeforeAll
    void aTownThatTranslatesLittle() {
        site = TestSite.ofAnEmptyTown();
        browsers = Browsers.lean();
        page = browsers.browser().newPage();
        site.written(() -> {
            Themes themes = site.bean(Themes.class);
            long kept = themes.of(site.town().id()).getFirst().id();
            return themes.arrange(
                    site.town().id(),
                    List.of(
                            new ListEntry(kept, Map.of("fr", "Ruches et jardins")),
                            new ListEntry(null, Map.of("fr", "Sport", "en", "Sports"))));
        });
        pictured = site.published(site.illustrated("La ruche en images"));
        site.published(site.news("Une ruche de plus", "Dix ruches.", "Du miel."));
        site.published(site.practical("Ruche à déplacer"));
        event = site.published(site.event("Fête de la ruche", "Rucher de Clairval"));
        site.clock().advance(Duration.ofMinutes(5));
        site.corrected(event, site.event("Fête des ruches", "Grande ruche"), "La ruche a déménagé.");
    }

    @AfterAll
    void stop() {
        browsers.close();
        site.close();
    }

    private List<?> words(String path, String french, String tongue) {
        page.navigate(site.url(path).toString());
        return (List<?>) page.evaluate(WORDS_IN, List.of(french, tongue));
    }

    private void marked(String path, String french) {
        assertThat(words(path, french, "en"))
                .as("French words taken for English on %s", path)
                .isEmpty();
        assertThat(words(path, french, "fr")).as("French words on %s", path).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/en",
                "/en/actualites",
                "/en/pratique",
                "/en/agenda",
                "/en/agenda/2026/12",
                "/en/archives/2026/11",
                "/en/thematiques/culture-et-fetes",
                "/en/quartiers/les-tilleuls",
                "/en/flux"
            })
    void onListsAndTheHomePage(String path) {
        marked(path, FRENCH);
    }

    @Test
    void onANoticesOwnPageItsPicturesFactsAndCorrections() {
        marked("/en" + address(pictured, "la-ruche-en-images"), FRENCH);
        marked("/en" + address(event, "fete-des-ruches"), FRENCH);
        assertThat(page.locator("title").getAttribute("lang")).isEqualTo("fr");
    }

    @Test
    void onAnAlertInItsBandAndOnWhatIsWithdrawn() {
        NoticeId alert = site.alarm();
        marked("/en", FRENCH_OF_THE_ALERT);
        marked("/en/archives", FRENCH_OF_THE_ALERT);
        marked("/en" + address(alert, "ne-buvez-pas-l-eau-du-robinet"), FRENCH_OF_THE_ALERT);
        site.withdrawn(alert, "Une analyse de trop.");
        marked("/en" + address(alert, "ne-buvez-pas-l-eau-du-robinet"), FRENCH_OF_THE_ALERT);
    }

    @Test
    void whatIsTranslatedIsNotMarked() {
        NoticeId translated = site.published(notice(Kind.NEWS)
                .words(Words.of("Le hérisson", "Il dort.", "Chut."))
                .english(Words.of("The hedgehog", "It sleeps.", "Hush."))
                .content());
        page.navigate(site.url("/en" + address(translated, "le-herisson")).toString());
        assertThat(page.locator("main [lang]").count()).isZero();
    }

    @Test
    void thePagesOwnWordsBesideFrenchOnesAreNot() {
        assertThat(words("/en/archives/2026/11", "^News$|^Event$|^Practical", "fr"))
                .isEmpty();
        assertThat(words("/en/agenda", "^5 pm$", "fr")).isEmpty();
    }
}
