package fr.tambour.operations.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import fr.tambour.TambourApplication;
import fr.tambour.audit.AuditReport;
import fr.tambour.audit.AuditVerifier;
import fr.tambour.dispatch.Dispatch.Holder;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.notice.DeskTown;
import fr.tambour.notice.NoticeId;
import fr.tambour.operations.RecoveryKey;
import fr.tambour.operations.internal.AgeKeys;
import fr.tambour.operations.internal.InstanceNumber;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.storage.Millis;
import fr.tambour.storage.StorageSettings;
import fr.tambour.testing.DataFolder;
import fr.tambour.testing.Engines;
import fr.tambour.testing.Programs;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownType;
import fr.tambour.town.Towns;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An archive and the recovery key are enough, on either engine; nothing less is. */
class ArchiveTest {

    /** Nothing below changes one: each is made once. */
    private static final Map<Dialect, Source> SOURCES = new EnumMap<>(Dialect.class);

    @TempDir
    private static Path backups;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"SQLITE,SQLITE", "SQLITE,POSTGRESQL", "POSTGRESQL,SQLITE", "POSTGRESQL,POSTGRESQL"})
    void whatIsRestoredIsWhatWasThere(Dialect from, Dialect to) throws IOException {
        Source source = source(from);
        DataFolder target = Engines.empty(to);
        Restore.Restored restored = restore(target, source.archive(), source.key());

        assertThat(restored.manifest().instance()).isEqualTo(source.number());
        assertThat(target.path().resolve("media/ab/abcdef.png")).hasBinaryContent(new byte[] {1, 2, 3});
        try (TambourServer copy = TambourServer.start(target)) {
            assertThat(copy.bean(Towns.class).bySlug("clairval").map(Town::name))
                    .contains("Clairval");
            assertThat(copy.bean(Towns.class)
                            .bySlug("clairval")
                            .map(town -> town.url("/") + " " + town.identifier("/")))
                    .as("a restored town is known to its subscribers by the same identifiers")
                    .contains("https://moved.example/ https://town35001.example/");
            assertThat(rows(copy)).isEqualTo(source.rows());
            assertThat(copy.bean(AuditVerifier.class).verify()).isInstanceOf(AuditReport.Intact.class);
            assertThat(copy.bean(InstanceFacts.class).paused())
                    .as("nothing of any town goes out by itself after a restore")
                    .containsOnlyKeys(copy.bean(Towns.class).all().stream()
                            .map(town -> town.id().value())
                            .toList());
            InstanceNumber number = copy.bean(InstanceNumber.class);
            assertThat(number.get()).isNotEqualTo(source.number());
            assertThat(number.original()).contains(source.number());
        }
    }

    @Test
    void whatWasUnderWayInTheBackupIsHeldAndNothingSinceAlthoughTheClockHereIsBehindIt() throws IOException {
        Path archive = backups.resolve("ahead");
        try (DeskTown town = new DeskTown(Dialect.SQLITE);
                ConfigurableApplicationContext empty = open(Engines.empty(Dialect.SQLITE))) {
            RecoveryKey key = town.tambour.bean(RecoveryKey.class);
            String identity = key.create();
            key.confirm(identity);
            NoticeId ball = town.published(town.news("Le bal"));
            Instant published = Millis.toInstant(Millis.of(town.tambour.clock().instant()));
            town.write(() -> town.tambour
                    .bean(JdbcClient.class)
                    .sql("UPDATE dispatch SET state = 'OPEN', settled_at = NULL")
                    .update());
            try (OutputStream out = Files.newOutputStream(archive)) {
                town.tambour.bean(Backup.class).write(out);
            }
            Instant behind = published.minus(Duration.ofHours(1));

            new Restore(
                            empty.getBean(Tables.class),
                            empty.getBean(InstanceFacts.class),
                            empty.getBean(InstanceNumber.class),
                            empty.getBean(Dispatches.class),
                            empty.getBean(JdbcClient.class),
                            Clock.fixed(behind, ZoneOffset.UTC),
                            empty.getBean(StorageSettings.class),
                            empty.getBean(PlatformTransactionManager.class))
                    .run(archive, AgeKeys.normalise(identity));

            assertThat(empty.getBean(InstanceFacts.class).paused())
                    .containsEntry(town.here.id().value(), behind)
                    .containsEntry(town.there.id().value(), behind);
            Instant since = behind.plus(Duration.ofMinutes(10));
            new TransactionTemplate(empty.getBean(PlatformTransactionManager.class))
                    .executeWithoutResult(status -> empty.getBean(JdbcClient.class)
                            .sql("""
                            INSERT INTO dispatch (town_id, id, notice_id, revision, channel, purpose, state, emergency, kind, themes,
                              districts, hours, frontier, held, opened_at, not_before)
                            SELECT town_id, 2 * MAX(id), notice_id, 2, 'website', purpose, state, 0, kind, '', '', hours, 0, 0, :at, :at
                            FROM dispatch GROUP BY town_id, notice_id, purpose, state, kind, hours
                            """)
                            .param("at", Millis.of(since))
                            .update());
            assertThat(empty.getBean(Dispatches.class).of(town.here.id(), ball))
                    .hasSizeGreaterThan(1)
                    .allSatisfy(dispatch -> assertThat(dispatch.heldBy())
                            .isEqualTo(dispatch.openedAt().equals(since) ? null : Holder.RESTORE));
        }
    }

    /** By cryptography that shares nothing with the library that wrote it, and the system's tar. */
    @Test
    void whatIsInItIsReadWithoutWhatWroteIt() throws Exception {
        Source source = source(Dialect.SQLITE);

        holdsAll(source, AgeBySpecification.open(Files.readAllBytes(source.archive()), source.key()));
    }

    @Test
    @EnabledIf("ageIsThere")
    void theAgeOfDebianOpensIt() throws Exception {
        Source source = source(Dialect.SQLITE);
        // As it is handed out at set-up.
        Path key = Files.writeString(
                folder.resolve("key.txt"),
                "# Clé de secours de Tambour\n#\n" + source.key() + "\n#\n# Pour restaurer\n");
        Path opened = folder.resolve("opened.tar.gz");

        run(
                age(),
                "-d",
                "-i",
                key.toString(),
                "-o",
                opened.toString(),
                source.archive().toString());

        holdsAll(source, Files.readAllBytes(opened));
    }

    @Test
    @EnabledIf("ageIsThere")
    void withAnotherKeyTheAgeOfDebianDoesNotOpenIt() throws Exception {
        Source source = source(Dialect.SQLITE);
        Path key = Files.writeString(folder.resolve("key.txt"), AgeKeys.normalise(otherKey()) + "\n");
        Process age = new ProcessBuilder(
                        age(), "-d", "-i", key.toString(), source.archive().toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(age.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("no identity matched");
        assertThat(age.waitFor()).isNotZero();
    }

    static boolean ageIsThere() {
        return Programs.find("age").isPresent();
    }

    private static String age() {
        return Programs.find("age").orElseThrow().toString();
    }

    /** Every row and every file, each as it was, and nothing else but the two lists. */
    private void holdsAll(Source source, byte[] tarred) throws Exception {
        Path unpacked = Files.createTempDirectory(folder, "unpacked");
        Path tar = Files.write(folder.resolve("plain.tar.gz"), tarred);
        run("tar", "xzf", tar.toString(), "-C", unpacked.toString());
        Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
        try (Stream<Path> tables = Files.list(unpacked.resolve("tables"))) {
            for (Path table : tables.toList()) {
                String name = table.getFileName().toString();
                if (compared(name)) {
                    rows.put(name, written(table));
                }
            }
        }
        Map<String, List<Map<String, Object>>> expected = new TreeMap<>(source.rows());
        expected.values().removeIf(List::isEmpty);
        assertThat(rows).isEqualTo(expected).containsKeys("town", "town_host");
        assertThat(unpacked.resolve("files/media/ab/abcdef.png")).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(unpacked.resolve("files/master.key"))
                .hasSameBinaryContentAs(source.folder().path().resolve("master.key"));
        assertThat(unpacked.resolve("files/audit.head")).hasContent(source.head());
        JsonNode manifest = JsonMapper.shared().readTree(Files.readAllBytes(unpacked.resolve("manifest.json")));
        assertThat(manifest.get("instance").asString()).isEqualTo(source.number());
        try (Stream<Path> top = Files.list(unpacked)) {
            assertThat(top.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("manifest.json", "inventory.json", "tables", "files");
        }
    }

    private static List<Map<String, Object>> written(Path table) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Stream<Path> parts = Files.list(table)) {
            for (Path part : parts.sorted().toList()) {
                for (String line : Files.readAllLines(part)) {
                    Map<String, Object> row = new TreeMap<>();
                    JsonMapper.shared()
                            .readTree(line)
                            .forEachEntry((column, value) -> row.put(
                                    column,
                                    value.isNumber() ? value.longValue() : value.isNull() ? "null" : value.asString()));
                    rows.add(row);
                }
            }
        }
        rows.sort(Comparator.comparing(Object::toString));
        return rows;
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command[0], said).isZero();
    }

    @Test
    void nothingInItIsReadableWithoutTheKey() throws IOException {
        Source source = source(Dialect.SQLITE);

        assertThat(Files.readString(source.archive(), StandardCharsets.ISO_8859_1))
                .startsWith("age-encryption.org/v1\n-> X25519 ")
                .doesNotContain("Clairval", "master.key", "manifest", "ndjson");
    }

    @Test
    void anotherKeyOpensNothing() throws IOException {
        Source source = source(Dialect.SQLITE);
        assertRefused(List.of(
                new Attempt(source.archive(), AgeKeys.normalise(otherKey()), "operations.restore.another-key"),
                new Attempt(source.archive(), "AGE-SECRET-KEY-1", "operations.restore.key-mistyped"),
                new Attempt(source.archive(), "", "operations.restore.key-mistyped")));
    }

    @Test
    void aTruncatedArchiveIsRefusedWhereverItWasCut() throws IOException {
        Source source = source(Dialect.SQLITE);
        byte[] whole = Files.readAllBytes(source.archive());
        List<Attempt> attempts = new ArrayList<>();
        for (int length : List.of(0, 1, 100, 250, whole.length / 2, whole.length - 17, whole.length - 1)) {
            Path cut = folder.resolve("cut-" + length);
            Files.write(cut, Arrays.copyOf(whole, length));
            attempts.add(new Attempt(cut, source.key(), null));
        }
        assertRefused(attempts);
    }

    @Test
    void oneFlippedBitIsNoticedWhereverItIs() throws IOException {
        Source source = source(Dialect.SQLITE);
        byte[] whole = Files.readAllBytes(source.archive());
        List<Attempt> attempts = new ArrayList<>();
        for (int at = 0; at < whole.length; at += Math.max(1, whole.length / 12)) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Path flipped = folder.resolve("flipped-" + at);
            Files.write(flipped, changed);
            attempts.add(new Attempt(flipped, source.key(), null));
        }
        assertRefused(attempts);
    }

    @Test
    void nothingIsRestoredOverATown() throws IOException {
        Source source = source(Dialect.SQLITE);
        try (ConfigurableApplicationContext inhabited = open(source.folder())) {
            assertThatThrownBy(() -> inhabited.getBean(Restore.class).run(source.archive(), source.key()))
                    .isInstanceOf(ArchiveRefused.class)
                    .hasMessage("operations.restore.database-not-empty");
        }
    }

    @ParameterizedTest
    @CsvSource({"SQLITE", "POSTGRESQL"})
    void aRestoreThatBreaksOffAmidTheFilesCanBeDoneAgain(Dialect dialect) throws IOException {
        Source source = source(Dialect.SQLITE);
        DataFolder target = Engines.empty(dialect);
        Path inTheWay = target.path().resolve("media");
        try (ConfigurableApplicationContext stage = open(target)) {
            Files.createFile(inTheWay);
            assertThatThrownBy(() -> stage.getBean(Restore.class).run(source.archive(), source.key()))
                    .isInstanceOf(IOException.class);
            assertThat(stage.getBean(JdbcClient.class)
                            .sql("SELECT COUNT(*) FROM town")
                            .query(Long.class)
                            .single())
                    .as("no town without its key and pictures")
                    .isZero();
            Files.delete(inTheWay);
            stage.getBean(Restore.class).run(source.archive(), source.key());
        }
        assertThat(inTheWay.resolve("ab/abcdef.png")).exists();
        try (TambourServer copy = TambourServer.start(target)) {
            assertThat(rows(copy)).isEqualTo(source.rows());
        }
    }

    private static final int LARGE = 256 << 20;

    /** Encrypting allocates half of what passes, decrypting two thirds, each of the three times. Holding it is the rest. */
    @Test
    void aLargeFileIsNeverHeldWhole() throws IOException {
        DataFolder at = Engines.folder(Dialect.SQLITE);
        Path archive = folder.resolve("large");
        try (TambourServer tambour = TambourServer.start(at)) {
            RecoveryKey key = tambour.bean(RecoveryKey.class);
            String identity = key.create();
            key.confirm(identity);
            Path picture =
                    Files.createDirectories(at.path().resolve("media/ab")).resolve("large");
            try (RandomAccessFile file = new RandomAccessFile(picture.toFile(), "rw")) {
                file.setLength(LARGE);
            }
            try (OutputStream out = Files.newOutputStream(archive)) {
                assertThat(allocated(() -> tambour.bean(Backup.class).write(out)))
                        .isLessThan(LARGE);
            }
            DataFolder target = Engines.empty(Dialect.SQLITE);
            try (ConfigurableApplicationContext copy = open(target)) {
                Restore restore = copy.getBean(Restore.class);
                assertThat(allocated(() -> restore.run(archive, identity))).isLessThan(LARGE * 5L / 2);
            }
            assertThat(target.path().resolve("media/ab/large")).hasSize(LARGE);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Bytes that this thread allocated for it. */
    private static long allocated(Work work) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void whatLiesInTheDataFolderAndIsNotOursStaysThere() throws IOException {
        DataFolder at = Engines.folder(Dialect.SQLITE);
        try (TambourServer tambour = TambourServer.start(at)) {
            RecoveryKey key = tambour.bean(RecoveryKey.class);
            String identity = key.create();
            key.confirm(identity);
            addTown(tambour, "Clairval", "35001");
            Path first = at.path().resolve("first.age");
            Path second = folder.resolve("second.age");
            for (Path archive : List.of(first, second)) {
                try (OutputStream out = Files.newOutputStream(archive)) {
                    tambour.bean(Backup.class).write(out);
                }
            }
            DataFolder target = Engines.empty(Dialect.SQLITE);
            restore(target, second, identity);
            assertThat(target.path().resolve("master.key")).exists();
            assertThat(target.path().resolve("first.age")).doesNotExist();
        }
    }

    @Test
    void withoutAConfirmedKeyThereIsNoBackup() {
        try (TambourServer tambour = TambourServer.start(Dialect.SQLITE)) {
            tambour.bean(RecoveryKey.class).create();
            assertThatThrownBy(() -> tambour.bean(Backup.class).write(OutputStream.nullOutputStream()))
                    .isInstanceOf(ArchiveRefused.class)
                    .hasMessage("operations.backup.no-recovery-key");
        }
    }

    @Test
    void aFullDiskIsToldAndTheInstanceGoesOn() {
        try (TambourServer tambour = TambourServer.start(Dialect.SQLITE)) {
            RecoveryKey key = tambour.bean(RecoveryKey.class);
            key.confirm(key.create());
            OutputStream full = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw new IOException("No space left on device");
                }
            };
            assertThatThrownBy(() -> tambour.bean(Backup.class).write(full))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left on device");
            addTown(tambour, "Clairval", "35001");
            assertThat(tambour.bean(Towns.class).all()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"SQLITE", "POSTGRESQL"})
    void aBackupAmidWritesHoldsOneMomentHoweverSlowlyItIsTaken(Dialect dialect) throws Exception {
        DataFolder at = impatient(Engines.folder(dialect));
        String identity;
        Path archive = folder.resolve("amid.tambour");
        try (TambourServer tambour = TambourServer.start(at)) {
            RecoveryKey key = tambour.bean(RecoveryKey.class);
            identity = key.create();
            key.confirm(identity);
            JdbcClient jdbc = tambour.bean(JdbcClient.class);
            TransactionTemplate write = new TransactionTemplate(tambour.bean(PlatformTransactionManager.class));
            AtomicBoolean goOn = new AtomicBoolean(true);
            AtomicInteger pairs = new AtomicInteger();
            // Two facts that always say the same: a backup that saw two moments would see them differ.
            Thread writer = Thread.ofPlatform().start(() -> {
                while (goOn.get()) {
                    write.executeWithoutResult(status -> {
                        String value = Integer.toString(pairs.incrementAndGet());
                        InstanceFacts facts = tambour.bean(InstanceFacts.class);
                        facts.put("test.a", value);
                        addPeopleNobody(jdbc, pairs.get());
                        facts.put("test.b", value);
                    });
                }
            });
            write.executeWithoutResult(status -> {
                for (int i = 0; i < 300; i++) {
                    tambour.bean(InstanceFacts.class).put("test.long." + i, noise());
                }
            });
            try (OutputStream out = new Slow(Files.newOutputStream(archive))) {
                tambour.bean(Backup.class).write(out);
            } finally {
                goOn.set(false);
                writer.join();
            }
        }
        DataFolder target = Engines.empty(Dialect.SQLITE);
        restore(target, archive, identity);
        try (ConfigurableApplicationContext copy = open(target)) {
            InstanceFacts facts = copy.getBean(InstanceFacts.class);
            String first = facts.get("test.a").orElse("0");
            assertThat(facts.get("test.b").orElse("0")).isEqualTo(first);
            assertThat(copy.getBean(JdbcClient.class)
                            .sql("SELECT COUNT(*) FROM instance WHERE name LIKE 'test.row.%'")
                            .query(String.class)
                            .single())
                    .isEqualTo(first);
        }
    }

    /** The database ends what says nothing for a second amid a transaction. */
    private static DataFolder impatient(DataFolder at) {
        String url = at.databaseUrl();
        return url == null
                ? at
                : new DataFolder(at.dialect(), at.path(), url + "?options=-c%20idle_in_transaction_session_timeout=1s");
    }

    private static String noise() {
        return ThreadLocalRandom.current()
                .ints(2_000, '0', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Takes nothing for longer than that, amid the tables. */
    private static final class Slow extends FilterOutputStream {

        private long taken;

        Slow(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            long before = taken;
            taken += length;
            out.write(bytes, from, length);
            if (before < 200_000 && taken >= 200_000) {
                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
            }
        }
    }

    private static void addPeopleNobody(JdbcClient jdbc, int number) {
        jdbc.sql("INSERT INTO instance (name, value) VALUES (?, 'x')")
                .param("test.row." + number)
                .update();
    }

    /** @param reason of the refusal; null if any will do */
    private record Attempt(
            Path archive, String key, @Nullable String reason) {}

    /** One after the other: what is refused leaves the instance as empty as it was. */
    private static void assertRefused(List<Attempt> attempts) throws IOException {
        try (ConfigurableApplicationContext empty = open(Engines.empty(Dialect.SQLITE))) {
            for (Attempt attempt : attempts) {
                assertThatThrownBy(() -> empty.getBean(Restore.class).run(attempt.archive(), attempt.key()))
                        .as("%s", attempt.archive().getFileName())
                        .isInstanceOf(ArchiveRefused.class)
                        .satisfies(refused -> assertThat(attempt.reason() == null
                                        || attempt.reason().equals(refused.getMessage()))
                                .as(refused.getMessage())
                                .isTrue());
                assertThat(empty.getBean(Towns.class).all()).isEmpty();
                assertThat(empty.getBean(InstanceFacts.class).paused()).isEmpty();
            }
        }
    }

    /** @param head of the journal before the backup itself was entered */
    private record Source(
            DataFolder folder,
            Path archive,
            String key,
            String number,
            String head,
            Map<String, List<Map<String, Object>>> rows) {}

    /** An instance with a town, a picture and a backup of them. */
    private static Source source(Dialect dialect) throws IOException {
        Source known = SOURCES.get(dialect);
        if (known == null) {
            known = made(dialect);
            SOURCES.put(dialect, known);
        }
        return known;
    }

    private static Source made(Dialect dialect) throws IOException {
        DataFolder at = Engines.folder(dialect);
        Path archive = backups.resolve("of-" + dialect);
        try (TambourServer tambour = TambourServer.start(at)) {
            RecoveryKey key = tambour.bean(RecoveryKey.class);
            String identity = key.create();
            key.confirm(identity);
            addTown(tambour, "Clairval", "35001");
            addTown(tambour, "Saint-Étienne-de-l’Île « Ÿ » 🥁", "35002");
            moveClairval(tambour);
            Files.createDirectories(at.path().resolve("media/ab"));
            Files.write(at.path().resolve("media/ab/abcdef.png"), new byte[] {1, 2, 3});
            Map<String, List<Map<String, Object>>> rows = rows(tambour);
            String head = Files.readString(at.path().resolve("audit.head"));
            try (OutputStream out = Files.newOutputStream(archive)) {
                tambour.bean(Backup.class).write(out);
            }
            return new Source(
                    at, archive, identity, tambour.bean(InstanceNumber.class).get(), head, rows);
        }
    }

    private static void addTown(TambourServer tambour, String name, String code) {
        new TransactionTemplate(tambour.bean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> tambour.bean(Towns.class)
                        .add(
                                new Town.Origin(TownType.COMMUNE, code, "35", "Ille-et-Vilaine"),
                                TestTowns.profile(name, "town" + code + ".example"),
                                false));
    }

    private static void moveClairval(TambourServer tambour) {
        Towns towns = tambour.bean(Towns.class);
        Town town = towns.bySlug("clairval").orElseThrow();
        new TransactionTemplate(tambour.bean(PlatformTransactionManager.class))
                .executeWithoutResult(status ->
                        towns.change(town.id(), town.version(), TestTowns.profile("Clairval", "moved.example")));
    }

    private static String otherKey() {
        try (TambourServer other = TambourServer.start(Dialect.SQLITE)) {
            return other.bean(RecoveryKey.class).create();
        }
    }

    private static boolean compared(String table) {
        return !table.equals("instance") && !table.startsWith("audit");
    }

    /** Without the facts and journal entries that a restore adds. */
    private static Map<String, List<Map<String, Object>>> rows(TambourServer tambour) {
        Tables tables = tambour.bean(Tables.class);
        Map<String, List<Map<String, Object>>> all = new TreeMap<>();
        tables.names().stream().filter(ArchiveTest::compared).forEach(table -> {
            List<Map<String, Object>> rows = new ArrayList<>();
            tables.read(table, row -> {
                Map<String, Object> plain = new TreeMap<>();
                row.forEach((column, value) ->
                        plain.put(column, value instanceof Number n ? n.longValue() : String.valueOf(value)));
                rows.add(plain);
            });
            rows.sort(Comparator.comparing(Object::toString));
            all.put(table, rows);
        });
        return all;
    }

    private static Restore.Restored restore(DataFolder target, Path archive, String key) throws IOException {
        try (ConfigurableApplicationContext stage = open(target)) {
            return stage.getBean(Restore.class).run(archive, key);
        }
    }

    private static ConfigurableApplicationContext open(DataFolder at) {
        List<String> arguments = new ArrayList<>(at.arguments());
        arguments.add("--tambour.timer.enabled=false");
        return new SpringApplicationBuilder(TambourApplication.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .logStartupInfo(false)
                .run(arguments.toArray(String[]::new));
    }
}
