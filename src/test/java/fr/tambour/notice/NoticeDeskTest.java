package fr.tambour.notice;

import fr.tambour.storage.Dialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** The desk's contract, on both engines. */
class NoticeDeskTest {

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OnSqlite implements NoticeDeskContract {

        private final DeskTown town = new DeskTown(Dialect.SQLITE);

        @Override
        public DeskTown town() {
            return town;
        }

        @AfterAll
        void stop() {
            town.close();
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OnPostgresql implements NoticeDeskContract {

        private final DeskTown town = new DeskTown(Dialect.POSTGRESQL);

        @Override
        public DeskTown town() {
            return town;
        }

        @AfterAll
        void stop() {
            town.close();
        }
    }
}
