package fr.tambour.walk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Browsers;
import fr.tambour.walk.Installation.Said;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The whole main way, as the people of a town walk it: from the unpacked distribution through set-up, invitations, an
 * emergency and a restore to a second town, in a real browser and in real time. Each step stands on those before it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WalkTest {

    private static final Dialect ENGINE = Dialect.valueOf(System.getProperty("tambour.test.engine", "SQLITE"));
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final String PASSWORD = "un fifre et deux tambours";

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private Installation tambour;
    private Browsers browsers;
    private BrowserContext mayor;
    private BrowserContext author;
    private BrowserContext approver;
    private String recoveryKey = "";

    @BeforeAll
    void unpack() throws Exception {
        tambour = Installation.unpacked(ENGINE);
        browsers =
                "firefox".equals(System.getProperty("tambour.test.browser")) ? Browsers.firefox() : Browsers.chromium();
        mayor = browsers.browser().newContext(french(1280, 900));
        // Everything an author does works as plain forms; the script that saves by itself has tests of its own.
        author = browsers.browser().newContext(french(1280, 900).setJavaScriptEnabled(false));
        approver = browsers.browser().newContext(french(1280, 900));
    }

    private static Browser.NewContextOptions french(int width, int height) {
        return new Browser.NewContextOptions().setLocale("fr-FR").setViewportSize(width, height);
    }

    @AfterAll
    void stop() throws Exception {
        browsers.close();
        tambour.close();
    }

    @Test
    @Order(1)
    void beforeSetUpEveryPageSaysSoAndOneLinkIsPrinted() throws Exception {
        tambour.start();
        assertThat(get("/").body()).contains("mise-en-place");
        Page page = mayor.newPage();
        page.navigate(tambour.printedLink("/mise-en-place/"));
        assertThat(page.locator("#q")).isVisible();
    }

    @Test
    @Order(2)
    void aTownIsSetUpWithNothingToLookUp() {
        Page page = mayor.pages().getFirst();
        page.fill("#q", "35520");
        page.locator(".found__one")
                .filter(new Locator.FilterOptions().setHasText("Melesse"))
                .first()
                .click();
        // Name, population, zone, languages and the mayor's function are filled in.
        assertThat(page.locator("#name")).hasValue("Melesse");
        assertThat(page.locator("#population")).not().hasValue("");
        assertThat(page.locator("#directorFunction")).hasValue("maire");
        assertThat(page.locator("#zone")).hasValue("Europe/Paris");
        page.fill("#directorName", "Claude Martin");
        page.locator("input[name=languages][value=en]").check();
        onward(page);
        page.fill("#une", "#7a1f3d");
        assertThat(page.locator("#contraste")).containsText(Pattern.compile("\\d,\\d"));
        onward(page);
        page.fill("#districts", "Bourg\nLa Mézière");
        onward(page);
        page.locator("form[action$='/nouvelle'] button").first().click();
        recoveryKey = page.locator(".secret__value").innerText().strip();
        assertThat(recoveryKey.replace(" ", "")).startsWith("AGE-SECRET-KEY-1");
        page.locator("a[href*='recopier']").click();
        page.fill("input[name=typed]", recoveryKey);
        onward(page);
        page.waitForURL(Pattern.compile("administrateur|secours|cle"));
        if (!page.url().contains("administrateur")) {
            page.locator("a[href$='/administrateur']").click();
        }
        page.fill("#name", "Hélène Vasseur");
        page.fill("#email", "helene@melesse.example");
        page.fill("#password", PASSWORD);
        onward(page);
        page.waitForURL(Pattern.compile("/studio"));
    }

    private static void onward(Page page) {
        page.locator(".setup__onward button[type=submit]").first().click();
    }

    @Test
    @Order(3)
    void anAuthorAndAnApproverComeInByLinksThatWorkOnce() {
        String authorsLink = invite("solene@melesse.example", "AUTHOR");
        String approversLink = invite("marc@melesse.example", "APPROVER");
        accept(author, authorsLink, "Solène Auger");
        accept(approver, approversLink, "Marc Delorme");

        Page again = browsers.browser().newContext(french(1280, 900)).newPage();
        again.navigate(authorsLink);
        assertThat(again.locator("input[name=password]")).hasCount(0);
        again.context().close();
    }

    private String invite(String email, String role) {
        Page page = mayor.pages().getFirst();
        page.navigate(tambour.url("/studio/equipe"));
        page.fill("#inviter input[name=email]", email);
        page.locator("#inviter input[name=roles][value=" + role + "]").check();
        page.locator("#inviter button[type=submit]").click();
        return page.locator("#secret").inputValue();
    }

    private static void accept(BrowserContext context, String link, String name) {
        Page page = context.newPage();
        page.navigate(link);
        page.fill("#name", name);
        page.fill("#password", PASSWORD);
        page.locator("form.people-form button[type=submit]").click();
        page.waitForURL(Pattern.compile("/studio$"));
    }

    @Test
    @Order(8)
    void anEmergencyIsOutInFewerThanEightTaps() throws Exception {
        approver.pages().getFirst().setViewportSize(360, 740);
        Page phone = approver.pages().getFirst();
        phone.navigate(tambour.url("/studio"));
        int taps = 0;
        phone.locator("a[href='/studio/urgence']").first().click();
        taps++;
        phone.locator(".what a").first().click();
        taps++;
        for (Locator blank : phone.locator("#alert textarea").all()) {
            if (blank.inputValue().isBlank()) {
                blank.click();
                taps++;
                blank.fill("quai des Saules");
            }
        }
        phone.locator("button[form=alert]").click();
        taps++;
        phone.waitForURL(Pattern.compile("/studio/urgence/partie/"));
        assertThat(taps).isLessThan(8);
        Locator cancel = phone.locator("a[href*='/studio/urgence/annulation/']").last();
        assertThat(cancel).isVisible();
        assertThat(cancel.boundingBox().width).isGreaterThan(300);

        phone.setViewportSize(1280, 900);
    }

    @Test
    @Order(10)
    void aBackupMadeWhileRunningRestoresWithTheKeyAlone() throws Exception {
        Path archive = Files.createTempDirectory("tambour-walk-backup").resolve("melesse.age");
        Said backup = tambour.tell("backup", archive.toString());
        assertThat(backup.status()).as(backup.text()).isZero();
        assertThat(tambour.tell("audit", "verify").status()).isZero();
        String home = get("/").body();
        tambour.stop();

        Path key = archive.resolveSibling("cle.txt");
        Files.writeString(key, recoveryKey);
        Installation restored = tambour.withEmptyData(ENGINE);
        Said restore = restored.tell("restore", archive.toString(), "--key-file", key.toString());
        assertThat(restore.status()).as(restore.text()).isZero();
        tambour = restored;
        tambour.start();
        assertThat(titles(get("/").body())).isEqualTo(titles(home));
        assertThat(tambour.tell("audit", "verify").status()).isZero();
    }

    private static String titles(String page) {
        StringBuilder titles = new StringBuilder();
        var matcher = Pattern.compile("<h[2-4]>(.*?)</h[2-4]>", Pattern.DOTALL).matcher(page);
        while (matcher.find()) {
            titles.append(matcher.group(1).replaceAll("<[^>]*>", "").strip()).append('\n');
        }
        return titles.toString();
    }

    @Test
    @Order(11)
    void aSecondTownOnTheSameInstanceSharesNothing() throws Exception {
        Said added = tambour.tell(
                "town",
                "add",
                "35352",
                "--url",
                "http://vezin.localhost:" + tambour.port(),
                "--administrator",
                "maire@vezin.example");
        assertThat(added.status()).as(added.text()).isZero();
        String link = added.text()
                .lines()
                .filter(line -> line.startsWith("http"))
                .findFirst()
                .orElseThrow();
        BrowserContext vezin = browsers.browser().newContext(french(1280, 900));
        accept(vezin, link, "Paul Riou");
        Page page = vezin.pages().getFirst();
        page.navigate("http://vezin.localhost:" + tambour.port() + "/studio");
        assertThat(page.content()).doesNotContain("Melesse");
        page.navigate("http://vezin.localhost:" + tambour.port() + "/");
        assertThat(page.content()).doesNotContain("Melesse");
        // Signed in there is not signed in here.
        page.navigate("http://melesse.localhost:" + tambour.port() + "/studio");
        assertThat(page.locator("#password")).isVisible();
        vezin.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(tambour.url(path))).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
