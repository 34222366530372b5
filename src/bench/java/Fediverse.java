import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Followers on servers of the fediverse, all of which are this machine, and how long it takes until all of them are told. The
 * last line is the figure.
 *
 * <pre>
 * java -cp 'lib/lib/*' Fediverse.java follow jdbc:sqlite:… HOSTS EACH PORT     to a stopped town that has its account: so many
 *                                                                              inboxes each on so many hosts, 127.1.0.0 and on;
 *                                                                              one that all share where that is 0
 * java -cp 'lib/lib/*' Fediverse.java followports jdbc:sqlite:… EACH PORT...   the same at ports of 127.0.0.1
 * java -cp 'lib/lib/*' Fediverse.java tell COUNT TIMES BASE AUTHOR APPROVER PORT
 *                                                                              inboxes a second, from the request to the last,
 *                                                                              and as a part of the bare client's, in turn
 * java Fediverse.java told COUNT TIMES BASE AUTHOR APPROVER                     so many notices, each to the last
 * java Fediverse.java slow COUNT TIMES BASE AUTHOR APPROVER LOG FROM=TO...     p99 of those whose hosts write LOG, while the
 *                                                                              others are silent, times the one while they answer
 * </pre>
 */
final class Fediverse {

    private static final long PATIENCE_S = 600;

    /** « 1764385704.123 » and the end of the line. */
    private static final int LOG_LINE = 15;

    private Fediverse() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "follow" -> {
                int hosts = Integer.parseInt(arguments[2]);
                String port = arguments[4];
                String[] names = new String[hosts];
                Arrays.setAll(names, i -> host(i) + ":" + port);
                follow(arguments[1], Integer.parseInt(arguments[3]), names);
            }
            case "followports" -> {
                String[] names = Arrays.stream(arguments)
                        .skip(3)
                        .map(port -> "127.0.0.1:" + port)
                        .toArray(String[]::new);
                follow(arguments[1], Integer.parseInt(arguments[2]), names);
            }
            case "tell" ->
                tell(
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        new Desk(arguments[3], arguments[4], arguments[5]),
                        Integer.parseInt(arguments[6]));
            case "told" -> {
                try (HttpClient http = HttpClient.newHttpClient()) {
                    Desk desk = new Desk(arguments[3], arguments[4], arguments[5]);
                    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                        System.out.printf(Locale.ROOT, "%.0f/s%n", rate(http, desk, Integer.parseInt(arguments[1])));
                    }
                }
            }
            case "slow" ->
                slow(
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        new Desk(arguments[3], arguments[4], arguments[5]),
                        Path.of(arguments[6]),
                        Arrays.copyOfRange(arguments, 7, arguments.length));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** One of some sixty thousand that are this machine. */
    static String host(int i) {
        return "127.1." + i / 250 + "." + (i % 250 + 1);
    }

    private static void follow(String database, int each, String[] hosts) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database)) {
            connection.setAutoCommit(false);
            long town = one(connection, "SELECT MIN(id) FROM town");
            long actor = one(connection, "SELECT id FROM fediverse_actor WHERE kind = 'TOWN' AND town_id = " + town);
            long last = one(connection, "SELECT COALESCE(MAX(id), 0) FROM fediverse_inbox WHERE town_id = " + town);
            try (PreparedStatement inbox = connection.prepareStatement(
                            "INSERT INTO fediverse_inbox (town_id, id, address, host, shared) VALUES (?, ?, ?, ?, ?)");
                    PreparedStatement following = connection.prepareStatement(
                            "INSERT INTO fediverse_following (town_id, inbox_id, actor_id) VALUES (?, ?, ?)");
                    PreparedStatement follower = connection.prepareStatement("""
                            INSERT INTO fediverse_follower (town_id, id, actor_id, remote, inbox_id, follow, since)
                            VALUES (?, ?, ?, ?, ?, ?, 0)""")) {
                for (int i = 0; i < hosts.length * Math.max(1, each); i++) {
                    String host = hosts[i % hosts.length];
                    String person = "http://" + host + "/users/" + (last + i);
                    inbox.setLong(1, town);
                    inbox.setLong(2, last + 1 + i);
                    inbox.setString(3, each == 0 ? "http://" + host + "/inbox" : person + "/inbox");
                    inbox.setString(4, host);
                    inbox.setInt(5, each == 0 ? 1 : 0);
                    inbox.addBatch();
                    following.setLong(1, town);
                    following.setLong(2, last + 1 + i);
                    following.setLong(3, actor);
                    following.addBatch();
                    follower.setLong(1, town);
                    follower.setLong(2, last + 1 + i);
                    follower.setLong(3, actor);
                    follower.setString(4, person);
                    follower.setLong(5, last + 1 + i);
                    follower.setString(6, person + "#follow");
                    follower.addBatch();
                    if (i % 1_000 == 999) {
                        inbox.executeBatch();
                        following.executeBatch();
                        follower.executeBatch();
                    }
                }
                inbox.executeBatch();
                following.executeBatch();
                follower.executeBatch();
            }
            connection.commit();
            try (Statement statement = connection.createStatement()) {
                statement.execute("ANALYZE");
            }
            connection.commit();
        }
    }

    private static long one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new IllegalStateException("Nothing for " + sql);
            }
            return row.getLong(1);
        }
    }

    /** Ours and the bare client's in turn; the first of each only warms. */
    private static void tell(int count, int times, Desk desk, int port) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                Bare bare = new Bare()) {
            double[] ours = new double[times];
            double[] ratios = new double[times];
            for (int i = -1; i < times; i++) {
                double theirs = bare.rate(count, port);
                double rate = rate(http, desk, count);
                System.out.printf(Locale.ROOT, "bare %.0f/s, Tambour %.0f/s%n", theirs, rate);
                if (i >= 0) {
                    ours[i] = rate;
                    ratios[i] = rate / theirs;
                }
            }
            System.out.printf(Locale.ROOT, "rate %.0f%n%.3f%n", median(ours), median(ratios));
        }
    }

    /** Of one notice, from the request to the last who accepted it: inboxes a second. */
    private static double rate(HttpClient http, Desk desk, int count) throws IOException, InterruptedException {
        String approval = desk.submitted("À tous " + System.nanoTime());
        String id = approval.split("/")[4];
        Instant began = Instant.now();
        desk.release(approval);
        String account = Accounts.settled(
                http,
                desk.base,
                id,
                "fediverse",
                said -> Accounts.text(said, "accepted").equals(Integer.toString(count)));
        double ms = Duration.between(began, Instant.parse(Accounts.text(account, "last_accepted_at")))
                        .toNanos()
                / 1e6;
        return count / ms * 1e3;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Pairs, the first of which only warms. */
    private static void slow(int count, int times, Desk desk, Path log, String[] ways)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient();
                Relay relay = new Relay(ways)) {
            double[] ratios = new double[times];
            for (int i = -1; i < times; i++) {
                relay.delays(Duration.ZERO);
                double alone = p99(desk, count, log);
                relay.fallsSilent();
                double beside = p99(desk, count, log);
                System.out.printf(
                        Locale.ROOT, "p99 %.0f ms while all answer, %.0f ms beside the silent%n", alone, beside);
                if (i >= 0) {
                    ratios[i] = beside / alone;
                }
            }
            System.out.printf(Locale.ROOT, "%.3f%n", median(ratios));
        }
    }

    /** Milliseconds from the request on, of those whose hosts write the log. */
    private static double p99(Desk desk, int count, Path log) throws IOException, InterruptedException {
        long before = Files.size(log);
        String approval = desk.submitted("À tous " + System.nanoTime());
        Instant began = Instant.now();
        desk.release(approval);
        Instant patience = began.plusSeconds(PATIENCE_S);
        while (Files.size(log) < before + (long) count * LOG_LINE) {
            if (Instant.now().isAfter(patience)) {
                throw new IllegalStateException("Not all were told");
            }
            Thread.sleep(50);
        }
        try (Stream<String> lines = Files.lines(log)) {
            double[] seconds = lines.skip(before / LOG_LINE)
                    .mapToDouble(Double::parseDouble)
                    .sorted()
                    .toArray();
            return seconds[(int) Math.ceil(seconds.length * 0.99) - 1] * 1e3 - began.toEpochMilli();
        }
    }
}
