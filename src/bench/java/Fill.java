import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Brings a stopped town to a size. To fill it, the notices that are out already (made by the application itself) are
 * copied, row by row in every table that belongs to a notice, each copy as long ago as spreads them over the years; and
 * colleagues are added. To thin it, the oldest go. What is current stays as it is, so that pages keep their size.
 *
 * <pre>java -cp 'lib/lib/*' src/bench/java/Fill.java jdbc:sqlite:data/tambour.db NOTICES YEARS PEOPLE</pre>
 */
final class Fill {

    private static final long DAY = 86_400_000L;
    /** Ids carry milliseconds above 22 bits. */
    private static final int TIME_SHIFT = 22;

    private static final int BATCH = 2_000;

    private final Connection connection;
    private final long now = System.currentTimeMillis();
    private long counter;

    private Fill(Connection connection) {
        this.connection = connection;
    }

    /** The rows of one table that belong to one notice. */
    private record Rows(String table, List<String> columns, List<List<Object>> rows) {}

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            connection.setAutoCommit(false);
            Fill fill = new Fill(connection);
            fill.people(Integer.parseInt(arguments[3]));
            int wanted = Integer.parseInt(arguments[1]);
            fill.thin(wanted);
            fill.notices(wanted, Long.parseLong(arguments[2]) * 365 * DAY);
            fill.months();
            connection.commit();
            // What a database that grew over years has long since.
            try (Statement statement = connection.createStatement()) {
                statement.execute("ANALYZE");
            }
            connection.commit();
        }
    }

    /** Takes away the oldest that are over, until there are as many as wanted. */
    private void thin(int wanted) throws SQLException {
        int tooMany =
                Math.max(0, numbers("SELECT COUNT(*) FROM notice").getFirst().intValue() - wanted);
        List<String> tables = tablesWith("notice_id").reversed();
        for (long id : numbers(
                "SELECT id FROM notice WHERE public_state = 'EXPIRED' ORDER BY first_published_at LIMIT " + tooMany)) {
            for (String table : tables) {
                update("DELETE FROM " + table + " WHERE notice_id = " + id);
            }
            update("DELETE FROM notice WHERE id = " + id);
        }
    }

    /** The archive's count of each month, anew. */
    private void months() throws SQLException {
        update("DELETE FROM notice_month");
        update("INSERT INTO notice_month (town_id, month, notices)"
                + " SELECT town_id, strftime('%Y-%m', first_published_at / 1000, 'unixepoch') AS month, COUNT(*)"
                + " FROM notice WHERE first_published_at IS NOT NULL AND public_state <> 'WITHDRAWN'"
                + " GROUP BY town_id, month");
    }

    private void notices(int wanted, long span) throws SQLException {
        List<Long> templates = numbers(
                "SELECT id FROM notice WHERE public_state IN ('PUBLISHED', 'EXPIRED') AND kind <> 'EMERGENCY' ORDER BY id");
        List<List<Rows>> contents = new ArrayList<>();
        List<String> tables = tablesWith("notice_id");
        for (long template : templates) {
            List<Rows> content = new ArrayList<>();
            content.add(rows("notice", "id", template));
            for (String table : tables) {
                // What is told open pages is numbered by the town, and forgotten within a day; what people said they
                // said once.
                if (!table.equals("live_event") && !table.startsWith("conversation_")) {
                    content.add(rows(table, "notice_id", template));
                }
            }
            contents.add(content);
        }
        int missing = wanted - numbers("SELECT COUNT(*) FROM notice").getFirst().intValue();
        int rounds = Math.max(1, (missing + templates.size() - 1) / templates.size());
        List<List<Rows>> some = new ArrayList<>();
        for (int copy = 0; copy < missing; copy++) {
            // From half a year ago to the whole span: nothing copied is current.
            long ago = DAY * 180 + (span - DAY * 180) / rounds * (copy / templates.size() + 1);
            some.add(shifted(contents.get(copy % templates.size()), ago));
            if (some.size() == BATCH || copy == missing - 1) {
                insert(some);
                some.clear();
                connection.commit();
            }
        }
    }

    /** A copy with ids of its own, everything {@code ago} earlier. */
    private List<Rows> shifted(List<Rows> content, long ago) {
        long id = id((Long) value(content.getFirst(), "first_published_at") - ago);
        List<Rows> copies = new ArrayList<>();
        for (Rows rows : content) {
            List<List<Object>> copied = new ArrayList<>();
            for (List<Object> row : rows.rows()) {
                List<Object> copy = new ArrayList<>(row);
                for (int i = 0; i < copy.size(); i++) {
                    String column = rows.columns().get(i);
                    Object value = copy.get(i);
                    if (value instanceof Long time && (column.endsWith("_at") || column.equals("at"))) {
                        copy.set(i, time - ago);
                    } else if (column.equals("notice_id")
                            || column.equals("id") && rows.table().equals("notice")) {
                        copy.set(i, id);
                    } else if (column.equals("id")) {
                        copy.set(i, id(now - ago));
                    } else if (column.equals("public_state")
                            && "PUBLISHED".equals(value)
                            && rows.table().equals("notice")) {
                        copy.set(i, "EXPIRED");
                    } else if (column.equals("state")
                            && "OPEN".equals(value)
                            && rows.table().equals("dispatch")) {
                        copy.set(i, "SETTLED");
                    }
                }
                copied.add(copy);
            }
            copies.add(new Rows(rows.table(), rows.columns(), copied));
        }
        return copies;
    }

    private long id(long time) {
        long epoch = 1_577_836_800_000L; // 2020, as the ids' library has it
        return (time - epoch << TIME_SHIFT) + (counter++ & (1 << TIME_SHIFT) - 1);
    }

    private static Object value(Rows rows, String column) {
        return rows.rows().getFirst().get(rows.columns().indexOf(column));
    }

    private void insert(List<List<Rows>> notices) throws SQLException {
        for (int table = 0; table < notices.getFirst().size(); table++) {
            Rows shape = notices.getFirst().get(table);
            String sql = "INSERT INTO " + shape.table() + " (" + String.join(", ", shape.columns()) + ") VALUES ("
                    + "?, ".repeat(shape.columns().size() - 1) + "?)";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (List<Rows> notice : notices) {
                    for (List<Object> row : notice.get(table).rows()) {
                        for (int i = 0; i < row.size(); i++) {
                            statement.setObject(i + 1, row.get(i));
                        }
                        statement.addBatch();
                    }
                }
                statement.executeBatch();
            }
        }
    }

    private void people(int wanted) throws SQLException {
        List<Long> there = numbers("SELECT person_id FROM membership ORDER BY person_id");
        for (int number = there.size(); number < wanted; number++) {
            long id = id(now - DAY * number);
            update("INSERT INTO person (id, email, name, language, password, created_at) SELECT " + id
                    + ", 'collegue" + number + "@clairval.example', 'Collègue " + number
                    + "', language, password, created_at FROM person WHERE id = " + there.getFirst());
            update("INSERT INTO membership (town_id, person_id, roles, since) SELECT town_id, " + id
                    + ", 'AUTHOR', since FROM membership WHERE person_id = " + there.getFirst());
        }
        connection.commit();
    }

    private Rows rows(String table, String key, long id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM " + table + " WHERE " + key + " = " + id)) {
            ResultSetMetaData shape = found.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= shape.getColumnCount(); i++) {
                columns.add(shape.getColumnName(i).toLowerCase(Locale.ROOT));
            }
            List<List<Object>> rows = new ArrayList<>();
            while (found.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    Object value = found.getObject(i);
                    // SQLite answers small integers as Integer.
                    row.add(value instanceof Integer number ? Long.valueOf(number) : value);
                }
                rows.add(row);
            }
            return new Rows(table, columns, rows);
        }
    }

    /** Tables with this column, those that others refer to first. */
    private List<String> tablesWith(String column) throws SQLException {
        Set<String> tables = new HashSet<>();
        try (ResultSet all = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
            while (all.next()) {
                tables.add(all.getString("TABLE_NAME"));
            }
        }
        // One by one: of all at once SQLite's driver makes a query with more terms than SQLite takes.
        for (String table : List.copyOf(tables)) {
            try (ResultSet columns = connection.getMetaData().getColumns(null, null, table, column)) {
                if (!columns.next()) {
                    tables.remove(table);
                }
            }
        }
        List<String> ordered = new ArrayList<>(tables);
        ordered.sort((one, other) -> Integer.compare(rank(one), rank(other)));
        return ordered;
    }

    private static int rank(String table) {
        return table.equals("notice_revision") ? 0 : 1;
    }

    private List<Long> numbers(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<Long> numbers = new ArrayList<>();
            while (found.next()) {
                numbers.add(found.getLong(1));
            }
            return numbers;
        }
    }

    private void update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
