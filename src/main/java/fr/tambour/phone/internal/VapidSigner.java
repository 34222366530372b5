package fr.tambour.phone.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The {@code Authorization} of a push (RFC 8292): signed once for each origin and half day, and kept that long. */
final class VapidSigner {

    private static final long HALF_DAY = Duration.ofHours(12).toSeconds();

    /** Beyond the half day, so that no push is refused for a clock that goes wrong; 24 h in all at most (section 2). */
    private static final long MARGIN = Duration.ofHours(6).toSeconds();

    private static final int MOST = 10_000;
    private static final int HTTPS = 443;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Algorithms algorithms;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();

    /** Those of the half day before make room: by how often they served they would keep the new ones out of a full house. */
    private final Cache<Signed, String> signed = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofSeconds(HALF_DAY))
            .executor(Runnable::run)
            .build();

    VapidSigner(Algorithms algorithms, Clock clock) {
        this.algorithms = algorithms;
        this.clock = clock;
    }

    /** @param key the public half in base64url */
    private record Signed(String key, String subject, String origin, long halfDay) {}

    String authorization(VapidKey key, URI address) {
        String publicKey = BASE64.encodeToString(key.publicKey());
        long halfDay = Math.floorDiv(clock.instant().getEpochSecond(), HALF_DAY);
        return signed.get(
                new Signed(publicKey, key.subject(), origin(address), halfDay),
                what -> "vapid t=" + token(key, what) + ", k=" + what.key());
    }

    /** RFC 6454 section 6.2: without the port that goes without saying. */
    static String origin(URI address) {
        int port = address.getPort();
        return (address.getScheme() + "://" + address.getHost()).toLowerCase(Locale.ROOT)
                + (port == -1 || port == HTTPS ? "" : ":" + port);
    }

    private String token(VapidKey key, Signed what) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", what.origin());
        claims.put("exp", (what.halfDay() + 1) * HALF_DAY + MARGIN);
        claims.put("sub", what.subject());
        String content = part(Map.of("typ", "JWT", "alg", "ES256")) + "." + part(claims);
        try {
            Signature signature = algorithms.es256();
            signature.initSign(key.privateKey());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A push could not be signed.", e);
        }
    }

    private String part(Map<String, Object> content) {
        return BASE64.encodeToString(json.writeValueAsBytes(content));
    }
}
