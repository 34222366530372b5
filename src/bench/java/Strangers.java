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
    private static final int MOST_WARMING = 8;
    private static final double NO_QUICKER = 1.03;

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final URI inbox;
    private final URI town;
    private final String notice;
    private final int port;
    private final Provider provider;
    private final List<KeyPair> keys = new ArrayList<>();

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
            try (Wires wires = new Wires(strangers.inbox, port, strangers::document)) {
                // Nobody knows those of an earlier run, who had other keys. The second compiler comes late there, for
                // the
                // sake of the start: until it has no more to give, eight times at most.
                long began = System.currentTimeMillis();
                double before = 1;
                for (int i = 0; i < MOST_WARMING; i++) {
                    double now = strangers.rate(wires, count / 2, "w" + i + "-" + began);
                    if (now < NO_QUICKER * before) {
                        break;
                    }
                    before = now;
                }
                System.out.printf(Locale.ROOT, "%.0f%n", strangers.rate(wires, count, "m" + began));
            }
        }
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

    private double rate(Wires wires, int count, String name) throws Exception {
        // Who is not known yet is asked for with the first of these, and not again.
        List<Wires.Letter> arriving = shuffled(
                IntStream.range(0, count).mapToObj(i -> follow(actor(name, i))),
                IntStream.range(0, count).mapToObj(i -> end(actor(name + "a", i))));
        List<Wires.Letter> speaking = shuffled(
                IntStream.range(0, count).mapToObj(i -> react("Like", actor(name, i))),
                IntStream.range(0, count).mapToObj(i -> react("Announce", actor(name, i))));
        List<Wires.Letter> leaving = shuffled(
                IntStream.range(0, count).mapToObj(i -> unlike(actor(name, i))),
                IntStream.range(0, count).mapToObj(i -> i % 2 == 0 ? undo(actor(name, i)) : end(actor(name, i))),
                IntStream.range(0, count).mapToObj(i -> end(actor(name + "b", i))));
        int all = arriving.size() + speaking.size() + leaving.size();
        long began = System.nanoTime();
        int later = wires.send(arriving);
        long middle = System.nanoTime();
        later += wires.send(speaking);
        later += wires.send(leaving);
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d activities in %.1f s, of which followers came in %.1f s; %d were to come later%n",
                all,
                seconds,
                (middle - began) / 1e9,
                later);
        return all / seconds;
    }

    @SafeVarargs
    private static List<Wires.Letter> shuffled(Stream<Wires.Letter>... requests) {
        List<Wires.Letter> all = new ArrayList<>(
                Stream.of(requests).flatMap(each -> each).parallel().toList());
        Collections.shuffle(all, new Random(1));
        return all;
    }

    private Wires.Letter follow(String actor) {
        return signed(actor, activity("Follow", actor, '"' + town.toString() + '"'));
    }

    private Wires.Letter undo(String actor) {
        return signed(actor, activity("Undo", actor, activity("Follow", actor, '"' + town.toString() + '"')));
    }

    private Wires.Letter react(String type, String actor) {
        return signed(actor, activity(type, actor, '"' + notice + '"'));
    }

    private Wires.Letter unlike(String actor) {
        return signed(actor, activity("Undo", actor, activity("Like", actor, '"' + notice + '"')));
    }

    private Wires.Letter end(String actor) {
        return signed(actor, activity("Delete", actor, '"' + actor + '"'));
    }

    private static String activity(String type, String actor, String object) {
        return """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"%s#%s","type":"%s","actor":"%s","object":%s}""".formatted(actor, type, type, actor, object);
    }

    private Wires.Letter signed(String actor, String activity) {
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
            return new Wires.Letter(
                    date,
                    digest,
                    "keyId=\"%s#main-key\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date digest\",signature=\"%s\""
                            .formatted(actor, Base64.getEncoder().encodeToString(signature.sign())),
                    body);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
