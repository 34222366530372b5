package fr.tambour.notice.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What an approval is bound to: SHA-256 over a frozen revision exactly as it lies in the database, text for text. Nothing
 * is read into today's classes first: an upgrade between approval and release must not change what was approved.
 */
final class Fingerprint {

    private static final HexFormat HEX = HexFormat.of();

    private Fingerprint() {}

    /**
     * @param facts the content but for its words, and the public reason of a correction
     * @param texts language, words; ordered by language
     * @param renditions channel, language, fields, edited; ordered by channel and language
     * @return 64 hex digits
     */
    static String of(List<String> facts, List<List<String>> texts, List<List<String>> renditions) {
        MessageDigest digest = sha256();
        section(digest, "facts", List.of(facts));
        section(digest, "texts", texts);
        section(digest, "renditions", renditions);
        return HEX.formatHex(digest.digest());
    }

    private static void section(MessageDigest digest, String name, List<List<String>> rows) {
        add(digest, name);
        add(digest, Integer.toString(rows.size()));
        rows.forEach(row -> row.forEach(value -> add(digest, value)));
    }

    /** Each value with its length before it, so that no two lists run together to the same bytes. */
    private static void add(MessageDigest digest, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
