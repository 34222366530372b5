package fr.tambour.phone.internal;

import java.time.Clock;

/** What encrypts, signs, and was prepared. */
record PushTools(Encryption encryption, VapidSigner signer, PreparedKeys prepared) {

    /** About 70 MB where there are as many devices. */
    private static final int MOST_PREPARED = 200_000;

    static PushTools best(Clock clock) {
        Algorithms algorithms = Algorithms.best();
        return new PushTools(
                new Encryption(algorithms), new VapidSigner(algorithms, clock), new PreparedKeys(MOST_PREPARED));
    }
}
