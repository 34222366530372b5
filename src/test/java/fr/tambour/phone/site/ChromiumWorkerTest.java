package fr.tambour.phone.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.tambour.phone.internal.CaughtPushes;
import fr.tambour.testing.Await;
import fr.tambour.testing.Browsers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the worker makes of pushes in Chromium, delivered by DevTools: Chromium's own push service is out of reach. They are
 * those that the town sends, whose clock is an hour behind the phone's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChromiumWorkerTest {

    private static final Duration BEHIND = Duration.ofHours(-1);
    private static final String ENDPOINT = "https://fcm.googleapis.com/fcm/send/worker";
    private static final String MOVED = "https://fcm.googleapis.com/fcm/send/moved";

    private final PhoneTown town = PhoneTown.catching(BEHIND);
    private final Browsers browsers = Browsers.chromium();
    private final PhoneTown.Device phone = town.new Device(ENDPOINT, 77);

    ChromiumWorkerTest() throws Exception {
        phone.active();
    }

    @AfterAll
    void stop() {
        browsers.close();
        town.close();
    }

    private ChromiumWorker worker() {
        return new ChromiumWorker(browsers, town.server().url("/"));
    }

    /** Something the town does, and the message that each phone is sent for it. */
    private interface Deed {
        void done() throws Exception;
    }

    private String sent(Deed deed) throws Exception {
        CaughtPushes pushes = town.pushes();
        int before = pushes.to(ENDPOINT).size();
        deed.done();
        await().atMost(Await.PATIENCE).until(() -> pushes.to(ENDPOINT).size() > before);
        return new String(pushes.to(ENDPOINT).getLast().message().payload(), StandardCharsets.UTF_8);
    }

    @Test
    void whatIsToldCorrectedAndTakenBackShowsUnderOneTag() throws Exception {
        try (ChromiumWorker worker = worker()) {
            String[] alert = new String[1];
            worker.push(sent(() -> alert[0] = town.alert("Crue de l’Orge", "Montez à l’étage.")));
            Map<?, ?> shown = worker.shown("Crue de l’Orge");
            assertThat(shown.get("body")).as("%s", shown).isEqualTo("Montez à l’étage.\nOù\u00a0: Bords de l’Orge");
            assertThat(shown.get("tag")).isEqualTo(alert[0]);
            assertThat(shown.get("lang")).isEqualTo("fr");
            assertThat(shown.get("silent")).isNotEqualTo(true);
            assertThat(shown.get("kept")).isEqualTo(true);
            assertThat(shown.get("at")).isEqualTo("https://clairval.example/avis/" + alert[0] + "/crue-de-l-orge");

            worker.push(sent(() -> town.release(
                    "/emergencies/" + alert[0] + "/correction",
                    "{\"revision\": 1, \"reason\": \"L’eau monte.\", \"content\": "
                            + PhoneTown.emergency("Crue de l’Orge", "Quittez les lieux.") + "}")));
            Map<?, ?> corrected = worker.shown("Rectificatif\u00a0: Crue de l’Orge");
            assertThat(corrected.get("body")).isEqualTo("Quittez les lieux.\nOù\u00a0: Bords de l’Orge");
            assertThat(corrected.get("count")).isEqualTo(1);

            worker.push(sent(() -> town.withdraw(alert[0], "Fin de l’alerte.")));
            Map<?, ?> withdrawn = worker.shown("Retiré\u00a0: Crue de l’Orge");
            assertThat(withdrawn.get("body")).isEqualTo("Fin de l’alerte.");
            assertThat(withdrawn.get("count")).isEqualTo(1);
            assertThat(withdrawn.get("silent")).isEqualTo(true);
            assertThat(withdrawn.get("kept")).isEqualTo(false);
        }
    }

    @Test
    void whatIsOverWhenItArrivesIsQuietlyOver() throws Exception {
        LocalDateTime end = LocalDateTime.ofInstant(
                        town.server().clock().instant().plus(Duration.ofMinutes(30)), ZoneId.of("Europe/Paris"))
                .truncatedTo(ChronoUnit.MINUTES);
        try (ChromiumWorker worker = worker()) {
            worker.push(sent(() -> town.release(
                    "/emergencies",
                    PhoneTown.emergency("Fumée au port", "Fermez vos fenêtres.")
                            .replaceFirst("\\{", "{\"until\": {\"local\": \"" + end + "\"}, "))));
            Map<?, ?> shown = worker.shown("Terminé\u00a0: Fumée au port");
            assertThat(shown.get("silent")).isEqualTo(true);
            assertThat(shown.get("body")).isEqualTo("");
            assertThat(shown.get("kept")).isEqualTo(false);
        }
    }

    @Test
    void anExerciseReachesOnlyWhoAgreedAndTheWorkerKeepsNothingOfIt() throws Exception {
        String endpoint = "https://fcm.googleapis.com/fcm/send/exercise";
        PhoneTown.Device agreed = town.new Device(endpoint, 79);
        agreed.active();
        agreed.asks(
                "telephones/choix", Map.of("choices", Map.of("kinds", List.of(), "language", "fr", "exercises", true)));
        CaughtPushes pushes = town.pushes();
        int others = pushes.to(ENDPOINT).size();
        int before = pushes.to(endpoint).size();
        String id = town.release(
                        "/emergencies",
                        PhoneTown.emergency("Exercice de crue", "Montez à l’étage.")
                                .replace("\"severity\"", "\"exercise\": true, \"severity\""))
                .path("id")
                .asString();
        await().atMost(Await.PATIENCE).until(() -> pushes.to(endpoint).size() > before);
        try (ChromiumWorker worker = worker()) {
            worker.push(text(pushes, endpoint));
            Map<?, ?> shown = worker.shown("EXERCICE – Exercice de crue");
            assertThat((String) shown.get("body")).startsWith("Ceci est un exercice. Il n’y a rien à faire.");
            assertThat(shown.get("kept")).isEqualTo(false);
            assertThat((String) shown.get("at")).contains("/exercice-");

            int told = pushes.to(endpoint).size();
            town.withdraw(id, "Fin de l’exercice.");
            await().atMost(Await.PATIENCE).until(() -> pushes.to(endpoint).size() > told);
            worker.push(text(pushes, endpoint));
            Map<?, ?> ended = worker.shown("EXERCICE – Retiré\u00a0: Exercice de crue");
            assertThat(ended.get("silent")).isEqualTo(true);
            assertThat(ended.get("kept")).isEqualTo(false);
        }
        assertThat(pushes.to(ENDPOINT)).hasSize(others);
    }

    private static String text(CaughtPushes pushes, String endpoint) {
        return new String(pushes.to(endpoint).getLast().message().payload(), StandardCharsets.UTF_8);
    }

    @Test
    void evenWhatMakesNoSenseShowsSomething() {
        try (ChromiumWorker worker = worker()) {
            for (String data : List.of(
                    "",
                    "not json",
                    "null",
                    "[]",
                    "{}",
                    "{\"notification\":null}",
                    "{\"notification\":\"x\"}",
                    "{\"notification\":{\"tag\":\"t\"}}",
                    "{\"notification\":{\"title\":\"\",\"data\":null}}",
                    "{\"notification\":{\"title\":\"t\",\"dir\":\"up\"}}")) {
                worker.push(data);
                Map<?, ?> shown = worker.shown("localhost:" + town.server().port());
                assertThat(shown.get("count")).as("%s: %s", data, shown).isEqualTo(1);
                worker.closesAll();
            }
        }
    }

    @Test
    void touchedItLeadsToItsNoticeInAWindowThatShowsItOrInANewOne() throws Exception {
        try (ChromiumWorker worker = worker()) {
            String[] alert = new String[1];
            worker.push(sent(() -> alert[0] = town.alert("Arbre tombé", "Évitez la rue du Four.")));
            worker.shown("Arbre tombé");
            String path = "/avis/" + alert[0] + "/arbre-tombe";
            // A browser lets a worker open and focus windows only for somebody's touch, which DevTools have not.
            worker.inside("""
                    (() => {
                      self.went = [];
                      clients.openWindow = async (address) => self.went.push('open ' + address);
                      WindowClient.prototype.focus = async function () { self.went.push('focus ' + this.url); };
                    })()
                    """);

            assertThat(touched(worker)).isEqualTo("open " + town.server().url(path));
            assertThat(
                            worker.page()
                                    .evaluate(
                                            "navigator.serviceWorker.ready.then(async (r) => (await r.getNotifications()).length)"))
                    .isEqualTo(0);

            worker.push(sent(() -> town.release(
                    "/emergencies/" + alert[0] + "/correction",
                    "{\"revision\": 1, \"reason\": \"La rue.\", \"content\": "
                            + PhoneTown.emergency("Arbre tombé", "Évitez le quartier.") + "}")));
            worker.shown("Rectificatif\u00a0: Arbre tombé");
            worker.page().navigate(town.server().url(path).toString());
            assertThat(touched(worker)).isEqualTo("focus " + town.server().url(path));
        }
    }

    private static String touched(ChromiumWorker worker) {
        return worker.inside("""
                (async () => {
                  const touch = new Event('notificationclick');
                  touch.notification = (await registration.getNotifications())[0];
                  touch.waitUntil = (work) => { touch.work = work; };
                  dispatchEvent(touch);
                  await touch.work;
                  return self.went.at(-1);
                })()
                """).getAsString();
    }

    @Test
    void aPhoneWhoseAddressChangesTellsTheTownAndKeepsItsChoices() throws Exception {
        phone.asks("telephones/choix", Map.of("choices", Map.of("kinds", List.of("NEWS"), "language", "en")));
        PhoneTown.Device moved = town.new Device(MOVED, 78);
        JsonMapper mapper = JsonMapper.shared();
        try (ChromiumWorker worker = worker()) {
            // As the page leaves it that subscribes.
            worker.inside("""
                    (async () => {
                      const kept = await caches.open('tambour-telephone');
                      await kept.put('/abonnement', new Response(JSON.stringify(%s)));
                      await kept.put('/cle', new Response('"KEY"'));
                      const subscription = { endpoint: '%s', toJSON: () => (%s) };
                      PushManager.prototype.getSubscription = async () => subscription;
                      PushManager.prototype.subscribe = async (options) => { self.options = options; return subscription; };
                      // The site is overrun at first.
                      const network = self.fetch.bind(self);
                      let refused = 0;
                      self.fetch = async (...asked) =>
                        (refused += 1) <= 2 ? new Response('{}', { status: 503 }) : network(...asked);
                      const later = self.setTimeout.bind(self);
                      self.setTimeout = (act, ms, ...more) => later(act, ms === 3_000 ? ms : 0, ...more);
                      const change = new Event('pushsubscriptionchange');
                      change.waitUntil = (work) => { change.work = work; };
                      dispatchEvent(change);
                      await change.work;
                    })()
                    """.formatted(
                            mapper.writeValueAsString(phone.json()), MOVED, mapper.writeValueAsString(moved.json())));
            assertThat(worker.inside("self.options.applicationServerKey").getAsString())
                    .isEqualTo("KEY");
            assertThat(PhoneTown.json(moved.asks("telephones/presence", Map.of()))
                            .path("state")
                            .asString())
                    .isEqualTo("pending");

            worker.push(new String(town.pushes().to(MOVED).getLast().message().payload(), StandardCharsets.UTF_8));
            await().atMost(Await.PATIENCE)
                    .untilAsserted(() -> assertThat(PhoneTown.json(moved.asks("telephones/presence", Map.of()))
                                    .path("state")
                                    .asString())
                            .isEqualTo("active"));
            assertThat(PhoneTown.json(moved.asks("telephones/presence", Map.of()))
                            .at("/choices/kinds")
                            .valueStream()
                            .map(kind -> kind.asString()))
                    .contains("NEWS");
            assertThat(phone.asks("telephones/presence", Map.of()).statusCode()).isEqualTo(404);
        } finally {
            moved.asks("telephones/fin", Map.of());
            phone.active();
        }
    }

    @Test
    void currentNoticesAndInstructionsAreReadWithoutANetwork() throws Exception {
        String standing = town.alert("Canicule", "Buvez de l’eau.");
        try (ChromiumWorker worker = worker()) {
            worker.page()
                    .evaluate("navigator.serviceWorker.ready.then((here) => here.active.postMessage({ keep: true }))");
            worker.page().evaluate("""
                    async (path) => {
                      const cache = await caches.open('tambour-pages');
                      while (!(await cache.match(path))) await new Promise((soon) => setTimeout(soon, 20));
                    }
                    """, "/avis/" + standing + "/canicule");
            keeps(worker, "/flux");
            String[] told = new String[1];
            worker.push(sent(() -> told[0] = town.alert("Eau non potable", "Ne buvez pas l’eau du robinet.")));
            worker.shown("Eau non potable");

            worker.offline(true);
            assertThat(worker.inside("fetch('/robots.txt').then(() => 'network', () => 'none')")
                            .getAsString())
                    .isEqualTo("none");
            assertThat(read(worker, "/")).contains("Canicule");
            assertThat(read(worker, "/avis/" + standing + "/canicule")).contains("Buvez de l’eau.");
            assertThat(worker.page().title()).startsWith("Canicule");
            assertThat(read(worker, "/flux")).contains("Flux et calendriers");
            // Its page never came: what was told is there.
            assertThat(read(worker, "/avis/" + told[0] + "/eau-non-potable"))
                    .contains("Eau non potable", "Ne buvez pas l’eau du robinet.");
            // What was never read leads to what stands.
            assertThat(read(worker, "/agenda")).contains("Canicule");
            worker.offline(false);

            worker.push(sent(() -> town.withdraw(told[0], "Fin de l’alerte.")));
            worker.shown("Retiré\u00a0: Eau non potable");
            worker.page().evaluate("""
                    async (path) => {
                      const cache = await caches.open('tambour-pages');
                      while (await cache.match(path)) await new Promise((soon) => setTimeout(soon, 20));
                    }
                    """, "/avis/" + told[0] + "/eau-non-potable");
        } finally {
            town.withdraw(standing, "Fin de l’alerte.");
        }
    }

    @Test
    void aNoticeThatWasToldAndThenReadIsReadAgainWithoutANetworkAndWhereTheSiteIsOverrun() throws Exception {
        try (ChromiumWorker worker = worker()) {
            worker.keptToday();
            keeps(worker, "/");
            String[] alert = new String[1];
            worker.told(sent(() -> alert[0] = town.alert("Barrage fissuré", "Gagnez les hauteurs.")));
            String path = "/avis/" + alert[0] + "/barrage-fissure";
            keeps(worker, path);

            worker.offline(true);
            assertThat(read(worker, path)).contains("Gagnez les hauteurs.");
            assertThat(worker.page().title()).startsWith("Barrage fissuré");
            worker.offline(false);
            worker.answers("new Response('occupé', { status: 503 })");
            assertThat(read(worker, path)).contains("Gagnez les hauteurs.");
            town.withdraw(alert[0], "Fin de l’alerte.");
        }
    }

    @Test
    void whoReadsAnotherLanguageReadsItWithoutANetworkToo() throws Exception {
        String standing = town.alert("Nuage toxique", "Fermez tout.");
        try (ChromiumWorker worker = worker()) {
            worker.page().navigate(town.server().url("/en/flux").toString());
            worker.page().evaluate("""
                    async () => {
                      for (let tries = 0; !(await caches.match('/en')) && tries < 500; tries += 1)
                        await new Promise((soon) => setTimeout(soon, 20));
                    }
                    """);
            worker.settles();

            worker.offline(true);
            assertThat(read(worker, "/en/agenda")).contains("Nuage toxique", "Today");
            assertThat(read(worker, "/agenda")).as("whatever leads there").contains("Nuage toxique", "Today");
        } finally {
            town.withdraw(standing, "Fin de l’alerte.");
        }
    }

    /** With a network: what is read is kept by the end. */
    private String keeps(ChromiumWorker worker, String path) {
        String read = read(worker, path);
        worker.settles();
        return read;
    }

    private String read(ChromiumWorker worker, String path) {
        worker.page().navigate(town.server().url(path).toString());
        return worker.page().locator("body").innerText();
    }

    @Test
    void whatWasToldIsTextAndNothingElse() {
        try (ChromiumWorker worker = worker()) {
            long until = Instant.now().plusSeconds(60).toEpochMilli();
            worker.push("""
                    {"notification":{"title":"<img src=x onerror=alert(1)>","lang":"\\"><script>","body":"<b>gras</b>\\n& plus",
                    "navigate":"https://clairval.example/avis/x/y","tag":"x","data":{"until":%d}}}
                    """.formatted(until));
            worker.shown("<img src=x onerror=alert(1)>");
            worker.page().evaluate("""
                    async () => {
                      const cache = await caches.open('tambour-pages');
                      while (!(await cache.match('/avis/x/y'))) await new Promise((soon) => setTimeout(soon, 20));
                    }
                    """);
            worker.offline(true);
            assertThat(read(worker, "/avis/x/y")).contains("<img src=x onerror=alert(1)>", "<b>gras</b>", "& plus");
            assertThat(worker.page().locator("script, img, main b").count()).isZero();
        }
    }

    @Test
    void whatSafariHasReadItselfIsShownAsItStandsAndTheTokenGivenBack() throws Exception {
        PhoneTown.Device iphone = town.new Device("https://web.push.apple.com/iphone", 80);
        iphone.subscribes();
        try (ChromiumWorker worker = worker()) {
            worker.inside("PushManager.prototype.getSubscription = async () => ({ endpoint: '%s' })"
                    .formatted(iphone.endpoint()));
            worker.declared(text(town.pushes(), iphone.endpoint()));
            assertThat(PhoneTown.json(iphone.asks("telephones/presence", Map.of()))
                            .path("state")
                            .asString())
                    .isEqualTo("active");

            String[] alert = new String[1];
            worker.declared(sent(() -> alert[0] = town.alert("Crue rapide", "Montez.")));
            Map<?, ?> shown = worker.shown("Crue rapide");
            assertThat(shown.get("body")).as("%s", shown).isEqualTo("Montez.\nOù\u00a0: Bords de l’Orge");
            assertThat(shown.get("tag")).isEqualTo(alert[0]);
            assertThat(shown.get("kept")).isEqualTo(true);
            assertThat(worker.inside("self.asked.navigate").getAsString())
                    .isEqualTo("https://clairval.example/avis/" + alert[0] + "/crue-rapide");

            worker.declared("{\"notification\":{\"title\":\"Sans étiquette\"}}");
            assertThat(worker.shown("Sans étiquette").get("body")).isEqualTo("");
        } finally {
            iphone.asks("telephones/fin", Map.of());
        }
    }

    private static String state(PhoneTown.Device device) throws Exception {
        return PhoneTown.json(device.asks("telephones/presence", Map.of()))
                .path("state")
                .asString();
    }

    /** Where a token is given back, this comes of it; and of the pauses in between. */
    private static void overrun(ChromiumWorker worker, PhoneTown.Device device, String refused, String pause) {
        worker.inside("""
                (() => {
                  PushManager.prototype.getSubscription = async () => ({ endpoint: '%s' });
                  self.asks = 0;
                  const network = self.fetch.bind(self);
                  self.fetch = async (asked, how) =>
                    String(asked).endsWith('/confirmation') && (self.asks += 1) && (%s)
                      ? new Response('{}', { status: 503 })
                      : network(asked, how);
                  const later = self.setTimeout.bind(self);
                  self.setTimeout = (act, ms, ...more) => (ms < 1_000 || ms === 3_000 ? later(act, ms, ...more) : %s);
                })()
                """.formatted(device.endpoint(), refused, pause));
    }

    @Test
    void aTokenThatCannotBeGivenBackAtOnceIsGivenBackLaterAndOnlyThenItIsDone() throws Exception {
        PhoneTown.Device device = town.new Device("https://fcm.googleapis.com/fcm/send/overrun", 83);
        device.subscribes();
        try (ChromiumWorker worker = worker()) {
            overrun(worker, device, "self.asks <= 3", "later(act, 0, ...more)");
            worker.told(text(town.pushes(), device.endpoint()));

            assertThat(worker.inside("self.asks").getAsInt()).isEqualTo(4);
            assertThat(state(device)).isEqualTo("active");
            Map<?, ?> shown = worker.shown("Clairval vous préviendra ici");
            assertThat((String) shown.get("body")).as("%s", shown).startsWith("C’est fait.");
            assertThat(shown.get("count")).isEqualTo(1);
        } finally {
            device.asks("telephones/fin", Map.of());
        }
    }

    @Test
    void whileTheSiteIsOverrunAPhoneIsToBeConfirmedAndOpeningTheSiteDoesIt() throws Exception {
        PhoneTown.Device device = town.new Device("https://fcm.googleapis.com/fcm/send/overrun-long", 84);
        device.subscribes();
        try (ChromiumWorker worker = worker()) {
            worker.keptToday();
            overrun(worker, device, "self.full", "0");
            worker.inside("(() => { self.full = true; })()");
            worker.push(text(town.pushes(), device.endpoint()));
            Map<?, ?> shown = worker.shown("Clairval\u00a0: à confirmer");
            assertThat((String) shown.get("body")).as("%s", shown).startsWith("Ouvrez le site");
            assertThat(state(device)).isEqualTo("pending");

            worker.inside("(() => { self.full = false; })()");
            worker.page().navigate(town.server().url("/flux").toString());

            await().atMost(Await.PATIENCE)
                    .untilAsserted(() -> assertThat(state(device)).isEqualTo("active"));
            await().atMost(Await.PATIENCE)
                    .until(() -> worker.inside("self.shown").getAsInt() == 2);
            assertThat((String) worker.shown("Clairval vous préviendra ici").get("body"))
                    .startsWith("C’est fait.");
        } finally {
            device.asks("telephones/fin", Map.of());
        }
    }

    @Test
    void anotherPushGivesATokenBackThatCouldNotBe() throws Exception {
        PhoneTown.Device device = town.new Device("https://fcm.googleapis.com/fcm/send/overrun-push", 85);
        device.subscribes();
        try (ChromiumWorker worker = worker()) {
            overrun(worker, device, "self.full", "0");
            worker.inside("(() => { self.full = true; })()");
            worker.push(text(town.pushes(), device.endpoint()));
            worker.inside("(() => { self.full = false; })()");
            worker.told("{\"notification\":{\"title\":\"Autre chose\"}}");
            assertThat(state(device)).isEqualTo("active");
        } finally {
            device.asks("telephones/fin", Map.of());
        }
    }

    @Test
    void aTokenThatTheTownDoesNotTakeIsNotGivenBackAgain() throws Exception {
        PhoneTown.Device device = town.new Device("https://fcm.googleapis.com/fcm/send/other-token", 86);
        device.subscribes();
        try (ChromiumWorker worker = worker()) {
            overrun(worker, device, "false", "later(act, 0, ...more)");
            worker.told("{\"notification\":{\"title\":\"À confirmer\",\"data\":{\"confirm\":\"x\"}}}");
            assertThat(worker.inside("self.asks").getAsInt()).isEqualTo(1);
            assertThat(worker.shown("À confirmer").get("count")).isEqualTo(1);
            worker.told("{\"notification\":{\"title\":\"Autre chose\"}}");
            assertThat(worker.inside("self.asks").getAsInt()).isEqualTo(1);
        } finally {
            device.asks("telephones/fin", Map.of());
        }
    }

    @Test
    void anOlderMessageThatComesLateTakesTheNewerOnesPlaceNowhere() throws Exception {
        try (ChromiumWorker worker = worker()) {
            worker.keptToday();
            String[] alert = new String[1];
            String first = sent(() -> alert[0] = town.alert("Gaz coupé", "Fermez le gaz."));
            String corrected = sent(() -> town.release(
                    "/emergencies/" + alert[0] + "/correction",
                    "{\"revision\": 1, \"reason\": \"Précision.\", \"content\": "
                            + PhoneTown.emergency("Gaz coupé", "Ouvrez les fenêtres.") + "}"));
            String withdrawn = sent(() -> town.withdraw(alert[0], "Fin de l’alerte."));

            worker.told(corrected);
            worker.told(first);
            Map<?, ?> shown = worker.shown("Rectificatif\u00a0: Gaz coupé");
            assertThat((String) shown.get("body")).as("%s", shown).startsWith("Ouvrez les fenêtres.");
            assertThat(shown.get("silent")).isEqualTo(true);
            assertThat(shown.get("count")).isEqualTo(1);
            assertThat(shown.get("at")).isEqualTo("https://clairval.example/avis/" + alert[0] + "/gaz-coupe");
            worker.offline(true);
            assertThat(read(worker, "/avis/" + alert[0] + "/gaz-coupe")).contains("Ouvrez les fenêtres.");
            worker.offline(false);

            worker.told(withdrawn);
            worker.told(corrected);
            assertThat(worker.shown("Retiré\u00a0: Gaz coupé").get("body")).isEqualTo("Fin de l’alerte.");
            assertThat(worker.keptOf(alert[0])).isEmpty();

            // Put away, it has been said all the same.
            worker.closesAll();
            worker.told(first);
            Map<?, ?> again = worker.shown("Retiré\u00a0: Gaz coupé");
            assertThat(again.get("body")).as("%s", again).isEqualTo("Fin de l’alerte.");
            assertThat(again.get("silent")).isEqualTo(true);
            assertThat(again.get("kept")).isEqualTo(false);
            assertThat(again.get("count")).isEqualTo(1);
            assertThat(worker.keptOf(alert[0])).isEmpty();
        }
    }

    @Test
    void nothingThatIsKeptShowsAWithdrawnNotice() throws Exception {
        try (ChromiumWorker worker = worker()) {
            worker.keptToday();
            String[] alert = new String[1];
            worker.told(sent(() -> alert[0] = town.alert("Tempête", "Restez chez vous.")));
            keeps(worker, "/");
            keeps(worker, "/flux");
            keeps(worker, "/avis/" + alert[0] + "/tempete?partage=oui");
            String kept = worker.keptOf(alert[0]);
            assertThat(kept).contains("/avis/" + alert[0] + "/tempete /avis/").startsWith("/ ");

            worker.told(sent(() -> town.withdraw(alert[0], "Fin de l’alerte.")));

            assertThat(worker.keptOf(alert[0])).isEmpty();
            worker.offline(true);
            assertThat(read(worker, "/")).contains("Clairval").doesNotContain("Tempête");
        }
    }

    @Test
    void aCorrectionThatChangesTheAddressLeavesNothingAtTheOldOne() throws Exception {
        try (ChromiumWorker worker = worker()) {
            worker.keptToday();
            String[] alert = new String[1];
            worker.told(sent(() -> alert[0] = town.alert("Pont fermé", "Faites le tour.")));
            keeps(worker, "/avis/" + alert[0] + "/pont-ferme");
            worker.told(sent(() -> town.release(
                    "/emergencies/" + alert[0] + "/correction",
                    "{\"revision\": 1, \"reason\": \"Le bon.\", \"content\": "
                            + PhoneTown.emergency("Passerelle fermée", "Prenez le pont.") + "}")));
            assertThat(worker.keptOf(alert[0]))
                    .contains("/avis/" + alert[0] + "/passerelle-fermee")
                    .doesNotContain("pont-ferme");
            town.withdraw(alert[0], "Fin de l’alerte.");
        }
    }

    @Test
    void whatIsOverIsReadAsOverWithoutANetwork() throws Exception {
        try (ChromiumWorker worker = worker()) {
            worker.keptToday();
            keeps(worker, "/");
            String[] told = new String[2];
            worker.told(sent(() -> told[0] = town.alert("Eau trouble", "Ne buvez pas.")));
            told[1] = town.alert("Verglas", "Ne sortez pas.");
            assertThat(keeps(worker, "/avis/" + told[1] + "/verglas")).contains("Ne sortez pas.");
            worker.offline(true);
            assertThat(read(worker, "/avis/" + told[0] + "/eau-trouble")).doesNotContain("Terminé");

            worker.later(Duration.ofHours(30));

            assertThat(read(worker, "/avis/" + told[0] + "/eau-trouble")).contains("Terminé\u00a0: Eau trouble");
            assertThat(worker.page().title()).isEqualTo("Terminé\u00a0: Eau trouble");
            assertThat(read(worker, "/avis/" + told[1] + "/verglas")).doesNotContain("Ne sortez pas.");
            worker.offline(false);
            town.withdraw(told[0], "Fin de l’alerte.");
            town.withdraw(told[1], "Fin de l’alerte.");
        }
    }

    private static final String COPIED = "(?s).*Copie du (\\d{2}|[2-9]|1er) \\p{L}+ à \\d{1,2}\u00a0h\u00a0\\d{2}\\b.*";

    @Test
    void whatIsReadFromMemorySaysSinceWhenInItsOwnLanguage() throws Exception {
        String standing = town.alert("Neige lourde", "Restez chez vous.");
        try (ChromiumWorker worker = worker()) {
            worker.keptToday();
            assertThat(keeps(worker, "/flux")).doesNotContain("Copie du");
            assertThat(keeps(worker, "/en/flux")).doesNotContain("Copy of");
            assertThat(keeps(worker, "/")).doesNotContain("Copie du");
            String[] told = new String[1];
            worker.told(sent(() -> told[0] = town.alert("Vent fort", "Rentrez les pots.")));

            worker.offline(true);
            assertThat(read(worker, "/flux")).matches(COPIED);
            assertThat(read(worker, "/en/flux"))
                    .matches("(?s).*Copy of \\d{1,2} \\p{L}+ at \\d{1,2}:\\d{2}\\h(am|pm)\\b.*");
            assertThat(read(worker, "/agenda")).as("home in its place").matches(COPIED);
            assertThat(read(worker, "/avis/" + told[0] + "/vent-fort"))
                    .as("what was told")
                    .contains("Rentrez les pots.")
                    .matches(COPIED);
            town.withdraw(told[0], "Fin de l’alerte.");
        } finally {
            town.withdraw(standing, "Fin de l’alerte.");
        }
    }

    /** Until its network has been asked for this in vain, and for how long it paused, in order; none of it is waited for. */
    private static void listens(ChromiumWorker worker, String answer) {
        worker.inside("""
                (() => {
                  self.heard = [];
                  const later = self.setTimeout.bind(self);
                  self.setTimeout = (act, ms, ...more) => {
                    if (ms !== 3_000) self.heard.push('waits');
                    return later(act, ms === 3_000 ? ms : 0, ...more);
                  };
                  const network = self.fetch.bind(self);
                  self.fetch = async (asked) => {
                    const path = new URL(asked.url ?? asked, location.origin).pathname;
                    self.heard.push(path);
                    return %s;
                  };
                })()
                """.formatted(answer));
    }

    private static List<String> keptNow(ChromiumWorker worker) {
        return List.of(worker.inside("""
                (async () => {
                  const keep = new Event('message');
                  keep.data = { keep: true };
                  keep.waitUntil = (work) => { keep.work = work; };
                  dispatchEvent(keep);
                  await keep.work;
                  return self.heard.join(' ');
                })()
                """).getAsString().split(" "));
    }

    @Test
    void whatStandsIsAskedForOneAfterTheOtherWithPausesAndWhatIsThereAlreadyIsNot() throws Exception {
        String standing = town.alert("Verglas noir", "Restez chez vous.");
        try (ChromiumWorker worker = worker()) {
            worker.inside("caches.delete('tambour-pages')");
            listens(worker, "network(asked)");
            List<String> first = keptNow(worker);
            assertThat(first).contains("/", "/avis/" + standing + "/verglas-noir");
            for (int i = 1; i < first.size(); i++) {
                assertThat(List.of(first.get(i - 1), first.get(i)))
                        .as("%s", first)
                        .contains("waits");
            }

            worker.inside("(() => { self.heard = []; })()");
            assertThat(keptNow(worker))
                    .contains("/", "/avis/" + standing + "/verglas-noir")
                    .noneMatch(path -> path.startsWith("/assets/") || path.startsWith("/fonts/"));
        } finally {
            town.withdraw(standing, "Fin de l’alerte.");
        }
    }

    @Test
    void nothingIsKeptBesideWhatIsReadWhileTheSiteIsOverrun() throws Exception {
        String standing = town.alert("Brouillard", "Ralentissez.");
        try (ChromiumWorker worker = worker()) {
            worker.inside("caches.delete('tambour-pages')");
            listens(worker, "path === '/' ? network(asked) : new Response('', { status: 503 })");
            assertThat(keptNow(worker).stream().filter(said -> said.startsWith("/")))
                    .as("it stops with the first that is refused")
                    .hasSize(2);
        } finally {
            town.withdraw(standing, "Fin de l’alerte.");
        }
        try (ChromiumWorker worker = worker()) {
            worker.keptToday();
            listens(worker, "new Response('trop de monde', { status: 503 })");
            worker.page().navigate(town.server().url("/flux").toString());
            worker.settles();
            worker.inside("(() => { self.heard = []; })()");
            assertThat(keptNow(worker)).as("a page was refused just now").containsExactly("");
        }
    }

    @Test
    void noticesThatHomeLeadsToNoMoreAreKeptNoMore() throws Exception {
        try (ChromiumWorker worker = worker()) {
            worker.inside("""
                    (async () => {
                      const cache = await caches.open('tambour-pages');
                      await cache.put(location.origin + '/avis/gone/x', new Response('x'));
                      await cache.put(location.origin + '/flux', new Response('x'));
                      const keep = new Event('message');
                      keep.data = { keep: true };
                      keep.waitUntil = (work) => { keep.work = work; };
                      dispatchEvent(keep);
                      await keep.work;
                    })()
                    """);
            assertThat(worker.inside("caches.match('/avis/gone/x').then((kept) => kept !== undefined)")
                            .getAsBoolean())
                    .isFalse();
            assertThat(worker.inside("caches.match('/flux').then((kept) => kept !== undefined)")
                            .getAsBoolean())
                    .isTrue();
        }
    }

    @Test
    void aPhoneThatTheTownHasForgottenAsksAgainWithItsChoices() throws Exception {
        PhoneTown.Device lost = town.new Device("https://fcm.googleapis.com/fcm/send/lost", 81);
        String json = JsonMapper.shared().writeValueAsString(lost.json());
        try (ChromiumWorker worker = worker()) {
            worker.page().addInitScript("""
                    PushManager.prototype.getSubscription = async () => {
                      const subscription = %s;
                      return { endpoint: subscription.endpoint, toJSON: () => subscription };
                    };
                    """.formatted(json));
            worker.inside("""
                    (async () => {
                      const kept = await caches.open('tambour-telephone');
                      await kept.put('/abonnement', new Response(JSON.stringify(%s)));
                      await kept.put('/choix', new Response('{"kinds":["NEWS"],"language":"fr"}'));
                      await kept.delete('/jour');
                    })()
                    """.formatted(json));

            worker.page().navigate(town.server().url("/flux").toString());

            await().atMost(Await.PATIENCE)
                    .until(() -> lost.asks("telephones/presence", Map.of()).statusCode() == 200);
            assertThat(PhoneTown.json(lost.asks("telephones/presence", Map.of()))
                            .at("/choices/kinds")
                            .toString())
                    .isEqualTo("[\"NEWS\",\"EMERGENCY\"]");
        } finally {
            lost.asks("telephones/fin", Map.of());
        }
    }

    @Test
    void aPhoneWhoseAddressChangesAfterTheTownForgotItHasItsChoicesStill() throws Exception {
        PhoneTown.Device moved = town.new Device("https://fcm.googleapis.com/fcm/send/moved-late", 82);
        String json = JsonMapper.shared().writeValueAsString(moved.json());
        try (ChromiumWorker worker = worker()) {
            worker.inside("""
                    (async () => {
                      const kept = await caches.open('tambour-telephone');
                      await kept.put('/abonnement', new Response(JSON.stringify({
                        endpoint: 'https://fcm.googleapis.com/fcm/send/forgotten', keys: { p256dh: 'x', auth: 'x' } })));
                      await kept.put('/cle', new Response('"KEY"'));
                      await kept.put('/choix', new Response('{"kinds":["NEWS"],"language":"fr"}'));
                      const subscription = %s;
                      const change = new Event('pushsubscriptionchange');
                      change.newSubscription = { endpoint: subscription.endpoint, toJSON: () => subscription };
                      change.waitUntil = (work) => { change.work = work; };
                      dispatchEvent(change);
                      await change.work;
                    })()
                    """.formatted(json));
            assertThat(PhoneTown.json(moved.asks("telephones/presence", Map.of()))
                            .at("/choices/kinds")
                            .toString())
                    .isEqualTo("[\"NEWS\",\"EMERGENCY\"]");
        } finally {
            moved.asks("telephones/fin", Map.of());
        }
    }

    @Test
    void whereTheSiteIsOverrunOrSilentWhatIsKeptIsReadAndTheRestAsItComes() throws Exception {
        try (ChromiumWorker worker = worker()) {
            worker.keptToday();
            String[] alert = new String[1];
            worker.told(sent(() -> alert[0] = town.alert("Digue rompue", "Montez sur la colline.")));
            String page = "/avis/" + alert[0] + "/digue-rompue";

            worker.answers("new Response('occupé', { status: 503 })");
            assertThat(read(worker, page)).contains("Montez sur la colline.");
            assertThat(read(worker, "/agenda")).isEqualTo("occupé");

            worker.answers("new Promise(() => {})");
            assertThat(read(worker, page)).contains("Montez sur la colline.");

            // What is not kept is waited for.
            worker.answers("new Promise((soon) => setTimeout(soon, 4_000, new Response('enfin')))");
            assertThat(read(worker, "/agenda")).isEqualTo("enfin");
            town.withdraw(alert[0], "Fin de l’alerte.");
        }
    }

    @Test
    void whatCannotBeKeptIsReadAllTheSameAndWithoutWaiting() {
        try (ChromiumWorker worker = worker()) {
            worker.keptToday();
            read(worker, "/");
            String style = (String) worker.page().evaluate("document.querySelector('link[rel=stylesheet]').href");
            for (String full : List.of(
                    "async () => { throw new DOMException('full', 'QuotaExceededError'); }",
                    "() => new Promise(() => {})")) {
                worker.inside("caches.delete('tambour-pages').then(() => { Cache.prototype.put = %s; return true; })"
                        .formatted(full));
                assertThat(read(worker, "/flux")).as(full).contains("Flux et calendriers");
                assertThat(worker.page().evaluate("address => fetch(address).then((answer) => answer.ok)", style))
                        .as(full)
                        .isEqualTo(true);
            }
        }
    }

    @Test
    void aPictureThatWasTakenBackShowsNoMore() throws Exception {
        try (ChromiumWorker worker = worker()) {
            worker.keptToday();
            String[] alert = new String[1];
            worker.told(sent(() -> alert[0] = town.alert("Chien perdu", "Appelez-nous.")));
            worker.inside("""
                    (async () => {
                      const cache = await caches.open('tambour-pages');
                      await cache.put('/avis/%s/chien', new Response('<img src="/images/chien/400.png">'));
                      for (const picture of ['chien/400', 'chien/800', 'chat/400'])
                        await cache.put(`/images/${picture}.png`, new Response(picture));
                    })()
                    """.formatted(alert[0]));
            worker.offline(true);
            assertThat(picture(worker, "chat/400")).isEqualTo("200 chat/400");
            worker.offline(false);

            worker.told(sent(() -> town.withdraw(alert[0], "Fin de l’alerte.")));
            worker.offline(true);
            assertThat(picture(worker, "chien/400")).isEqualTo("none");
            assertThat(picture(worker, "chien/800")).isEqualTo("none");
            assertThat(picture(worker, "chat/400")).isEqualTo("200 chat/400");
            worker.offline(false);

            // The town has no such picture any more, and says so to whoever asks.
            assertThat(picture(worker, "chat/400")).startsWith("404");
            worker.page().evaluate("""
                    async () => {
                      const cache = await caches.open('tambour-pages');
                      while (await cache.match('/images/chat/400.png')) await new Promise((soon) => setTimeout(soon, 20));
                    }
                    """);
        }
    }

    private static String picture(ChromiumWorker worker, String name) {
        return (String) worker.page().evaluate("""
                (name) => fetch(`/images/${name}.png`).then(async (answer) => `${answer.status} ${await answer.text()}`, () => 'none')
                """, name);
    }

    @Test
    void afterACorrectionOrWithdrawalPhonesAskForHomeOneByOne() throws Exception {
        try (ChromiumWorker worker = worker()) {
            worker.keptToday();
            String withdrawn = withdrawn("Fuite de chlore");
            worker.inside("""
                    (() => {
                      self.heard = [];
                      const later = self.setTimeout.bind(self);
                      self.setTimeout = (act, ms, ...more) => {
                        if (ms >= 2_000 && ms !== 3_000) self.heard.push('waits ' + ms);
                        return later(act, ms === 3_000 ? ms : 0, ...more);
                      };
                      const fetch = self.fetch.bind(self);
                      self.fetch = (asked) => { self.heard.push('asks ' + asked); return fetch(asked); };
                    })()
                    """);
            worker.inside("(() => { Math.random = () => 0.5; })()");
            worker.told(withdrawn);
            assertThat(worker.inside("self.heard.join(', ')").getAsString()).isEqualTo("waits 16000, asks /");
        }
    }

    private String withdrawn(String title) throws Exception {
        String[] alert = new String[1];
        sent(() -> alert[0] = town.alert(title, "Restez dedans."));
        return sent(() -> town.withdraw(alert[0], "Fin de l’alerte."));
    }

    @Test
    void theFirstPageOfADayIsKeptAndSaysThatThePhoneIsThereUnlessAPushHasJustCome() throws Exception {
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        String yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
        try (ChromiumWorker worker = worker()) {
            worker.told(withdrawn("Grêle"));
            worker.page().navigate(town.server().url("/flux").toString());
            assertThat(keptToday(worker))
                    .as("the town has not heard of it for long")
                    .isEqualTo("jour");

            remembers(worker, "jour", '"' + yesterday + '"');
            worker.page().navigate(town.server().url("/flux").toString());
            // Behind all that the page asks its memory as it opens.
            assertThat(worker.page().evaluate("""
                            async () => {
                              const kept = await caches.open('tambour-telephone');
                              for (let i = 0; i < 30; i++) {
                                await navigator.serviceWorker.getRegistration('/');
                                await kept.match('/pousse');
                              }
                              return (await kept.match('/jour')).json();
                            }
                            """)).as("a push has just come").isEqualTo(yesterday);

            remembers(worker, "pousse", Long.toString(System.currentTimeMillis() - 3_600_000));
            worker.page().navigate(town.server().url("/flux").toString());
            worker.page().evaluate("""
                    async (today) => {
                      while (!(await caches.match('/garde')) || (await (await caches.match('/jour')).json()) !== today)
                        await new Promise((soon) => setTimeout(soon, 20));
                    }
                    """, today);
        }
    }

    private static void remembers(ChromiumWorker worker, String name, String json) {
        worker.inside("caches.open('tambour-telephone').then((kept) => kept.put('/%s', new Response('%s')))"
                .formatted(name, json));
    }

    /** What was done today, once the last of it is. */
    private static Object keptToday(ChromiumWorker worker) {
        return worker.page().evaluate("""
                async () => {
                  while (!(await caches.match('/jour'))) await new Promise((soon) => setTimeout(soon, 20));
                  return (await caches.match('/garde')) ? 'garde' : 'jour';
                }
                """);
    }

    @Test
    void whatIsOverSinceStandsInNoKeptAgendaAndNoKeptWeek() {
        try (ChromiumWorker worker = worker()) {
            worker.keptToday();
            long over = Instant.now().minusSeconds(60).toEpochMilli();
            long ahead = Instant.now().plusSeconds(600).toEpochMilli();
            // As agenda.jte and home.jte have them.
            worker.inside("""
                    (async () => {
                      const cache = await caches.open('tambour-pages');
                      const page = (inner) => new Response(inner, { headers: { 'Content-Type': 'text/html' } });
                      await cache.put('/agenda', page(`<!doctype html><h1>Agenda</h1>
                        <div><article data-until="%1$d"><h3>Bal fini</h3></article><article data-until="%2$d"><h3>Loto</h3></article></div>`));
                      await cache.put('/', page(`<!doctype html><h1>Accueil</h1><li class="today"><h3>Lundi</h3>
                        <div data-until="%1$d"><h4>Bal fini</h4></div><div data-until="%2$d"><h4>Loto</h4></div></li>`));
                    })()
                    """.formatted(over, ahead));
            worker.offline(true);
            assertThat(read(worker, "/agenda")).contains("Agenda", "Loto").doesNotContain("Bal fini");
            assertThat(read(worker, "/")).contains("Accueil", "Lundi", "Loto").doesNotContain("Bal fini");
        }
    }

    @Test
    void whatIsOverSinceStandsOnNoKeptPage() throws Exception {
        String alert = town.alert("Ouragan", "Rentrez tout.");
        try (ChromiumWorker worker = worker()) {
            worker.keptToday();
            keeps(worker, "/");
            keeps(worker, "/flux");
            worker.offline(true);
            assertThat(read(worker, "/")).contains("Ouragan");
            assertThat(read(worker, "/flux")).contains("Ouragan", "Flux et calendriers");

            worker.later(Duration.ofHours(30));

            assertThat(read(worker, "/")).contains("Clairval").doesNotContain("Ouragan", "Rentrez tout.");
            assertThat(read(worker, "/flux")).contains("Flux et calendriers").doesNotContain("Ouragan");
            assertThat(read(worker, "/agenda")).contains("Clairval").doesNotContain("Ouragan");
        } finally {
            town.withdraw(alert, "Fin de l’alerte.");
        }
    }
}
