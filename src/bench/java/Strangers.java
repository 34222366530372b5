import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Forty servers of the fediverse on this machine, whose accounts follow the town, like and repost a notice, change their mind
 * and leave, while two for each whom it does not know tell it that they are gone. All is signed beforehand. The last line is how
 * many activities were answered 202 a second.
 *
 * <pre>
 * java -cp 'lib/lib/*' Strangers.java COUNT BASE PORT     so many of them follow, each from an account of its own
 * </pre>
 */
final class Strangers {

    private static final int HOSTS = 40;
    private static final int KEYS = 16;

    private static final int AT_ONCE = 64;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final URI inbox;
    private final URI town;
    private final String notice;
    private final int port;
    private final Provider provider;
    private final List<KeyPair> keys = new ArrayList<>();
    private final AtomicInteger later = new AtomicInteger();

    private static String found(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        if (!found.find()) {
            throw new IllegalStateException(text);
        }
        return found.group(1);
    }

    private Strangers(URI base, URI town, String notice, int port) throws Exception {
        this.inbox = base.resolve("/fediverse/inbox");
        this.town = town;
        this.notice = notice;
        this.port = port;
        this.provider = (Provider) Class.forName("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider")
                .getField("INSTANCE")
                .get(null);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
        generator.initialize(2048);
        for (int i = 0; i < KEYS; i++) {
            keys.add(generator.generateKeyPair());
        }
    }

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        URI base = URI.create(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            String actor = http.send(
                            HttpRequest.newBuilder(base.resolve("/@ville"))
                                    .header("Accept", "application/activity+json")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            URI town = URI.create(found("\"id\" *: *\"([^\"]+)\"", actor));
            String notices = http.send(
                            HttpRequest.newBuilder(base.resolve("/@ville/outbox?page=1"))
                                    .header("Accept", "application/activity+json")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            Strangers strangers =
                    new Strangers(base, town, found("\"id\" *: *\"([^\"]+/avis/[^\"#]+)\"", notices), port);
            HttpServer server = strangers.serve();
            try {
                // Nobody knows those of an earlier run, who had other keys. The first only warms.
                long began = System.currentTimeMillis();
                strangers.rate(http, count / 2, "w" + began);
                System.out.printf(Locale.ROOT, "%.0f%n", strangers.rate(http, count, "m" + began));
            } finally {
                server.stop(0);
            }
        }
    }

    /** Shows their accounts, and takes what answers them. */
    private HttpServer serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 1_024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        return server;
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("POST")) {
            exchange.sendResponseHeaders(202, -1);
        } else {
            String path = exchange.getRequestURI().getPath();
            String actor = "http://" + exchange.getRequestHeaders().getFirst("Host") + path;
            byte[] document = document(actor).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/activity+json");
            exchange.sendResponseHeaders(200, document.length);
            exchange.getResponseBody().write(document);
        }
        exchange.close();
    }

    private KeyPair keysOf(String actor) {
        return keys.get(Math.floorMod(actor.hashCode(), KEYS));
    }

    private String document(String actor) {
        String pem = "-----BEGIN PUBLIC KEY-----\\n"
                + Base64.getEncoder().encodeToString(keysOf(actor).getPublic().getEncoded())
                + "\\n-----END PUBLIC KEY-----";
        return """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"%1$s","type":"Person","preferredUsername":"x",
                 "inbox":"%1$s/inbox","endpoints":{"sharedInbox":"%2$s"},
                 "publicKey":{"id":"%1$s#main-key","owner":"%1$s","publicKeyPem":"%3$s"}}
                """.formatted(actor, URI.create(actor).resolve("/inbox"), pem);
    }

    private String actor(String name, int i) {
        return "http://127.2.0." + (1 + i % HOSTS) + ":" + port + "/" + name + "-" + i;
    }

    private double rate(HttpClient http, int count, String name) throws Exception {
        // Who is not known yet is asked for with the first of these, and not again.
        List<HttpRequest> arriving = shuffled(
                IntStream.range(0, count).mapToObj(i -> follow(actor(name, i))),
                IntStream.range(0, count).mapToObj(i -> end(actor(name + "a", i))));
        List<HttpRequest> speaking = shuffled(
                IntStream.range(0, count).mapToObj(i -> react("Like", actor(name, i))),
                IntStream.range(0, count).mapToObj(i -> react("Announce", actor(name, i))));
        List<HttpRequest> leaving = shuffled(
                IntStream.range(0, count).mapToObj(i -> unlike(actor(name, i))),
                IntStream.range(0, count).mapToObj(i -> i % 2 == 0 ? undo(actor(name, i)) : end(actor(name, i))),
                IntStream.range(0, count).mapToObj(i -> end(actor(name + "b", i))));
        int all = arriving.size() + speaking.size() + leaving.size();
        long began = System.nanoTime();
        send(http, arriving);
        long middle = System.nanoTime();
        send(http, speaking);
        send(http, leaving);
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d activities in %.1f s, of which followers came in %.1f s; %d were to come later%n",
                all,
                seconds,
                (middle - began) / 1e9,
                later.getAndSet(0));
        return all / seconds;
    }

    @SafeVarargs
    private static List<HttpRequest> shuffled(Stream<HttpRequest>... requests) {
        List<HttpRequest> all = new ArrayList<>(
                Stream.of(requests).flatMap(each -> each).parallel().toList());
        Collections.shuffle(all, new Random(1));
        return all;
    }

    private void send(HttpClient http, List<HttpRequest> requests) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    for (int n = next.getAndIncrement(); n < requests.size(); n = next.getAndIncrement()) {
                        post(http, requests.get(n));
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Until it is taken. */
    private void post(HttpClient http, HttpRequest request) {
        try {
            while (true) {
                HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 202) {
                    return;
                }
                if (answer.statusCode() != 503) {
                    throw new IllegalStateException(answer.statusCode() + " " + answer.body());
                }
                later.incrementAndGet();
                Thread.sleep(10);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest follow(String actor) {
        return signed(actor, activity("Follow", actor, '"' + town.toString() + '"'));
    }

    private HttpRequest undo(String actor) {
        return signed(actor, activity("Undo", actor, activity("Follow", actor, '"' + town.toString() + '"')));
    }

    private HttpRequest react(String type, String actor) {
        return signed(actor, activity(type, actor, '"' + notice + '"'));
    }

    private HttpRequest unlike(String actor) {
        return signed(actor, activity("Undo", actor, activity("Like", actor, '"' + notice + '"')));
    }

    private HttpRequest end(String actor) {
        return signed(actor, activity("Delete", actor, '"' + actor + '"'));
    }

    private static String activity(String type, String actor, String object) {
        return """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"%s#%s","type":"%s","actor":"%s","object":%s}""".formatted(actor, type, type, actor, object);
    }

    private HttpRequest signed(String actor, String activity) {
        try {
            byte[] body = activity.getBytes(StandardCharsets.UTF_8);
            String date = HTTP_DATE.format(Instant.now());
            String digest = "SHA-256="
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
            Signature signature = Signature.getInstance("SHA256withRSA", provider);
            signature.initSign(keysOf(actor).getPrivate());
            signature.update("(request-target): post %s\nhost: %s\ndate: %s\ndigest: %s"
                    .formatted(inbox.getPath(), inbox.getAuthority(), date, digest)
                    .getBytes(StandardCharsets.UTF_8));
            return HttpRequest.newBuilder(inbox)
                    .header("Date", date)
                    .header("Digest", digest)
                    .header("Content-Type", "application/activity+json")
                    .header(
                            "Signature",
                            "keyId=\"%s#main-key\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date digest\",signature=\"%s\""
                                    .formatted(actor, Base64.getEncoder().encodeToString(signature.sign())))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
