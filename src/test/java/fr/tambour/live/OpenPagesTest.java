package fr.tambour.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import fr.tambour.live.internal.OpenStreams;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeTown;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Browsers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What somebody sees who has a page open, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenPagesTest {

    private static final LocatorAssertions.IsVisibleOptions WITHIN_A_SECOND =
            new LocatorAssertions.IsVisibleOptions().setTimeout(1_000);
    private static final String LONG = "Un paragraphe de plus, pour que la page soit longue.\n\n".repeat(80);

    private NoticeTown town;
    private Browsers browsers;
    private NoticeId notice;
    private BrowserContext context;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    void start() {
        town = NoticeTown.on(Dialect.SQLITE);
        browsers = Browsers.chromium();
        notice = town.publish(town.news("La halle rouvre", "Un résumé.", LONG));
    }

    @AfterAll
    void stop() {
        browsers.close();
        town.close();
    }

    @BeforeEach
    void anEmptyWindow() {
        context = browsers.browser().newContext();
    }

    @AfterEach
    void nothingWasComplainedOf() {
        context.close();
        assertThat(complaints).isEmpty();
    }

    /** Open, and its stream as well. */
    private Page open(String path) {
        Page page = context.newPage();
        page.onConsoleMessage(said -> {
            if (said.type().equals("error")) {
                complaints.add(said.text());
            }
        });
        page.onPageError(complaints::add);
        int before = OpenStreams.count(town.server());
        page.navigate(town.server().url(path).toString());
        page.waitForCondition(() -> OpenStreams.count(town.server()) > before);
        return page;
    }

    private String address(NoticeId id, String slug) {
        return "/avis/" + id.ref() + "/" + slug;
    }

    private static double topOf(Page page, String element) {
        return ((Number) page.evaluate("e => document.querySelector(e).getBoundingClientRect().top", element))
                .doubleValue();
    }

    @Test
    void anAlertStandsOnAnOpenPageWithinASecondIsHeardAndMovesNothing() {
        Page page = open(address(notice, "la-halle-rouvre"));
        page.evaluate("() => { const read = document.querySelectorAll('.prose p')[20]; read.id = 'read';"
                + " read.scrollIntoView({ block: 'center', behavior: 'instant' }); }");
        double before = topOf(page, "#read");

        NoticeId alarm = town.alarm(Set.of(), Set.of());

        assertThat(page.locator(".band--alert")).isVisible(WITHIN_A_SECOND);
        assertThat(page.locator(".band--alert")).containsText("Fuite de gaz");
        assertThat(page.locator(".band--alert")).isInViewport();
        assertThat(page.locator("[role=alert]")).containsText("Fuite de gaz");
        assertThat(topOf(page, "#read")).isCloseTo(before, org.assertj.core.api.Assertions.within(1.0));

        town.withdraw(alarm, "Fin de l’alerte.");

        assertThat(page.locator(".band--alert")).hasCount(0);
        assertThat(topOf(page, "#read")).isCloseTo(before, org.assertj.core.api.Assertions.within(1.0));
    }

    @Test
    void theHomePageOffersWhatIsNewAndShowsItWhenAsked() {
        Page page = open("/");
        town.publish(town.news("La première", "Un résumé.", "Un texte."));
        assertThat(page.locator("live-watch")).containsText("1 nouvel avis");
        NoticeId second = town.publish(town.news("La seconde", "Un résumé.", "Un texte."));
        assertThat(page.locator("live-watch")).containsText("2 nouveaux avis");
        assertThat(page.locator("a[href*='" + second.ref() + "']")).hasCount(0);

        page.locator("live-watch button").click();

        assertThat(page.locator("a[href*='" + second.ref() + "']").first()).isVisible();
    }

    @Test
    void anAlertThatIsWithdrawnLeavesTheHomePage() {
        NoticeId alarm = town.alarm(Set.of(), Set.of());
        Page page = open("/");
        assertThat(page.locator(".alarm")).isVisible();

        town.withdraw(alarm, "Fin de l’alerte.");

        assertThat(page.locator(".alarm")).hasCount(0);
        assertThat(page.locator(".todo")).hasCount(0);
    }

    @Test
    void aNoticesOwnPageSaysThatItWasCorrectedAndWithdrawn() {
        NoticeId id = town.publish(town.news("Concert", "Un résumé.", "Un texte."));
        Page page = open("/en" + address(id, "concert"));

        town.correct(id, town.news("Concert reporté", "Un résumé.", "Un texte."), "Il pleut.");
        assertThat(page.locator("live-watch")).containsText("has just been corrected");

        town.withdraw(id, "Annulé.");
        assertThat(page.locator("live-watch")).containsText("has just been withdrawn");
    }
}
