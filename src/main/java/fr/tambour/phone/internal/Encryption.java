package fr.tambour.phone.internal;

import java.nio.ByteBuffer;
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
import java.util.stream.Stream;
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
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        return agree(endpoint, tools.get().pairs().generateKeyPair(), salt);
    }

    /**
     * @param ours used for this one agreement and nothing else
     * @param salt {@value #SALT} bytes, likewise
     */
    Agreement agree(PushEndpoint endpoint, KeyPair ours, byte[] salt) {
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
            // RFC 8188 sections 2.2 and 2.3.
            byte[] pseudorandom = hmac(at.mac(), salt, material);
            byte[] key = hmac(at.mac(), pseudorandom, CONTENT_INFO, FIRST);
            byte[] nonce = hmac(at.mac(), pseudorandom, NONCE_INFO, FIRST);
            Agreement agreement = new Agreement(ByteBuffer.allocate(Agreement.BYTES)
                    .put(salt)
                    .putInt(RECORD)
                    .put((byte) P256.POINT)
                    .put(point)
                    .put(key, 0, Agreement.KEY)
                    .put(nonce, 0, Agreement.NONCE)
                    .array());
            Stream.of(shared, extracted, material, pseudorandom, key, nonce)
                    .forEach(secret -> Arrays.fill(secret, (byte) 0));
            return agreement;
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
        if (payload.length > PushMessage.MOST_BYTES) {
            throw new IllegalArgumentException("A payload of more than " + PushMessage.MOST_BYTES + " bytes.");
        }
        byte[] agreed = agreement.use();
        try {
            Cipher cipher = tools.get().cipher();
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(agreed, Agreement.HEADER, Agreement.KEY, "AES"),
                    new GCMParameterSpec(TAG * Byte.SIZE, agreed, Agreement.HEADER + Agreement.KEY, Agreement.NONCE));
            byte[] plain = Arrays.copyOf(payload, payload.length + 1);
            plain[payload.length] = LAST;
            byte[] body = Arrays.copyOf(agreed, Agreement.HEADER + plain.length + TAG);
            cipher.doFinal(plain, 0, plain.length, body, Agreement.HEADER);
            return body;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A push could not be encrypted.", e);
        } finally {
            Arrays.fill(agreed, (byte) 0);
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
