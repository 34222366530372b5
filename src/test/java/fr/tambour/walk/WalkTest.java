package fr.tambour.walk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import fr.tambour.fediverse.Stranger;
import fr.tambour.phone.PushService;
import fr.tambour.phone.ScriptedPhone;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Await;
import fr.tambour.testing.Browsers;
import fr.tambour.testing.Distribution.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole main way, as the people of a town walk it: from the unpacked distribution to the feed reader and the phone,
 * through a power cut and a restore, in a real browser and in real time. Each step stands on those before it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WalkTest {

    private static final Dialect ENGINE = Dialect.valueOf(System.getProperty("tambour.test.engine", "SQLITE"));
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final String PASSWORD = "un fifre et deux tambours";
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
    private static final String REF = ".*/studio/avis/([0-9a-z]{13}).*";
    private static final String EVENT = "Concert de la fanfare au kiosque";

    /** The machine may be busy: what is expected comes, however slowly. */
    private static final int PATIENCE_MS = 90_000;

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private Installation tambour;
    private Browsers browsers;
    private BrowserContext mayor;
    private BrowserContext author;
    private BrowserContext approver;
    private PushService pushes;
    private ScriptedPhone phone;
    private Stranger stranger;
    private JsonNode town;
    private String recoveryKey = "";
    private String event = "";
    private String eventPath = "";

    @BeforeAll
    void open() throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        tambour = Installation.fresh(ENGINE);
        pushes = new PushService();
        stranger = new Stranger();
        browsers = browsers();
        mayor = window(1280, 900);
        author = window(1280, 900);
        approver = window(1280, 900);
    }

    /** As a town's people have it, on one database; on the other it is the database that is looked at. */
    private static Browsers browsers() {
        if ("firefox".equals(System.getProperty("tambour.test.browser"))) {
            return Browsers.firefox();
        }
        return ENGINE == Dialect.SQLITE ? Browsers.chromium() : Browsers.lean();
    }

    private BrowserContext window(int width, int height) {
        BrowserContext window = browsers.browser()
                .newContext(new Browser.NewContextOptions().setLocale("fr-FR").setViewportSize(width, height));
        window.setDefaultTimeout(PATIENCE_MS);
        return window;
    }

    @AfterAll
    void stop() {
        browsers.close();
        tambour.close();
        pushes.close();
        stranger.close();
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

        Page again = window(1280, 900).newPage();
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
    @Order(4)
    void whatIsWrittenOfflineIsThereAfterAReload() {
        Page page = author.pages().getFirst();
        page.navigate(tambour.url("/studio/avis/nouveau"));
        page.locator("button[name=kind][value=EVENT]").click();
        page.waitForURL(Pattern.compile("/studio/avis/[0-9a-z]{13}"));
        event = page.url().replaceFirst(REF, "$1");

        page.fill("[id='title.fr']", EVENT);
        page.fill("[id='summary.fr']", "La fanfare joue dès la tombée du jour.");
        Locator body = page.locator("[id='body.fr.rich']");
        body.click();
        page.keyboard().type("Chaises prêtées, coussins bienvenus.");
        LocalDate day = LocalDate.now(PARIS).plusDays(9);
        page.fill("[id='event.start.date']", day.toString());
        page.fill("[id='event.start.time']", "20:30");
        page.fill("[id='event.end.time']", "22:00");
        page.fill("[id='event.place']", "Kiosque");
        page.locator("input[name=theme]").first().check(new Locator.CheckOptions().setForce(true));
        page.setInputFiles("#upload", Path.of("src/test/resources/fr/tambour/walk/concert.jpg"));
        assertThat(page.locator("[data-rows] img")).hasCount(1);
        // What is still missing is listed: the picture is not described.
        assertThat(page.locator("[data-part=checks]")).containsText("image");
        page.locator("[data-rows] textarea, [data-rows] input[type=text]")
                .first()
                .fill("Quatre musiciens dans un kiosque.");
        assertThat(page.locator("[data-part=seen]")).containsText(EVENT);
        saved(page);

        author.setOffline(true);
        page.fill("[id='event.address']", "Quai des Saules");
        assertThat(page.locator("[data-saved]")).containsText(Pattern.compile("Hors ligne"));
        author.setOffline(false);
        page.reload();
        assertThat(page.locator("[id='event.address']")).hasValue("Quai des Saules");
        assertThat(page.locator("[id='title.fr']")).hasValue(EVENT);
        saved(page);
    }

    private static void saved(Page page) {
        assertThat(page.locator("[data-saved]")).containsText(Pattern.compile("Enregistré à"));
    }

    @Test
    @Order(5)
    void aPhoneSubscribesWithoutANameAndGivesBackWhatItIsSent() throws Exception {
        phone = ScriptedPhone.subscribed(
                pushes, URI.create(tambour.url("/")), Map.of("kinds", List.of("EVENT"), "language", "fr"));
        assertThat(phone.more()).isNull();
    }

    @Test
    @Order(6)
    void somebodyFollowsFromAServerOfTheirOwn() throws Exception {
        stranger.account("alice");
        Matcher account = Pattern.compile("href=\"[^\"]*(/@[a-z]+)\"").matcher(get("/").body());
        assertThat(account.find()).isTrue();
        town = JsonMapper.shared()
                .readTree(get(account.group(1), "application/activity+json").body());
        sends("Follow", "suit", '"' + town.path("id").asString() + '"');
        assertThat(received("Accept").path("object").path("id").asString()).endsWith("#suit");
    }

    private void sends(String type, String name, String object) throws Exception {
        HttpResponse<String> answer =
                stranger.sends(URI.create(town.path("inbox").asString()), "alice", """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"%s","type":"%s","actor":"%s","object":%s}
                """.formatted(
                                stranger.at("/alice#" + name), type, stranger.at("/alice"), object));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    /** The first of this type that was sent there, once it is. */
    private JsonNode received(String type) {
        return Await.found(() -> stranger.received().stream()
                .map(JsonMapper.shared()::readTree)
                .filter(activity -> activity.path("type").asString().equals(type))
                .findFirst());
    }

    @Test
    @Order(7)
    void aRequestedChangeIsMadeReadApprovedAndComesOutAtItsTime() throws Exception {
        submit(author.pages().getFirst());

        Page reading = approver.pages().getFirst();
        reading.navigate(tambour.url("/studio/avis/" + event));
        reading.fill("#ask-comment", "Précisez que c’est gratuit.");
        taken(reading, "form[action$='/demande'] button[type=submit]");

        Page writing = author.pages().getFirst();
        writing.navigate(tambour.url("/studio/avis/" + event));
        assertThat(writing.locator(".said--asked")).containsText("Précisez que c’est gratuit.");
        writing.fill("[id='price.fr']", "Gratuit");
        saved(writing);
        submit(writing);

        reading.navigate(tambour.url("/studio/avis/" + event));
        assertThat(reading.locator("section[aria-labelledby=change]")).containsText("Gratuit");
        ZonedDateTime due = nextMinute();
        reading.locator("#release-at").check();
        reading.fill("input[name='at.date']", due.toLocalDate().toString());
        reading.fill("input[name='at.time']", due.format(CLOCK));
        taken(reading, "form[action$='/approbation'] button[type=submit]");
        assertThat(get("/agenda").body()).doesNotContain(EVENT);
        until(due, () -> get("/agenda").body().contains(EVENT));

        JsonNode told = phone.next();
        assertThat(told.path("title").asString()).isEqualTo(EVENT);
        assertThat(told.path("tag").asString()).isEqualTo(event);
    }

    /** A step is sent by the page itself: it is taken when the next page stands there, without that button. */
    private static void taken(Page page, String button) {
        page.locator(button).click();
        assertThat(page.locator(button)).hasCount(0);
    }

    private void submit(Page page) {
        page.locator("[data-submits]").click();
        page.waitForURL(Pattern.compile("/studio/avis"));
        assertThat(page.locator("[data-submits]")).hasCount(0);
    }

    /** The start of a minute that is at least twenty seconds ahead: time enough to click. */
    private static ZonedDateTime nextMinute() {
        return ZonedDateTime.now(PARIS).plusSeconds(80).truncatedTo(ChronoUnit.MINUTES);
    }

    /** A question asked again and again. */
    private interface Question {
        boolean yes() throws Exception;
    }

    /** Asks until it is so, at most a quarter of a minute after {@code due}. */
    private static void until(ZonedDateTime due, Question question) throws Exception {
        ZonedDateTime last = due.plusSeconds(15);
        while (!question.yes()) {
            assertThat(ZonedDateTime.now(PARIS))
                    .as("a quarter of a minute after %s", due)
                    .isBefore(last);
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
        }
        assertThat(ZonedDateTime.now(PARIS)).isAfterOrEqualTo(due);
    }

    @Test
    @Order(8)
    void whoFollowsIsToldPassesItOnAndAsksAndTheDeskAnswersInTheTownsName() throws Exception {
        JsonNode note = received("Create").path("object");
        assertThat(note.path("content").asString()).contains(EVENT);
        String id = note.path("id").asString();
        sends("Announce", "partage", '"' + id + '"');
        sends("Create", "question", """
                {"id":"%s","type":"Note","attributedTo":"%s","inReplyTo":"%s","content":"<p>Les chiens sont-ils admis ?</p>",
                 "to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["%s"],"published":"%s"}
                """.formatted(
                        stranger.at("/alice/notes/1"),
                        stranger.at("/alice"),
                        id,
                        town.path("id").asString(),
                        Instant.now()));

        Page reading = approver.pages().getFirst();
        reading.navigate(tambour.url("/studio/echanges"));
        assertThat(reading.locator(".talk-excerpt")).hasText("Les chiens sont-ils admis ?");
        reading.locator("a[href^='/studio/echanges/']")
                .filter(new Locator.FilterOptions().setHasText("@alice"))
                .click();
        reading.fill("#texte", "Oui, tenus en laisse.");
        reading.locator("input[name=precision]").check();
        reading.locator("form[action$='/reponse'] button[type=submit]").click();
        assertThat(reading.locator(".talk-answer")).containsText("Oui, tenus en laisse.");

        JsonNode answer = Await.found(() -> stranger.received().stream()
                .map(JsonMapper.shared()::readTree)
                .filter(activity -> activity.toString().contains("tenus en laisse"))
                .findFirst());
        assertThat(answer.path("object").path("inReplyTo").asString())
                .isEqualTo(stranger.at("/alice/notes/1").toString());
        assertThat(get(URI.create(id).getPath()).body()).contains("Oui, tenus en laisse.");
    }

    @Test
    @Order(9)
    void itStandsOnHomeThemeAgendaArchiveAndInEveryFeed() throws Exception {
        Page page = window(1280, 900).newPage();
        page.navigate(tambour.url("/agenda"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(EVENT))
                .first()
                .click();
        eventPath = URI.create(page.url()).getPath();
        assertThat(page.locator("h1")).hasText(EVENT);
        assertThat(page.locator(".facts")).containsText("Gratuit");
        assertThat(page.locator("main img").first()).hasAttribute("alt", "Quatre musiciens dans un kiosque.");
        String theme = page.locator("a[href^='/thematiques/']").first().getAttribute("href");
        page.context().close();

        LocalDate today = LocalDate.now(PARIS);
        for (String path : new String[] {
            "/",
            theme,
            "/agenda",
            "/archives/" + today.getYear() + "/" + "%02d".formatted(today.getMonthValue()),
            "/flux/avis.rss",
            "/flux/avis.atom",
            "/flux/avis.json",
            "/agenda.ics",
            "/flux" + theme + ".rss"
        }) {
            assertThat(get(path).body().replace("\r\n ", "")).as(path).contains(EVENT);
        }
        assertThat(get("/").headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    @Order(10)
    void aCorrectionIsDatedAndReasonedAWithdrawalSaysWhyAnExpiryIsOnTheMinute() throws Exception {
        Page writing = author.pages().getFirst();
        writing.navigate(tambour.url("/studio/avis/" + event));
        writing.locator("form[action$='/rectificatif'] button").first().click();
        writing.fill("#reason", "Le chef arrive par le train de 20 h 40.");
        writing.fill("[id='event.start.time']", "21:00");
        saved(writing);
        submit(writing);
        approveNow(event);
        assertThat(get(eventPath).body()).contains("Rectificatif").contains("Le chef arrive par le train");
        assertThat(get("/flux/avis.atom").body()).contains("Le chef arrive par le train");
        assertThat(get("/agenda.ics").body()).contains("T210000").contains("SEQUENCE:1");
        JsonNode corrected = phone.next();
        assertThat(corrected.path("title").asString()).isEqualTo("Rectificatif\u00a0: " + EVENT);
        assertThat(corrected.path("tag").asString()).isEqualTo(event);
        assertThat(received("Update").path("object").path("content").asString())
                .contains("Le chef arrive par le train");

        String market = publish("NEWS", "Le marché change de place", Map.of("body.fr", "Devant la mairie."));
        Page taking = approver.pages().getFirst();
        taking.navigate(tambour.url("/studio/avis/" + market + "/retrait"));
        taking.fill("#reason", "Le marché reste finalement sous la halle.");
        taken(taking, "form[action$='/retrait'] button[type=submit]");
        HttpResponse<String> gone = get("/avis/" + market + "/le-marche-change-de-place");
        assertThat(gone.body()).contains("Le marché reste finalement sous la halle.");
        assertThat(get("/actualites").body()).doesNotContain("Le marché change de place");
        assertThat(get("/flux/avis.rss").body()).doesNotContain("Le marché change de place");

        Page cancelling = approver.pages().getFirst();
        cancelling.navigate(tambour.url("/studio/avis/" + event + "/retrait"));
        cancelling.fill("#reason", "L’orage est annoncé.");
        taken(cancelling, "form[action$='/retrait'] button[type=submit]");
        assertThat(get("/agenda.ics").body()).contains("STATUS:CANCELLED");
        JsonNode cancelled = phone.next();
        assertThat(cancelled.path("title").asString()).isEqualTo("Retiré\u00a0: " + EVENT);
        assertThat(cancelled.path("tag").asString()).isEqualTo(event);
        assertThat(cancelled.path("silent").asBoolean()).isTrue();
        assertThat(received("Delete").path("object").path("type").asString()).isEqualTo("Tombstone");
        // Of news and practical matters it did not want to be told.
        assertThat(phone.more()).isNull();

        ZonedDateTime end = nextMinute().plusMinutes(1);
        publish(
                "PRACTICAL",
                "Stationnement interdit rue du Four",
                Map.of(
                        "until.date", end.toLocalDate().toString(),
                        "until.time", end.format(CLOCK)));
        assertThat(get("/pratique").body()).contains("Stationnement interdit");
        until(end, () -> !get("/pratique").body().contains("Stationnement interdit"));
        assertThat(get("/flux/avis.rss").body()).doesNotContain("Stationnement interdit");
    }

    /** Written by the author, approved and published by the approver; returns its reference. */
    private String publish(String kind, String title, Map<String, String> fields) {
        Page page = author.pages().getFirst();
        page.navigate(tambour.url("/studio/avis/nouveau"));
        page.locator("button[name=kind][value=" + kind + "]").click();
        page.waitForURL(Pattern.compile("/studio/avis/[0-9a-z]{13}"));
        String ref = page.url().replaceFirst(REF, "$1");
        page.fill("[id='title.fr']", title);
        page.fill("[id='summary.fr']", "En bref : " + title + ".");
        fields.forEach((name, value) -> {
            if (name.startsWith("body.")) {
                page.locator("[id='body.fr.rich']").click();
                page.keyboard().type(value);
            } else {
                page.fill("[id='" + name + "']", value);
            }
        });
        saved(page);
        submit(page);
        approveNow(ref);
        return ref;
    }

    private void approveNow(String ref) {
        Page page = approver.pages().getFirst();
        page.navigate(tambour.url("/studio/avis/" + ref));
        page.locator("input[name=release][value=now]").check();
        taken(page, "form[action$='/approbation'] button[type=submit]");
    }

    @Test
    @Order(11)
    void anEmergencyIsOutInFewerThanEightTapsAndEveryPageSaysSo() throws Exception {
        BrowserContext reader = window(360, 740);
        Page open = reader.newPage();
        open.waitForResponse(answer -> answer.url().contains("/direct"), () -> open.navigate(tambour.url("/")));
        open.evaluate("document.documentElement.dataset.seen = 'since before'");
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

        String alert = phone.locator("h1").innerText();
        // The page that was open, and not loaded again, and the phone.
        assertThat(open.locator("[data-seen] .band--alert")).containsText(alert);
        JsonNode told = this.phone.next();
        assertThat(told.path("title").asString()).isEqualTo(alert);
        assertThat(told.path("body").asString()).startsWith("Montez");
        for (String path : new String[] {"/", "/agenda", "/actualites", "/mentions-legales"}) {
            assertThat(get(path).body()).as(path).contains(alert);
        }
        // On every studio page while it stands.
        phone.navigate(tambour.url("/studio/avis"));
        assertThat(phone.locator("a[href*='/studio/urgence/annulation/']").first())
                .isVisible();
        phone.locator("a[href*='/studio/urgence/annulation/']").first().click();
        taken(phone, "button[name=prepared][value=over]");
        assertThat(get("/").body()).doesNotContain(alert);
        assertThat(open.locator("[data-seen] .band--alert")).hasCount(0);
        assertThat(this.phone.next().path("title").asString()).isEqualTo("Retiré\u00a0: " + alert);
        reader.close();
        phone.setViewportSize(1280, 900);
    }

    @Test
    @Order(12)
    void afterAPowerCutWhatWasAcknowledgedIsThereAndWhatWasDueIsDone() throws Exception {
        Page page = author.pages().getFirst();
        ZonedDateTime due = nextMinute().plusMinutes(1);
        ZonedDateTime end = due.plusMinutes(1);
        String late = begun(page, "Trop tard pour le dire");
        page.fill("[id='until.date']", end.toLocalDate().toString());
        page.fill("[id='until.time']", end.format(CLOCK));
        saved(page);
        submit(page);
        String inTime = begun(page, "La médiathèque ouvre le dimanche");
        saved(page);
        submit(page);
        schedule(inTime, due);
        schedule(late, due);
        String draft = begun(page, "Ce qui était enregistré");
        saved(page);

        tambour.kill();
        until(end.minusSeconds(14), () -> ZonedDateTime.now(PARIS).isAfter(end));
        tambour.start();

        // Made up for at once.
        until(ZonedDateTime.now(PARIS), () -> get("/actualites").body().contains("La médiathèque ouvre le dimanche"));
        page.navigate(tambour.url("/studio/avis/" + draft));
        assertThat(page.locator("[id='title.fr']")).hasValue("Ce qui était enregistré");
        // Past its end it is not published, and its author finds it again.
        page.navigate(tambour.url("/studio/avis/" + late));
        assertThat(page.locator("[id='title.fr']")).hasValue("Trop tard pour le dire");
        assertThat(get("/archives").body()).doesNotContain("Trop tard pour le dire");
    }

    private String begun(Page page, String title) {
        page.navigate(tambour.url("/studio/avis/nouveau"));
        page.locator("button[name=kind][value=NEWS]").click();
        page.waitForURL(Pattern.compile("/studio/avis/[0-9a-z]{13}"));
        page.fill("[id='title.fr']", title);
        page.fill("[id='summary.fr']", "Le résumé suffit.");
        return page.url().replaceFirst(REF, "$1");
    }

    private void schedule(String ref, ZonedDateTime due) {
        Page reading = approver.pages().getFirst();
        reading.navigate(tambour.url("/studio/avis/" + ref));
        reading.locator("#release-at").check();
        reading.fill("input[name='at.date']", due.toLocalDate().toString());
        reading.fill("input[name='at.time']", due.format(CLOCK));
        taken(reading, "form[action$='/approbation'] button[type=submit]");
    }

    @Test
    @Order(13)
    void aBackupMadeWhileRunningRestoresWithTheKeyAloneAndTamperingIsFound() throws Exception {
        Path archive = Files.createTempDirectory("tambour-walk-backup").resolve("melesse.age");
        Answer backup = tambour.tell("backup", archive.toString());
        assertThat(backup.status()).as(backup.err()).isZero();
        assertThat(tambour.tell("audit", "verify").status()).isZero();
        String home = get("/").body();
        String feed = get("/flux/avis.json").body();
        tambour.stop();

        Path key = archive.resolveSibling("cle.txt");
        Files.writeString(key, recoveryKey);
        Installation restored = tambour.withEmptyData(ENGINE);
        Answer restore = restored.tell("restore", archive.toString(), "--key-file", key.toString());
        assertThat(restore.status()).as(restore.err()).isZero();
        tambour = restored;
        tambour.start();
        assertThat(titles(get("/").body())).isEqualTo(titles(home));
        assertThat(get("/avis/" + event + "/x").statusCode()).isEqualTo(410);
        // Nothing is said anew: whoever follows sees what they saw, and the phone is not told again.
        assertThat(get("/flux/avis.json").body()).isEqualTo(feed);
        Page page = approver.pages().getFirst();
        signIn(page, "marc@melesse.example");
        assertThat(page.locator("a[href='/studio/reprise']").first()).isVisible();
        page.navigate(tambour.url("/studio/reprise"));
        taken(page, "form[action='/studio/reprise'] button");
        assertThat(phone.more()).isNull();

        assertThat(tambour.tell("audit", "verify").status()).isZero();
        tambour.stop();
        sql("UPDATE audit_entry SET subject = subject || '.' WHERE number = 3");
        Answer altered = tambour.tell("audit", "verify");
        assertThat(altered.status()).isNotZero();
        assertThat(altered.out() + altered.err()).contains("3");
        sql("UPDATE audit_entry SET subject = SUBSTR(subject, 1, LENGTH(subject) - 1) WHERE number = 3");
        assertThat(tambour.tell("audit", "verify").status()).isZero();
        sql("DELETE FROM audit_entry WHERE number = (SELECT MAX(number) FROM audit_entry)");
        Answer cut = tambour.tell("audit", "verify");
        assertThat(cut.status()).isNotZero();
        assertThat(cut.out() + cut.err()).contains("coupée");
        tambour.start();
    }

    private static String titles(String page) {
        StringBuilder titles = new StringBuilder();
        var matcher = Pattern.compile("<h[2-4]>(.*?)</h[2-4]>", Pattern.DOTALL).matcher(page);
        while (matcher.find()) {
            titles.append(matcher.group(1).replaceAll("<[^>]*>", "").strip()).append('\n');
        }
        return titles.toString();
    }

    private void signIn(Page page, String email) {
        page.context().clearCookies();
        page.navigate(tambour.url("/studio/connexion"));
        page.fill("#email", email);
        page.fill("#password", PASSWORD);
        page.locator("form.people-form button[type=submit]").click();
        page.waitForURL(Pattern.compile("/studio$"));
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = tambour.data().connect();
                Statement run = connection.createStatement()) {
            run.executeUpdate(statement);
        }
    }

    @Test
    @Order(14)
    void aSecondTownOnTheSameInstanceSharesNothing() throws Exception {
        Answer added = tambour.tell(
                "town", "add", "35352", "--url", tambour.url("vezin", ""), "--administrator", "maire@vezin.example");
        assertThat(added.status()).as(added.err()).isZero();
        String link = added.out()
                .lines()
                .filter(line -> line.startsWith("http"))
                .findFirst()
                .orElseThrow();
        BrowserContext vezin = window(1280, 900);
        accept(vezin, link, "Paul Riou");
        Page page = vezin.pages().getFirst();
        page.navigate(tambour.url("vezin", "/studio/avis/" + event));
        assertThat(page.locator("main")).not().containsText(EVENT);
        assertThat(page.content()).doesNotContain(EVENT);
        page.navigate(tambour.url("vezin", "/"));
        assertThat(page.content()).doesNotContain("La médiathèque ouvre le dimanche");
        // Signed in there is not signed in here.
        page.navigate(tambour.url("melesse", "/studio"));
        assertThat(page.locator("#password")).isVisible();
        vezin.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(path, "*/*");
    }

    private HttpResponse<String> get(String path, String accepted) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(tambour.url(path)))
                        .header("Accept", accepted)
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
