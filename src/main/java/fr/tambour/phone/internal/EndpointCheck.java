package fr.tambour.phone.internal;

import fr.tambour.ui.Refusal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * Looks at a subscription that a stranger sends, without asking anybody: a public name behind https, a key that is a point
 * of P-256, a secret of the right length. What the name leads to is looked at by `outbound`, with each connection.
 */
final class EndpointCheck {

    private static final int MOST_CHARACTERS = 1_024;
    private static final int SECRET_BYTES = 16;
    private static final int KEY_BYTES = 65;

    private static final Pattern PUBLIC_NAME =
            Pattern.compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Set<String> LOCAL_ENDS =
            Set.of("localhost", "local", "internal", "lan", "home", "arpa", "onion", "invalid", "test");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

    private static final Set<String> SERVICES = Set.of("fcm.googleapis.com", "updates.push.services.mozilla.com");
    private static final List<String> SERVICE_ENDS =
            List.of(".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com");

    /** FIPS 186-4, D.1.2.3. */
    private static final BigInteger P =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    private static final BigInteger B =
            new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);

    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final boolean loopback;

    /** @param loopback whether push services on this machine are taken too */
    EndpointCheck(boolean loopback) {
        this.loopback = loopback;
    }

    /** @param known one of the services that browsers bring */
    record Checked(PushEndpoint endpoint, String origin, boolean known) {}

    /** @throws Refusal 422 {@code phone.endpoint}, {@code phone.keys} */
    Checked check(String address, String publicKey, String secret) {
        URI endpoint = endpoint(address);
        String host = endpoint.getHost().toLowerCase(Locale.ROOT);
        return new Checked(
                new PushEndpoint(endpoint, publicKey(publicKey), bytes(secret, SECRET_BYTES)), host, isKnown(host));
    }

    static boolean isKnown(String host) {
        return SERVICES.contains(host) || SERVICE_ENDS.stream().anyMatch(host::endsWith);
    }

    static boolean isOnThisMachine(String host) {
        return LOOPBACK.contains(host);
    }

    private URI endpoint(String address) {
        if (address.length() > MOST_CHARACTERS) {
            throw badEndpoint();
        }
        try {
            URI uri = new URI(address);
            if (uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawFragment() != null
                    || !address.chars().allMatch(c -> c > ' ' && c < 0x7f)
                    || !isAllowed(String.valueOf(uri.getScheme()), uri.getHost().toLowerCase(Locale.ROOT))) {
                throw badEndpoint();
            }
            return uri;
        } catch (URISyntaxException e) {
            throw badEndpoint();
        }
    }

    private boolean isAllowed(String scheme, String host) {
        return loopback && LOOPBACK.contains(host)
                || scheme.equals("https")
                        && PUBLIC_NAME.matcher(host).matches()
                        && !LOCAL_ENDS.contains(host.substring(host.lastIndexOf('.') + 1));
    }

    private static byte[] publicKey(String text) {
        byte[] key = bytes(text, KEY_BYTES);
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(key, 1, 33));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(key, 33, KEY_BYTES));
        boolean onCurve = key[0] == 4
                && x.compareTo(P) < 0
                && y.compareTo(P) < 0
                && y.modPow(BigInteger.TWO, P)
                        .equals(x.modPow(THREE, P)
                                .subtract(x.multiply(THREE))
                                .add(B)
                                .mod(P));
        if (!onCurve) {
            throw badKeys();
        }
        return key;
    }

    private static byte[] bytes(String text, int length) {
        try {
            byte[] bytes = Base64Url.bytes(text.replaceFirst("=*$", ""));
            if (bytes.length == length) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // As with another length.
        }
        throw badKeys();
    }

    private static Refusal badEndpoint() {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "phone.endpoint", MOST_CHARACTERS);
    }

    private static Refusal badKeys() {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "phone.keys");
    }
}
