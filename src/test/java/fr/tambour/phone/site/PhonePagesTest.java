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
        return pushService(town);
    }

    private static String pushService(PhoneTown town) {
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
            page.locator("form [data-do=subscribe-below]").click();
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
        } finally {
            forgotten();
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

            page.locator(".tell__carry > summary").click();
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

    /** A phone that asked to be told, by its two taps. */
    private Page waiting(BrowserContext reader, String... scripts) {
        reader.grantPermissions(List.of("notifications"));
        reader.addInitScript(pushService());
        for (String script : scripts) {
            reader.addInitScript(script);
        }
        Page page = reader.newPage();
        page.navigate(town.server().url("/prevenir").toString());
        page.locator("[data-do=subscribe]").click();
        page.waitForSelector("tell-me[data-state=waiting]");
        return page;
    }

    /** The page's policy lets nobody make code of words there, Playwright's own waiting neither. */
    private static void until(Page page, String fact) {
        page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate("Boolean(" + fact + ")")));
    }

    /** Nothing is left of it by the end of a test: the next one begins with the same. */
    private void forgotten() throws Exception {
        town.new Device(ENDPOINT, 77).asks("telephones/fin", Map.of());
    }

    @Test
    void ofChangesInQuickSuccessionTheLastOneHolds() throws Exception {
        try (BrowserContext reader = context(360, "fr-FR", ColorScheme.LIGHT)) {
            Page page = waiting(reader, """
                    (() => {
                      const ask = window.fetch;
                      let sent = 0;
                      window.open = 0;
                      window.fetch = async (address, options) => {
                        if (!/choix$/.test(address)) return ask(address, options);
                        window.open += 1;
                        // The first one lingers on its way.
                        if ((sent += 1) === 1) await new Promise((soon) => setTimeout(soon, 1500));
                        const answer = await ask(address, options);
                        window.saved = JSON.parse(options.body).choices;
                        window.open -= 1;
                        return answer;
                      };
                    })();
                    """);
            page.locator("[name=exercises]").check();
            page.getByLabel("Nouveautés").check();
            until(page, "!window.open && window.saved?.exercises && window.saved.kinds.includes('NEWS')");
            page.getByText("Vos choix sont enregistrés.").waitFor();
            page.reload();
            page.waitForSelector("tell-me[data-state=waiting]");
            assertThat(page.locator("[name=exercises]").isChecked()).isTrue();
            assertThat(page.getByLabel("Nouveautés").isChecked()).isTrue();
        } finally {
            forgotten();
        }
    }

    @Test
    void whoIsTickingWhileThePageLooksAgainKeepsTheTicks() throws Exception {
        try (BrowserContext reader = context(360, "fr-FR", ColorScheme.LIGHT)) {
            Page page = waiting(reader, """
                    (() => {
                      const ask = window.fetch;
                      window.fetch = async (address, options) => {
                        const answer = await ask(address, options);
                        if (/presence$/.test(address)) {
                          window.looked = true;
                          while (window.hold) await new Promise((soon) => setTimeout(soon, 20));
                        }
                        return answer;
                      };
                    })();
                    """);
            page.evaluate("(window.hold = true, window.looked = false)");
            until(page, "window.looked");
            page.locator("[name=exercises]").check();
            page.getByText("Vos choix sont enregistrés.").waitFor();
            int before = (int) page.evaluate("document.querySelector('tell-me').looks");
            page.evaluate("window.hold = false");
            until(page, "document.querySelector('tell-me').looks > " + before);
            assertThat(page.locator("[name=exercises]").isChecked()).isTrue();
        } finally {
            forgotten();
        }
    }

    @Test
    void leaveIsAskedForWhileTheTapCountsAndWhoPutsItOffIsNotSaidToRefuse() {
        try (BrowserContext reader = context(360, "fr-FR", ColorScheme.LIGHT)) {
            reader.grantPermissions(List.of("notifications"));
            reader.addInitScript(pushService());
            reader.addInitScript("""
                    window.order = [];
                    Notification.requestPermission = async () => {
                      window.order.push('asks');
                      return window.says;
                    };
                    const register = ServiceWorkerContainer.prototype.register;
                    ServiceWorkerContainer.prototype.register = function (...all) {
                      window.order.push('registers');
                      return register.apply(this, all);
                    };
                    """);
            Page page = reader.newPage();
            page.navigate(town.server().url("/prevenir").toString());
            page.waitForSelector("tell-me[data-state=ready]");
            page.evaluate("window.says = 'default'");
            page.locator("[data-do=subscribe]").click();
            until(page, "window.order.length && document.querySelector('tell-me').dataset.state !== 'asking'");
            assertThat(page.locator("tell-me").getAttribute("data-state")).isEqualTo("ready");
            assertThat(page.evaluate("window.order[0]")).isEqualTo("asks");
            assertThat(page.locator("[data-do=subscribe]").isVisible()).isTrue();

            page.evaluate("window.says = 'denied'");
            page.locator("[data-do=subscribe]").click();
            page.waitForSelector("tell-me[data-state=refused]");
        }
    }

    @Test
    void aCodeThatIsTypedIsUsedAndNothingElseSaved() throws Exception {
        PhoneTown.Device other = town.new Device("https://fcm.googleapis.com/fcm/send/other", 78);
        other.asks("telephones", Map.of("choices", Map.of("kinds", List.of("NEWS"), "language", "fr")));
        String code = PhoneTown.json(other.asks("codes", Map.of())).path("code").asString();
        try (BrowserContext reader = context(360, "fr-FR", ColorScheme.LIGHT)) {
            Page page = waiting(reader, """
                    (() => {
                      const ask = window.fetch;
                      window.asked = [];
                      window.fetch = (address, options) => {
                        if (!/presence$/.test(address)) window.asked.push(address.replace(/.*prevenir./, ''));
                        return ask(address, options);
                      };
                    })();
                    """);
            page.evaluate("window.asked = []");
            page.locator(".tell__carry > summary").click();
            page.locator("[name=code]").fill(code);
            page.locator("[name=code]").press("Enter");
            until(page, "window.asked.includes('telephones/choix')");
            page.getByText("Vos choix sont enregistrés.").waitFor();
            assertThat(page.evaluate("window.asked.join(' ')")).isEqualTo("codes/lecture telephones/choix");
            assertThat(page.getByLabel("Nouveautés").isChecked()).isTrue();
            assertThat(PhoneTown.json(town.new Device(ENDPOINT, 77).asks("telephones/presence", Map.of()))
                            .at("/choices/kinds")
                            .toString())
                    .isEqualTo("[\"NEWS\",\"EMERGENCY\"]");
        } finally {
            other.asks("telephones/fin", Map.of());
            forgotten();
        }
    }

    @Test
    void whoSeesNothingHearsWhatCameOfSubscribing() throws Exception {
        try (BrowserContext reader = context(360, "fr-FR", ColorScheme.LIGHT)) {
            Page page = waiting(reader);
            // What had the focus is gone: it goes where the news is.
            assertThat(page.evaluate("document.activeElement.dataset.when")).isEqualTo("waiting");
            // Safari gives a button that is tapped no focus.
            page.evaluate("document.activeElement.blur()");
            CaughtPushes pushes = town.pushes();
            town.new Device(ENDPOINT, 77).confirms(pushes.token(ENDPOINT));
            page.waitForSelector("tell-me[data-state=active]");
            assertThat(page.locator("[data-voice]").getAttribute("role")).isEqualTo("status");
            assertThat(page.locator("[data-voice]").textContent()).isEqualTo("Cet appareil est prévenu");
        } finally {
            forgotten();
        }
    }

    @Test
    void aPhoneWhoseLanguageTheTownSpeaksNoMoreStillChangesItsChoices() throws Exception {
        try (PhoneTown other = new PhoneTown();
                BrowserContext reader = context(360, "fr-FR", ColorScheme.LIGHT)) {
            other.speaks("fr", "en", "fr-simple");
            PhoneTown.Device device = other.new Device(ENDPOINT, 77).active();
            device.asks("telephones/choix", Map.of("choices", Map.of("language", "en")));
            reader.addInitScript("localStorage.setItem('subscribed', 'yes');" + pushService(other));
            // A worker is there only where somebody asked.
            reader.addInitScript("""
                    ServiceWorkerContainer.prototype.getRegistration = async () => ({ pushManager: PushManager.prototype });
                    """);
            Page page = reader.newPage();

            for (String[] left : new String[][] {{"fr", "fr-simple"}, {"fr"}}) {
                other.speaks(left);
                page.navigate(other.server().url("/prevenir").toString());
                page.waitForSelector("tell-me[data-state=active]");
                assertThat(page.locator("[name=language]").inputValue()).isEqualTo("fr");
                page.getByLabel("Nouveautés").check();
                page.getByText("Vos choix sont enregistrés.").waitFor();
                device.asks("telephones/choix", Map.of("choices", Map.of("language", "fr-simple")));
            }
        }
    }

    @Test
    void thatMomentsAreKeptAndNotOnlyMonthsIsSaidOnBothPages() throws Exception {
        for (String path : List.of("/prevenir", "/donnees-personnelles")) {
            assertThat(town.get(path).body()).contains("le moment de la demande", "celui du dernier choix");
            assertThat(town.get("/en" + path).body())
                    .contains("the moment of asking", "that of the last choice")
                    .doesNotContain("moment de la demande");
        }
    }
}
