package fr.tambour.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What everything above may expect of either database. */
@OnBothEngines
class StorageTest {

    private final Engine engine;
    private final JdbcClient jdbc;

    StorageTest(Engine engine) {
        this.engine = engine;
        this.jdbc = engine.jdbc();
    }

    @BeforeEach
    void twoTables() {
        jdbc.sql("DROP TABLE IF EXISTS drum_beat").update();
        jdbc.sql("DROP TABLE IF EXISTS drum").update();
        jdbc.sql("CREATE TABLE drum (town_id BIGINT NOT NULL, id BIGINT NOT NULL, name VARCHAR(20) NOT NULL,"
                        + " PRIMARY KEY (town_id, id), UNIQUE (town_id, name), CHECK (name <> 'silence'))")
                .update();
        jdbc.sql("CREATE TABLE drum_beat (town_id BIGINT NOT NULL, id BIGINT NOT NULL, drum_id BIGINT NOT NULL,"
                        + " PRIMARY KEY (town_id, id), FOREIGN KEY (town_id, drum_id) REFERENCES drum (town_id, id))")
                .update();
    }

    @Test
    void aDuplicatePrimaryKeyIsADuplicateKey() {
        insert(1, 1, "a");
        assertThatThrownBy(() -> insert(1, 1, "b")).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void aDuplicateUniqueValueIsADuplicateKey() {
        insert(1, 1, "a");
        assertThatThrownBy(() -> insert(1, 2, "a")).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void aMissingParentIsAnIntegrityViolationAndNotADuplicate() {
        assertThatThrownBy(() ->
                        jdbc.sql("INSERT INTO drum_beat VALUES (1, 1, 99)").update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .isNotInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void aParentInAnotherTownIsAMissingParent() {
        insert(1, 7, "a");
        assertThatThrownBy(
                        () -> jdbc.sql("INSERT INTO drum_beat VALUES (2, 1, 7)").update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void aFailedCheckOrANullIsAnIntegrityViolation() {
        assertThatThrownBy(() -> insert(1, 1, "silence")).isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(
                        () -> jdbc.sql("INSERT INTO drum VALUES (1, 1, NULL)").update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void aReadOnlyTransactionCannotWrite() {
        assertThatThrownBy(() -> engine.reading().executeWithoutResult(status -> insert(1, 1, "a")))
                .isInstanceOf(DataAccessException.class);
        assertThat(count()).isZero();
    }

    @Test
    void aReadOnlyTransactionSeesOneSnapshotThroughout() {
        insert(1, 1, "a");
        engine.reading().executeWithoutResult(status -> {
            assertThat(count()).isEqualTo(1);
            try (var other = Executors.newSingleThreadExecutor()) {
                other.submit(() -> insert(1, 2, "b"));
            }
            // PostgreSQL's default isolation sees committed rows; whoever needs a snapshot asks for REPEATABLE READ.
            assertThat(count()).isEqualTo(engine.database().isPostgres() ? 2 : 1);
        });
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void aRolledBackTransactionLeavesNothing() {
        assertThatThrownBy(() -> engine.writing().executeWithoutResult(status -> {
                    insert(1, 1, "a");
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("on purpose");
        assertThat(count()).isZero();
    }

    @Test
    void theFirstCauseIsWhatTheCallerSees() {
        insert(1, 1, "a");
        assertThatThrownBy(() -> engine.writing().executeWithoutResult(status -> {
                    insert(1, 2, "b");
                    insert(1, 1, "again");
                }))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void sixtyFourWritersQueueWithoutAnError() throws Exception {
        CountDownLatch together = new CountDownLatch(1);
        try (ExecutorService writers = Executors.newFixedThreadPool(64)) {
            List<Future<?>> all = IntStream.range(0, 64)
                    .<Future<?>>mapToObj(writer -> writers.submit(() -> {
                        together.await();
                        engine.writing().executeWithoutResult(status -> {
                            long before = count();
                            insert(1, writer, "drum " + writer);
                            assertThat(count()).isGreaterThan(before);
                        });
                        return null;
                    }))
                    .toList();
            together.countDown();
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(count()).isEqualTo(64);
    }

    private void insert(long town, long id, String name) {
        jdbc.sql("INSERT INTO drum (town_id, id, name) VALUES (?, ?, ?)")
                .params(town, id, name)
                .update();
    }

    private long count() {
        return jdbc.sql("SELECT COUNT(*) FROM drum").query(Long.class).single();
    }
}
