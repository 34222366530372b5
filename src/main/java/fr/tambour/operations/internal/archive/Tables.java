package fr.tambour.operations.internal.archive;

import fr.tambour.storage.Database;
import java.sql.ResultSetMetaData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * All tables of either engine as rows of plain values, so that what was read from one can be written to the other. Every
 * method belongs into a transaction of the caller.
 */
@Component
class Tables {

    /** Who was signed in is not restored: a copy must not open with a cookie of the original. */
    private static final List<String> LEFT_OUT = List.of("sign_in_session");

    private static final String HISTORY = "flyway_schema_history";
    private static final int ROWS_AT_A_TIME = 500;

    private final JdbcTemplate jdbc;
    private final Database database;

    Tables(JdbcTemplate jdbc, Database database) {
        this.jdbc = new JdbcTemplate(jdbc.getDataSource());
        this.jdbc.setFetchSize(ROWS_AT_A_TIME);
        this.database = database;
    }

    /**
     * The transaction may take its time between one question and the next: somebody reads slowly what is made of the answers, or
     * files are written meanwhile. PostgreSQL would take this node for gone.
     */
    void takeYourTime() {
        if (database.isPostgres()) {
            jdbc.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
        }
    }

    /** Sorted; without the migrations' histories. */
    List<String> names() {
        return all().stream()
                .filter(name -> !name.startsWith(HISTORY) && !LEFT_OUT.contains(name))
                .toList();
    }

    /** Without what a database derives from others by itself: an index of words. */
    private List<String> all() {
        return jdbc.queryForList(
                database.pick(
                        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                                + " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name",
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
                                + " AND table_type = 'BASE TABLE' ORDER BY table_name"),
                String.class);
    }

    /** The newest migration of each module that has any. */
    Map<String, String> schema() {
        Map<String, String> newest = new TreeMap<>();
        all().stream().filter(name -> name.startsWith(HISTORY)).forEach(history -> {
            jdbc.queryForList(
                            "SELECT version FROM " + history + " WHERE success AND type = 'SQL'"
                                    + " ORDER BY installed_rank DESC LIMIT 1",
                            String.class)
                    .forEach(version -> newest.put(history, version));
        });
        return newest;
    }

    /** Every row, column by column: numbers, texts and nulls. */
    void read(String table, Consumer<Map<String, @Nullable Object>> each) {
        jdbc.query("SELECT * FROM " + quoted(table), row -> {
            ResultSetMetaData columns = row.getMetaData();
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                values.put(columns.getColumnName(i), row.getObject(i));
            }
            each.accept(values);
        });
    }

    /** Empties every table, and lets rows come in any order until {@link #close}. */
    List<String> open() {
        List<String> constraints = new ArrayList<>();
        if (database.isPostgres()) {
            // Foreign keys are taken off and put back within the transaction, which checks them again.
            jdbc.query(
                    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
                            + " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace",
                    row -> {
                        String alter = "ALTER TABLE " + row.getString(1);
                        String name = quoted(row.getString(2));
                        constraints.add(alter + " ADD CONSTRAINT " + name + " " + row.getString(3));
                        constraints.addFirst(alter + " DROP CONSTRAINT " + name);
                    });
            int count = constraints.size() / 2;
            constraints.subList(0, count).forEach(jdbc::execute);
            constraints.subList(0, count).clear();
        } else {
            jdbc.execute("PRAGMA defer_foreign_keys = true");
        }
        names().forEach(table -> jdbc.update("DELETE FROM " + quoted(table)));
        return constraints;
    }

    /** @param rows of one table, each with the same columns */
    void write(String table, List<Map<String, @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<String> columns = List.copyOf(rows.getFirst().keySet());
        String sql = "INSERT INTO " + quoted(table) + " ("
                + String.join(", ", columns.stream().map(Tables::quoted).toList()) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        jdbc.batchUpdate(
                sql,
                rows.stream()
                        .map(row -> columns.stream().map(row::get).toArray())
                        .toList());
    }

    /** @param constraints what {@link #open} answered */
    void close(List<String> constraints) {
        constraints.forEach(jdbc::execute);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
