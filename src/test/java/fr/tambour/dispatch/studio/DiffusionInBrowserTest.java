package fr.tambour.dispatch.studio;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import fr.tambour.dispatch.Choices;
import fr.tambour.notice.DeskTown;
import fr.tambour.notice.Interventions;
import fr.tambour.notice.NoticeId;
import fr.tambour.phone.internal.Phone;
import fr.tambour.phone.internal.Phones;
import fr.tambour.phone.internal.PushEndpoint;
import fr.tambour.phone.internal.TestKeys;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Accessibility;
import fr.tambour.testing.Browsers;
import java.net.URI;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The block « Diffusion » on an open page: it moves by itself, disturbs nobody who writes, and can be read by everybody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiffusionInBrowserTest {

    private static final int PATIENCE = 120_000;

    private DeskTown town;
    private Browsers browsers;

    @BeforeAll
    void aTownWithPhones() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        town = new DeskTown(Dialect.SQLITE);
        browsers = Browsers.lean();
        Phones phones = town.tambour.bean(Phones.class);
        byte[] key = TestKeys.publicKey();
        town.write(() -> {
            for (long i = 1; i <= 1_425; i++) {
                Phone phone = new Phone(
                        i,
                        "push.example",
                        new PushEndpoint(URI.create("https://push.example/" + i), key, TestKeys.secret(1)),
                        "fr");
                phones.add(
                        town.here.id(),
                        phone,
                        "mac" + i,
                        true,
                        new Choices(Set.of(), Set.of(), Set.of(), null, "fr", false),
                        "token",
                        Instant.EPOCH);
                phones.activate(town.here.id(), i, "token", Instant.EPOCH, Instant.EPOCH, YearMonth.of(2026, 11));
            }
            return true;
        });
    }

    @AfterAll
    void close() {
        browsers.close();
        town.close();
    }

    private Page signedIn(boolean scripts) {
        BrowserContext context = browsers.browser()
                .newContext(new Browser.NewContextOptions().setLocale("fr-FR").setJavaScriptEnabled(scripts));
        context.setDefaultTimeout(PATIENCE);
        Page page = context.newPage();
        page.navigate(url("/studio/connexion"));
        page.locator("input[name=email]").fill("marc@clairval.example");
        page.locator("input[name=password]").fill("une phrase assez longue");
        page.locator("input[name=password]").press("Enter");
        page.waitForURL(address -> !address.contains("/connexion"));
        return page;
    }

    /** The second town has a desk too: this is the first one's. */
    private String url(String path) {
        return town.tambour.url(town.here.slug(), path).toString();
    }

    private NoticeId published(String title) {
        return town.published(town.news(title).withChannels(new TreeSet<>(Set.of("feed", "phone", "website"))));
    }

    @Test
    void anOpenPageSeesByItselfWhatColleaguesDoAndLosesNoWordsForThat() {
        NoticeId id = published("Le marché déménage");
        Page page = signedIn(true);
        List<String> streams = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().contains("/direct")
                    && request.headers().getOrDefault("referer", "").contains(id.ref())) {
                streams.add(request.url());
            }
        });
        page.navigate(url("/studio/avis/" + id.ref()));
        assertThat(page.locator("live-diffusion h3").first()).containsText("En cours");
        page.locator(".diffusion__acts summary").click();
        page.locator(".diffusion__acts textarea").fill("La date est");

        Interventions interventions = town.tambour.bean(Interventions.class);
        interventions.pause(town.approver, id, "phone", "");

        assertThat(page.locator("live-diffusion h3").first()).containsText("En pause");
        assertThat(page.locator("live-diffusion [data-says]")).containsText("Téléphones, publication En pause");
        assertThat(page.locator(".diffusion__acts textarea")).hasValue("La date est");
        page.locator(".diffusion__acts textarea").fill("La date est fausse");
        page.locator(".diffusion__acts details button").click();
        assertThat(page.locator("live-diffusion h3").first()).containsText("Arrêté");
        assertThat(page.locator(".diffusion__acts")).hasCount(0);
        // The page that was posted to and the one before it: over HTTP/1.1 a browser has six connections for all its
        // tabs.
        Assertions.assertThat(streams).hasSize(2).allMatch(stream -> stream.contains("suit=" + id.ref()));
    }

    @Test
    void aBusyMomentDoesNotKeepAnOpenPageFromGoingOn() {
        NoticeId id = published("La piscine ferme");
        Page page = signedIn(true);
        Set<String> refused = new HashSet<>();
        for (String what : List.of("**/direct?*", "**/diffusion*")) {
            page.route(what, route -> {
                if (refused.add(what)) {
                    route.fulfill(new Route.FulfillOptions().setStatus(503));
                } else {
                    route.resume();
                }
            });
        }
        page.navigate(url("/studio/avis/" + id.ref()));
        assertThat(page.locator("live-diffusion h3").first()).containsText("En cours");

        town.tambour.bean(Interventions.class).pause(town.approver, id, "phone", "");

        assertThat(page.locator("live-diffusion h3").first()).containsText("En pause");
        Assertions.assertThat(refused).hasSize(2);
    }

    /** It may stay open for days on a screen of the town hall. */
    @Test
    void anOpenPageWhoseSessionIsOverSaysSoAsksForNothingAndGoesOnOnceItIsComeBackTo() {
        Page page = signedIn(true);
        page.clock().install();
        AtomicInteger asked = new AtomicInteger();
        page.onRequest(request -> asked.addAndGet(request.url().endsWith("/studio/alertes") ? 1 : 0));
        page.navigate(url("/studio"));
        List<Cookie> session = page.context().cookies();
        page.context().clearCookies();
        NoticeId alarm = town.newId();
        town.desk.releaseEmergency(town.approver, alarm, town.alert("Restez chez vous."));
        assertThat(page.locator(".told [role=status]"))
                .hasText("Vous n’êtes plus dans l’atelier : cette page ne montre plus les alertes. Entrer de nouveau");
        int then = asked.get();

        // With no word of the stream it would ask each minute.
        for (int second = 0; second < 600; second += 10) {
            page.clock().runFor(10_000);
        }
        Assertions.assertThat(asked.get()).isEqualTo(then);
        assertThat(page.locator(".told .band--alert")).hasCount(0);

        page.context().addCookies(session);
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(page.locator(".told .band--alert")).containsText("Restez chez vous.");
        assertThat(page.locator(".told [role=status]")).isEmpty();
        town.desk.withdraw(town.approver, alarm, "Fin de l’alerte.");
    }

    @Test
    void withoutAScriptTheButtonsWorkAndTheBlockSaysToReload() {
        NoticeId id = published("La halle rouvre");
        Page page = signedIn(false);
        page.navigate(url("/studio/avis/" + id.ref()));

        page.locator(".diffusion__acts form button").first().click();
        assertThat(page.locator("live-diffusion h3").first()).containsText("En pause");
        assertThat(page.locator("live-diffusion noscript .hint")).isVisible();
        page.locator(".diffusion__acts form button").first().click();
        assertThat(page.locator("live-diffusion h3").first()).containsText("En cours");
    }

    @Test
    void everybodyCanReadWhatIsOnItsWayAndWhomANoticeWillReach() {
        NoticeId out = published("Les horaires changent");
        NoticeId waiting = town.begun(town.news("À relire"));
        town.submitted(waiting);
        Page page = signedIn(true);
        for (String path : List.of(
                "/studio/avis/" + out.ref(), "/studio/avis/" + waiting.ref() + "/lecture", "/studio/urgence/crue")) {
            page.navigate(url(path));
            page.locator("summary").all().forEach(summary -> summary.click());
            for (int width : List.of(1280, 360)) {
                page.setViewportSize(width, 800);
                for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                    Assertions.assertThat(Accessibility.broken(page))
                            .as("%s, %s, %d", path, scheme, width)
                            .isEmpty();
                }
                Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .as("%s at %d", path, width)
                        .isEqualTo(width);
            }
        }
    }
}
