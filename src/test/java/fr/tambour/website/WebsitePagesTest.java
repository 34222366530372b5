package fr.tambour.website;

import static fr.tambour.website.TestSite.address;
import static fr.tambour.website.TestSite.notice;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.testing.Accessibility;
import fr.tambour.testing.Browsers;
import fr.tambour.testing.HtmlChecker;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every type of public page, as a validator and a browser see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebsitePagesTest {

    /** Name → path. */
    private final Map<String, String> pages = new LinkedHashMap<>();

    private TestSite site;
    private Browsers browsers;
    private Page screen;
    private Page sheet;
    private final List<String> complaints = new ArrayList<>();
    private String news = "";

    @BeforeAll
    void aTownWithNoticesOfEveryKindAndState() throws Exception {
        site = TestSite.ofAnEmptyTown();
        browsers = Browsers.lean();
        openWindows();
        accessible("the home page of an empty town", "/");

        NoticeId over = site.alarm();
        site.clock().advance(Duration.ofHours(25));
        NoticeId withdrawn = site.published(site.news("Une nouvelle retirée", "Un résumé.", "Un texte."));
        site.withdrawn(withdrawn, "Une erreur de date.");
        for (int i = 1; i <= 25; i++) {
            site.published(site.news("Nouvelle de la semaine, numéro " + i, "Un résumé.", "Un texte."));
        }
        accessible("the home page where no notice has a picture", "/");
        site.clock().advance(Duration.ofMinutes(10));
        NoticeId illustrated = site.published(site.illustrated("La halle rouvre"));
        NoticeId event = site.published(site.event("Conseil municipal", "Salle du conseil"));
        site.clock().advance(Duration.ofMinutes(10));
        site.corrected(event, site.event("Conseil municipal", "Gymnase"), "La salle est trop petite.");
        NoticeId repeated = site.published(site.repeated("Atelier de réparation"));
        NoticeId practical = site.published(site.practical("Coupure d'eau"));
        NoticeId translated = site.published(notice(Kind.NEWS)
                .words(Words.of("La médiathèque le dimanche", "De 10 h à 13 h.", "Avec un café."))
                .english(Words.of("The library on Sundays", "From 10 am to 1 pm.", "With coffee."))
                .content());
        news = address(illustrated, "la-halle-rouvre");
        NoticeId told = site.published(site.news("Prévenus par téléphone", "Un résumé.", "Un texte."));
        site.toldToPhones(told, 12_304, 38, 4);
        site.clock().advance(Duration.ofMinutes(10));
        site.corrected(told, site.news("Prévenus par téléphone, tous", "Un résumé.", "Un texte."), "Plus précis.");
        pages.put("account", "/avis/" + told.ref() + "/bilan");
        pages.put("account in English", "/en/avis/" + told.ref() + "/bilan");
        pages.put("home", "/");
        pages.put("home in English", "/en");
        pages.put("news", "/actualites");
        pages.put("practical", "/pratique");
        pages.put("theme", "/thematiques/culture-et-fetes");
        pages.put("district", "/quartiers/les-tilleuls");
        pages.put("agenda", "/agenda");
        pages.put("agenda of a month", "/agenda/2026/12");
        pages.put("agenda of an empty month", "/agenda/2027/09");
        pages.put("agenda of a past month", "/agenda/2026/03");
        pages.put("archives", "/archives");
        pages.put("archive of a month", "/archives/2026/11");
        pages.put("archive of an empty month", "/archives/2025/01");
        pages.put("about", "/a-propos");
        pages.put("accessibility", "/accessibilite");
        pages.put("legal notice", "/mentions-legales");
        pages.put("legal notice in English", "/en/mentions-legales");
        pages.put("privacy", "/donnees-personnelles");
        pages.put("feeds", "/flux");
        pages.put("notice with pictures", news);
        pages.put("event, corrected", address(event, "conseil-municipal"));
        pages.put("event, repeated", address(repeated, "atelier-de-reparation"));
        pages.put("practical notice", address(practical, "coupure-d-eau"));
        pages.put("notice in English", "/en" + address(translated, "la-mediatheque-le-dimanche"));
        pages.put("notice not in English", "/en" + news);
        pages.put("withdrawn notice", address(withdrawn, "une-nouvelle-retiree"));
        pages.put("emergency that is over", address(over, "ne-buvez-pas-l-eau-du-robinet"));
        NoticeId exercise = site.exercise("L'eau monte", "Tout le quai est inondé.");
        pages.put("exercise", address(exercise, "exercice-l-eau-monte"));
        pages.put("exercise in English", "/en" + address(exercise, "exercice-l-eau-monte"));
        pages.put("account of an exercise", "/avis/" + exercise.ref() + "/bilan");
        NoticeId ended = site.exercise("L'eau baisse");
        site.withdrawn(ended, "Fin de l'exercice.");
        pages.put("exercise that was ended", address(ended, "exercice-l-eau-baisse"));
        pages.put("not found", "/inconnue");
    }

    /** Two for all pages: what a browser has once it need not load again. The pages come from the site, not from its worker. */
    private void openWindows() {
        BrowserContext reader = browsers.browser()
                .newContext(new Browser.NewContextOptions().setServiceWorkers(ServiceWorkerPolicy.BLOCK));
        screen = reader.newPage();
        screen.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        sheet = reader.newPage();
        sheet.setViewportSize(PAPER_WIDTH, PAPER_HEIGHT);
        sheet.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    }

    @AfterAll
    void stop() {
        browsers.close();
        site.close();
    }

    @Test
    void everyPageIsValidHtml() throws Exception {
        Map<String, List<String>> errors = new LinkedHashMap<>();
        try (HtmlChecker checker = new HtmlChecker()) {
            assertThat(checker.errors("<!doctype html><title>x</title><p><div></p>"))
                    .isNotEmpty();
            for (var page : pages.entrySet()) {
                List<String> found = checker.errors(site.page(page.getValue()));
                if (!found.isEmpty()) {
                    errors.put(page.getKey(), found);
                }
            }
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void everyPageIsAccessibleAndFitsItsScreen() {
        pages.forEach(this::accessible);
    }

    @Test
    void anEmergencyIsAccessibleOnItsPageOnTheHomePageAndInItsBand() {
        NoticeId id = site.alarm();
        accessible("emergency", address(id, "ne-buvez-pas-l-eau-du-robinet"));
        accessible("home page with an emergency", "/");
        accessible("page not found, with an emergency", "/inconnue");
        site.withdrawn(id, "Fin de l'alerte.");
        accessible("emergency that was lifted", address(id, "ne-buvez-pas-l-eau-du-robinet"));
    }

    @Test
    void aReaderIsNotSentElsewhereNorMarkedAndTheHomePageIsLight() throws Exception {
        try (BrowserContext reader = browsers.browser().newContext()) {
            Page page = reader.newPage();
            List<String> elsewhere = new ArrayList<>();
            Set<String> parts = new LinkedHashSet<>();
            page.onRequest(request -> {
                if (!request.url().startsWith(site.url("/").toString())) {
                    elsewhere.add(request.url());
                }
                // A stream has no end to wait for.
                if (!Set.of("image", "eventsource").contains(request.resourceType())) {
                    parts.add(request.url());
                }
            });
            page.navigate(site.url("/").toString());
            page.waitForLoadState(LoadState.NETWORKIDLE);
            assertThat(bytes(parts))
                    .as("bytes of the home page without pictures: %s", parts)
                    .isBetween(10_000L, 100_000L);
            page.navigate(site.url(news).toString());
            assertThat(elsewhere).isEmpty();
            assertThat(reader.cookies()).isEmpty();
            assertThat(page.evaluate("localStorage.length + sessionStorage.length"))
                    .isEqualTo(0);
        }
    }

    /** As they come over the wire, compressed; asked for again, since a browser may have taken some from its memory. */
    private static long bytes(Set<String> addresses) throws Exception {
        long bytes = 0;
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String address : addresses) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                        .header("Accept-Encoding", "gzip")
                        .build();
                bytes += http.send(request, HttpResponse.BodyHandlers.ofByteArray())
                        .body()
                        .length;
            }
        }
        return bytes;
    }

    @Test
    void everythingIsReadWithoutAScript() {
        try (BrowserContext reader =
                browsers.browser().newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = reader.newPage();
            page.navigate(site.url("/").toString());
            page.getByText("La halle rouvre").first().click();
            assertThat(page.locator("h1").innerText()).isEqualTo("La halle rouvre");
            assertThat(page.locator(".prose").innerText()).contains("Un texte, et un lien");
            for (var button : page.locator("share-notice button").all()) {
                assertThat(button.isVisible()).isFalse();
            }
            assertThat(page.locator("share-notice a[href^='mailto:']").isVisible())
                    .isTrue();
        }
    }

    @Test
    void aNoticeIsSharedByMailTextMessageCopyAndTheBrowsersOwnSheetAndByNobodyElse() {
        String address = "https://clairval.example" + news;
        try (BrowserContext reader = browsers.browser()
                .newContext(
                        new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write")))) {
            Page page = reader.newPage();
            page.addInitScript(
                    "navigator.share = shared => { document.documentElement.dataset.shared = JSON.stringify(shared); return Promise.resolve(); }");
            page.navigate(site.url(news).toString());
            assertThat(decoded(page.locator("share-notice a[href^='mailto:']").getAttribute("href")))
                    .isEqualTo("mailto:?subject=La halle rouvre&body=" + address);
            assertThat(decoded(page.locator("share-notice a[href^='sms:']").getAttribute("href")))
                    .isEqualTo("sms:?&body=La halle rouvre " + address);
            page.locator("[data-copy]").click();
            page.getByText("Lien copié").waitFor();
            assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(address);
            page.locator("[data-share]").click();
            page.waitForFunction("document.documentElement.dataset.shared");
            assertThat(page.evaluate("document.documentElement.dataset.shared").toString())
                    .contains(address, "La halle rouvre");
        }
    }

    private static String decoded(String href) {
        return URLDecoder.decode(href, StandardCharsets.UTF_8);
    }

    /**
     * No rule of WCAG A and AA broken, on a desk and on a phone; nothing wider than its screen, down to 320 pixels (1.4.10:
     * 400 %). In the dark only colours differ.
     */
    private void accessible(String name, String path) {
        complaints.clear();
        screen.navigate(site.url(path).toString());
        for (int width : List.of(1280, 360)) {
            screen.setViewportSize(width, 800);
            shownIn(screen, ColorScheme.LIGHT);
            assertThat(Accessibility.broken(screen))
                    .as("%s, light, %d", name, width)
                    .isEmpty();
            shownIn(screen, ColorScheme.DARK);
            assertThat(Accessibility.tooPale(screen))
                    .as("%s, dark, %d", name, width)
                    .isEmpty();
            fits(screen, name, width);
        }
        screen.setViewportSize(320, 800);
        fits(screen, name, 320);
        assertThat(complaints).as(name).isEmpty();
    }

    private static void shownIn(Page page, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    /** An A4 sheet between the margins of `print.css`, in CSS pixels of a 96th of an inch: 210 - 2 × 16 mm, 297 - 2 × 18 mm. */
    private static final int PAPER_WIDTH = 672;

    private static final int PAPER_HEIGHT = 986;

    /** Of whoever prints from a screen in the dark, too. */
    @Test
    void everyPageIsGoodOnPaper() {
        Map<String, Object> spoilt = new LinkedHashMap<>();
        pages.forEach((name, path) -> {
            sheet.navigate(site.url(path).toString());
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                shownIn(sheet, scheme);
                if (sheet.evaluate(SPOILT) instanceof List<?> found && !found.isEmpty()) {
                    spoilt.put(name + ", " + scheme, found);
                }
            }
        });
        assertThat(spoilt).isEmpty();
    }

    @Test
    void onPaperALinkOfATextShowsItsAddressAndThePicturesAreThere() {
        printed(news, ColorScheme.LIGHT);
        assertThat(sheet.evaluate(
                        "getComputedStyle(document.querySelector('.prose a[href^=http]'), '::after').content"))
                .isEqualTo("\" (https://example.org/)\"");
        assertThat(sheet.locator("h1").innerText()).isEqualTo("La halle rouvre");
        assertThat(sheet.locator(".prose").isVisible()).isTrue();
        assertThat(sheet.locator("figure img").all()).hasSize(2).allMatch(picture -> picture.isVisible());
    }

    @Test
    void onPaperTheBandOfAnAlertIsReadable() {
        NoticeId id = site.alarm();
        try {
            for (String path : List.of(news, "/", address(id, "ne-buvez-pas-l-eau-du-robinet"))) {
                printed(path, ColorScheme.DARK);
                assertThat(sheet.getByText("Ne buvez pas l").first().isVisible())
                        .isTrue();
                assertThat(sheet.evaluate(SPOILT)).as(path).isEqualTo(List.of());
            }
            printed(news, ColorScheme.LIGHT);
            assertThat(sheet.locator(".band--alert").innerText()).contains("Ne buvez pas l");
            assertThat(sheet.locator(".band--alert .btn").isVisible()).isFalse();
        } finally {
            site.withdrawn(id, "Fin de l'alerte.");
        }
    }

    /**
     * What paper would spoil: a control or a menu, which nobody can use there; what is cut off at its edge; a text that is not dark
     * enough for 7:1 on white; a colour behind a text, which browsers leave out.
     */
    private static final String SPOILT = """
            () => {
              const shown = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible';
              const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
              const known = new Map();
              const rgba = colour => known.get(colour) ?? known.set(colour, measured(colour)).get(colour);
              const measured = colour => {
                canvas.clearRect(0, 0, 1, 1);
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                return [...canvas.getImageData(0, 0, 1, 1).data];
              };
              const luminance = ([r, g, b]) => [r, g, b]
                .map(c => c / 255)
                .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
              const name = e => e.tagName.toLowerCase() + '.' + e.className + ': ' + e.textContent.trim().slice(0, 30);
              const usable = [...document.querySelectorAll('nav, button, input, select, form, .btn')].filter(shown);
              const texts = [...document.querySelectorAll('body *')].filter(e => shown(e) && !e.closest('svg, .sr, [aria-hidden=true]')
                && [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim()));
              const pale = texts.filter(e => 1.05 / (luminance(rgba(getComputedStyle(e).color)) + 0.05) < 7);
              const coloured = [...document.querySelectorAll('html, body, body *')].filter(e => shown(e) && !e.closest('svg, .hatch, .drum, .arms, img'))
                .filter(e => { const [r, g, b, a] = rgba(getComputedStyle(e).backgroundColor); return a > 0 && luminance([r, g, b]) < 0.9; });
              const paper = document.documentElement;
              const cut = paper.scrollWidth <= paper.clientWidth ? []
                : [...document.querySelectorAll('body *')].filter(e => shown(e) && e.getBoundingClientRect().right > paper.clientWidth + 1);
              return [...cut.map(e => 'cut off ' + name(e)), ...usable.map(e => 'control ' + name(e)), ...pale.map(e => 'pale ' + name(e)), ...coloured.map(e => 'coloured ' + name(e))].slice(0, 12);
            }""";

    private void printed(String path, ColorScheme scheme) {
        sheet.navigate(site.url(path).toString());
        shownIn(sheet, scheme);
    }

    private static void fits(Page page, String name, int width) {
        Object wider = page.evaluate("""
                () => [...document.querySelectorAll('body *')]
                  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                  .map(e => e.tagName + '.' + e.className)
                  .slice(0, 5)""");
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as("%s at %d pixels: wider is %s", name, width, wider)
                .isEqualTo(width);
    }
}
