package fr.tambour.phone.internal;

import java.math.BigInteger;
import java.util.Arrays;

/** The curve of Web Push (RFC 8291 section 3.1) and its points as they travel: 4, x, y (SEC 1 section 2.3.3). */
public final class P256 {

    /** Bytes of a point. */
    public static final int POINT = 65;

    private static final int COORDINATE = 32;
    private static final BigInteger P =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    private static final BigInteger B =
            new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private P256() {}

    /**
     * Whether this is an uncompressed point of the curve. Agreeing on a key with anything else would tell about our
     * own key (an invalid-curve attack).
     */
    public static boolean isPoint(byte[] point) {
        if (point.length != POINT || point[0] != 4) {
            return false;
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE, POINT));
        if (x.compareTo(P) >= 0 || y.compareTo(P) >= 0) {
            return false;
        }
        // y² = x³ - 3x + b; the cofactor is 1, so each such point will do (the one at infinity has no such form).
        BigInteger right = x.multiply(x).subtract(THREE).multiply(x).add(B);
        return y.multiply(y).subtract(right).mod(P).signum() == 0;
    }
}
