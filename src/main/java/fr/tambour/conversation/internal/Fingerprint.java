package fr.tambour.conversation.internal;

import fr.tambour.text.Folding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What tells one from another without saying what it is: SHA-256, hex. */
final class Fingerprint {

    /** Below that many words many say the same without meaning anything by it: « Merci ! » */
    private static final int FEW_WORDS = 5;

    private Fingerprint() {}

    static String of(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** The same for texts that differ in nothing but case, accents, punctuation and whom they mention; empty for a few words. */
    static String ofWords(String text) {
        List<String> words = Folding.words(text.replaceAll("@\\S+", " "));
        return words.size() < FEW_WORDS ? "" : of(String.join(" ", words));
    }
}
