import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Subscribed phones, and how long it takes until all are told. The last line is the figure.
 *
 * <pre>
 * java -cp 'lib/lib/*' Phones.java subscribe jdbc:sqlite:… COUNT DISTRICT PORT... to a stopped town, choosing a district or
 *                                                                             none (-); in turn at the ports
 * java Phones.java tell COUNT TIMES BASE TOKEN [METRICS KEYS]                 recipients a second, from the request to the last;
 *                                                                             each time once so many keys are prepared
 * java Phones.java enqueue TIMES FEW SMALL TOKEN MANY BIG TOKEN               of publishing: milliseconds in the big town,
 *                                                                             and times the small one's
 * java Phones.java scale METRICS FEW SMALL TOKEN MORE MIDDLE TOKEN MANY BIG TOKEN
 *                                                                             what each recipient from MORE to MANY takes, times
 *                                                                             what each from FEW to MORE does; METRICS: of the
 *                                                                             big town's heap
 * java Phones.java emergency TIMES FEW DISTRICT BASE AUTHOR APPROVER          an alert to the few of a district while news go
 *                                                                             to all others: how much later its first is told
 *                                                                             than alone, ms, and its last, times that
 * java Phones.java relay COUNT TIMES BASE TOKEN METRICS KEYS FROM=TO          recipients a second with 10 ms each way, as a
 *                                                                             part of those with none
 * java Phones.java origins COUNT TIMES BASE TOKEN LOG FROM=TO...              p99 of those whose origins write LOG, while the
 *                                                                             others are silent, times the one while they answer
 * </pre>
 */
final class Phones {

    private static final Pattern ID = Pattern.compile("\"id\" *: *\"([a-z0-9]{13})\"");
    private static final long PATIENCE_S = 600;

    private static final Pattern PREPARED =
            Pattern.compile("(?m)^tambour_phones_prepared_keys(?:\\{[^}]*})? ([0-9.E]+)");
    private static final int WARM = 5;
    private static final double MOST_HEAP_MIB = 512;
    private static final Duration EACH_WAY = Duration.ofMillis(10);

    /** « 1764385704.123 » and the end of the line. */
    private static final int LOG_LINE = 15;

    private Phones() {}

    /** What is to be prepared before each time. */
    private record Keys(URI metrics, long count) {

        void await(HttpClient http) throws IOException, InterruptedException {
            Instant patience = Instant.now().plusSeconds(PATIENCE_S);
            HttpRequest ask = HttpRequest.newBuilder(metrics).build();
            while (true) {
                String body =
                        http.send(ask, HttpResponse.BodyHandlers.ofString()).body();
                Matcher prepared = PREPARED.matcher(body);
                if (!prepared.find()) {
                    throw new IllegalStateException("No metric of prepared keys");
                }
                if (Double.parseDouble(prepared.group(1)) >= count) {
                    return;
                }
                if (Instant.now().isAfter(patience)) {
                    throw new IllegalStateException(prepared.group() + " keys, " + count + " wanted");
                }
                Thread.sleep(500);
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "subscribe" ->
                subscribe(
                        arguments[1],
                        Integer.parseInt(arguments[2]),
                        arguments[3],
                        Arrays.copyOfRange(arguments, 4, arguments.length));
            case "tell" ->
                tell(
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        arguments[3],
                        arguments[4],
                        arguments.length > 5 ? new Keys(URI.create(arguments[5]), Long.parseLong(arguments[6])) : null);
            case "enqueue" ->
                enqueue(
                        Integer.parseInt(arguments[1]),
                        new Size(Integer.parseInt(arguments[2]), arguments[3], arguments[4]),
                        new Size(Integer.parseInt(arguments[5]), arguments[6], arguments[7]));
            case "scale" ->
                scale(
                        URI.create(arguments[1]),
                        new Size(Integer.parseInt(arguments[2]), arguments[3], arguments[4]),
                        new Size(Integer.parseInt(arguments[5]), arguments[6], arguments[7]),
                        new Size(Integer.parseInt(arguments[8]), arguments[9], arguments[10]));
            case "emergency" ->
                emergency(
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        arguments[3],
                        arguments[4],
                        arguments[5],
                        arguments[6]);
            case "relay" ->
                relay(
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        arguments[3],
                        arguments[4],
                        new Keys(URI.create(arguments[5]), Long.parseLong(arguments[6])),
                        arguments[7]);
            case "origins" ->
                origins(
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        arguments[3],
                        arguments[4],
                        Path.of(arguments[5]),
                        Arrays.copyOfRange(arguments, 6, arguments.length));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Every one with keys of its own, wanting to hear everything. Each port is an origin. */
    private static void subscribe(String database, int count, String district, String[] ports)
            throws SQLException, GeneralSecurityException, ReflectiveOperationException {
        try (Connection connection = DriverManager.getConnection(database)) {
            connection.setAutoCommit(false);
            long town = one(connection, "SELECT MIN(id) FROM town");
            String chosen = district.equals("-")
                    ? ""
                    : ""
                            + one(
                                    connection,
                                    "SELECT id FROM district WHERE town_id = " + town + " AND slug = '" + district
                                            + "'");
            long last = one(connection, "SELECT COALESCE(MAX(id), 0) FROM phone WHERE town_id = " + town);
            KeyPairGenerator keys = generator();
            SecureRandom random = new SecureRandom();
            Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
            byte[] secret = new byte[16];
            YearMonth now = YearMonth.now();
            int month = (now.getYear() - 1970) * 12 + now.getMonthValue() - 1;
            try (PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO phone (town_id, id, endpoint, endpoint_mac, public_key, secret, origin, known_origin, active,
                      token_mac, pending_at, since_month, seen_month, kinds, themes, districts, quiet_from, quiet_until,
                      language, chosen_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 1, 1, NULL, NULL, ?, ?, '', '', ?, NULL, NULL, 'fr', 0)
                    """)) {
                for (int i = 1; i <= count; i++) {
                    long id = last + i;
                    String port = ports[i % ports.length];
                    random.nextBytes(secret);
                    insert.setLong(1, town);
                    insert.setLong(2, id);
                    insert.setString(3, "https://localhost:" + port + "/push/" + id);
                    insert.setString(4, "bench" + id);
                    insert.setString(5, base64.encodeToString(point((ECPublicKey)
                            keys.generateKeyPair().getPublic())));
                    insert.setString(6, base64.encodeToString(secret));
                    insert.setString(7, "localhost-" + port);
                    insert.setInt(8, month);
                    insert.setInt(9, month);
                    insert.setString(10, chosen);
                    insert.addBatch();
                    if (i % 5_000 == 0) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
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
            row.next();
            return row.getLong(1);
        }
    }

    /** The distribution's native provider makes a million in half a minute. */
    private static KeyPairGenerator generator() throws GeneralSecurityException, ReflectiveOperationException {
        Provider provider = (Provider) Class.forName("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider")
                .getField("INSTANCE")
                .get(null);
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC", provider);
        keys.initialize(new ECGenParameterSpec("secp256r1"));
        return keys;
    }

    private static byte[] point(ECPublicKey key) {
        byte[] point = new byte[65];
        point[0] = 4;
        put(key.getW().getAffineX(), point, 1);
        put(key.getW().getAffineY(), point, 33);
        return point;
    }

    private static void put(BigInteger number, byte[] into, int at) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, into, at + 32 - length, length);
    }

    /** Publishes alerts, one after the other, each when all phones have been told of the one before. */
    private static void tell(int count, int times, String base, String token, Keys keys)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            double[] rates = new double[times];
            for (int i = 0; i < times; i++) {
                if (keys != null) {
                    keys.await(http);
                }
                rates[i] = rate(http, base, token, count);
            }
            System.out.printf(Locale.ROOT, "%.0f%n", median(rates));
        }
    }

    /** Of one alert, from the request to the last who accepted it: recipients a second. */
    private static double rate(HttpClient http, String base, String token, int count)
            throws IOException, InterruptedException {
        Instant began = Instant.now();
        String id = alert(http, base, token, "");
        long published = Duration.between(began, Instant.now()).toMillis();
        String account =
                settled(http, base, id, phones -> text(phones, "accepted").equals(Integer.toString(count)));
        double ms = Duration.between(began, Instant.parse(text(account, "last_accepted_at")))
                        .toNanos()
                / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%d phones in %.0f ms (request %d ms, first %s, median %s ms, p95 %s ms): %.0f/s%n",
                count,
                ms,
                published,
                text(account, "first_accepted_at"),
                text(account, "median_ms"),
                text(account, "p95_ms"),
                count / ms * 1e3);
        return count / ms * 1e3;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** A town with so many phones. */
    private record Size(int phones, String base, String token) {

        /** Milliseconds until all are told. */
        double told(HttpClient http) throws IOException, InterruptedException {
            return phones / rate(http, base, token, phones) * 1e3;
        }

        double warm(HttpClient http) throws IOException, InterruptedException {
            double[] times = new double[3];
            for (int i = 0; i < WARM + times.length; i++) {
                times[i % times.length] = told(http);
                Thread.sleep(200);
            }
            return median(times);
        }
    }

    /** What a publication costs whoever it is for is in none of it: only what each recipient more costs. */
    private static void scale(URI metrics, Size few, Size more, Size many) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient();
                Heap heap = new Heap(http, metrics)) {
            double first = few.warm(http);
            double second = more.warm(http);
            many.told(http);
            double third = many.told(http);
            double below = (second - first) / (more.phones() - few.phones());
            double above = (third - second) / (many.phones() - more.phones());
            System.out.printf(
                    Locale.ROOT,
                    "each from %d to %d: %.1f µs, from %d to %d: %.1f µs; heap in use %.0f MiB at most%n",
                    few.phones(),
                    more.phones(),
                    below * 1e3,
                    more.phones(),
                    many.phones(),
                    above * 1e3,
                    heap.most());
            if (heap.most() > MOST_HEAP_MIB) {
                throw new IllegalStateException("More than " + MOST_HEAP_MIB + " MiB of heap were used");
            }
            System.out.printf(Locale.ROOT, "%.3f%n", above / below);
        }
    }

    /** Looks again and again how much of it is used. */
    private static final class Heap implements AutoCloseable {

        private static final Pattern USED =
                Pattern.compile("(?m)^jvm_memory_used_bytes\\{[^}]*area=\"heap\"[^}]*} ([0-9.E]+)");

        private final HttpClient http;
        private final HttpRequest ask;
        private final Thread looking = new Thread(this::look);
        private volatile double most;

        Heap(HttpClient http, URI metrics) throws IOException, InterruptedException {
            this.http = http;
            this.ask = HttpRequest.newBuilder(metrics).build();
            if (used() == 0) {
                throw new IllegalStateException("No metric of the heap");
            }
            looking.setDaemon(true);
            looking.start();
        }

        private void look() {
            try {
                while (!looking.isInterrupted()) {
                    most = Math.max(most, used());
                    Thread.sleep(100);
                }
            } catch (IOException | InterruptedException e) {
                // It is over.
            }
        }

        private double used() throws IOException, InterruptedException {
            String body = http.send(ask, HttpResponse.BodyHandlers.ofString()).body();
            double used = 0;
            for (Matcher part = USED.matcher(body); part.find(); ) {
                used += Double.parseDouble(part.group(1));
            }
            return used / (1 << 20);
        }

        /** MiB. */
        double most() {
            return most;
        }

        @Override
        public void close() {
            looking.interrupt();
        }
    }

    /** Milliseconds from the request to the first and to the last who accepted. */
    private record Told(double first, double last) {}

    private static void emergency(int times, int few, String district, String base, String author, String approver)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            Desk desk = new Desk(base, author, approver);
            String id = district(http, base, approver, district);
            double[] later = new double[times];
            double[] longer = new double[times];
            for (int i = -1; i < times; i++) {
                Told alone = told(http, base, approver, id, few);
                String news = desk.published("À tous " + System.nanoTime());
                settled(
                        http,
                        base,
                        news,
                        phones -> !text(phones, "first_accepted_at").equals("null"));
                Told beside = told(http, base, approver, id, few);
                // Refused where all of them are told by now: then nothing was measured.
                if (!stop(http, base, approver, news)) {
                    throw new IllegalStateException("The others were all told before the emergency");
                }
                settled(http, base, news, phones -> text(phones, "settled_at").startsWith("2"));
                System.out.printf(
                        Locale.ROOT,
                        "alone first %.0f, last %.0f ms; beside the news first %.0f, last %.0f ms%n",
                        alone.first(),
                        alone.last(),
                        beside.first(),
                        beside.last());
                if (i >= 0) {
                    later[i] = Math.max(0, beside.first() - alone.first());
                    longer[i] = beside.last() / alone.last();
                }
            }
            System.out.printf(Locale.ROOT, "later %.0f%n%.2f%n", median(later), median(longer));
        }
    }

    private static String district(HttpClient http, String base, String token, String slug)
            throws IOException, InterruptedException {
        String all = http.send(
                        HttpRequest.newBuilder(URI.create(base + "/api/v1/districts"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher one = Pattern.compile("\\{[^{}]*\"slug\" *: *\"" + slug + "\"").matcher(all);
        if (!one.find()) {
            throw new IllegalStateException("No district " + slug + " in " + all);
        }
        return text(one.group(), "id");
    }

    private static Told told(HttpClient http, String base, String token, String district, int few)
            throws IOException, InterruptedException {
        Instant began = Instant.now();
        String id = alert(http, base, token, '"' + district + '"');
        String account =
                settled(http, base, id, phones -> text(phones, "accepted").equals(Integer.toString(few)));
        return new Told(
                Duration.between(began, Instant.parse(text(account, "first_accepted_at")))
                                .toNanos()
                        / 1e6,
                Duration.between(began, Instant.parse(text(account, "last_accepted_at")))
                                .toNanos()
                        / 1e6);
    }

    private static void relay(int count, int times, String base, String token, Keys keys, String way)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient();
                Relay relay = new Relay(way)) {
            double[] near = new double[times];
            double[] far = new double[times];
            for (int i = -1; i < times; i++) {
                for (boolean isFar : new boolean[] {false, true}) {
                    relay.delays(isFar ? EACH_WAY : Duration.ZERO);
                    keys.await(http);
                    double rate = rate(http, base, token, count);
                    if (i >= 0) {
                        (isFar ? far : near)[i] = rate;
                    }
                }
            }
            System.out.printf(Locale.ROOT, "%.3f%n", median(far) / median(near));
        }
    }

    /** Pairs, the first of which only warms. */
    private static void origins(int count, int times, String base, String token, Path log, String[] ways)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient();
                Relay relay = new Relay(ways)) {
            double[] ratios = new double[times];
            for (int i = -1; i < times; i++) {
                relay.delays(Duration.ZERO);
                double alone = p99(http, base, token, count, log);
                relay.fallsSilent();
                double beside = p99(http, base, token, count, log);
                System.out.printf(
                        Locale.ROOT, "p99 %.0f ms while all answer, %.0f ms beside the silent%n", alone, beside);
                if (i >= 0) {
                    ratios[i] = beside / alone;
                }
            }
            System.out.printf(Locale.ROOT, "%.3f%n", median(ratios));
        }
    }

    /** Milliseconds from the request on, of those whose origins write the log; the rest is stopped then. */
    private static double p99(HttpClient http, String base, String token, int count, Path log)
            throws IOException, InterruptedException {
        long before = Files.size(log);
        Instant began = Instant.now();
        String id = alert(http, base, token, "");
        Instant patience = began.plusSeconds(PATIENCE_S);
        while (Files.size(log) < before + (long) count * LOG_LINE) {
            if (Instant.now().isAfter(patience)) {
                throw new IllegalStateException("Not all were told");
            }
            Thread.sleep(50);
        }
        stop(http, base, token, id);
        // What was under way ends.
        Thread.sleep(1_000);
        try (Stream<String> lines = Files.lines(log)) {
            double[] seconds = lines.skip(before / LOG_LINE)
                    .mapToDouble(Double::parseDouble)
                    .sorted()
                    .toArray();
            return seconds[(int) Math.ceil(seconds.length * 0.99) - 1] * 1e3 - began.toEpochMilli();
        }
    }

    /**
     * Publishes alerts here and there in turn; each is stopped at once and accounted for, so that none is on its way beside
     * the next.
     */
    private static void enqueue(int times, Size small, Size big) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            double[] few = new double[times];
            double[] many = new double[times];
            for (int i = -WARM; i < times; i++) {
                double here = published(http, small);
                double there = published(http, big);
                if (i >= 0) {
                    few[i] = here;
                    many[i] = there;
                }
            }
            double ms = median(many);
            System.out.printf(Locale.ROOT, "ratio %.2f%n%.1f%n", ms / median(few), ms);
        }
    }

    private static double published(HttpClient http, Size town) throws IOException, InterruptedException {
        long began = System.nanoTime();
        String id = alert(http, town.base(), town.token(), "");
        double ms = (System.nanoTime() - began) / 1e6;
        stop(http, town.base(), town.token(), id);
        // Of fewer than ten the account says nothing, nor of when it was over where nobody was told.
        settled(
                http,
                town.base(),
                id,
                phones -> said(phones, "accepted") + said(phones, "stopped") > town.phones() - 20);
        return ms;
    }

    private static long said(String phones, String field) {
        String count = text(phones, field);
        return count.equals("null") ? 0 : Long.parseLong(count);
    }

    /** Whether there was anything to stop: the few are told before. */
    private static boolean stop(HttpClient http, String base, String token, String id)
            throws IOException, InterruptedException {
        HttpResponse<String> stopped = http.send(
                HttpRequest.newBuilder(URI.create(base + "/api/v1/notices/" + id + "/channels/phone/stop"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"reason\": \"bench\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (stopped.statusCode() / 100 != 2 && stopped.statusCode() != 409) {
            throw new IllegalStateException(stopped.statusCode() + " " + stopped.body());
        }
        return stopped.statusCode() != 409;
    }

    /** @param districts in quotes and commas, or none */
    private static String alert(HttpClient http, String base, String token, String districts)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(base + "/api/v1/emergencies"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("""
                                {"kind": "emergency", "words": {"fr": {"title": "Crue de l’Orge", "instruction": "Montez à l’étage, coupez le gaz et l’électricité, écoutez la radio."}},
                                 "districts": [%s],
                                 "emergency": {"severity": "severe", "area": "Bords de l’Orge", "contact": ""}}""".formatted(districts)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Matcher id = ID.matcher(answer.body());
        if (answer.statusCode() / 100 != 2 || !id.find()) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return id.group(1);
    }

    /** The account of the phones, once it is so. */
    private static String settled(HttpClient http, String base, String id, Predicate<String> done)
            throws IOException, InterruptedException {
        return Accounts.settled(http, base, id, "phone", done);
    }

    private static String text(String json, String field) {
        return Accounts.text(json, field);
    }
}
