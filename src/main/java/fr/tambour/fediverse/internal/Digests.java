package fr.tambour.fediverse.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Parser;

/** What a body is known by: RFC 9530's Content-Digest, and Digest, which it replaces. */
final class Digests {

    private Digests() {}

    /** Base64. */
    static String sha256(byte[] body) {
        return Base64.getEncoder().encodeToString(digest("SHA-256", body));
    }

    /** 64 lower-case hexadecimal digits, of a text's UTF-8 bytes by SHA-256. */
    static String hex(String text) {
        return HexFormat.of().formatHex(digest("SHA-256", text.getBytes(StandardCharsets.UTF_8)));
    }

    /** @throws BadSignature if there is none of a kind that we know, or one that is not the body's */
    static void check(SignedMessage message) throws BadSignature {
        String field = message.header("digest").orElseThrow(() -> new BadSignature("There is no digest"));
        for (String one : field.split(",", -1)) {
            int equals = one.indexOf('=');
            if (equals > 0 && one.substring(0, equals).strip().equalsIgnoreCase("SHA-256")) {
                require(one.substring(equals + 1).strip().equals(sha256(message.body())));
                return;
            }
        }
        throw new BadSignature("The digest is none by SHA-256");
    }

    /** @throws BadSignature likewise */
    static void checkContent(SignedMessage message) throws BadSignature {
        String field =
                message.header("content-digest").orElseThrow(() -> new BadSignature("There is no content-digest"));
        try {
            boolean checked = false;
            for (var entry : new Parser(field).parseDictionary().get().entrySet()) {
                String name = entry.getKey().toLowerCase(Locale.ROOT);
                if ((name.equals("sha-256") || name.equals("sha-512"))
                        && entry.getValue() instanceof ByteSequenceItem bytes) {
                    byte[] said = new byte[bytes.get().remaining()];
                    bytes.get().duplicate().get(said);
                    require(MessageDigest.isEqual(said, digest(name.toUpperCase(Locale.ROOT), message.body())));
                    checked = true;
                }
            }
            if (!checked) {
                throw new BadSignature("The content-digest is none by SHA-256 or SHA-512");
            }
        } catch (IllegalArgumentException e) {
            throw new BadSignature("The content-digest cannot be read");
        }
    }

    private static void require(boolean same) throws BadSignature {
        if (!same) {
            throw new BadSignature("The digest is not the body's");
        }
    }

    private static byte[] digest(String algorithm, byte[] body) {
        try {
            return MessageDigest.getInstance(algorithm).digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }
}
