package fr.tambour.phone;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.apps.webpush.WebPushHybridDecrypt;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A phone without a browser, as docs/reference/phones.md describes a program that asks to be told. What it is told is
 * decrypted by Tink, which nobody here wrote.
 */
public final class ScriptedPhone {

    private static final int PATIENCE_S = 20;
    private static final int POINT = 65;
    private static final int SECRET = 16;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI site;
    private final URI endpoint;
    private final byte[] publicKey;
    private final byte[] secret = new byte[SECRET];
    private final HybridDecrypt decrypting;
    private final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();

    private ScriptedPhone(PushService service, URI site) throws GeneralSecurityException {
        this.site = site;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        // The end of a public key's encoding (RFC 5480) is the point itself.
        byte[] encoded = pair.getPublic().getEncoded();
        publicKey = Arrays.copyOfRange(encoded, encoded.length - POINT, encoded.length);
        new SecureRandom().nextBytes(secret);
        decrypting = new WebPushHybridDecrypt.Builder()
                .withAuthSecret(secret)
                .withRecipientPublicKey((ECPublicKey) pair.getPublic())
                .withRecipientPrivateKey((ECPrivateKey) pair.getPrivate())
                .build();
        endpoint = service.address(this::receive);
    }

    /** It asks the site, is sent a token by push and gives it back. */
    public static ScriptedPhone subscribed(PushService service, URI site, Map<String, ?> choices)
            throws GeneralSecurityException {
        ScriptedPhone phone = new ScriptedPhone(service, site);
        expect(phone.asks("telephones", Map.of("choices", choices)), "pending");
        String token = phone.next().at("/data/confirm").asString();
        expect(
                phone.post("telephones/confirmation", Map.of("endpoint", phone.endpoint.toString(), "token", token)),
                "active");
        return phone;
    }

    private static void expect(JsonNode answer, String state) {
        if (!answer.path("state").asString("").equals(state)) {
            throw new AssertionError("Not " + state + ": " + answer);
        }
    }

    private Future<Integer> receive(PushService.Message message) {
        try {
            byte[] plain = decrypting.decrypt(message.body(), null);
            told.add(JsonMapper.shared().readTree(plain).get("notification"));
            return Future.succeededFuture(201);
        } catch (GeneralSecurityException e) {
            return Future.failedFuture(e);
        }
    }

    /** The notification that comes next. */
    public JsonNode next() {
        try {
            JsonNode notification = told.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (notification == null) {
                throw new AssertionError("The phone was told nothing within " + PATIENCE_S + " s");
            }
            return notification;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Told something that nobody has asked {@link #next} for. */
    public @Nullable JsonNode more() {
        return told.peek();
    }

    /** Nothing of it is left there. */
    public void ends() {
        expect(asks("telephones/fin", Map.of()), "ended");
    }

    private JsonNode asks(String path, Map<String, ?> more) {
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("endpoint", endpoint.toString());
        body.put("keys", Map.of("p256dh", base64(publicKey), "auth", base64(secret)));
        return post(path, body);
    }

    private JsonNode post(String path, Map<String, ?> body) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(site.resolve("/prevenir/" + path))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    JsonMapper.shared().writeValueAsString(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
