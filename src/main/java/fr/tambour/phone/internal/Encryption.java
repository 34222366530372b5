package fr.tambour.phone.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Message encryption for Web Push (RFC 8291), one record of {@code aes128gcm} (RFC 8188), in two steps: agreeing on a key
 * with the device, which costs nearly all of the time and may be done before there is a message, and sealing.
 */
final class Encryption {

    static final int SALT = 16;
    static final int SECRET = 16;

    /** RFC 8188 section 2.1; what a push service must take (RFC 8291 section 4). */
    private static final int RECORD = 4096;

    private static final int HEADER = SALT + 4 + 1 + P256.POINT;
    private static final int TAG = 16;

    /** The one record is the last (RFC 8188 section 2). */
    private static final byte LAST = 2;

    /** What stands before a P-256 point in SubjectPublicKeyInfo (RFC 5480). */
    private static final byte[] SPKI = HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

    private static final byte[] KEY_INFO = info("WebPush: info\0");
    private static final byte[] CONTENT_INFO = info("Content-Encoding: aes128gcm\0");
    private static final byte[] NONCE_INFO = info("Content-Encoding: nonce\0");

    /** HKDF numbers its blocks (RFC 5869 section 2.3); one is all that is needed here. */
    private static final byte[] FIRST = {1};

    private static final int CONTENT_KEY = 16;
    private static final int NONCE = 12;

    private final Algorithms algorithms;
    private final SecureRandom random = new SecureRandom();
    private final ThreadLocal<Tools> tools;

    Encryption(Algorithms algorithms) {
        this.algorithms = algorithms;
        this.tools = ThreadLocal.withInitial(this::tools);
    }

    /** What one thread keeps at hand. */
    private record Tools(KeyPairGenerator pairs, KeyFactory keys, KeyAgreement ecdh, Mac mac, Cipher cipher) {}

    /** A device's key is no point of the curve, or its secret not of 16 bytes. */
    static final class UnusableKeys extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        UnusableKeys() {
            super("The device's keys are none of Web Push.");
        }
    }

    private static boolean usable(PushEndpoint endpoint) {
        return endpoint.secret().length == SECRET && P256.isPoint(endpoint.publicKey());
    }

    Algorithms algorithms() {
        return algorithms;
    }

    /** @throws UnusableKeys if the device's are none of Web Push */
    Agreement agree(PushEndpoint endpoint) {
        return agree(endpoint, tools.get().pairs().generateKeyPair());
    }

    /** @param ours used for this one agreement and nothing else */
    Agreement agree(PushEndpoint endpoint, KeyPair ours) {
        if (!usable(endpoint)) {
            throw new UnusableKeys();
        }
        try {
            Tools at = tools.get();
            byte[] point = point(ours.getPublic());
            at.ecdh().init(ours.getPrivate());
            at.ecdh().doPhase(at.keys().generatePublic(spki(endpoint.publicKey())), true);
            byte[] shared = at.ecdh().generateSecret();
            // RFC 8291 section 3.4.
            byte[] extracted = hmac(at.mac(), endpoint.secret(), shared);
            byte[] material = hmac(at.mac(), extracted, KEY_INFO, endpoint.publicKey(), point, FIRST);
            Arrays.fill(shared, (byte) 0);
            return new Agreement(point, material);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No key could be agreed on with a device.", e);
        }
    }

    /**
     * The body of the push, {@value PushMessage#MOST_BYTES} + 103 bytes at most.
     *
     * @param agreement used up by this
     * @throws IllegalArgumentException if the payload is larger than {@value PushMessage#MOST_BYTES} bytes
     */
    byte[] seal(Agreement agreement, byte[] payload) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        return seal(agreement, payload, salt);
    }

    byte[] seal(Agreement agreement, byte[] payload, byte[] salt) {
        if (payload.length > PushMessage.MOST_BYTES) {
            throw new IllegalArgumentException("A payload of more than " + PushMessage.MOST_BYTES + " bytes.");
        }
        try {
            Tools at = tools.get();
            byte[] extracted = hmac(at.mac(), salt, agreement.use());
            byte[] key = Arrays.copyOf(hmac(at.mac(), extracted, CONTENT_INFO, FIRST), CONTENT_KEY);
            byte[] nonce = Arrays.copyOf(hmac(at.mac(), extracted, NONCE_INFO, FIRST), NONCE);
            byte[] body = new byte[HEADER + payload.length + 1 + TAG];
            System.arraycopy(salt, 0, body, 0, SALT);
            body[SALT + 2] = (byte) (RECORD >>> 8);
            body[SALT + 3] = (byte) RECORD;
            body[SALT + 4] = P256.POINT;
            System.arraycopy(agreement.ours(), 0, body, SALT + 5, P256.POINT);
            byte[] plain = Arrays.copyOf(payload, payload.length + 1);
            plain[payload.length] = LAST;
            at.cipher()
                    .init(
                            Cipher.ENCRYPT_MODE,
                            new SecretKeySpec(key, "AES"),
                            new GCMParameterSpec(TAG * Byte.SIZE, nonce));
            at.cipher().doFinal(plain, 0, plain.length, body, HEADER);
            return body;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A push could not be encrypted.", e);
        }
    }

    private static byte[] hmac(Mac mac, byte[] key, byte[]... parts) throws GeneralSecurityException {
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static X509EncodedKeySpec spki(byte[] point) {
        byte[] encoded = Arrays.copyOf(SPKI, SPKI.length + P256.POINT);
        System.arraycopy(point, 0, encoded, SPKI.length, P256.POINT);
        return new X509EncodedKeySpec(encoded);
    }

    private static byte[] point(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - P256.POINT, encoded.length);
    }

    private Tools tools() {
        try {
            return new Tools(
                    algorithms.p256(),
                    algorithms.ec(),
                    algorithms.ecdh(),
                    algorithms.hmacSha256(),
                    algorithms.aesGcm());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithms.name() + " lacks what Web Push needs.", e);
        }
    }

    private static byte[] info(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
