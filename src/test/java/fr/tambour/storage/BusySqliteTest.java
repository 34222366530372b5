package fr.tambour.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.testing.Engine;
import fr.tambour.testing.Engines;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Another process (a backup tool, a curious administrator) holds SQLite's write lock; the disk is full. */
class BusySqliteTest {

    private Engine engine;

    @BeforeEach
    void oneTable() {
        engine = Engines.fresh(Dialect.SQLITE);
        engine.jdbc().sql("CREATE TABLE drum (id BIGINT PRIMARY KEY)").update();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aWriterThatWaitedTooLongIsToldAndTheNextRollbackLeavesNothing() throws SQLException {
        try (Connection other = other();
                Statement lock = other.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> engine.writing().executeWithoutResult(status -> insert(1)))
                    .isInstanceOfAny(CannotAcquireLockException.class, CannotCreateTransactionException.class)
                    .hasStackTraceContaining("SQLITE_BUSY");
            assertThat(count()).as("readers are not held up").isZero();
            lock.execute("ROLLBACK");
        }

        // The connection that was busy at BEGIN would run this in autocommit, and the row would stay.
        assertThatThrownBy(() -> engine.writing().executeWithoutResult(status -> {
                    insert(2);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(count()).isZero();
        engine.writing().executeWithoutResult(status -> insert(3));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aFullDiskIsToldAsOneLeavesNothingAndTheNextTransactionIsOneAgain() {
        assertThatThrownBy(() -> engine.writing().executeWithoutResult(status -> {
                    engine.jdbc()
                            .sql("PRAGMA max_page_count = 1")
                            .query(Long.class)
                            .single();
                    for (int i = 0; i < 10_000; i++) {
                        insert(i);
                    }
                }))
                .isInstanceOf(DataAccessResourceFailureException.class)
                .hasStackTraceContaining("SQLITE_FULL");
        assertThat(count()).isZero();

        assertThatThrownBy(() -> engine.writing().executeWithoutResult(status -> {
                    insert(2);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(count()).isZero();
        engine.writing().executeWithoutResult(status -> insert(3));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aLongReaderDoesNotHoldUpAWriter() {
        engine.reading().executeWithoutResult(status -> {
            assertThat(count()).isZero();
            Thread writer = Thread.ofPlatform().start(() -> insert(1));
            try {
                writer.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(count()).as("the reader keeps its snapshot").isZero();
        });
        assertThat(count()).isEqualTo(1);
    }

    private Connection other() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + engine.database().file());
    }

    private void insert(long id) {
        engine.jdbc().sql("INSERT INTO drum VALUES (?)").param(id).update();
    }

    private long count() {
        return engine.reading()
                .execute(status -> engine.jdbc()
                        .sql("SELECT COUNT(*) FROM drum")
                        .query(Long.class)
                        .single());
    }
}
