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
import java.security.KeyPair;
import java.security.MessageDigest;
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
import org.tomitribe.auth.signatures.Signature;
import org.tomitribe.auth.signatures.Signer;

/** A server on this machine whose documents and requests a test makes up. */
public final class Stranger implements AutoCloseable {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> signatures = new CopyOnWriteArrayList<>();
    private KeyPair keys = RsaKeys.pair();
    private int seconds;

    public Stranger() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.add(exchange.getRequestMethod() + " " + path);
        if (exchange.getRequestMethod().equals("POST")) {
            signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst("Signature")));
            received.add(new String(body, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(statuses.getOrDefault(path, 202), -1);
        } else if (documents.containsKey(path)) {
            byte[] document = documents.get(path).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/activity+json");
            exchange.sendResponseHeaders(200, document.length);
            exchange.getResponseBody().write(document);
        } else {
            exchange.getResponseHeaders().set("Location", "https://169.254.169.254/latest/meta-data");
            exchange.sendResponseHeaders(statuses.getOrDefault(path, 404), -1);
        }
        exchange.close();
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
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

    /** Of what it received, in the same order. */
    List<String> signatures() {
        return signatures;
    }

    /** From now on it signs with other keys, and says so where it shows its accounts anew. */
    void changesItsKeys() {
        keys = RsaKeys.pair();
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
        Map<String, String> instead = new LinkedHashMap<>();

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
        headers.put("Content-Type", "application/activity+json");
        String signature = new Signer(
                        keys.getPrivate(),
                        new Signature(
                                sending.keyId,
                                "rsa-sha256",
                                null,
                                List.of("(request-target)", "host", "date", "digest", "content-type")))
                .sign("POST", inbox.getRawPath(), headers)
                .toString();
        headers.put("Signature", signature.substring("Signature ".length()));
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
