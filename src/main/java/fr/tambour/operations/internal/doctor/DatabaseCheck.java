package fr.tambour.operations.internal.doctor;

import fr.tambour.storage.Database;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Is the database sound? SQLite checks itself; PostgreSQL is asked who it is, and who else works on it. */
@Component
@Order(2)
class DatabaseCheck implements Check {

    private final JdbcClient jdbc;
    private final Database database;

    DatabaseCheck(JdbcClient jdbc, Database database) {
        this.jdbc = jdbc;
        this.database = database;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Finding> look() {
        return List.of(
                switch (database.dialect()) {
                    case SQLITE -> sqlite();
                    case POSTGRESQL -> postgresql();
                });
    }

    private Finding postgresql() {
        String version = jdbc.sql("SHOW server_version").query(String.class).single();
        int others = jdbc.sql("""
                        SELECT COUNT(DISTINCT application_name) FROM pg_stat_activity
                        WHERE datname = current_database() AND application_name LIKE 'tambour %'
                          AND application_name <> current_setting('application_name')
                        """).query(Integer.class).single();
        return others == 0 ? Finding.well("postgresql", version) : Finding.wrong("postgresql-shared", version, others);
    }

    private Finding sqlite() {
        String answer = jdbc.sql("PRAGMA quick_check(1)").query(String.class).single();
        return answer.equals("ok")
                ? Finding.well("sqlite", database.file())
                : Finding.wrong("sqlite-damaged", database.file(), answer);
    }
}
