package fr.tambour;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * What makes crossing towns impossible, and lets the schema be distributed by `town_id`: each table is global and listed
 * here, or has `town_id` first in its primary key, its unique constraints and its foreign keys.
 */
@OnBothEngines
class SchemaTest {

    /** Tables that belong to no town, and why. */
    private static final Map<String, String> GLOBAL = Map.ofEntries(
            Map.entry("instance", "facts about this installation"),
            Map.entry("audit_head", "the end of the one chain"),
            Map.entry("town", "the towns themselves"),
            Map.entry("town_host", "finds the town of a request"),
            Map.entry("person", "one person may serve several towns"),
            Map.entry("sign_in_session", "sign-in sessions belong to persons"));

    private final Engine engine;

    SchemaTest(Engine engine) {
        this.engine = engine;
    }

    @Test
    void aTableOfATownHasTheTownFirstInItsPrimaryKey() {
        forEachTownTable(table -> assertThat(primaryKey(table)).as(table).startsWith("town_id"));
    }

    @Test
    void aUniqueConstraintOfATownBeginsWithTheTown() {
        forEachTownTable(table -> uniqueIndexes(table)
                .forEach((index, columns) ->
                        assertThat(columns).as("%s of %s", index, table).startsWith("town_id")));
    }

    @Test
    void aForeignKeyStaysInItsTown() {
        forEachTownTable(table -> foreignKeys(table).forEach((name, key) -> {
            if (GLOBAL.containsKey(key.target())) {
                return;
            }
            assertThat(key.columns().getFirst())
                    .as("%s of %s to %s", name, table, key.target())
                    .isEqualTo("town_id -> town_id");
        }));
    }

    @Test
    void noTimeIsStoredOtherThanAsMilliseconds() {
        forEachTable(table -> columns(table)
                .forEach((column, type) -> assertThat(type.toLowerCase(Locale.ROOT))
                        .as("%s.%s", table, column)
                        .doesNotContain("date", "time", "boolean", "blob", "bytea", "json")));
    }

    private void forEachTownTable(ThrowingConsumer<String> check) {
        forEachTable(table -> {
            if (!GLOBAL.containsKey(table)) {
                check.accept(table);
            }
        });
    }

    private void forEachTable(ThrowingConsumer<String> check) {
        List<String> tables = read(metadata -> metadata.getTables(null, schema(), "%", new String[] {"TABLE"}), row -> {
                    return row.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                })
                .stream()
                .filter(table -> !table.startsWith("flyway_schema_history") && !table.startsWith("sqlite_"))
                // An index of words: SQLite keeps such as tables.
                .filter(table -> !table.startsWith("notice_search"))
                .toList();
        assertThat(tables).contains("instance");
        tables.forEach(table -> {
            try {
                check.accept(table);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(table, e);
            }
        });
    }

    private List<String> primaryKey(String table) {
        TreeMap<Integer, String> columns = new TreeMap<>();
        read(
                metadata -> metadata.getPrimaryKeys(null, schema(), table),
                row -> columns.put(row.getInt("KEY_SEQ"), row.getString("COLUMN_NAME")));
        return List.copyOf(columns.values());
    }

    private Map<String, List<String>> uniqueIndexes(String table) {
        Map<String, TreeMap<Integer, String>> indexes = new TreeMap<>();
        read(metadata -> metadata.getIndexInfo(null, schema(), table, true, false), row -> {
            if (row.getString("INDEX_NAME") == null || row.getBoolean("NON_UNIQUE")) {
                return false;
            }
            indexes.computeIfAbsent(row.getString("INDEX_NAME"), name -> new TreeMap<>())
                    .put(row.getInt("ORDINAL_POSITION"), row.getString("COLUMN_NAME"));
            return true;
        });
        Map<String, List<String>> columns = new TreeMap<>();
        indexes.forEach((name, byPosition) -> columns.put(name, List.copyOf(byPosition.values())));
        return columns;
    }

    private record ForeignKey(String target, List<String> columns) {}

    private Map<String, ForeignKey> foreignKeys(String table) {
        Map<String, String> targets = new TreeMap<>();
        Map<String, TreeMap<Integer, String>> pairs = new TreeMap<>();
        read(metadata -> metadata.getImportedKeys(null, schema(), table), row -> {
            String name = row.getString("FK_NAME") + " to " + row.getString("PKTABLE_NAME");
            targets.put(name, row.getString("PKTABLE_NAME").toLowerCase(Locale.ROOT));
            return pairs.computeIfAbsent(name, key -> new TreeMap<>())
                    .put(
                            row.getInt("KEY_SEQ"),
                            row.getString("FKCOLUMN_NAME") + " -> " + row.getString("PKCOLUMN_NAME"));
        });
        Map<String, ForeignKey> keys = new TreeMap<>();
        pairs.forEach(
                (name, columns) -> keys.put(name, new ForeignKey(targets.get(name), List.copyOf(columns.values()))));
        return keys;
    }

    private Map<String, String> columns(String table) {
        Map<String, String> types = new TreeMap<>();
        read(
                metadata -> metadata.getColumns(null, schema(), table, "%"),
                row -> types.put(row.getString("COLUMN_NAME"), row.getString("TYPE_NAME")));
        return types;
    }

    private String schema() {
        return engine.database().pick("main", "public");
    }

    private interface Query {
        ResultSet run(DatabaseMetaData metadata) throws SQLException;
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(Query query, Row<T> reader) {
        try (Connection connection = engine.dataSource().getConnection();
                ResultSet rows = query.run(connection.getMetaData())) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
