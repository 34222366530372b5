package fr.tambour.phone.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import fr.tambour.phone.PushService;
import fr.tambour.phone.internal.Phones;
import fr.tambour.testing.Await;
import fr.tambour.testing.Browsers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A phone's whole life in a real Firefox, which decrypts by itself what we encrypt and says so (acknowledgement 100). Each
 * step stands on those before it. The town's clock is an hour behind the phone's: what a phone gets lay with its push service
 * for an hour.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirefoxPushTest {

    private static final Duration BEHIND = Duration.ofHours(-1);
    private static final int CLOSED_PORT = 9;

    private PushService service;
    private PhoneTown town;
    private static final String MISSING =
            "Firefox is missing (Debian: apt-get install firefox-esr, or say where it is in TAMBOUR_FIREFOX)";

    private Browsers browsers;
    private BrowserContext phone;
    private BrowserContext newPhone;
    private Page page;
    private String alert = "";

    @BeforeAll
    void start() {
        // ./check asks for it: skipped there, nobody would notice that no browser reads what we encrypt.
        if (!Boolean.getBoolean("tambour.test.firefox")) {
            assumeTrue(Browsers.firefoxHere().isPresent(), MISSING);
        }
        assertThat(Browsers.firefoxHere()).as(MISSING).isPresent();
        service = new PushService();
        town = PhoneTown.carrying(BEHIND);
        browsers = Browsers.firefox(preferences());
        phone = browsers.browser().newContext(new NewContextOptions().setLocale("fr-FR"));
        page = phone.newPage();
    }

    private Map<String, Object> preferences() {
        return Map.ofEntries(
                Map.entry("dom.push.serverURL", service.socket().toString()),
                Map.entry("dom.push.testing.allowInsecureServerURL", true),
                // Off under automation.
                Map.entry("dom.push.connection.enabled", true),
                Map.entry("dom.push.retryBaseInterval", 100),
                // The second tap: « Autoriser ».
                Map.entry("permissions.default.desktop-notification", 1),
                // There is no desktop to show anything.
                Map.entry("alerts.useSystemBackend", false),
                // Nothing leaves this machine.
                Map.entry("network.proxy.type", 1),
                Map.entry("network.proxy.http", "127.0.0.1"),
                Map.entry("network.proxy.http_port", CLOSED_PORT),
                Map.entry("network.proxy.ssl", "127.0.0.1"),
                Map.entry("network.proxy.ssl_port", CLOSED_PORT));
    }

    @AfterAll
    void stop() {
        if (browsers != null) {
            browsers.close();
            town.close();
            service.close();
        }
    }

    private int phones() {
        return town.written(
                () -> town.server().bean(Phones.class).census(town.town().id()).active());
    }

    private void open(Page where) {
        where.navigate(town.server().url("/prevenir").toString());
    }

    /** What shows, once something with this title does. */
    private static Map<?, ?> shown(Page where, String title) {
        return (Map<?, ?>) Objects.requireNonNull(where.evaluate("""
                async (title) => {
                  const registration = await navigator.serviceWorker.ready;
                  for (let tries = 0; tries < 1000; tries++) {
                    const all = await registration.getNotifications();
                    const found = all.find((one) => one.title === title);
                    if (found) return {
                      body: found.body, silent: found.silent, tag: found.tag, lang: found.lang, kept: found.requireInteraction,
                      at: found.data?.navigate, same: all.filter((one) => one.tag === found.tag).length,
                    };
                    await new Promise((soon) => setTimeout(soon, 20));
                  }
                  return { instead: (await registration.getNotifications()).map((one) => one.title) };
                }
                """, title));
    }

    @Test
    @Order(1)
    void twoTapsAndTheTokenThatComesByPushMakeThePhoneActive() {
        open(page);
        page.locator("[data-do=subscribe]").click();
        page.waitForSelector("tell-me[data-state=active]");

        assertThat(phones()).isEqualTo(1);
        assertThat(service.acknowledged()).containsExactly(100);
        Map<?, ?> welcome = shown(page, "Clairval vous préviendra ici");
        assertThat(welcome.get("tag")).isEqualTo("prevenir");
        assertThat(phone.cookies()).isEmpty();
    }

    @Test
    @Order(2)
    void anAlertShowsOnThePhone() throws Exception {
        alert = town.alert("Crue de l’Orge", "Montez à l’étage.");

        Map<?, ?> shown = shown(page, "Crue de l’Orge");
        assertThat(shown.get("body")).isEqualTo("Montez à l’étage.\nOù\u00a0: Bords de l’Orge");
        assertThat(shown.get("tag")).isEqualTo(alert);
        assertThat(shown.get("lang")).isEqualTo("fr");
        assertThat(shown.get("at")).isEqualTo("https://clairval.example/avis/" + alert + "/crue-de-l-orge");
        assertThat(shown.get("kept")).isEqualTo(true);
        assertThat(shown.get("silent")).isNotEqualTo(true);
    }

    @Test
    @Order(3)
    void itsCorrectionTakesItsPlace() throws Exception {
        town.release(
                "/emergencies/" + alert + "/correction",
                "{\"revision\": 1, \"reason\": \"L’eau monte.\", \"content\": "
                        + PhoneTown.emergency("Crue de l’Orge", "Quittez les lieux.") + "}");

        Map<?, ?> shown = shown(page, "Rectificatif\u00a0: Crue de l’Orge");
        assertThat(shown.get("body")).isEqualTo("Quittez les lieux.\nOù\u00a0: Bords de l’Orge");
        assertThat(shown.get("tag")).isEqualTo(alert);
        assertThat(shown.get("same")).isEqualTo(1);
    }

    @Test
    @Order(4)
    void takenBackItIsQuietlyTakenBack() throws Exception {
        town.withdraw(alert, "Fin de l’alerte.");

        Map<?, ?> shown = shown(page, "Retiré\u00a0: Crue de l’Orge");
        assertThat(shown.get("body")).isEqualTo("Fin de l’alerte.");
        assertThat(shown.get("tag")).isEqualTo(alert);
        assertThat(shown.get("same")).isEqualTo(1);
        assertThat(shown.get("kept")).isNotEqualTo(true);
    }

    @Test
    @Order(5)
    void whatEndedWhileItLayWithThePushServiceIsQuietlyOver() throws Exception {
        LocalDateTime end = LocalDateTime.ofInstant(
                        town.server().clock().instant().plus(Duration.ofMinutes(30)), ZoneId.of("Europe/Paris"))
                .truncatedTo(ChronoUnit.MINUTES);
        assertThat(end.atZone(ZoneId.of("Europe/Paris")).toInstant()).isBefore(Instant.now());
        String brief = town.release(
                        "/emergencies",
                        PhoneTown.emergency("Fumée au port", "Fermez vos fenêtres.")
                                .replaceFirst("\\{", "{\"until\": {\"local\": \"" + end + "\"}, "))
                .path("id")
                .asString();

        Map<?, ?> shown = shown(page, "Terminé\u00a0: Fumée au port");
        assertThat(shown.get("tag")).isEqualTo(brief);
        assertThat(shown.get("body")).isEqualTo("");
        assertThat(shown.get("kept")).isNotEqualTo(true);
    }

    @Test
    @Order(6)
    void choicesAreKeptAndCarriedToAnotherPhoneByACode() {
        page.getByLabel("Nouveautés").check();
        page.getByText("Vos choix sont enregistrés.").waitFor();
        page.reload();
        page.waitForSelector("tell-me[data-state=active]");
        assertThat(page.getByLabel("Nouveautés").isChecked()).isTrue();
        page.locator(".tell__carry > summary").click();
        page.locator("[data-do=code]").click();
        page.waitForSelector("[data-coded]:not([hidden])");
        String code = page.locator("[data-code]").textContent();

        newPhone = browsers.browser().newContext(new NewContextOptions().setLocale("fr-FR"));
        Page other = newPhone.newPage();
        open(other);
        other.locator("[data-do=subscribe]").click();
        other.waitForSelector("tell-me[data-state=active]");
        assertThat(other.getByLabel("Nouveautés").isChecked()).isFalse();
        other.locator(".tell__carry > summary").click();
        other.locator("#code").fill(code);
        other.locator("[data-do=carry]").click();
        other.getByText("Vos choix sont enregistrés.").waitFor();
        other.reload();
        other.waitForSelector("tell-me[data-state=active]");

        assertThat(other.getByLabel("Nouveautés").isChecked()).isTrue();
        assertThat(phones()).isEqualTo(2);
    }

    @Test
    @Order(7)
    void aPhoneThatItsPushServiceForgotSubscribesAgainByItselfAndKeepsItsChoices() throws Exception {
        int before = service.acknowledged().size();
        service.forgetEverybody();

        // Both give back a new token.
        await().atMost(Await.PATIENCE).until(() -> service.acknowledged().size() == before + 2);
        await().atMost(Await.PATIENCE).until(() -> phones() == 2);
        town.alert("Fuite de gaz", "Restez chez vous.");
        // The two windows of this test are one Firefox, which shows one notification of a tag: the other's takes its
        // place.
        await().atMost(Await.PATIENCE).until(() -> service.acknowledged().size() == before + 4);
        page.reload();
        page.waitForSelector("tell-me[data-state=active]");
        assertThat(page.getByLabel("Nouveautés").isChecked()).isTrue();
    }

    @Test
    @Order(8)
    void endedOnThePageNothingIsLeftOfIt() {
        page.locator("[data-do=end]").click();
        page.waitForSelector("tell-me[data-state=ready]");

        assertThat(phones()).isEqualTo(1);
        page.reload();
        page.waitForSelector("tell-me[data-state=ready]");
    }

    @Test
    @Order(9)
    void aPhoneWhoseBrowserEndedItIsForgottenWithTheNextMessage() throws Exception {
        Page other = newPhone.pages().getFirst();
        String endpoint = (String) other.evaluate("""
                async () => {
                  const registration = await navigator.serviceWorker.ready;
                  const subscription = await registration.pushManager.getSubscription();
                  await subscription.unsubscribe();
                  return subscription.endpoint;
                }
                """);
        await().atMost(Await.PATIENCE).until(() -> service.hasEnded(URI.create(endpoint)));

        town.alert("Coupure d’eau", "N’ouvrez pas les robinets.");

        await().atMost(Await.PATIENCE).until(() -> phones() == 0);
        assertThat(service.statuses().getLast()).isEqualTo(410);
    }

    @Test
    @Order(10)
    void firefoxDecryptedAllThatItGot() {
        assertThat(service.acknowledged()).isNotEmpty().containsOnly(100);
        assertThat(service.statuses()).containsOnly(201, 410);
    }
}
