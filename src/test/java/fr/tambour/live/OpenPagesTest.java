package fr.tambour.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import fr.tambour.live.internal.OpenStreams;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeTown;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Browsers;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.Towns;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

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
        browsers = Browsers.lean();
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
        // A page that closes amid a question that a test answers for the server would fail by that.
        context.pages().forEach(Page::unrouteAll);
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
        assertThat(page.locator("[role=alert]")).hasText("Cette alerte n’est plus en cours : Fuite de gaz");
        assertThat(topOf(page, "#read")).isCloseTo(before, org.assertj.core.api.Assertions.within(1.0));
    }

    /** All that was ever said on it, each time that it was said. */
    private static void listen(Page page) {
        page.evaluate("""
                () => {
                  window.said = [];
                  const voice = document.querySelector('live-watch [role=status]');
                  new MutationObserver(() => window.said.push(voice.textContent)).observe(voice, { childList: true, characterData: true, subtree: true });
                }
                """);
    }

    private static Object said(Page page) {
        return page.evaluate("() => window.said");
    }

    private static void offers(Page page, String words) {
        assertThat(page.locator("live-watch"))
                .containsText(words, new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
    }

    @Test
    void theHomePageOffersWhatIsNewAndShowsItWhenAsked() {
        Page page = open("/");
        town.publish(town.news("La première", "Un résumé.", "Un texte."));
        offers(page, "1 nouvel avis");
        NoticeId second = town.publish(town.news("La seconde", "Un résumé.", "Un texte."));
        offers(page, "2 nouveaux avis");
        assertThat(page.locator("a[href*='" + second.ref() + "']")).hasCount(0);

        page.locator("live-watch button").click();

        assertThat(page.locator("a[href*='" + second.ref() + "']").first()).isVisible();
    }

    @Test
    void whatIsNewIsCountedOnceAndStaysNewWhenItIsCorrected() {
        Page page = open("/");
        NoticeId first = town.publish(town.news("La première", "Un résumé.", "Un texte."));
        NoticeId second = town.publish(town.news("La seconde", "Un résumé.", "Un texte."));
        offers(page, "2 nouveaux avis");

        town.correct(first, town.news("La toute première", "Un résumé.", "Un texte."), "Plus précis.");
        town.withdraw(second, "Une erreur.");
        offers(page, "1 nouvel avis");

        town.withdraw(first, "Une erreur aussi.");
        // It shows what there is.
        assertThat(page.locator("live-watch button"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(30_000));
        assertThat(page.locator("live-watch")).hasText("");
    }

    @Test
    void aListSaysWhatItShowsAndNothingElse() {
        LocalDateTime evening = LocalDateTime.ofInstant(town.server().clock().instant(), ZoneOffset.UTC)
                .plusDays(2)
                .truncatedTo(ChronoUnit.HOURS);
        NoticeId concert = town.publish(town.event("Concert", evening, evening.plusHours(2), null));
        Page page = open("/actualites");
        listen(page);

        town.withdraw(concert, "Il pleut.");
        town.publish(town.event("Bal", evening, evening.plusHours(2), null));
        town.publish(town.news("Une nouvelle", "Un résumé.", "Un texte."));

        offers(page, "1 nouvel avis");
        assertThat(said(page)).isEqualTo(List.of("1 nouvel avis"));
    }

    @Test
    void aListSaysThatWhatItShowsWasCorrectedAndNothingOfAnAlertThatStandsAboveIt() {
        NoticeId shown = town.publish(town.news("Une nouvelle", "Un résumé.", "Un texte."));
        Page page = open("/actualites");
        listen(page);

        NoticeId alarm = town.alarm(Set.of(), Set.of());
        assertThat(page.locator(".band--alert")).containsText("Fuite de gaz");
        town.withdraw(alarm, "Fin de l’alerte.");
        town.correct(shown, town.news("Une nouvelle", "Un résumé plus précis.", "Un texte."), "Plus précis.");

        offers(page, "Cette page a changé");
        assertThat(said(page)).isEqualTo(List.of("Cette page a changé"));
    }

    @Test
    void anOpenAgendaAndAnOpenArchiveOfferWhatIsNewAndSayWhatChanged() {
        LocalDateTime evening = LocalDateTime.ofInstant(town.server().clock().instant(), ZoneOffset.UTC)
                .plusDays(2)
                .truncatedTo(ChronoUnit.HOURS);
        NoticeId concert = town.publish(town.event("Concert", evening, evening.plusHours(2), null));
        Page agenda = open("/agenda");
        Page month = open("/agenda/%d/%02d".formatted(evening.getYear(), evening.getMonthValue()));
        LocalDateTime now = LocalDateTime.ofInstant(
                town.server().clock().instant(), town.town().zone());
        Page archive = open("/archives/%d/%02d".formatted(now.getYear(), now.getMonthValue()));
        List<Page> pages = List.of(agenda, month, archive);
        pages.forEach(OpenPagesTest::listen);
        // They ask one after the other, spread by chance: not here.
        pages.forEach(page -> page.evaluate("() => { Math.random = () => 0; }"));

        NoticeId ball = town.publish(town.event("Bal", evening, evening.plusHours(2), null));
        pages.forEach(page -> offers(page, "1 nouvel avis"));

        town.withdraw(ball, "Il pleut.");
        town.correct(concert, town.event("Concert", evening.plusHours(1), evening.plusHours(2), null), "Plus tard.");
        offers(agenda, "Cette page a changé");
        offers(month, "Cette page a changé");
        assertThat(said(agenda)).isEqualTo(List.of("1 nouvel avis", "Cette page a changé"));
    }

    @Test
    void anOpenAccountSaysThatTheNoticeHasGotOnAndNothingBefore() {
        NoticeId id = town.publish(town.news("Suivi", "Un résumé.", "Un texte."));
        Page page = context.newPage();
        page.clock().install();
        AtomicInteger read = new AtomicInteger();
        page.onResponse(answer -> {
            if (answer.url().endsWith("/bilan")) {
                read.incrementAndGet();
            }
        });
        page.navigate(town.server().url("/avis/" + id.ref() + "/bilan").toString());
        listen(page);
        // The stream says first that there is something to follow; what it has read then is what it shows.
        passUntil(page, () -> read.get() == 2);
        pass(page, 5);
        assertThat(page.locator("live-watch")).hasText("");

        town.server()
                .bean(TransactionTemplate.class)
                .executeWithoutResult(status -> town.server()
                        .bean(JdbcClient.class)
                        .sql("UPDATE dispatch SET state = 'STOPPED' WHERE notice_id = ?")
                        .param(id.value())
                        .update());
        passUntil(page, () -> !((List<?>) said(page)).isEmpty());
        assertThat(page.locator("live-watch")).containsText("Cette page a changé");

        town.withdraw(id, "Une erreur.");
        assertThat(page.locator("live-watch")).containsText("Cet avis vient d’être retiré");
    }

    private static void passUntil(Page page, BooleanSupplier there) {
        page.waitForCondition(() -> {
            pass(page, 5);
            return there.getAsBoolean();
        });
    }

    @Test
    void aPageThatIsRefusedComesAgainSoon() {
        Page page = context.newPage();
        AtomicInteger asked = new AtomicInteger();
        page.route("**/direct?*", route -> {
            if (asked.incrementAndGet() == 1) {
                route.fulfill(new Route.FulfillOptions().setStatus(503));
            } else {
                route.resume();
            }
        });
        page.navigate(town.server().url("/").toString());
        page.waitForCondition(() -> asked.get() == 2);

        town.publish(town.news("La première", "Un résumé.", "Un texte."));

        offers(page, "1 nouvel avis");
    }

    /** Its clock is the test's from here on. */
    private Page withoutAStream(Map<String, AtomicInteger> asked) {
        Page page = context.newPage();
        page.clock().install();
        page.route("**/direct?*", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
        count(page, asked);
        page.navigate(town.server().url("/").toString());
        return page;
    }

    private static void count(Page page, Map<String, AtomicInteger> asked) {
        page.onRequest(
                request -> asked.computeIfAbsent(URI.create(request.url()).getPath(), path -> new AtomicInteger())
                        .incrementAndGet());
    }

    /** In steps in which whatever is asked for is answered: a page gives up what takes twenty seconds of its clock. */
    private static void pass(Page page, int seconds) {
        for (int second = 0; second < seconds; second += 5) {
            page.clock().runFor(5_000);
            page.evaluate("fetch('/robots.txt').then(answer => answer.text())");
        }
    }

    private static int times(Map<String, AtomicInteger> asked, String path) {
        return asked.getOrDefault(path, new AtomicInteger()).get();
    }

    @Test
    void aPageThatGetsNoStreamShowsAnAlertWithinAMinute() {
        Page page = withoutAStream(new ConcurrentHashMap<>());
        NoticeId alarm = town.alarm(Set.of(), Set.of());
        pass(page, 61);
        assertThat(page.locator(".band--alert")).containsText("Fuite de gaz");
        assertThat(page.locator("[role=alert]")).containsText("Fuite de gaz");

        town.withdraw(alarm, "Fin de l’alerte.");
        pass(page, 61);
        assertThat(page.locator(".band--alert")).hasCount(0);
    }

    /** Its stream comes from there, and its clock is the test's. */
    private Page with(HeldStreams streams, Map<String, AtomicInteger> asked) {
        Page page = context.newPage();
        page.clock().install();
        page.addInitScript("""
                window.beats = 0;
                window.EventSource = class extends EventSource {
                  constructor(address) {
                    super(address);
                    this.addEventListener('beat', () => (window.beats += 1));
                  }
                };""");
        page.route(
                "**/direct?*", route -> route.resume(new Route.ResumeOptions().setUrl(streams.address() + "/direct")));
        count(page, asked);
        page.navigate(town.server().url("/").toString());
        page.waitForCondition(() -> streams.opened() == 1);
        return page;
    }

    /** As behind a filter that keeps what it gets until there is an end. */
    @Test
    void aPageWhoseStreamLetsNothingThroughShowsAnAlertWithinTwoMinutesAndOpensAnother() throws IOException {
        try (HeldStreams streams = HeldStreams.start()) {
            Page page = with(streams, new ConcurrentHashMap<>());
            NoticeId alarm = town.alarm(Set.of(), Set.of());
            pass(page, 121);
            assertThat(page.locator(".band--alert")).containsText("Fuite de gaz");
            page.waitForCondition(() -> streams.opened() > 1);
            town.withdraw(alarm, "Fin de l’alerte.");
        }
    }

    @Test
    void aPageWhoseStreamSaysNowAndThenThatItStandsAsksForNothing() throws IOException {
        Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
        try (HeldStreams streams = HeldStreams.start()) {
            Page page = with(streams, asked);
            for (int beat = 0; beat < 12; beat++) {
                int before = beat;
                streams.say("event: beat\ndata: {}\n\n");
                page.waitForCondition(() -> ((Number) page.evaluate("beats")).intValue() > before);
                page.clock().runFor(50_000);
            }
            assertThat(times(asked, "/alertes")).isZero();
            assertThat(streams.opened()).isEqualTo(1);
        }
    }

    @Test
    void aPageThatGetsNoStreamAsksGently() {
        Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
        Page page = withoutAStream(asked);
        for (int second = 0; second < 600; second += 10) {
            page.clock().runFor(10_000);
        }
        assertThat(times(asked, "/alertes")).isBetween(8, 20);
    }

    @Test
    void aPageThatIsShedAsksForAlertsLessAndLess() {
        Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
        Page page = withoutAStream(asked);
        page.route("**/alertes", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
        for (int second = 0; second < 600; second++) {
            page.clock().runFor(1_000);
        }
        int inTenMinutes = times(asked, "/alertes");
        for (int second = 0; second < 600; second++) {
            page.clock().runFor(1_000);
        }
        // Each half a minute to a minute, and a few more at first.
        assertThat(inTenMinutes).isBetween(5, 26);
        assertThat(times(asked, "/alertes") - inTenMinutes).isLessThanOrEqualTo(20);
        complaints.clear();
    }

    @Test
    void aPageWithAStreamAsksForNothing() {
        Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
        Page page = context.newPage();
        page.clock().install();
        count(page, asked);
        int before = OpenStreams.count(town.server());
        page.navigate(town.server().url("/").toString());
        page.waitForCondition(() -> OpenStreams.count(town.server()) > before);
        town.publish(town.news("La première", "Un résumé.", "Un texte."));
        for (int second = 0; second < 20; second++) {
            page.clock().runFor(1_000);
        }
        offers(page, "1 nouvel avis");
        // In which the real stream, whose clock is another, says nothing.
        page.clock().runFor(30_000);
        assertThat(times(asked, "/alertes")).isZero();
    }

    /** What is shown in place of a page that could not be made. */
    @Test
    void thePageThatSaysThatTheSiteIsOverrunShowsWhichAlertsStandAndHearsOfMore() throws Exception {
        String shed = shed();
        NoticeId alarm = town.alarm(Set.of(), Set.of());
        Page page = context.newPage();
        page.clock().install();
        page.route(
                "**/agenda",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setContentType("text/html;charset=UTF-8")
                        .setBody(shed)));
        page.navigate(town.server().url("/agenda").toString());
        assertThat(page.locator("h1")).isVisible();
        page.clock().runFor(5_000);
        assertThat(page.locator(".band--alert")).containsText("Fuite de gaz");
        assertThat(page.locator("[role=alert]")).containsText("Fuite de gaz");

        town.withdraw(alarm, "Fin de l’alerte.");
        assertThat(page.locator(".band--alert")).hasCount(0);
    }

    /** As a server with no time for anything makes it. */
    private static String shed() throws Exception {
        try (TambourServer busy = TambourServer.start(
                        Dialect.SQLITE, "--tambour.timer.enabled=false", "--tambour.live.rendering=0");
                HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(busy.url("/agenda")).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
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

    /** WCAG 2.2, 2.4.11. */
    @Test
    void onASmallScreenAnAlertThatStaysInSightHidesNothingThatHasTheFocus() {
        NoticeId linked = town.publish(town.news(
                "Des liens", "Un résumé.", "Un [lien](https://clairval.example/) dans un paragraphe.\n\n".repeat(60)));
        Page page = open(address(linked, "des-liens"));
        page.setViewportSize(360, 640);
        NoticeId first = town.alarm(Set.of(), Set.of());
        NoticeId second = town.alarm(Set.of(), Set.of());
        assertThat(page.locator(".band--alert")).hasCount(2);
        assertThat(page.locator(".bands")).isInViewport();
        page.locator(".prose a").last().focus();

        List<String> hidden = new ArrayList<>();
        for (int back = 0; back < 59; back++) {
            page.keyboard().press("Shift+Tab");
            double free = ((Number) page.evaluate("document.activeElement.getBoundingClientRect().top"
                            + " - document.querySelector('.bands').getBoundingClientRect().bottom"))
                    .doubleValue();
            if (free < 0) {
                hidden.add(back + ": " + free);
            }
        }

        assertThat(page.locator(".prose a").first()).isFocused();
        assertThat(hidden).isEmpty();
        town.withdraw(first, "Fin de l’alerte.");
        town.withdraw(second, "Fin de l’alerte.");
        assertThat(page.locator(".band--alert")).hasCount(0);
        assertThat(page.evaluate("getComputedStyle(document.documentElement).scrollPaddingBlockStart"))
                .isEqualTo(page.evaluate("getComputedStyle(document.documentElement).scrollPaddingBlockEnd"));
    }

    @Test
    void whoeverHasTheFocusInAnAlertThatChangesOrEndsLosesItToNobody() {
        Page page = open(address(notice, "la-halle-rouvre"));
        NoticeId alarm = town.alarm(Set.of(), Set.of());
        page.locator(".band--alert a").focus();

        town.update(alarm, 1, "Quittez le quartier par le nord.");
        assertThat(page.locator(".band--alert[data-revision='2']")).hasCount(1);
        assertThat(page.locator(".band--alert a")).isFocused();

        town.withdraw(alarm, "Fin de l’alerte.");
        assertThat(page.locator(".band--alert")).hasCount(0);
        assertThat(page.locator("main")).isFocused();
    }

    @Test
    void anAlertThatIsUpdatedIsUpdatedOnOpenPagesAndHeard() {
        NoticeId alarm = town.alarm(Set.of(), Set.of());
        Page home = open("/");
        Page other = open(address(notice, "la-halle-rouvre"));
        assertThat(home.locator(".steps")).containsText("Restez chez vous.");

        town.update(alarm, 1, "Quittez le quartier par le nord.");

        assertThat(home.locator(".steps")).containsText("Quittez le quartier par le nord.");
        assertThat(home.locator(".steps")).not().containsText("Restez chez vous.");
        assertThat(home.locator(".alarm")).hasCount(1);
        for (Page page : List.of(home, other)) {
            assertThat(page.locator("[role=alert]")).hasText("Alerte mise à jour : Fuite de gaz");
        }
        assertThat(other.locator(".band--alert")).hasCount(1);
        assertThat(other.locator(".band--alert")).hasAttribute("data-revision", "2");
        town.withdraw(alarm, "Fin de l’alerte.");
    }

    /** As when another node answers than the one that told of it. */
    @Test
    void anAnswerOlderThanTheEventIsAskedForAgain() {
        Page page = open(address(notice, "la-halle-rouvre"));
        APIResponse older = page.request().get(town.server().url("/alertes").toString());
        String before = older.text();
        AtomicInteger asked = new AtomicInteger();
        page.route("**/alertes", route -> {
            if (asked.incrementAndGet() <= 2) {
                route.fulfill(
                        new Route.FulfillOptions().setContentType("text/html").setBody(before));
            } else {
                route.resume();
            }
        });

        NoticeId alarm = town.alarm(Set.of(), Set.of());

        assertThat(page.locator(".band--alert")).containsText("Fuite de gaz");
        assertThat(asked.get()).isEqualTo(3);
        town.withdraw(alarm, "Fin de l’alerte.");
    }

    @Test
    void aPageThatNobodySeesListensToNothingAndGoesOnWhereItStoodWhenItIsSeenAgain() {
        Page page = context.newPage();
        List<String> streams = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().contains("/direct?")) {
                streams.add(request.url());
            }
        });
        List<String> left = new ArrayList<>();
        page.onRequestFailed(request -> left.add(request.url()));
        page.navigate(town.server().url("/").toString());
        page.waitForCondition(() -> streams.size() == 1);
        town.publish(town.news("Vu", "Un résumé.", "Un texte."));
        offers(page, "1 nouvel avis");
        long seen = town.server().bean(Towns.class).counter(town.town().id());

        isHidden(page, true);
        page.waitForCondition(() -> left.contains(streams.getFirst()));
        town.publish(town.news("Pas vu", "Un résumé.", "Un texte."));
        isHidden(page, false);

        offers(page, "2 nouveaux avis");
        assertThat(streams).hasSize(2);
        assertThat(streams.getLast()).endsWith("depuis=" + seen);
    }

    private static void isHidden(Page page, boolean hidden) {
        page.evaluate(
                "hidden => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });"
                        + " document.dispatchEvent(new Event('visibilitychange')); }",
                hidden);
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
