package fr.tambour.operations.internal.archive;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens a file in the age format as its specification says (https://age-encryption.org/v1, C2SP « age »), by nothing but
 * the JDK's cryptography: it knows nothing of the library that writes archives.
 */
final class AgeBySpecification {

    private static final String VERSION = "age-encryption.org/v1";
    private static final int CHUNK = 64 * 1024;
    private static final int TAG = 16;
    private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    private AgeBySpecification() {}

    /** @param identity `AGE-SECRET-KEY-1…` */
    static byte[] open(byte[] file, String identity) throws GeneralSecurityException {
        String header = header(file);
        String[] lines = header.split("\n");
        require(lines.length == 4, "one recipient");
        require(lines[0].equals(VERSION), "version");
        require(lines[1].startsWith("-> X25519 "), "X25519");
        byte[] fileKey = fileKey(base64(lines[1].substring(10)), base64(lines[2]), secret(identity));
        String signed = header.substring(0, header.lastIndexOf("---") + 3);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(derived(fileKey, new byte[0], "header", "HmacSHA256"));
        require(
                Arrays.equals(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)), base64(lines[3].substring(4))),
                "the header's MAC");
        return payload(Arrays.copyOfRange(file, header.length(), file.length), fileKey);
    }

    /** To the end of the line that begins with three dashes. */
    private static String header(byte[] file) {
        String start = new String(file, 0, Math.min(file.length, 2_000), StandardCharsets.ISO_8859_1);
        int last = start.indexOf("\n--- ");
        return start.substring(0, start.indexOf('\n', last + 1) + 1);
    }

    private static byte[] fileKey(byte[] share, byte[] wrapped, byte[] secret) throws GeneralSecurityException {
        KeyFactory keys = KeyFactory.getInstance("X25519");
        PrivateKey mine = keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret));
        byte[] base = new byte[32];
        base[0] = 9;
        ByteBuffer salt = ByteBuffer.allocate(64).put(share).put(agreed(keys, mine, base));
        SecretKey key = derived(agreed(keys, mine, share), salt.array(), VERSION + "/X25519", "ChaCha20");
        return opened(key, new byte[12], wrapped);
    }

    private static byte[] agreed(KeyFactory keys, PrivateKey mine, byte[] theirs) throws GeneralSecurityException {
        byte[] bigEndian = theirs.clone();
        for (int i = 0; i < 16; i++) {
            bigEndian[i] = theirs[31 - i];
            bigEndian[31 - i] = theirs[i];
        }
        PublicKey other =
                keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, bigEndian)));
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(mine);
        agreement.doPhase(other, true);
        return agreement.generateSecret();
    }

    private static byte[] payload(byte[] sealed, byte[] fileKey) throws GeneralSecurityException {
        SecretKey key = derived(fileKey, Arrays.copyOf(sealed, 16), "payload", "ChaCha20");
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        long counter = 0;
        for (int at = 16; at < sealed.length; at += CHUNK + TAG, counter++) {
            int end = Math.min(sealed.length, at + CHUNK + TAG);
            ByteBuffer nonce =
                    ByteBuffer.allocate(12).putLong(3, counter).put(11, (byte) (end == sealed.length ? 1 : 0));
            plain.writeBytes(opened(key, nonce.array(), Arrays.copyOfRange(sealed, at, end)));
        }
        return plain.toByteArray();
    }

    private static byte[] opened(SecretKey key, byte[] nonce, byte[] sealed) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(nonce));
        return cipher.doFinal(sealed);
    }

    private static SecretKey derived(byte[] from, byte[] salt, String info, String algorithm)
            throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveKey(
                        algorithm,
                        HKDFParameterSpec.ofExtract()
                                .addIKM(new SecretKeySpec(from, "HKDF"))
                                .addSalt(salt)
                                .thenExpand(info.getBytes(StandardCharsets.US_ASCII), 32));
    }

    /** Bech32 (BIP 173): five bits a character after the last `1`, six characters of checksum at the end. */
    private static byte[] secret(String identity) {
        String data = identity.toLowerCase(Locale.ROOT).substring("age-secret-key-1".length());
        BigInteger bits = BigInteger.ZERO;
        int length = data.length() - 6;
        for (char c : data.substring(0, length).toCharArray()) {
            bits = bits.shiftLeft(5).or(BigInteger.valueOf(BECH32.indexOf(c)));
        }
        byte[] secret = new byte[32];
        byte[] value = bits.shiftRight(length * 5 - 256).toByteArray();
        int sign = Math.max(0, value.length - 32);
        System.arraycopy(value, sign, secret, 32 - (value.length - sign), value.length - sign);
        return secret;
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }

    private static void require(boolean holds, String what) throws GeneralSecurityException {
        if (!holds) {
            throw new GeneralSecurityException("Not as the specification says: " + what);
        }
    }
}
