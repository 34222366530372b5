package fr.tambour.fediverse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.tambour.fediverse.internal.RsaKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.EdECKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.tomitribe.auth.signatures.Signature;
import org.tomitribe.auth.signatures.Signer;
import org.tomitribe.auth.signatures.Verifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server on this machine whose documents and requests a test makes up. */
public final class Stranger implements AutoCloseable {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final String AGENT = "Stranger/1.0 (+https://stranger.example/)";

    /** In place of a header. */
    private static final String PATH = ":path";

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> headers = new CopyOnWriteArrayList<>();
    private KeyPair keys = RsaKeys.pair();
    private int seconds;
    private volatile boolean gated;

    public Stranger() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.add(exchange.getRequestMethod() + " " + path);
        if (gated && exchange.getRequestMethod().equals("GET") && !isSigned(exchange)) {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            return;
        }
        if (exchange.getRequestMethod().equals("POST")) {
            headers.add(headers(exchange));
            received.add(new String(body, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(statuses.getOrDefault(path, 202), -1);
        } else if (document(exchange.getRequestURI()) != null) {
            byte[] document = document(exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/activity+json");
            exchange.sendResponseHeaders(200, document.length);
            exchange.getResponseBody().write(document);
        } else {
            exchange.getResponseHeaders().set("Location", "https://169.254.169.254/latest/meta-data");
            exchange.sendResponseHeaders(statuses.getOrDefault(path, 404), -1);
        }
        exchange.close();
    }

    /** Some tell theirs apart by a query. */
    private String document(URI asked) {
        String whole = documents.get(asked.toString());
        return whole == null ? documents.get(asked.getPath()) : whole;
    }

    /** From now on nobody reads anything who has not signed with a key that stands, for all to read, where it says. */
    void isGated() {
        gated = true;
    }

    private boolean isSigned(HttpExchange exchange) {
        try {
            Signature signature =
                    Signature.fromString(exchange.getRequestHeaders().getFirst("Signature"), null);
            String owner = signature.getKeyId().replaceFirst("#.*", "");
            JsonNode actor = JsonMapper.shared()
                    .readTree(http.send(
                                    HttpRequest.newBuilder(URI.create(owner))
                                            .header("Accept", "application/activity+json")
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body());
            Map<String, String> sent = headers(exchange);
            return verifies(actor.path("publicKey"), signature, "get", sent.get(PATH), sent);
        } catch (IOException | InterruptedException | RuntimeException e) {
            return false;
        }
    }

    /** Reads as its server does in somebody's name: signed by draft-cavage. */
    HttpResponse<String> reads(URI what, String name) throws Exception {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", what.getRawAuthority());
        headers.put("Date", HTTP_DATE.format(Instant.now()));
        String signature = new Signer(
                        keys.getPrivate(),
                        new Signature(
                                at("/" + name) + "#main-key",
                                "rsa-sha256",
                                null,
                                List.of("(request-target)", "host", "date")))
                .sign("GET", what.getRawPath(), headers)
                .toString();
        headers.put("Signature", signature.substring("Signature ".length()));
        headers.put("Accept", "application/activity+json");
        HttpRequest.Builder request = HttpRequest.newBuilder(what);
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The same, signed by RFC 9421. */
    HttpResponse<String> readsByMessageSignature(URI what, String name) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(what).header("Accept", "application/activity+json");
        messageSignature(
                        "GET",
                        what,
                        at("/" + name) + "#main-key",
                        keys.getPrivate(),
                        List.of("@method", "@target-uri"),
                        Map.of())
                .forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Posts what is signed by RFC 9421. */
    HttpResponse<String> sendsByMessageSignature(URI inbox, String name, String activity) throws Exception {
        return sendsByMessageSignature(inbox, at("/" + name) + "#main-key", keys.getPrivate(), activity);
    }

    HttpResponse<String> sendsByMessageSignature(URI inbox, String keyId, PrivateKey key, String activity)
            throws Exception {
        byte[] body = activity.getBytes(StandardCharsets.UTF_8);
        String digest = "sha-256=:"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(body))
                + ":";
        HttpRequest.Builder request = HttpRequest.newBuilder(inbox)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/activity+json")
                .header("Content-Digest", digest);
        messageSignature(
                        "POST",
                        inbox,
                        keyId,
                        key,
                        List.of("@method", "@target-uri", "content-digest"),
                        Map.of("content-digest", digest))
                .forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** RFC 9421 section 2.5, by hand. */
    private Map<String, String> messageSignature(
            String method, URI target, String keyId, PrivateKey key, List<String> covered, Map<String, String> fields)
            throws GeneralSecurityException {
        String input = covered.stream().map(one -> '"' + one + '"').collect(Collectors.joining(" ", "(", ")"))
                + ";created=" + Instant.now().plusSeconds(seconds++).getEpochSecond()
                + ";keyid=\"" + keyId + "\"";
        StringBuilder base = new StringBuilder();
        for (String one : covered) {
            String value = switch (one) {
                case "@method" -> method;
                case "@target-uri" -> target.toString();
                default -> fields.get(one);
            };
            base.append('"').append(one).append("\": ").append(value).append('\n');
        }
        base.append("\"@signature-params\": ").append(input);
        java.security.Signature signing =
                java.security.Signature.getInstance(key instanceof EdECKey ? "Ed25519" : "SHA256withRSA");
        signing.initSign(key);
        signing.update(base.toString().getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "Signature-Input",
                "sig1=" + input,
                "Signature",
                "sig1=:" + Base64.getEncoder().encodeToString(signing.sign()) + ":");
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** With its port. */
    String host() {
        return at("/").getRawAuthority();
    }

    /** @param object as JSON */
    String activity(String type, String who, URI id, String object) {
        return """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"%s","type":"%s","actor":"%s","object":%s}
                """.formatted(id, type, at("/" + who), object);
    }

    void shows(String path, String document) {
        documents.put(path, document);
    }

    void answers(String path, int status) {
        documents.remove(path);
        statuses.put(path, status);
    }

    List<String> asked() {
        return asked;
    }

    public List<String> received() {
        return received;
    }

    /** Those of its activities that are of this type. */
    List<JsonNode> received(String type) {
        return activities().stream()
                .filter(activity -> activity.path("type").asString().equals(type))
                .toList();
    }

    /** Of what it received, in its order. */
    List<String> types() {
        return activities().stream()
                .map(activity -> activity.path("type").asString())
                .toList();
    }

    /** What it received, read. */
    List<JsonNode> activities() {
        return received.stream().map(JsonMapper.shared()::readTree).toList();
    }

    /**
     * Whether it received this, of those since all were cleared last, signed with this key.
     *
     * @param key as it stands in an account
     */
    boolean isSignedWith(JsonNode key, int which) {
        Map<String, String> sent = headers.get(headers.size() - received.size() + which);
        Signature signature = Signature.fromString(sent.get("Signature"), null);
        return signature.getKeyId().equals(key.path("id").asString())
                && verifies(key, signature, "post", sent.get(PATH), sent);
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> all = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> all.put(name, values.getFirst()));
        all.put(PATH, exchange.getRequestURI().toString());
        return all;
    }

    private static boolean verifies(
            JsonNode key, Signature signature, String method, String path, Map<String, String> headers) {
        try {
            byte[] bytes = Base64.getMimeDecoder()
                    .decode(key.path("publicKeyPem").asString().replaceAll("-----[A-Z ]+-----", ""));
            PublicKey read = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(bytes));
            return new Verifier(read, signature).verify(method, path, headers);
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }

    /** From now on it signs with other keys, and says so where it shows its accounts anew. */
    void changesItsKeys() {
        keys = RsaKeys.pair();
    }

    /** Its key, as it stands within a document. */
    String pem() {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                .formatted(lines)
                .replace("\n", "\\n");
    }

    /** Each in a second of its own, as another server signs. */
    HttpResponse<String> sendsOnce(URI inbox, Sending sending) throws Exception {
        sending.at = sending.at.plusSeconds(seconds++);
        return sends(inbox, sending);
    }

    /** An account as others describe theirs. */
    public String account(String name) {
        return account(name, at("/" + name), at("/" + name + "/inbox"));
    }

    String account(String name, URI id, URI inbox) {
        String pem = "-----BEGIN PUBLIC KEY-----\\n"
                + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\\n-----END PUBLIC KEY-----";
        String document = """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"%1$s","type":"Person","preferredUsername":"%2$s",
                 "inbox":"%3$s","publicKey":{"id":"%1$s#main-key","owner":"%1$s","publicKeyPem":"%4$s"}}
                """.formatted(id, name, inbox, pem);
        shows("/" + name, document);
        return document;
    }

    /** What is sent, in a test's hands. */
    static final class Sending {
        String keyId;
        Instant at = Instant.now();
        byte[] signed;
        byte[] body;

        /** What stands behind the signature, which nobody has signed. */
        String behind = "";

        Map<String, String> instead = new LinkedHashMap<>();

        List<String> covers = List.of("(request-target)", "host", "date", "digest", "content-type");
        String algorithm = "rsa-sha256";
        String type = "application/activity+json";

        Sending(String keyId, String body) {
            this.keyId = keyId;
            this.body = body.getBytes(StandardCharsets.UTF_8);
            this.signed = this.body;
        }
    }

    /** Each in a second of its own: the same within one would be the same request again. */
    public HttpResponse<String> sends(URI inbox, String name, String activity) throws Exception {
        Sending sending = new Sending(at("/" + name) + "#main-key", activity);
        sending.at = sending.at.plusSeconds(seconds++);
        return sends(inbox, sending);
    }

    HttpResponse<String> sends(URI inbox, Sending sending) throws Exception {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", inbox.getRawAuthority());
        headers.put("Date", HTTP_DATE.format(sending.at));
        headers.put(
                "Digest",
                "SHA-256="
                        + Base64.getEncoder()
                                .encodeToString(
                                        MessageDigest.getInstance("SHA-256").digest(sending.signed)));
        headers.put("Content-Type", sending.type);
        headers.put("User-Agent", AGENT);
        headers.put("Content-Length", Integer.toString(sending.body.length));
        String signature = new Signer(
                        keys.getPrivate(), new Signature(sending.keyId, "rsa-sha256", null, sending.covers))
                .sign("POST", inbox.getRawPath(), headers)
                .toString()
                .replace("rsa-sha256", sending.algorithm);
        // The client says itself how long it is.
        headers.remove("Content-Length");
        headers.put("Signature", signature.substring("Signature ".length()) + sending.behind);
        headers.putAll(sending.instead);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(inbox).POST(HttpRequest.BodyPublishers.ofByteArray(sending.body));
        headers.forEach((header, value) -> {
            if (!value.isEmpty()) {
                request.header(header, value);
            }
        });
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
