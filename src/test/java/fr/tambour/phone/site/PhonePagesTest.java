package fr.tambour.phone.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.tambour.phone.internal.CaughtPushes;
import fr.tambour.testing.Accessibility;
import fr.tambour.testing.Browsers;
import fr.tambour.testing.HtmlChecker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** « Être prévenu » in a real Chromium. Its own push service is out of reach: the subscription is ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhonePagesTest {

    private static final String ENDPOINT = "https://fcm.googleapis.com/fcm/send/browser";

    private final PhoneTown town = new PhoneTown();
    private final Browsers browsers = Browsers.chromium();

    @AfterAll
    void stop() {
        browsers.close();
        town.close();
    }

    /** A push service that gives this device an address, as Chromium's would. */
    private String pushService() {
        var device = town.new Device(ENDPOINT, 77);
        return """
                (() => {
                  const kept = () => localStorage.getItem('subscribed');
                  const subscription = {
                    endpoint: '%s',
                    toJSON: () => (%s),
                    unsubscribe: async () => { localStorage.removeItem('subscribed'); return true; },
                  };
                  PushManager.prototype.getSubscription = async () => (kept() ? subscription : null);
                  PushManager.prototype.subscribe = async (options) => {
                    if (!options.userVisibleOnly || options.applicationServerKey.length !== 87) throw new TypeError();
                    localStorage.setItem('subscribed', 'yes');
                    return subscription;
                  };
                })();
                """.formatted(ENDPOINT, JsonMapper.shared().writeValueAsString(device.json()));
    }

    private BrowserContext context(int width, String locale, ColorScheme scheme) {
        return browsers.browser()
                .newContext(new NewContextOptions()
                        .setViewportSize(width, 900)
                        .setLocale(locale)
                        .setColorScheme(scheme));
    }

    private static void isAccessibleAndFits(Page page, String where) {
        assertThat(Accessibility.broken(page)).as(where).isEmpty();
        assertThat((Boolean)
                        page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .as("%s fits", where)
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"360, LIGHT", "1280, DARK"})
    void thePageIsAccessibleInEachOfItsStatesAndBothLanguages(int width, ColorScheme scheme) {
        try (BrowserContext reader = context(width, "fr-FR", scheme)) {
            reader.addInitScript(pushService());
            Page page = reader.newPage();
            for (String path : List.of("/prevenir", "/en/prevenir", "/prevenir/exercices", "/prevenir/affiche")) {
                page.navigate(town.server().url(path).toString());
                isAccessibleAndFits(page, path);
            }
            page.navigate(town.server().url("/prevenir").toString());
            page.waitForSelector("tell-me[data-state=ready]");
            for (String state : List.of("unsupported", "refused", "install", "waiting", "active")) {
                page.evaluate("state => document.querySelector('tell-me').show(state)", state);
                isAccessibleAndFits(page, state);
            }
        }
    }

    @Test
    void thePagesAreValid() throws Exception {
        try (HtmlChecker checker = new HtmlChecker()) {
            for (String path : List.of("/prevenir", "/en/prevenir", "/prevenir/exercices", "/prevenir/affiche")) {
                assertThat(checker.errors(town.get(path).body())).as(path).isEmpty();
            }
        }
    }

    @Test
    void withoutJavaScriptThePageSaysSoAndLeadsToTheFeeds() {
        try (BrowserContext reader =
                browsers.browser().newContext(new NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = reader.newPage();
            page.navigate(town.server().url("/prevenir").toString());
            assertThat(page.getByText("Cette page a besoin de JavaScript").isVisible())
                    .isTrue();
            assertThat(page.locator("[data-when=bare] a[href='/flux']").isVisible())
                    .isTrue();
            assertThat(page.locator("[data-do=subscribe]").isVisible()).isFalse();
        }
    }

    @Test
    void anIphoneIsToldToInstallFirst() {
        try (BrowserContext reader = browsers.browser()
                .newContext(new NewContextOptions()
                        .setUserAgent("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"))) {
            reader.addInitScript("delete window.PushManager;");
            Page page = reader.newPage();
            page.navigate(town.server().url("/prevenir").toString());
            page.waitForSelector("tell-me[data-state=install]");
            assertThat(page.locator(".tell__install img").count()).isEqualTo(3);
            assertThat(page.locator(".tell__install").isVisible()).isTrue();
        }
    }

    @Test
    void exercisesAreAChoiceOfTheirOwnThatIsOffAndOnTheDesksLinkMarked() throws Exception {
        try (BrowserContext reader = context(360, "fr-FR", ColorScheme.LIGHT)) {
            reader.grantPermissions(List.of("notifications"));
            reader.addInitScript(pushService());
            Page page = reader.newPage();
            page.navigate(town.server().url("/prevenir").toString());
            page.waitForSelector("tell-me[data-state=ready]");
            assertThat(page.locator("[name=exercises]").isChecked()).isFalse();
            assertThat(page.locator(".picks--asked").count()).isZero();

            page.navigate(town.server().url("/prevenir/exercices").toString());
            page.waitForSelector("tell-me[data-state=ready]");
            assertThat(page.locator("[name=exercises]").isChecked()).isFalse();
            page.locator("[data-do=subscribe]").click();
            page.waitForSelector("tell-me[data-state=waiting]");
            assertThat(page.locator("[name=exercises]").isChecked()).isFalse();
            page.locator(".picks--asked [name=exercises]").check();
            page.getByText("Vos choix sont enregistrés.").waitFor();
            page.reload();
            page.waitForSelector("tell-me[data-state=waiting]");
            assertThat(page.locator("[name=exercises]").isChecked()).isTrue();
            page.locator("[name=exercises]").uncheck();
            page.getByText("Vos choix sont enregistrés.").waitFor();
            page.reload();
            page.waitForSelector("tell-me[data-state=waiting]");
            assertThat(page.locator("[name=exercises]").isChecked()).isFalse();
        }
    }

    @Test
    void twoTapsSubscribeThenChoicesAreKeptCarriedAndEnded() throws Exception {
        try (BrowserContext reader = context(360, "fr-FR", ColorScheme.LIGHT)) {
            reader.grantPermissions(List.of("notifications"));
            reader.addInitScript(pushService());
            Page page = reader.newPage();
            page.navigate(town.server().url("/prevenir").toString());
            page.locator("[data-do=subscribe]").click();
            page.waitForSelector("tell-me[data-state=waiting]");

            CaughtPushes pushes = town.pushes();
            town.new Device(ENDPOINT, 77).confirms(pushes.token(ENDPOINT));
            page.waitForSelector("tell-me[data-state=active]");
            assertThat(page.getByText("Cet appareil est prévenu").isVisible()).isTrue();

            page.getByLabel("Nouveautés").check();
            page.getByText("Vos choix sont enregistrés.").waitFor();
            page.reload();
            page.waitForSelector("tell-me[data-state=active]");
            assertThat(page.getByLabel("Nouveautés").isChecked()).isTrue();

            page.locator("[data-do=code]").click();
            page.waitForSelector("[data-coded]:not([hidden])");
            assertThat(page.locator("[data-code]").textContent()).hasSize(9);

            page.locator("[data-do=end]").click();
            page.waitForSelector("tell-me[data-state=ready]");
            assertThat(page.getByText("rien de lui n’est gardé").isVisible()).isTrue();
            assertThat(town.new Device(ENDPOINT, 77)
                            .asks("telephones/presence", Map.of())
                            .statusCode())
                    .isEqualTo(404);
            assertThat(reader.cookies()).isEmpty();
        }
    }
}
