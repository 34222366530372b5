package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.tambour.dispatch.Choices;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Await;
import fr.tambour.testing.DataFolder;
import fr.tambour.testing.TambourServer;
import fr.tambour.testing.TestClock;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The worker in the whole application, over phones that were there before it started. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyPreparerTest {

    private static final int PHONES = 30;
    private static final Choices ALL = new Choices(Set.of(), Set.of(), Set.of(), null, "fr", false);

    private final List<PushEndpoint> known = new ArrayList<>();
    private TambourServer server;
    private Town town;

    @BeforeAll
    void start() {
        DataFolder folder;
        try (TambourServer before = TambourServer.start(Dialect.SQLITE, "--tambour.timer.enabled=false")) {
            folder = before.folder();
            town = written(
                    before,
                    () -> before.bean(Towns.class)
                            .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false));
            for (int key = 1; key <= PHONES; key++) {
                known.add(add(before, key));
                long active = key;
                written(before, () -> {
                    before.bean(Phones.class)
                            .activate(
                                    town.id(),
                                    active,
                                    before.bean(EndpointNames.class).ofToken("token"),
                                    TestClock.START,
                                    TestClock.START,
                                    YearMonth.of(2026, 11));
                    return true;
                });
            }
            assertThat(before.bean(PreparedKeys.class).count()).isZero();
        }
        server = TambourServer.start(folder, TambourServer.LOCAL_PORT);
    }

    @AfterAll
    void stop() {
        server.close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("phone-keys")));
    }

    private PushEndpoint add(TambourServer on, long key) {
        String address = "https://push.example/" + key;
        PushEndpoint endpoint = TestKeys.endpoint(address, (int) key);
        EndpointNames names = on.bean(EndpointNames.class);
        return written(on, () -> {
            on.bean(Phones.class)
                    .add(
                            town.id(),
                            new Phone(key, "push.example", endpoint, "fr"),
                            names.of(address),
                            false,
                            ALL,
                            names.ofToken("token"),
                            TestClock.START);
            return endpoint;
        });
    }

    private static <T> T written(TambourServer server, Supplier<T> change) {
        return Objects.requireNonNull(
                new TransactionTemplate(server.bean(PlatformTransactionManager.class)).execute(status -> change.get()));
    }

    private PreparedKeys prepared() {
        return server.bean(PreparedKeys.class);
    }

    private int ready(PushEndpoint device) {
        return PreparedKeys.DEEP - prepared().lacking(device, 1);
    }

    private void awaitAllReady() {
        await().atMost(Await.PATIENCE)
                .until(() -> known.stream().allMatch(device -> ready(device) == PreparedKeys.DEEP));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.managementPort() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void afterAStartTwoAreReadyForEachPhoneAndTheMetricSaysSo() throws Exception {
        awaitAllReady();

        assertThat(get("/actuator/prometheus").body())
                .containsPattern("(?m)^tambour_phones_prepared_keys [0-9.]+$")
                .containsPattern("(?m)^tambour_phones_prepared_devices [0-9.]+$")
                .containsPattern("(?m)^tambour_outbound_under_way_requests 0.0$");
    }

    @Test
    void whatWasUsedIsMadeAgainSoon() {
        awaitAllReady();
        PushEndpoint device = known.get(3);
        prepared().take(device);
        prepared().take(device);

        server.bean(Unprepared.class).add(device);

        awaitAllReady();
    }

    @Test
    void afterManyWereToldAllAreGoneThrough() {
        awaitAllReady();
        known.forEach(device -> prepared().take(device));
        Unprepared unprepared = server.bean(Unprepared.class);
        PushEndpoint stranger = TestKeys.endpoint("https://push.example/stranger", 99);

        for (int i = 0; i < 3 * Unprepared.MOST; i++) {
            unprepared.add(stranger);
        }

        awaitAllReady();
    }

    @Test
    void aPhoneIsMadeReadyForAsSoonAsItHasGivenBackItsToken() {
        PushEndpoint fresh = add(server, 1_000);
        assertThat(ready(fresh)).isZero();

        server.bean(Subscriptions.class).confirm(town, fresh.address().toString(), "token");

        await().atMost(Await.PATIENCE).until(() -> ready(fresh) == PreparedKeys.DEEP);
    }

    @Test
    void nothingOfAKeyIsInTheDataFolderOrToBeHadFromOutside() throws Exception {
        awaitAllReady();
        Agreement one = prepared().take(known.get(7)).orElseThrow();
        byte[] parts = one.use();
        byte[] key = Arrays.copyOfRange(parts, Agreement.HEADER, Agreement.HEADER + Agreement.KEY);
        server.bean(Unprepared.class).add(known.get(7));

        for (byte[] secret : List.of(one.ours(), key)) {
            List<String> forms = List.of(
                    new String(secret, StandardCharsets.ISO_8859_1),
                    HexFormat.of().formatHex(secret),
                    Base64.getEncoder().withoutPadding().encodeToString(secret),
                    Base64Url.of(secret));
            try (Stream<Path> files = Files.walk(server.folder().path())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(forms);
                }
            }
        }
        for (String path : List.of("/actuator/heapdump", "/actuator/threaddump", "/actuator/env")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(Files.readString(Path.of("src/distribution/bin/tambour"))).doesNotContain("HeapDump");
    }

    @Test
    void healthSaysWhoEncrypts() throws Exception {
        JsonNode cryptography =
                JsonMapper.shared().readTree(get("/actuator/health").body()).at("/components/cryptography");

        assertThat(cryptography.get("status").asString()).isEqualTo("UP");
        assertThat(cryptography.at("/details/provider").asString())
                .isEqualTo(server.bean(PushTools.class).algorithms().name());
        assertThat(cryptography.at("/details/native").isBoolean()).isTrue();
    }
}
