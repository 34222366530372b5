package fr.tambour.phone.internal;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The other end of RFC 8291, by the JDK's own HKDF: it shares nothing with what encrypts here. */
final class ReceivingDevice {

    private ReceivingDevice() {}

    /** @throws GeneralSecurityException if the message is none for this device, or was touched */
    static byte[] open(KeyPair device, byte[] secret, byte[] body) throws GeneralSecurityException {
        ByteBuffer in = ByteBuffer.wrap(body);
        byte[] salt = taken(in, 16);
        int record = in.getInt();
        byte[] theirs = taken(in, in.get() & 0xff);
        byte[] sealed = taken(in, in.remaining());
        if (record < sealed.length) {
            throw new GeneralSecurityException("more than one record");
        }
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", "SunEC");
        agreement.init(device.getPrivate());
        agreement.doPhase(point(theirs, (ECPublicKey) device.getPublic()), true);
        byte[] material =
                derived(secret, agreement.generateSecret(), info("WebPush: info\0", encoded(device), theirs), 32);
        byte[] key = derived(salt, material, info("Content-Encoding: aes128gcm\0"), 16);
        byte[] nonce = derived(salt, material, info("Content-Encoding: nonce\0"), 12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        byte[] padded = cipher.doFinal(sealed);
        int end = padded.length - 1;
        while (padded[end] == 0) {
            end--;
        }
        if (padded[end] != 2) {
            throw new GeneralSecurityException("not the last record");
        }
        return Arrays.copyOf(padded, end);
    }

    private static byte[] derived(byte[] salt, byte[] material, byte[] info, int length)
            throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addSalt(salt)
                        .addIKM(material)
                        .thenExpand(info, length));
    }

    private static ECPublicKey point(byte[] point, ECPublicKey like) throws GeneralSecurityException {
        return (ECPublicKey) KeyFactory.getInstance("EC", "SunEC")
                .generatePublic(new ECPublicKeySpec(
                        new ECPoint(
                                new BigInteger(1, Arrays.copyOfRange(point, 1, 33)),
                                new BigInteger(1, Arrays.copyOfRange(point, 33, 65))),
                        like.getParams()));
    }

    private static byte[] encoded(KeyPair pair) {
        byte[] spki = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(spki, spki.length - 65, spki.length);
    }

    private static byte[] info(String label, byte[]... keys) {
        ByteBuffer info = ByteBuffer.allocate(256).put(label.getBytes(StandardCharsets.US_ASCII));
        for (byte[] key : keys) {
            info.put(key);
        }
        return Arrays.copyOf(info.array(), info.position());
    }

    private static byte[] taken(ByteBuffer in, int length) {
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }
}
