package fr.tambour.phone.internal;

import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;

/** Endpoints as browsers make them. */
public final class TestKeys {

    private TestKeys() {}

    /** 65 bytes, a point of the curve. */
    public static byte[] publicKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            ECPublicKey key = (ECPublicKey) generator.generateKeyPair().getPublic();
            byte[] bytes = new byte[65];
            bytes[0] = 4;
            put(key.getW().getAffineX(), bytes, 1);
            put(key.getW().getAffineY(), bytes, 33);
            return bytes;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void put(BigInteger value, byte[] bytes, int at) {
        byte[] big = value.toByteArray();
        int length = Math.min(32, big.length);
        System.arraycopy(big, big.length - length, bytes, at + 32 - length, length);
    }

    public static byte[] secret(int seed) {
        byte[] secret = new byte[16];
        Arrays.fill(secret, (byte) seed);
        return secret;
    }

    public static PushEndpoint endpoint(String address, int seed) {
        return new PushEndpoint(URI.create(address), publicKey(), secret(seed));
    }

    /** A town's, made for this one test. */
    static VapidKey vapid() throws GeneralSecurityException {
        KeyPair pair = Algorithms.ofJava().p256().generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        return new VapidKey(
                (ECPrivateKey) pair.getPrivate(),
                Arrays.copyOfRange(encoded, encoded.length - P256.POINT, encoded.length),
                "mailto:mairie@clairval.example");
    }
}
