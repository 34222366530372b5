package fr.tambour.keys;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** HMAC-SHA256 under one key. */
public final class MacKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKey key;

    public MacKey(SecretKey key) {
        this.key = key;
    }

    /** 32 bytes. */
    public byte[] sign(byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    /** 64 lower-case hexadecimal digits over the text's UTF-8 bytes: for what is looked up without being known. */
    public String hex(String message) {
        return HexFormat.of().formatHex(sign(message.getBytes(StandardCharsets.UTF_8)));
    }
}
