import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Many towns in one instance, some of which have something to say in the same moment. The last line is the figure.
 *
 * <pre>
 * java -cp 'lib/lib/*' Towns.java make jdbc:sqlite:… TOWNS TELLING    a stopped instance of one town: so many more like it, the
 *                                                                     first of them paused and with its phones, at addresses
 *                                                                     of their own
 * java -cp 'lib/lib/*' Towns.java tell jdbc:sqlite:… TELLING PHONES BASE TOKEN LOG
 *                                                                     an alert in each of these while they are paused, then
 *                                                                     all go on at once: the moment by which half of the
 *                                                                     phones of the last town are told, as a multiple of the
 *                                                                     first one's
 * </pre>
 */
final class Towns {

    private static final String NAME = "commune-";
    private static final String PAUSED = "dispatch.paused.";
    private static final List<String> COPIED =
            List.of("district", "theme", "membership", "api_token", "approval_policy");
    private static final long PATIENCE_MS = 600_000;

    private Towns() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("make")) {
            make(arguments[1], Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        } else {
            tell(
                    arguments[1],
                    Integer.parseInt(arguments[2]),
                    Integer.parseInt(arguments[3]),
                    URI.create(arguments[4]),
                    arguments[5],
                    Path.of(arguments[6]));
        }
    }

    private static void make(String database, int towns, int telling) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            long first;
            try (ResultSet row = statement.executeQuery("SELECT MIN(id) FROM town")) {
                first = row.getLong(1);
            }
            for (int i = 1; i <= towns; i++) {
                copy(statement, "town", first, "id", Map.of("id", first + i, "slug", "'" + NAME + i + "'"));
                for (String table : COPIED) {
                    copy(statement, table, first, "town_id", Map.of("town_id", first + i));
                }
                if (i <= telling) {
                    copy(
                            statement,
                            "phone",
                            first,
                            "town_id",
                            Map.of("town_id", first + i, "endpoint", "endpoint || '?" + i + "'"));
                    statement.execute("INSERT INTO instance (name, value) VALUES ('" + PAUSED + (first + i) + "', '"
                            + System.currentTimeMillis() + "')");
                }
            }
            // As of a backup: held until its town resumes.
            statement.execute("CREATE TRIGGER held AFTER INSERT ON dispatch BEGIN"
                    + " UPDATE dispatch SET restored = 1 WHERE town_id = NEW.town_id AND id = NEW.id; END");
            connection.commit();
            statement.execute("ANALYZE");
            connection.commit();
        }
    }

    /** The rows of one town once more, some columns otherwise. */
    private static void copy(Statement statement, String table, long town, String key, Map<String, Object> otherwise)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("SELECT name FROM pragma_table_info('" + table + "')")) {
            while (row.next()) {
                columns.add(row.getString(1));
            }
        }
        List<String> values = columns.stream()
                .map(column ->
                        otherwise.containsKey(column) ? otherwise.get(column).toString() : column)
                .toList();
        statement.execute("INSERT INTO " + table + " (" + String.join(", ", columns) + ") SELECT "
                + String.join(", ", values) + " FROM " + table + " WHERE " + key + " = " + town);
    }

    private static void tell(String database, int telling, int phones, URI base, String token, Path log)
            throws IOException, InterruptedException, SQLException {
        long before = lines(log);
        long published = System.nanoTime();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 1; i <= telling; i++) {
                alert(http, base, NAME + i, token);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d alerts published, %.1f ms each%n",
                telling,
                (System.nanoTime() - published) / 1e6 / telling);
        Thread.sleep(2_000);
        if (lines(log) != before) {
            throw new IllegalStateException("Some were told while their town was paused");
        }
        Instant began = Instant.now();
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 30000");
            statement.execute("DROP TRIGGER held");
            statement.execute("DELETE FROM instance WHERE name LIKE '" + PAUSED + "%'");
        }
        long wanted = before + (long) telling * phones;
        while (lines(log) < wanted) {
            if (Instant.now().isAfter(began.plusMillis(PATIENCE_MS))) {
                throw new IllegalStateException(lines(log) + " lines of " + wanted);
            }
            // To count is work as well.
            Thread.sleep(3_000);
        }
        report(began, moments(log, before));
    }

    private static void alert(HttpClient http, URI base, String town, String token)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(base.resolve("/api/v1/emergencies"))
                        .header("Host", town + ".localhost:" + base.getPort())
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("""
                                {"kind": "emergency", "words": {"fr": {"title": "Crue de l’Orge", "instruction": "Montez à l’étage, coupez le gaz et l’électricité, écoutez la radio."}},
                                 "emergency": {"severity": "severe", "area": "Bords de l’Orge", "contact": ""}}"""))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(town + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private static long lines(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.count();
        }
    }

    /** When each town's phones were told, in seconds: « 1764385704.123 /push/17?4 » is one of the fourth town's. */
    private static Map<String, List<Double>> moments(Path log, long before) throws IOException {
        Map<String, List<Double>> moments = new TreeMap<>();
        try (Stream<String> lines = Files.lines(log)) {
            lines.skip(before).forEach(line -> {
                int space = line.indexOf(' ');
                moments.computeIfAbsent(line.substring(line.indexOf('?') + 1), town -> new ArrayList<>())
                        .add(Double.valueOf(line.substring(0, space)));
            });
        }
        return moments;
    }

    private static void report(Instant began, Map<String, List<Double>> moments) {
        List<Double> medians = moments.values().stream()
                .map(all -> all.stream().sorted().toList().get((all.size() - 1) / 2) * 1e3 - began.toEpochMilli())
                .sorted()
                .toList();
        double last = moments.values().stream()
                                .flatMap(List::stream)
                                .max(Double::compare)
                                .orElseThrow()
                        * 1e3
                - began.toEpochMilli();
        System.out.printf(
                Locale.ROOT,
                "%d towns, all told after %.0f ms; half of a town's after %.0f ms in the first, %.0f in the last%n",
                medians.size(),
                last,
                medians.getFirst(),
                medians.getLast());
        System.out.printf(Locale.ROOT, "%.2f%n", medians.getLast() / medians.getFirst());
    }
}
