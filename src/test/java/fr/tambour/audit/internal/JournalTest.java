package fr.tambour.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.audit.AuditReport;
import fr.tambour.audit.AuditReport.Finding;
import fr.tambour.audit.AuditVerifier;
import fr.tambour.audit.RecordedEntry;
import fr.tambour.keys.Keys;
import fr.tambour.keys.MacKey;
import fr.tambour.storage.StorageSettings;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What may happen to the journal behind our back, on both engines. */
@OnBothEngines
class JournalTest {

    private static final long TOWN = 7;
    private static final long PERSON = 42;

    private final Engine engine;
    private final Path headPath;
    private Audit audit;
    private AuditVerifier verifier;

    JournalTest(Engine engine) {
        this.engine = engine;
        this.headPath = engine.folder().path().resolve("audit.head");
        start();
    }

    /** As after a start of the application: nothing is remembered but what is on disk. */
    private void start() {
        StorageSettings settings = new StorageSettings(
                engine.folder().path(),
                new StorageSettings.DatabaseSettings(engine.folder().databaseUrl(), 1, true, Duration.ofMillis(500)));
        HeadFile file = new HeadFile(settings);
        Chain chain = new Chain(new TestKeys());
        JdbcEntries entries = new JdbcEntries(engine.jdbc());
        audit = new ChainedAudit(entries, chain, new Head(file), engine.clock());
        verifier = new ChainVerifier(entries, chain, file);
    }

    @BeforeEach
    void fiveEntries() throws IOException {
        engine.writing().executeWithoutResult(status -> {
            engine.jdbc().sql("DELETE FROM audit_entry").update();
            engine.jdbc()
                    .sql("UPDATE audit_head SET number = 0, mac = :mac")
                    .param("mac", Link.START.mac())
                    .update();
        });
        Files.deleteIfExists(headPath);
        start();
        for (int i = 1; i <= 5; i++) {
            record("notice.changed", "n" + i);
        }
    }

    private void record(String action, String subject) {
        engine.writing()
                .executeWithoutResult(status -> audit.record(
                        new AuditEntry(TOWN, PERSON, action, subject, Map.of("b", "« oui »", "a", "non"))));
    }

    private void tamper(String sql) {
        assertThat(engine.writing()
                        .<Integer>execute(status -> engine.jdbc().sql(sql).update()))
                .isPositive();
    }

    private List<Finding> findings() {
        return verifier.verify() instanceof AuditReport.Broken broken ? broken.findings() : List.of();
    }

    @Test
    void isIntactAsWritten() {
        assertThat(verifier.verify()).isEqualTo(new AuditReport.Intact(5, 5));
    }

    @Test
    void readsBackWhatWasDoneNewestFirst() {
        engine.clock().advance(Duration.ofSeconds(1));
        record("notice.published", "n9");

        List<RecordedEntry> page = engine.reading().execute(status -> audit.page(TOWN, 7, 2));

        assertThat(page).hasSize(2);
        assertThat(page.getFirst().number()).isEqualTo(6);
        assertThat(page.getFirst().at()).isEqualTo(engine.clock().instant());
        assertThat(page.getFirst().entry())
                .isEqualTo(new AuditEntry(TOWN, PERSON, "notice.published", "n9", Map.of("a", "non", "b", "« oui »")));
        assertThat(engine.reading().<List<RecordedEntry>>execute(status -> audit.page(TOWN + 1, 7, 2)))
                .isEmpty();
    }

    @Test
    void whatWasRolledBackWasNotDone() {
        engine.writing().executeWithoutResult(status -> {
            audit.record(new AuditEntry(TOWN, PERSON, "notice.changed", "never"));
            status.setRollbackOnly();
        });
        record("notice.changed", "n6");

        assertThat(verifier.verify()).isEqualTo(new AuditReport.Intact(6, 6));
    }

    @Test
    void nothingIsRecordedOutsideOfAWritingTransaction() {
        AuditEntry entry = new AuditEntry(TOWN, PERSON, "notice.changed", "n6");

        assertThatIllegalStateException().isThrownBy(() -> audit.record(entry));
        assertThatIllegalStateException()
                .isThrownBy(() -> engine.reading().executeWithoutResult(status -> audit.record(entry)));
    }

    @Test
    void manyAtOnceAreNumberedWithoutGaps() throws Exception {
        int writers = 8;
        CountDownLatch together = new CountDownLatch(writers);
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<? extends Future<?>> done = IntStream.range(0, writers)
                    .mapToObj(i -> threads.submit(() -> {
                        together.countDown();
                        together.await();
                        for (int n = 0; n < 5; n++) {
                            record("notice.changed", "w" + i);
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> one : done) {
                one.get();
            }
        }

        assertThat(verifier.verify()).isEqualTo(new AuditReport.Intact(45, 45));
    }

    @Test
    void aChangedByteIsFoundWhereItIs() {
        tamper("UPDATE audit_entry SET subject = 'n4' WHERE number = 3");

        assertThat(findings()).containsExactly(new Finding.Altered(3));
    }

    @Test
    void anotherHandOrAnotherTimeIsFound() {
        tamper("UPDATE audit_entry SET person_id = 43 WHERE number = 2");
        tamper("UPDATE audit_entry SET at = at + 1 WHERE number = 4");

        assertThat(findings()).containsExactly(new Finding.Altered(2), new Finding.Altered(4));
    }

    @Test
    void wordsMovedFromOneColumnToTheNextAreFound() {
        tamper("UPDATE audit_entry SET action = 'notice.change', subject = 'dn1' WHERE number = 1");

        assertThat(findings()).containsExactly(new Finding.Altered(1));
    }

    @Test
    void swappedEntriesAreFound() {
        tamper("UPDATE audit_entry SET number = -number WHERE number IN (2, 3)");
        tamper("UPDATE audit_entry SET number = 5 + number WHERE number IN (-2, -3)");

        assertThat(findings()).contains(new Finding.Altered(2), new Finding.Altered(3));
    }

    @Test
    void aMissingEntryIsFound() {
        tamper("DELETE FROM audit_entry WHERE number IN (2, 3)");

        assertThat(findings()).containsExactly(new Finding.Missing(2, 3));
    }

    @Test
    void theFirstEntryMissingIsFound() {
        tamper("DELETE FROM audit_entry WHERE number = 1");

        assertThat(findings()).containsExactly(new Finding.Missing(1, 1));
    }

    @Test
    void anInsertedEntryIsFound() {
        tamper("INSERT INTO audit_entry SELECT town_id + 1, number, at, person_id, action, subject, details, mac"
                + " FROM audit_entry WHERE number = 3");

        assertThat(findings()).containsExactly(new Finding.Inserted(3));
    }

    @Test
    void aCutTailIsFoundEvenWhereTheDatabaseKnowsNothingOfIt() {
        cutTo(3);

        assertThat(findings()).containsExactly(new Finding.Cut(3, 5));
    }

    @Test
    void anEmptiedJournalIsFound() {
        tamper("DELETE FROM audit_entry");
        tamper("UPDATE audit_head SET number = 0, mac = '" + Link.START.mac() + "'");

        assertThat(findings()).containsExactly(new Finding.Cut(0, 5));
    }

    @Test
    void aTailCutAndWrittenAnewIsFoundAndTheHeadStaysAsEvidence() throws IOException {
        String evidence = Files.readString(headPath);
        cutTo(3);
        for (int i = 0; i < 4; i++) {
            record("notice.changed", "forged" + i);
        }

        assertThat(findings()).containsExactly(new Finding.Rewritten(5));
        assertThat(Files.readString(headPath)).isEqualTo(evidence);

        start();
        record("notice.changed", "later");
        assertThat(findings()).containsExactly(new Finding.Rewritten(5));
    }

    @Test
    void aCrashBetweenCommitAndHeadLeavesItBehindAndItCatchesUp() throws IOException {
        String before = Files.readString(headPath);
        record("notice.changed", "n6");
        Files.writeString(headPath, before);
        assertThat(verifier.verify()).isEqualTo(new AuditReport.Intact(6, 5));

        start();
        engine.writing().executeWithoutResult(status -> ((ChainedAudit) audit).open());

        assertThat(verifier.verify()).isEqualTo(new AuditReport.Intact(6, 6));
    }

    @Test
    void aMissingAndAnUnreadableHeadAreTold() throws IOException {
        Files.delete(headPath);
        assertThat(findings()).containsExactly(new Finding.HeadMissing());

        Files.writeString(headPath, "5 of something");
        assertThat(findings()).containsExactly(new Finding.HeadUnreadable());
    }

    private void cutTo(int last) {
        tamper("DELETE FROM audit_entry WHERE number > " + last);
        tamper("UPDATE audit_head SET number = " + last + ", mac = (SELECT mac FROM audit_entry WHERE number = " + last
                + ")");
    }

    /** One fixed key per purpose. */
    private static final class TestKeys implements Keys {

        @Override
        public MacKey mac(String purpose) {
            return new MacKey(new SecretKeySpec(purpose.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        }
    }
}
