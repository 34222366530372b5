package fr.tambour.operations.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.TambourApplication;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.testing.DataFolder;
import fr.tambour.testing.Engines;
import fr.tambour.testing.TambourServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Commands beside a running instance, and without one. */
class CommandsTest {

    private final DataFolder folder = Engines.folder(Dialect.SQLITE);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicInteger standIns = new AtomicInteger();

    @Test
    void theRunningInstanceAnswers() {
        try (TambourServer tambour = TambourServer.start(folder, TambourServer.LOCAL_PORT)) {
            assertThat(tambour.port()).isPositive();
            assertThat(run(Locale.FRENCH, "audit", "verify")).isZero();
        }
        assertThat(standIns).hasValue(0);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Le journal est intact");
    }

    @Test
    void aFolderWithoutTambourIsToldAndStaysAsItIs() throws IOException {
        Path nowhere = Engines.empty(Dialect.SQLITE).path().resolve("data");
        for (String[] command :
                new String[][] {{"backup", "file"}, {"doctor"}, {"town", "list"}, {"audit", "verify"}}) {
            assertThat(run(nowhere, Locale.FRENCH, command)).isEqualTo(OperatorCommand.REFUSED);
        }
        assertThat(standIns).hasValue(0);
        assertThat(nowhere).doesNotExist();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(nowhere.toString())
                .contains("TAMBOUR_DATA");
        assertThat(run(nowhere, Locale.FRENCH, "backup", "--help")).isZero();
    }

    @Test
    void aBackupOfNoTownIsNone() throws IOException {
        Path archive = folder.path().resolveSibling(folder.path().getFileName() + ".age");
        run(Locale.FRENCH, "audit", "verify");
        assertThat(run(Locale.FRENCH, "backup", archive.toString())).isEqualTo(OperatorCommand.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("pas encore de collectivité");
        assertThat(archive).doesNotExist();
    }

    @Test
    void withoutOneTheDataIsOpenedHere() {
        assertThat(run(Locale.ENGLISH, "audit", "verify")).isZero();
        assertThat(standIns).hasValue(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("The journal is intact");
    }

    @Test
    void aDoorLeftByAKilledInstanceDoesNotMatter() throws IOException {
        new LocalDoor(1, "left behind", 1).write(folder.path());
        run(Locale.ENGLISH, "audit", "verify");
        assertThat(standIns).hasValue(1);
    }

    @Test
    void nobodyOpensTheDataBesideARunningInstanceThatCannotBeReached() throws IOException {
        try (TambourServer tambour = TambourServer.start(folder, TambourServer.LOCAL_PORT)) {
            Files.delete(LocalDoor.file(folder.path()));
            assertThat(run(Locale.ENGLISH, "audit", "verify")).isEqualTo(OperatorCommand.REFUSED);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("process " + ProcessHandle.current().pid())
                    .contains("TAMBOUR_DATA");
            assertThat(tambour.bean(InstanceFacts.class).get("keys.check")).isPresent();
        }
    }

    @Test
    void theDoorIsForTheOwnerOfTheDataFolderAlone() throws Exception {
        try (TambourServer tambour = TambourServer.start(folder, TambourServer.LOCAL_PORT)) {
            assertThat(Files.getPosixFilePermissions(LocalDoor.file(folder.path())))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            for (String shown : new String[] {"", "Bearer ", "Bearer guessed", "Basic Zm9v"}) {
                assertThat(post(tambour.managementPort(), shown, "{}"))
                        .as(shown)
                        .isEqualTo(401);
            }
            String secret =
                    "Bearer " + LocalDoor.read(folder.path()).orElseThrow().secret();
            assertThat(post(tambour.managementPort(), secret, "no JSON")).isEqualTo(400);
            assertThat(post(tambour.managementPort(), secret, "[".repeat(70_000)))
                    .isEqualTo(413);
            assertThat(post(tambour.port(), secret, "{\"arguments\":[\"help\"],\"language\":\"fr\",\"secret\":\"\"}"))
                    .as("the public port knows no commands")
                    .isNotEqualTo(200);
        }
        assertThat(LocalDoor.file(folder.path())).doesNotExist();
    }

    @Test
    void whatIsNotUnderstoodIsToldWithTheUsage() {
        try (TambourServer tambour = TambourServer.start(folder, TambourServer.LOCAL_PORT)) {
            assertThat(tambour.port()).isPositive();
            assertThat(run(Locale.FRENCH, "drum")).isEqualTo(OperatorCommand.REFUSED);
            assertThat(run(Locale.FRENCH, "audit", "verify", "--all")).isEqualTo(OperatorCommand.REFUSED);
            assertThat(run(Locale.FRENCH, "audit")).isEqualTo(OperatorCommand.REFUSED);
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("«\u00a0tambour\u00a0» ne connaît pas «\u00a0drum\u00a0».")
                .contains("«\u00a0tambour audit verify\u00a0» ne connaît pas «\u00a0--all\u00a0».")
                .contains("Commandes\u00a0:")
                .doesNotContain("Unmatched", "Commands:");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("verify");
    }

    @Test
    void helpNeedsNothing() {
        assertThat(run(Locale.FRENCH, "help")).isZero();
        assertThat(standIns).hasValue(0);
    }

    @Test
    void aFolderIsOneInstancesAtATime() {
        try (TambourServer first = TambourServer.start(folder, TambourServer.LOCAL_PORT)) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(() -> TambourServer.start(folder).close())
                    .hasRootCauseMessage(
                            "Another Tambour (process %d) works on the data folder %s: stop it, or choose another folder with TAMBOUR_DATA."
                                    .formatted(ProcessHandle.current().pid(), folder.path()));
        }
        try (TambourServer again = TambourServer.start(folder, TambourServer.LOCAL_PORT)) {
            assertThat(again.port()).isPositive();
        }
    }

    private int run(Locale locale, String... arguments) {
        return run(folder.path(), locale, arguments);
    }

    private int run(Path data, Locale locale, String... arguments) {
        TerminalConsole console = new TerminalConsole(
                locale,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> "");
        return new CommandClient(data, Duration.ofSeconds(1), locale, console, this::standIn).run(arguments);
    }

    private ConfigurableApplicationContext standIn(String... arguments) {
        standIns.incrementAndGet();
        return new SpringApplicationBuilder(TambourApplication.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .logStartupInfo(false)
                .run(arguments);
    }

    private static int post(int port, String authorization, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/commands"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
