package fr.tambour.operations.internal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.operations.internal.InstanceNumber;
import fr.tambour.operations.internal.command.OperatorCommand;
import fr.tambour.operations.internal.command.Typed;
import fr.tambour.operations.internal.doctor.Check.Finding;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.testing.DataFolder;
import fr.tambour.testing.Engines;
import fr.tambour.testing.Pem;
import fr.tambour.testing.TambourServer;
import fr.tambour.testing.TestClock;
import fr.tambour.town.Profile;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Each thing that can be wrong is made wrong, and the doctor says so and what to do. */
class DoctorTest {

    @TempDir
    private Path folder;

    private static Typed visit(DataFolder data) {
        return Typed.on(data, "doctor");
    }

    private static <T> T write(TambourServer tambour, Supplier<T> work) {
        return new TransactionTemplate(tambour.bean(PlatformTransactionManager.class)).execute(status -> work.get());
    }

    private static Town town(TambourServer tambour, String name, String code, String baseUrl) {
        Profile profile = TestTowns.profile(name, name.toLowerCase(Locale.ROOT) + ".example");
        Profile at = new Profile(
                profile.name(),
                profile.style(),
                profile.postalCode(),
                profile.population(),
                URI.create(baseUrl),
                profile.hosts(),
                profile.languages(),
                profile.zone(),
                profile.colours(),
                profile.arms(),
                profile.director(),
                profile.contact());
        return write(
                tambour,
                () -> tambour.bean(Towns.class)
                        .add(new Town.Origin(TestTowns.CLAIRVAL.type(), code, "91", "Essonne"), at, false));
    }

    // --- While it runs ---

    @Test
    void addressesAreAskedAndTheSilentOneIsNamed() {
        DataFolder data = Engines.folder(Dialect.SQLITE);
        try (TambourServer tambour = TambourServer.start(data, TambourServer.LOCAL_PORT)) {
            town(tambour, "Clairval", "91999", "http://localhost:" + tambour.port());
            town(tambour, "Orval", "91998", "http://127.0.0.1:9");
            town(tambour, "Vezin", "91997", "http://vezin.localhost:" + tambour.port());
            Typed visit = visit(data);
            assertThat(visit.text())
                    .contains("well     Ville de Clairval answers at http://localhost:" + tambour.port())
                    .contains("WRONG    Ville d’Orval does not answer at http://127.0.0.1:9")
                    .contains("firewall")
                    .contains("advice   Ville de Vezin can be read from this machine alone");
            assertThat(visit.status()).isEqualTo(OperatorCommand.FOUND_SOMETHING);
        }
    }

    @Test
    void whereAnotherInstallationAnswersInThePlaceOfThisOneThatIsSaid() {
        DataFolder data = Engines.folder(Dialect.SQLITE);
        try (TambourServer original = TambourServer.start(Dialect.SQLITE);
                TambourServer copy = TambourServer.start(data, TambourServer.LOCAL_PORT)) {
            town(original, "Clairval", "91999", "http://localhost:" + original.port());
            town(copy, "Clairval", "91999", "http://localhost:" + original.port());
            assertThat(visit(data).text())
                    .contains("WRONG    Ville de Clairval: what answers at http://localhost:" + original.port()
                            + " is another installation")
                    .doesNotContain("Ville de Clairval answers at");
        }
    }

    @Test
    void aCertificateThatEndsSoonHasEndedOrIsForAnotherName() {
        Pem pem = Pem.forHost("localhost", folder);
        try (TambourServer tambour = TambourServer.start(
                Dialect.SQLITE, "--tambour.tls.certificate=" + pem.certificate(), "--tambour.tls.key=" + pem.key())) {
            Check check = tambour.bean(CertificateCheck.class);
            Instant made = Instant.now();
            tambour.clock().moveTo(made);
            assertThat(check.look()).extracting(Finding::key).containsExactly("tls");
            tambour.clock().moveTo(made.plus(Duration.ofDays(20)));
            assertThat(check.look()).extracting(Finding::key).containsExactly("tls-expires");
            tambour.clock().moveTo(made.plus(Duration.ofDays(31)));
            assertThat(check.look()).extracting(Finding::key).containsExactly("tls-expired");
            tambour.clock().moveTo(made.minus(Duration.ofDays(2)));
            assertThat(check.look()).extracting(Finding::key).containsExactly("tls-not-yet");
            tambour.clock().moveTo(made);
            town(tambour, "Clairval", "91999", "https://avis.clairval.example");
            assertThat(check.look()).extracting(Finding::key).containsExactly("tls", "tls-other-name");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "avis.clairval.example, avis.clairval.example, true",
        "*.clairval.example, avis.clairval.example, true",
        "*.clairval.example, clairval.example, false",
        "*.clairval.example, a.avis.clairval.example, false",
        "clairval.example, avis.clairval.example, false"
    })
    void aStarInACertificateStandsForOneLabel(String name, String host, boolean covers) {
        assertThat(CertificateCheck.covers(name, host)).isEqualTo(covers);
    }

    @Test
    void secretsThatOthersCanReadACutJournalACopyAndAPausedTown() throws Exception {
        DataFolder data = Engines.folder(Dialect.SQLITE);
        try (TambourServer tambour = TambourServer.start(data, TambourServer.LOCAL_PORT)) {
            Town clairval = town(tambour, "Clairval", "91999", "http://localhost:" + tambour.port());
            for (String entry : List.of("one", "two", "three")) {
                write(tambour, () -> {
                    tambour.bean(Audit.class)
                            .record(new AuditEntry(clairval.id().value(), 0, "operations.resumed", entry));
                    return entry;
                });
            }
            assertThat(visit(data).text()).contains("The journal is intact").contains("Original installation");

            Files.setPosixFilePermissions(
                    data.path().resolve("master.key"), PosixFilePermissions.fromString("rw-r--r--"));
            write(tambour, () -> {
                tambour.bean(InstanceNumber.class).becomeCopyOf("42", Instant.parse("2026-11-20T10:00:00Z"));
                tambour.bean(InstanceFacts.class).pause(clairval.id().value(), Instant.parse("2026-11-20T10:00:00Z"));
                return tambour.bean(JdbcClient.class)
                        .sql("DELETE FROM audit_entry WHERE number = (SELECT MAX(number) FROM audit_entry)")
                        .update();
            });
            Typed visit = visit(data);
            assertThat(visit.status()).isEqualTo(OperatorCommand.FOUND_SOMETHING);
            assertThat(visit.text())
                    .contains("master.key: “chmod 600” this file")
                    .contains("of installation 42")
                    .contains("stop one of them if both run")
                    .contains("Timed publishing of Ville de Clairval is paused since")
                    .contains("WRONG    The journal was changed");
        }
    }

    // --- The machine ---

    @Test
    void aDiskThatIsNearlyFullAndAClockThatIsBehind() {
        TestClock clock = new TestClock();
        assertThat(keys(machine(folder, clock, 1))).contains("disk", "clock").doesNotContain("clock-behind");
        assertThat(keys(machine(folder, clock, Long.MAX_VALUE))).contains("disk-nearly-full");
        Clock flat = Clock.fixed(Instant.parse("1970-01-02T00:00:00Z"), ZoneOffset.UTC);
        assertThat(keys(machine(folder, flat, 1))).contains("clock-behind");
        assertThat(keys(machine(folder.resolve("nowhere"), clock, 1))).contains("data-folder-not-writable");
    }

    private static MachineCheck machine(Path data, Clock clock, long needed) {
        return new MachineCheck(data, "true", clock, () -> Duration.ZERO, InstantSource.system(), needed);
    }

    @Test
    void aMachineWhoseClockIsApartFromTheDatabasesIsToldSoAndWhichWay() {
        assertThat(apart(Duration.ofSeconds(10_800), Duration.ZERO).look())
                .contains(Finding.advice("clock-ahead-of-database", 10_800L));
        assertThat(apart(Duration.ofSeconds(-11), Duration.ZERO).look())
                .contains(Finding.advice("clock-behind-database", 11L));
        assertThat(apart(Duration.ofMillis(10_700), Duration.ZERO).look())
                .as("as the log says it")
                .contains(Finding.advice("clock-ahead-of-database", 11L));
        assertThat(keys(apart(Duration.ofSeconds(-9), Duration.ZERO))).contains("clock");
    }

    @Test
    void aMachineWhoseClockIsApartFromTheDatabasesAndFromItsDisksIsToldBoth() {
        Duration hours = Duration.ofHours(3);
        assertThat(keys(apart(hours, Duration.ZERO))).doesNotContain("clock", "clock-differs");
        assertThat(keys(apart(hours, hours))).contains("clock-ahead-of-database", "clock-differs");
    }

    private MachineCheck apart(Duration fromDatabase, Duration fromDisk) {
        InstantSource system = InstantSource.system();
        return new MachineCheck(
                folder, "true", new TestClock(), () -> fromDatabase, InstantSource.offset(system, fromDisk), 1);
    }

    private static List<String> keys(Check check) {
        return check.look().stream().map(Finding::key).toList();
    }

    // --- Where it cannot even be opened ---

    @Test
    void aMasterKeyThatOthersCanReadKeepsItShutAndTheDoctorSaysHowToOpen() throws Exception {
        DataFolder data = Engines.folder(Dialect.SQLITE);
        TambourServer.start(data).close();
        Path key = data.path().resolve("master.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Typed visit = visit(data);
        assertThat(visit.status()).isEqualTo(OperatorCommand.FOUND_SOMETHING);
        assertThat(visit.text()).contains("WRONG    Tambour cannot start: ").contains("chmod 600 " + key);
        assertThat(visit.text()).contains("Java 25").doesNotContain("Exception");
    }

    @Test
    void aDatabaseThatDoesNotAnswer() {
        DataFolder data = new DataFolder(
                Dialect.POSTGRESQL,
                Engines.folder(Dialect.SQLITE).path(),
                "postgresql://tambour:secret@127.0.0.1:9/tambour");
        Typed visit = visit(data);
        assertThat(visit.status()).isEqualTo(OperatorCommand.FOUND_SOMETHING);
        assertThat(visit.text())
                .contains("WRONG    The database cannot be opened")
                .contains("TAMBOUR_DATABASE_URL")
                .doesNotContain("secret");
    }

    @Test
    void aFileThatIsNoDatabase() throws Exception {
        DataFolder data = Engines.folder(Dialect.SQLITE);
        Files.writeString(data.path().resolve("tambour.db"), "This is no database, whatever its name says.".repeat(99));
        Typed visit = visit(data);
        assertThat(visit.status()).isEqualTo(OperatorCommand.FOUND_SOMETHING);
        assertThat(visit.text())
                .contains("WRONG    The database cannot be opened")
                .contains("not a database");
    }

    @Test
    void whatWasFoundIsToldInTheOrderOfTheHouse() {
        DataFolder data = Engines.folder(Dialect.SQLITE);
        List<String> lines = new ArrayList<>(visit(data).text().lines().toList());
        assertThat(lines.getFirst()).startsWith("well     Java 25");
        assertThat(lines.getLast()).contains("Tambour is not running");
    }
}
