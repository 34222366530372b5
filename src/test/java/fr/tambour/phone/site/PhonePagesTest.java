package fr.tambour.phone.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.tambour.phone.internal.CaughtPushes;
import fr.tambour.testing.Browsers;
import fr.tambour.testing.HtmlChecker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** « Être prévenu » and the worker, in a real Chromium. Its own push service is out of reach: the subscription is ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhonePagesTest {

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

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
        assertThat(new AxeBuilder(page)
                        .withTags(RULES).analyze().getViolations().stream()
                                .map(violation -> violation.getId() + ": "
                                        + violation.getNodes().getFirst().getHtml()))
                .as(where)
                .isEmpty();
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
            for (String path : List.of("/prevenir", "/en/prevenir", "/prevenir/affiche")) {
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
            for (String path : List.of("/prevenir", "/en/prevenir", "/prevenir/affiche")) {
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

    /** The worker of a page, and how it is pushed to. */
    private final class Worker implements AutoCloseable {

        private final BrowserContext context = browsers.browser().newContext();
        private final Page page;
        private final CDPSession devtools;
        private final String registration;

        Worker() throws Exception {
            context.grantPermissions(List.of("notifications"));
            page = context.newPage();
            page.navigate(town.server().url("/").toString());
            devtools = context.newCDPSession(page);
            CompletableFuture<String> id = new CompletableFuture<>();
            devtools.on(
                    "ServiceWorker.workerRegistrationUpdated",
                    event -> event.getAsJsonArray("registrations")
                            .forEach(one -> id.complete(
                                    one.getAsJsonObject().get("registrationId").getAsString())));
            devtools.send("ServiceWorker.enable");
            page.evaluate("navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)");
            while (!id.isDone()) {
                page.evaluate("1");
            }
            registration = id.get(1, TimeUnit.SECONDS);
        }

        void push(String data) {
            JsonObject message = new JsonObject();
            String origin = town.server().url("/").toString();
            message.addProperty("origin", origin.substring(0, origin.length() - 1));
            message.addProperty("registrationId", registration);
            message.addProperty("data", data);
            devtools.send("ServiceWorker.deliverPushMessage", message);
        }

        /** What shows under a tag, once it has this title. */
        Map<?, ?> shown(String title) {
            return (Map<?, ?>) page.evaluate("""
                    async (title) => {
                      const registration = await navigator.serviceWorker.ready;
                      for (;;) {
                        const all = await registration.getNotifications();
                        const found = all.find((one) => one.title === title);
                        if (found) return {
                          title: found.title, body: found.body, silent: found.silent, tag: found.tag, lang: found.lang,
                          count: all.length, kept: found.requireInteraction, at: found.data.navigate,
                        };
                        await new Promise((soon) => setTimeout(soon, 20));
                      }
                    }
                    """, title);
        }

        @Override
        public void close() {
            context.close();
        }
    }

    private static String told(String title, String more, String data) {
        return """
                {"web_push":8030,"notification":{"title":"%s","lang":"fr","dir":"ltr","body":"De 9 h à 12 h.",
                "navigate":"https://clairval.example/avis/x/y","tag":"x"%s,"data":{"notice":"x"%s}},"mutable":true}
                """.formatted(title, more, data);
    }

    @Test
    void theWorkerShowsWhatIsPushedAndACorrectionTakesItsPlace() throws Exception {
        try (Worker worker = new Worker()) {
            worker.push(told("Coupure d’eau", ",\"requireInteraction\":true", ",\"until\":4102444800000"));
            Map<?, ?> shown = worker.shown("Coupure d’eau");
            assertThat(shown.get("body")).isEqualTo("De 9 h à 12 h.");
            assertThat(shown.get("lang")).isEqualTo("fr");
            assertThat(shown.get("silent")).isNotEqualTo(true);
            assertThat(shown.get("kept")).isEqualTo(true);
            assertThat(shown.get("at")).isEqualTo("https://clairval.example/avis/x/y");

            worker.push(told("Rectificatif : coupure d’eau", "", ",\"until\":4102444800000"));
            assertThat(worker.shown("Rectificatif : coupure d’eau").get("count"))
                    .isEqualTo(1);

            worker.push(told("Retiré : coupure d’eau", ",\"silent\":true", ",\"state\":\"withdrawn\""));
            Map<?, ?> withdrawn = worker.shown("Retiré : coupure d’eau");
            assertThat(withdrawn.get("count")).isEqualTo(1);
            assertThat(withdrawn.get("silent")).isEqualTo(true);
        }
    }

    @Test
    void whatIsOverWhenItArrivesIsQuietlyOver() throws Exception {
        try (Worker worker = new Worker()) {
            worker.push(told(
                    "Coupure d’eau",
                    ",\"requireInteraction\":true",
                    ",\"until\":" + Instant.now().minusSeconds(5).toEpochMilli()
                            + ",\"over\":\"Terminé : coupure d’eau\""));
            Map<?, ?> shown = worker.shown("Terminé : coupure d’eau");
            assertThat(shown.get("silent")).isEqualTo(true);
            assertThat(shown.get("body")).isEqualTo("");
            assertThat(shown.get("tag")).isEqualTo("x");
            assertThat(shown.get("kept")).isEqualTo(false);
        }
    }

    @Test
    void whatIsWithdrawnIsNotReadFromMemoryAnyMore() throws Exception {
        try (Worker worker = new Worker()) {
            worker.page.evaluate(
                    "caches.open('tambour-pages').then((kept) => kept.put('/avis/x/y', new Response('old')))");
            worker.push(told("Retiré : coupure d’eau", ",\"silent\":true", ",\"state\":\"withdrawn\""));
            worker.shown("Retiré : coupure d’eau");
            worker.page.evaluate("""
                    async () => {
                      const kept = await caches.open('tambour-pages');
                      while (await kept.match('/avis/x/y')) await new Promise((soon) => setTimeout(soon, 20));
                    }
                    """);
        }
    }

    @Test
    void evenWhatMakesNoSenseShowsSomething() throws Exception {
        try (Worker worker = new Worker()) {
            for (String data : List.of("", "not json", "{}", "{\"notification\":{\"tag\":\"t\"}}")) {
                worker.push(data);
                worker.shown("localhost:" + town.server().port());
                worker.page.evaluate(
                        "navigator.serviceWorker.ready.then(async (r) => (await r.getNotifications()).forEach((n) => n.close()))");
            }
        }
    }

    @Test
    void pagesThatWereReadAreReadAgainWithoutANetwork() throws Exception {
        try (Worker worker = new Worker()) {
            worker.page.evaluate("navigator.serviceWorker.ready.then((r) => r.active.postMessage({ keep: true }))");
            worker.page.evaluate("""
                    async () => {
                      const cache = await caches.open('tambour-pages');
                      while (!(await cache.match('/'))) await new Promise((soon) => setTimeout(soon, 20));
                    }
                    """);
            worker.page.navigate(town.server().url("/flux").toString());
            worker.context.setOffline(true);
            worker.page.navigate(town.server().url("/").toString());
            assertThat(worker.page.title()).contains("Clairval");
            worker.page.navigate(town.server().url("/flux").toString());
            assertThat(worker.page.locator("h1").textContent()).isEqualTo("Flux et calendriers");
        }
    }
}
