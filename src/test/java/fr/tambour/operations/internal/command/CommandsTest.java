package fr.tambour.operations.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.TambourApplication;
import fr.tambour.operations.RecoveryKey;
import fr.tambour.people.People;
import fr.tambour.people.Role;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.testing.DataFolder;
import fr.tambour.testing.Engines;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Commands beside a running instance, and without one. */
class CommandsTest {

    private final DataFolder folder = Engines.folder(Dialect.SQLITE);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicInteger standIns = new AtomicInteger();
    private @Nullable String setting;

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
        err.reset();
        assertThat(run(nowhere, Locale.FRENCH, "bakcup", "file")).isEqualTo(OperatorCommand.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("«\u00a0tambour\u00a0» ne connaît pas «\u00a0bakcup\u00a0».")
                .contains("backup")
                .doesNotContain("TAMBOUR_DATA");
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
    void aBackupThatCannotBeBegunSaysWhyWhetherTambourRunsOrNot() throws IOException {
        Path there = Files.createFile(folder.path().resolve("backup.age"));
        Path nowhere = folder.path().resolve("no-such-folder");
        try (TambourServer tambour = TambourServer.start(folder, TambourServer.LOCAL_PORT)) {
            new TransactionTemplate(tambour.bean(PlatformTransactionManager.class))
                    .executeWithoutResult(status -> tambour.bean(Towns.class)
                            .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false));
            RecoveryKey key = tambour.bean(RecoveryKey.class);
            key.confirm(key.create());
            saysWhyThereIsNoBackup(there, nowhere);
        }
        assertThat(standIns).hasValue(0);
        saysWhyThereIsNoBackup(there, nowhere);
        assertThat(there).isEmptyFile();
    }

    private void saysWhyThereIsNoBackup(Path there, Path nowhere) {
        err.reset();
        assertThat(run(Locale.FRENCH, "backup", there.toString())).isEqualTo(OperatorCommand.REFUSED);
        assertThat(run(Locale.FRENCH, "backup", nowhere.resolve("backup.age").toString()))
                .isEqualTo(OperatorCommand.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        %s existe déjà : choisissez un autre nom.
                        Le dossier %s n’existe pas : créez-le, ou choisissez-en un autre.
                        """.formatted(there, nowhere));
    }

    @Test
    void aRestoreWithoutItsKeyFileChangesNothingAndSaysSo() throws IOException {
        DataFolder empty = Engines.empty(Dialect.SQLITE);
        Path archive = Files.createFile(folder.path().resolve("archive.age"));
        Path key = folder.path().resolve("no-such-key");
        assertThat(run(empty.path(), Locale.ENGLISH, "restore", archive.toString(), "--key-file", key.toString()))
                .isEqualTo(OperatorCommand.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("The file %s does not exist or cannot be read. Nothing was changed.\n".formatted(key));
    }

    @Test
    void aSettingThatIsNoAddressIsToldInTheOperatorsLanguage() {
        run(Locale.ENGLISH, "audit", "verify");
        setting = "--tambour.database.url=postgresql://u:s3c@ret@db/notices";
        assertThat(run(Locale.FRENCH, "audit", "verify")).isEqualTo(OperatorCommand.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "TAMBOUR_DATABASE_URL doit s’écrire postgresql://USER:PASSWORD@HOST:PORT/DATABASE, et les caractères"
                                + " spéciaux de l’utilisateur et du mot de passe en %XX (@ devient %40, / %2F, % %25).\n");
    }

    @Test
    void aTokensRightsAreThoseThereAreAndThosePeopleHave() {
        try (TambourServer tambour = TambourServer.start(folder, TambourServer.LOCAL_PORT)) {
            new TransactionTemplate(tambour.bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
                Town town = tambour.bean(Towns.class)
                        .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false);
                tambour.bean(People.class)
                        .create(
                                town.id(),
                                "lou@clairval.example",
                                "Lou Martin",
                                "le tambour bat au marché",
                                "fr",
                                Set.of(Role.AUTHOR));
            });
            assertThat(run(Locale.FRENCH, "token", "clairval", "lou@clairval.example", "--right", "notices:fly"))
                    .isEqualTo(OperatorCommand.REFUSED);
            assertThat(run(Locale.FRENCH, "token", "clairval", "lou@clairval.example", "--right", "people:manage"))
                    .isEqualTo(OperatorCommand.REFUSED);
        }
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        unknown -> assertThat(unknown)
                                .startsWith("Il n’y a pas de droit notices:fly. Les droits : ")
                                .contains("notices:write", "people:manage"),
                        lacking -> assertThat(lacking)
                                .startsWith("Lou Martin n’a pas ce droit : people:manage. Les siens : ")
                                .contains("notices:write"));
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
                .run(Stream.concat(Stream.of(arguments), Stream.ofNullable(setting))
                        .toArray(String[]::new));
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
