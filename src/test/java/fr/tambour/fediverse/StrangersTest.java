package fr.tambour.fediverse;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.FollowerCount;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What comes from strangers who mean no good, or do not know better: refused with a reason, and nothing is kept of it. */
class StrangersTest {

    private static final FediverseTown TOWN = new FediverseTown(Dialect.SQLITE);

    /** So many keys of one server are asked for at once. */
    private static final int AT_ONCE = 8;

    private final Stranger stranger;
    private final URI inbox = TOWN.url("/@ville/inbox");
    private final URI ville = TOWN.url("/@ville");
    private long before;

    StrangersTest() throws IOException {
        stranger = new Stranger();
    }

    @BeforeEach
    void count() {
        stranger.account("mallory");
        before = followers();
    }

    @AfterEach
    void leave() {
        stranger.close();
        TOWN.server().clock().go(Duration.ZERO);
    }

    @AfterAll
    static void close() {
        TOWN.close();
    }

    private static long followers() {
        return TOWN.server()
                .bean(FollowerCount.class)
                .of(TOWN.server().bean(Actors.class).of(TOWN.town()));
    }

    private String follow(String name, String number) {
        return stranger.activity(
                "Follow", name, stranger.at("/" + name + "#follow-" + number), '"' + ville.toString() + '"');
    }

    private static final Map<Integer, String> CODES =
            Map.of(400, "unreadable", 401, "unsigned", 413, "too-large", 503, "later");

    private void refused(int status, Stranger.Sending sending) throws Exception {
        refused(status, stranger.sends(inbox, sending));
    }

    private void refused(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JsonMapper.shared().readTree(answer.body()).path("code").asString())
                .isEqualTo("fediverse." + CODES.get(status));
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(followers()).isEqualTo(before);
    }

    private Stranger.Sending sending(String body) {
        return new Stranger.Sending(stranger.at("/mallory") + "#main-key", body);
    }

    @Test
    void whoFollowsIsAcceptedAndMayLeave() throws Exception {
        stranger.account("alice");

        assertThat(stranger.sends(inbox, "alice", follow("alice", "1")).statusCode())
                .isEqualTo(202);
        assertThat(followers()).isEqualTo(before + 1);
        Await.until(() -> !stranger.received().isEmpty());
        assertThat(stranger.received().getFirst()).contains("\"Accept\"", "/alice#follow-1");

        String undo = stranger.activity("Undo", "alice", stranger.at("/alice#undo-1"), follow("alice", "1"));
        assertThat(stranger.sends(inbox, "alice", undo).statusCode()).isEqualTo(202);
        assertThat(followers()).isEqualTo(before);
    }

    @Test
    void whoFollowsAgainIsAcceptedAgain() throws Exception {
        stranger.account("bob");
        stranger.sends(inbox, "bob", follow("bob", "1"));
        stranger.sends(inbox, "bob", stranger.activity("Undo", "bob", stranger.at("/bob#undo-1"), follow("bob", "1")));

        assertThat(stranger.sends(inbox, "bob", follow("bob", "1")).statusCode())
                .isEqualTo(202);

        assertThat(followers()).as("a Follow that was asked for anew").isEqualTo(before + 1);
    }

    @Test
    void whoeverNamesServersThatNeverAnswerKeepsNobodyElseOut() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 200);
                HttpClient attacker = HttpClient.newBuilder()
                        .localAddress(InetAddress.getByName("127.0.0.9"))
                        .build()) {
            AtomicInteger refused = new AtomicInteger();
            for (int i = 1; i <= 100; i++) {
                String actor = "http://127.8.0." + i + ":" + silent.getLocalPort() + "/x";
                attacker.sendAsync(
                                signedByNobody(
                                        actor,
                                        stranger.activity(
                                                        "Follow",
                                                        "x",
                                                        URI.create(actor + "#f"),
                                                        '"' + ville.toString() + '"')
                                                .replace(stranger.at("/x").toString(), actor)),
                                HttpResponse.BodyHandlers.ofString())
                        .thenAccept(answer -> {
                            if (answer.statusCode() == 503) {
                                refused.incrementAndGet();
                            }
                        });
            }
            Await.until(() -> refused.get() >= 20);

            stranger.account("nadia");
            assertThat(stranger.sends(inbox, "nadia", follow("nadia", "1")).statusCode())
                    .isEqualTo(202);
            attacker.shutdownNow();
        }
    }

    private HttpRequest signedByNobody(String actor, String activity) throws GeneralSecurityException {
        byte[] body = activity.getBytes(StandardCharsets.UTF_8);
        Base64.Encoder base64 = Base64.getEncoder();
        return HttpRequest.newBuilder(inbox)
                .header(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                Instant.now().atOffset(ZoneOffset.UTC)))
                .header(
                        "Digest",
                        "SHA-256="
                                + base64.encodeToString(
                                        MessageDigest.getInstance("SHA-256").digest(body)))
                .header("Content-Type", "application/activity+json")
                .header(
                        "Signature",
                        "keyId=\"%s#main-key\",headers=\"(request-target) host date digest\",signature=\"%s\""
                                .formatted(actor, base64.encodeToString(new byte[256])))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    @Test
    void aRequestThatIsReplayedDoesNothing() throws Exception {
        stranger.account("ivan");
        Stranger.Sending follow = new Stranger.Sending(stranger.at("/ivan") + "#main-key", follow("ivan", "1"));
        stranger.sends(inbox, follow);
        stranger.sends(inbox, "ivan", stranger.activity("Undo", "ivan", stranger.at("/ivan#u"), follow("ivan", "1")));

        assertThat(stranger.sends(inbox, follow).statusCode()).isEqualTo(202);
        follow.behind = ",x=\"1\"";
        assertThat(stranger.sends(inbox, follow).statusCode()).isEqualTo(202);

        assertThat(followers()).isEqualTo(before);
    }

    @Test
    void whoFollowsAgainMayLeaveAgainUnderTheSameIdentifier() throws Exception {
        stranger.account("judy");
        String undo = stranger.activity("Undo", "judy", stranger.at("/judy#undo"), follow("judy", "1"));
        for (int round = 0; round < 2; round++) {
            Stranger.Sending follow = new Stranger.Sending(stranger.at("/judy") + "#main-key", follow("judy", "1"));
            follow.at = Instant.now().plusSeconds(round);
            stranger.sends(inbox, follow);
            assertThat(followers()).isEqualTo(before + 1);
            Stranger.Sending leave = new Stranger.Sending(stranger.at("/judy") + "#main-key", undo);
            leave.at = Instant.now().plusSeconds(round);
            stranger.sends(inbox, leave);
            assertThat(followers()).isEqualTo(before);
        }
    }

    @Test
    void whatIsTakenBackByItsIdentifierAloneIsTakenBack() throws Exception {
        stranger.account("kim");
        stranger.sends(inbox, "kim", follow("kim", "7"));
        String undo = stranger.activity(
                "Undo",
                "kim",
                stranger.at("/kim#undo"),
                '"' + stranger.at("/kim#follow-7").toString() + '"');

        stranger.sends(inbox, "kim", undo);

        assertThat(followers()).isEqualTo(before);
    }

    @Test
    void withoutAGoodSignatureNothingIsDone() throws Exception {
        Stranger.Sending none = sending(follow("mallory", "1"));
        none.instead.put("Signature", "");
        refused(401, none);

        Stranger.Sending stale = sending(follow("mallory", "2"));
        stale.at = Instant.now().minus(Duration.ofHours(2));
        refused(401, stale);

        Stranger.Sending changed = sending(follow("mallory", "3"));
        changed.signed = follow("mallory", "4").getBytes();
        refused(401, changed);

        Stranger.Sending garbled = sending(follow("mallory", "5"));
        garbled.instead.put("Signature", "keyId=");
        refused(401, garbled);
    }

    @Test
    void whoSignsByMessageSignaturesIsHeardAlike() throws Exception {
        stranger.account("trudy");

        assertThat(stranger.sendsByMessageSignature(inbox, "trudy", follow("trudy", "1"))
                        .statusCode())
                .isEqualTo(202);
        assertThat(followers()).isEqualTo(before + 1);

        before++;
        stranger.changesItsKeys();
        refused(401, stranger.sendsByMessageSignature(inbox, "trudy", follow("trudy", "2")));
        stranger.account("trudy");
        stranger.account("victor");
        assertThat(stranger.sendsByMessageSignature(inbox, "victor", follow("victor", "1"))
                        .statusCode())
                .isEqualTo(202);
        assertThat(followers()).isEqualTo(before + 1);
        String undo = stranger.activity("Undo", "victor", stranger.at("/victor#u"), follow("victor", "1"));
        before++;
        // Nor does anybody speak for another so.
        refused(401, stranger.sendsByMessageSignature(inbox, "trudy", undo));
        assertThat(followers()).isEqualTo(before);
        assertThat(stranger.sendsByMessageSignature(inbox, "victor", undo).statusCode())
                .isEqualTo(202);
        assertThat(followers()).isEqualTo(before - 1);
    }

    @Test
    void whatIsRefusedIsSaidInTheLogOnceForAServerAndAReason() throws Exception {
        Logger log = (Logger) LoggerFactory.getLogger("fr.tambour.fediverse.internal.RefusalLog");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        log.setLevel(Level.INFO);
        try {
            for (int i = 0; i < 5; i++) {
                Stranger.Sending stale = sending(follow("mallory", "9" + i));
                stale.at = Instant.now().minus(Duration.ofHours(2));
                refused(401, stale);
                refused(400, sending("[" + i + "]"));
            }
        } finally {
            log.setLevel(null);
            log.detachAppender(lines);
        }
        String host = stranger.host();
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.contains(host))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("unsigned", "The signature was made at"))
                .anySatisfy(line -> assertThat(line).contains("unreadable"));
    }

    @Test
    void nobodySpeaksForAnother() throws Exception {
        stranger.account("carol");
        stranger.sends(inbox, "carol", follow("carol", "1"));
        before = followers();

        refused(401, sending(stranger.activity("Undo", "carol", stranger.at("/carol#undo"), follow("carol", "1"))));
        refused(
                401,
                sending(stranger.activity(
                        "Delete", "carol", stranger.at("/carol#delete"), "\"" + stranger.at("/carol") + "\"")));
        // Of somebody else, under one's own name: nothing to be done.
        stranger.sends(
                inbox,
                "mallory",
                stranger.activity("Delete", "mallory", stranger.at("/mallory#d"), "\"" + stranger.at("/carol") + "\""));
        assertThat(followers()).isEqualTo(before);
    }

    @Test
    void anAddressThatIsNoneIsRefusedAndNoFaultOfOurs() throws Exception {
        try (Socket socket = new Socket(inbox.getHost(), inbox.getPort())) {
            socket.getOutputStream()
                    .write("""
                            POST /fediverse/inbox?{ HTTP/1.1\r
                            Host: %s\r
                            Content-Type: application/activity+json\r
                            Content-Length: 2\r
                            Connection: close\r
                            \r
                            {}""".formatted(inbox.getRawAuthority()).getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void whatIsNoActivityIsRefused() throws Exception {
        refused(400, sending("[]"));
        refused(400, sending("{\"type\":\"Follow\"}"));
        refused(400, sending("not json"));
        refused(400, sending("{\"a\":".repeat(200) + "1" + "}".repeat(200)));
        refused(400, sending("{\"actor\":\"" + stranger.at("/mallory") + "\",\"type\":\"Follow\",\"type\":\"Undo\"}"));
        refused(
                400,
                sending(stranger.activity(
                        "Follow", "mallory", URI.create("https://elsewhere.example/1"), "\"" + ville + "\"")));
    }

    /** As the protocol's page says, whoever it is from. */
    @Test
    void whatIsNoDeliveryOrPackedOrForNobodyIsRefused() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest.Builder post = HttpRequest.newBuilder(inbox)
                    .header("Accept", FediverseTown.ACTIVITY)
                    .POST(HttpRequest.BodyPublishers.ofString(follow("mallory", "9")));
            HttpResponse<String> read = http.send(
                    HttpRequest.newBuilder(inbox)
                            .header("Accept", FediverseTown.ACTIVITY)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(read.statusCode()).isEqualTo(405);
            assertThat(read.headers().firstValue("allow")).hasValue("POST");
            HttpResponse<String> packed = http.send(
                    post.copy().header("Content-Encoding", "gzip").build(), HttpResponse.BodyHandlers.ofString());
            assertThat(packed.statusCode()).isEqualTo(415);
            assertThat(packed.headers().firstValue("accept-encoding")).hasValue("identity");
            HttpResponse<String> nobody = http.send(
                    post.copy().uri(TOWN.url("/@nobody/inbox")).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(nobody.statusCode()).isEqualTo(404);
            assertThat(nobody.body()).contains("\"code\":\"not-found\"");
        }
    }

    @Test
    void whatIsTooLargeIsRefused() throws Exception {
        refused(413, sending("{\"a\":\"" + "x".repeat(1 << 20) + "\"}"));
    }

    @Test
    void anAccountThatIsItsOwnInboxOrReadsElsewhereIsNone() throws Exception {
        stranger.account("mallory", stranger.at("/mallory"), stranger.at("/mallory"));
        refused(401, sending(follow("mallory", "10")));
    }

    @Test
    void aKeyThatLeadsToAPrivateAddressOrToAnotherHostIsNotAskedFor() throws Exception {
        stranger.answers("/eve", 302);
        Stranger.Sending sending = new Stranger.Sending(stranger.at("/eve") + "#main-key", follow("eve", "1"));
        refused(401, sending);

        Stranger.Sending elsewhere = sending(follow("mallory", "20"));
        elsewhere.keyId = "https://elsewhere.example/key";
        refused(401, elsewhere);
    }

    /** It never will be: nobody is told to come again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.1.2.3/users/x",
                "https://192.168.0.10/users/x",
                "https://169.254.169.254/latest/meta-data",
                "https://[fd00::1]/users/x",
                "https://[::ffff:10.1.2.3]/users/x",
                "http://other.example/users/x"
            })
    void aKeyThatCanNeverBeAskedForIsNotAskedToComeLater(String actor) throws Exception {
        String follow = stranger.activity("Follow", "x", URI.create(actor + "#f"), '"' + ville.toString() + '"')
                .replace(stranger.at("/x").toString(), actor);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(signedByNobody(actor, follow), HttpResponse.BodyHandlers.ofString());

            refused(401, answer);
            assertThat(answer.headers().firstValue("retry-after")).isEmpty();
        }
    }

    /** RFC 9421, appendix B.1.4, and as Fedify writes it by FEP-521a. */
    private static final String ED25519 = "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF";

    private static final String MULTIBASE = "z6Mkh4LmfP1ev9MNPGr7JbEbtD6BD4fsu1duEj83PMCs3xHG";

    private static PrivateKey ed25519() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(ED25519)));
    }

    private String multikey(String id, String controller) {
        return """
                {"@context":"https://w3id.org/security/multikey/v1","id":"%s","type":"Multikey","controller":"%s","publicKeyMultibase":"%s"}
                """.formatted(stranger.at(id), stranger.at(controller), MULTIBASE);
    }

    private void has(String name, String multikeys) {
        String document = stranger.account(name);
        stranger.shows(
                "/" + name,
                document.replace("\"type\":\"Person\"", "\"type\":\"Person\",\"assertionMethod\":" + multikeys));
    }

    private HttpResponse<String> followsByEd25519(String name, String key) throws Exception {
        return stranger.sendsByMessageSignature(inbox, stranger.at(key).toString(), ed25519(), follow(name, "1"));
    }

    @Test
    void whoSignsByAnEd25519KeyOfTheirAccountIsHeard() throws Exception {
        has("ursula", "[" + multikey("/ursula#ed25519-key", "/ursula") + "]");
        assertThat(followsByEd25519("ursula", "/ursula#ed25519-key").statusCode())
                .isEqualTo(202);
        assertThat(followers()).isEqualTo(before + 1);

        // One alone, which stands by itself as well.
        has("walter", multikey("/walter/keys/1", "/walter"));
        stranger.shows("/walter/keys/1", multikey("/walter/keys/1", "/walter"));
        assertThat(followsByEd25519("walter", "/walter/keys/1").statusCode()).isEqualTo(202);
        assertThat(followers()).isEqualTo(before + 2);
    }

    @Test
    void anEd25519KeyThatIsAnothersOrNoneIsNotBelieved() throws Exception {
        has("xaver", "[" + multikey("/xaver#key", "/mallory") + "]");
        refused(401, followsByEd25519("xaver", "/xaver#key"));

        has("yves", "[" + multikey("/yves#key", "/yves").replace("z6Mkh", "z6MkH") + "]");
        refused(401, followsByEd25519("yves", "/yves#key"));

        has("zita", "[" + multikey("/zita#key", "/zita").replace("Multikey", "JsonWebKey") + "]");
        refused(401, followsByEd25519("zita", "/zita#key"));

        // Which leads to an account that does not know it, and to one on another host.
        has("abel", "[]");
        stranger.shows("/abel/keys/1", multikey("/abel/keys/1", "/abel"));
        refused(401, followsByEd25519("abel", "/abel/keys/1"));
        stranger.shows(
                "/abel/keys/2",
                multikey("/abel/keys/2", "/abel")
                        .replace(stranger.at("/abel").toString() + '"', "https://o.example/u\""));
        refused(401, followsByEd25519("abel", "/abel/keys/2"));
    }

    @Test
    void aContextIsNotFetchedWhereverItPoints() throws Exception {
        String contexts = "[\"%s\",{\"@import\":\"%s\"},\"http://169.254.169.254/latest\",\"http://[::1]:1/\"]"
                .formatted(stranger.at("/context"), stranger.at("/imported"));
        String streams = "\"https://www.w3.org/ns/activitystreams\"";
        stranger.shows("/nora", stranger.account("nora").replace(streams, contexts));

        String follow = follow("nora", "1").replace(streams, contexts);
        assertThat(follow).contains("/imported");
        assertThat(stranger.sends(inbox, "nora", follow).statusCode()).isEqualTo(202);

        assertThat(followers()).isEqualTo(before + 1);
        Await.until(() -> !stranger.received().isEmpty());
        assertThat(stranger.asked()).containsOnly("GET /nora", "POST /nora/inbox");
    }

    @Test
    void aKeyThatIsSomebodyElsesOfTheSameServerIsNotTheirs() throws Exception {
        stranger.account("oscar");
        String document = stranger.account("mallory");
        String owner = "\"owner\":\"" + stranger.at("/mallory") + "\"";
        assertThat(document).contains(owner);
        stranger.shows("/mallory", document.replace(owner, "\"owner\":\"" + stranger.at("/oscar") + "\""));

        refused(401, sending(follow("mallory", "30")));

        // Nor does whoever shows another's key, under its name, speak for them.
        stranger.shows(
                "/mallory",
                document.replace(
                        "\"id\":\"" + stranger.at("/mallory") + "#main-key\"",
                        "\"id\":\"" + stranger.at("/oscar") + "#main-key\""));
        Stranger.Sending sending = sending(follow("mallory", "31"));
        sending.keyId = stranger.at("/oscar") + "#main-key";
        refused(401, sending);
    }

    private HttpResponse<String> asks(String name) {
        try {
            return stranger.sends(
                    inbox, new Stranger.Sending(stranger.at("/" + name) + "#main-key", follow(name, "1")));
        } catch (Exception e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** What whoever was not taken was answered. */
    private final Set<String> answers = ConcurrentHashMap.newKeySet();

    /** Why somebody was asked to come again. */
    private final Set<String> whys = ConcurrentHashMap.newKeySet();

    /** All of these, so many at once; who is asked to come again. */
    private List<String> askedToComeAgain(List<String> names) throws Exception {
        List<String> later = new CopyOnWriteArrayList<>();
        try (ExecutorService many = Executors.newFixedThreadPool(AT_ONCE)) {
            for (String name : names) {
                many.execute(() -> {
                    HttpResponse<String> answer = asks(name);
                    if (answer.statusCode() != 202) {
                        JsonNode problem = JsonMapper.shared().readTree(answer.body());
                        answers.add("%d %s, again after %s s"
                                .formatted(
                                        answer.statusCode(),
                                        problem.path("code").asString(),
                                        answer.headers()
                                                .firstValue("retry-after")
                                                .orElse("no")));
                        whys.add(problem.path("detail").asString());
                        later.add(name);
                    }
                });
            }
        }
        assertThat(answers).isSubsetOf("503 fediverse.later, again after 60 s");
        return later;
    }

    private int letters() {
        return count("SELECT COUNT(*) FROM fediverse_letter WHERE host = :host");
    }

    private int count(String sql) {
        return TOWN.server()
                .bean(JdbcClient.class)
                .sql(sql)
                .param("host", stranger.host())
                .query(Integer.class)
                .single();
    }

    /** Such as follow when somebody much followed moves here: their server, to which much is to be said, says nothing for a while. */
    @Test
    void ofAThousandWhoFollowAtOnceNobodyIsTakenWhoCouldNotBeToldAndTheOthersOnceTheyCan() throws Exception {
        List<String> names =
                IntStream.range(0, 1_000).mapToObj(i -> "crowd" + i).toList();
        names.forEach(name -> {
            stranger.account(name);
            stranger.answers("/" + name + "/inbox", 503);
        });
        TOWN.lettersWait(stranger, 700);
        Logger log = (Logger) LoggerFactory.getLogger("fr.tambour.fediverse.internal");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        log.setLevel(Level.INFO);
        List<String> later;
        try {
            later = askedToComeAgain(names);
            assertThat(TOWN.get("/", "text/html").statusCode()).isEqualTo(200);
        } finally {
            log.setLevel(null);
            log.detachAppender(lines);
        }

        assertThat(letters()).isEqualTo(1_000);
        assertThat(later).hasSize(700);
        assertThat(followers()).isEqualTo(before + 300);
        assertThat(count("SELECT COUNT(*) FROM fediverse_follower WHERE remote LIKE 'http://' || :host || '/crowd%'"))
                .isEqualTo(300);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.contains(stranger.host()) && line.contains("later"))
                .as("said once")
                .hasSize(1);
        assertThat(whys).contains("Too many answers wait for their server");

        names.forEach(name -> stranger.answers("/" + name + "/inbox", 202));
        TOWN.lettersAreGone(stranger);
        stranger.received().clear();
        // Whatever was put off is due.
        TOWN.server().clock().go(Duration.ofMinutes(30));
        List<String> again = later.subList(0, 100);
        while (!again.isEmpty()) {
            again = askedToComeAgain(again);
        }

        assertThat(followers()).isEqualTo(before + 400);
        Await.until(() -> letters() == 0);
        assertThat(stranger.received().stream()
                        .filter(body -> body.contains("\"Accept\""))
                        .map(body -> JsonMapper.shared()
                                .readTree(body)
                                .path("object")
                                .path("id")
                                .asString())
                        .distinct())
                .as("whoever follows is told so")
                .hasSize(400);
        Map<String, String> crowd = Map.of("crowd", stranger.at("/crowd") + "%");
        TOWN.written("DELETE FROM fediverse_follower WHERE town_id = :town AND remote LIKE :crowd", crowd);
        TOWN.written("UPDATE fediverse_inbox SET left_at = 0 WHERE town_id = :town AND address LIKE :crowd", crowd);
    }

    @Test
    void whatConcernsNobodyAsksNobody() throws Exception {
        String like = stranger.activity("Like", "lola", stranger.at("/lola#1"), '"' + ville.toString() + '"');
        String end = stranger.activity("Delete", "lola", stranger.at("/lola#2"), "\"" + stranger.at("/lola") + "\"");

        assertThat(stranger.sends(inbox, "lola", like).statusCode()).isEqualTo(202);
        assertThat(stranger.sends(inbox, "lola", end).statusCode()).isEqualTo(202);

        assertThat(stranger.asked()).isEmpty();
    }

    @Test
    void changedKeysAreAskedForOnceMore() throws Exception {
        stranger.account("dave");
        stranger.sends(inbox, "dave", follow("dave", "1"));
        stranger.changesItsKeys();
        stranger.account("dave");

        assertThat(stranger.sends(
                                inbox,
                                "dave",
                                stranger.activity("Undo", "dave", stranger.at("/dave#u"), follow("dave", "1")))
                        .statusCode())
                .isEqualTo(202);
        assertThat(followers()).isEqualTo(before);
        assertThat(stranger.asked().stream().filter("GET /dave"::equals)).hasSize(2);
    }

    @Test
    void whoIsGoneFollowsNoMore() throws Exception {
        stranger.account("frank");
        stranger.sends(inbox, "frank", follow("frank", "1"));
        stranger.changesItsKeys();
        stranger.answers("/frank", 410);

        assertThat(stranger.sends(
                                inbox,
                                "frank",
                                stranger.activity(
                                        "Delete",
                                        "frank",
                                        stranger.at("/frank#d"),
                                        "\"" + stranger.at("/frank") + "\""))
                        .statusCode())
                .isEqualTo(202);
        assertThat(followers()).isEqualTo(before);
    }

    /** The key of somebody else who is gone, or an address that leads to one, says nothing of who is meant. */
    @Test
    void nobodyIsSaidToBeGoneByTheKeyOfAnotherWhoIs() throws Exception {
        stranger.account("heidi");
        stranger.sends(inbox, "heidi", follow("heidi", "1"));
        before = followers();
        stranger.answers("/somebody", 410);
        String gone =
                stranger.activity("Delete", "heidi", stranger.at("/heidi#d"), "\"" + stranger.at("/heidi") + "\"");
        refused(401, new Stranger.Sending(stranger.at("/somebody") + "#main-key", gone));

        // Where keys stand by themselves, they go with who has them.
        stranger.answers("/heidi/main-key", 410);
        refused(401, new Stranger.Sending(stranger.at("/heidi/main-key").toString(), gone));
    }

    @Test
    void anInboxThatIsGoneIsForgotten() throws Exception {
        stranger.account("grace");
        stranger.sends(inbox, "grace", follow("grace", "1"));
        Await.until(() -> !stranger.received().isEmpty());
        stranger.answers("/grace/inbox", 410);

        NoticeId notice = TOWN.publishes("Le bal", "Samedi.");

        Await.until(() -> followers() == before);
        assertThat(notice.value()).isPositive();
    }

    private String moved(String from, String to) {
        return """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"%1$s#move","type":"Move","actor":"%1$s","object":"%1$s","target":"%2$s"}
                """.formatted(stranger.at("/" + from), stranger.at("/" + to));
    }

    private void isAlso(String name, String other) {
        String document = stranger.account(name);
        stranger.shows(
                "/" + name,
                document.replace(
                        "\"type\":\"Person\"",
                        "\"type\":\"Person\",\"alsoKnownAs\":[\"" + stranger.at("/" + other) + "\"]"));
    }

    private boolean follows(String name) {
        return TOWN.server()
                        .bean(JdbcClient.class)
                        .sql("SELECT COUNT(*) FROM fediverse_follower WHERE remote = :remote")
                        .param("remote", stranger.at("/" + name).toString())
                        .query(Long.class)
                        .single()
                == 1;
    }

    @Test
    void whoMovesIsToldWhereTheyAreIfTheyAreTheSameThereAndOnce() throws Exception {
        stranger.account("olga");
        stranger.sends(inbox, "olga", follow("olga", "1"));
        isAlso("olga2", "olga");

        assertThat(stranger.sends(inbox, "olga", moved("olga", "olga2")).statusCode())
                .isEqualTo(202);

        Await.until(() -> follows("olga2"));
        NoticeId notice = TOWN.publishes("Le marché", "Mardi.");
        Await.until(() -> stranger.asked().contains("POST /olga2/inbox"));
        assertThat(notice.value()).isPositive();
        assertThat(followers()).isEqualTo(before + 1);
        assertThat(stranger.sends(
                                inbox,
                                "olga2",
                                stranger.activity("Undo", "olga2", stranger.at("/olga2#u"), follow("olga2", "1")))
                        .statusCode())
                .isEqualTo(202);
        assertThat(followers()).isEqualTo(before);
    }

    private String updated(String name, String inbox) {
        return stranger.activity("Update", name, stranger.at("/" + name + "#update"), """
                {"id":"%s","type":"Person","inbox":"%s"}""".formatted(
                        stranger.at("/" + name), stranger.at(inbox)));
    }

    @Test
    void whoseServerReadsElsewhereIsToldThereAsItSaysItself() throws Exception {
        stranger.account("rosa");
        stranger.sends(inbox, "rosa", follow("rosa", "1"));
        Await.until(() -> stranger.asked().contains("POST /rosa/inbox"));
        stranger.account("rosa", stranger.at("/rosa"), stranger.at("/rosa/neuf"));

        assertThat(stranger.sends(inbox, "rosa", updated("rosa", "/mallory/inbox"))
                        .statusCode())
                .isEqualTo(202);
        stranger.asked().clear();
        TOWN.publishes("La braderie", "Dimanche.");

        Await.until(() -> stranger.asked().contains("POST /rosa/neuf"));
        assertThat(stranger.asked()).doesNotContain("POST /rosa/inbox", "POST /mallory/inbox");
        assertThat(followers()).isEqualTo(before + 1);
    }

    @Test
    void whoseServerDoesNotAnswerIsAskedToSayItAgainAndWhoDoesNotFollowIsNotAsked() throws Exception {
        stranger.account("sara");
        stranger.sends(inbox, "sara", follow("sara", "1"));
        before = followers();
        stranger.answers("/sara", 500);
        refused(503, stranger.sends(inbox, "sara", updated("sara", "/sara/inbox")));

        stranger.account("tom");
        stranger.asked().clear();
        assertThat(stranger.sends(inbox, "tom", updated("tom", "/tom/inbox")).statusCode())
                .isEqualTo(202);
        assertThat(stranger.asked()).isEmpty();
    }

    @Test
    void nobodyIsMovedToAnAccountThatDoesNotSaySo() throws Exception {
        stranger.account("peter");
        stranger.sends(inbox, "peter", follow("peter", "1"));
        stranger.account("victim");
        isAlso("other", "somebody");
        stranger.answers("/gone", 410);

        for (String target : new String[] {"victim", "other", "gone"}) {
            stranger.sends(inbox, "peter", moved("peter", target));
            Await.until(() -> stranger.asked().contains("GET /" + target));
        }
        // In somebody else's name.
        stranger.sends(
                inbox,
                "mallory",
                moved("peter", "mallory")
                        .replace("\"actor\":\"" + stranger.at("/peter"), "\"actor\":\"" + stranger.at("/mallory")));
        TOWN.publishes("Le marché", "Mardi.");

        Await.until(() -> stranger.asked().contains("POST /peter/inbox"));
        assertThat(stranger.asked().stream().filter(asked -> asked.startsWith("POST")))
                .allMatch("POST /peter/inbox"::equals);
    }
}
