package fr.tambour.phone.internal;

import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** What encrypts and signs: made by whoever needs it first, so that no start waits for it. */
@Component
class PushTools {

    private final Supplier<Encryption> encryption = SingletonSupplier.of(() -> new Encryption(Algorithms.best()));
    private final Supplier<VapidSigner> signer;

    PushTools(Clock clock) {
        this.signer = SingletonSupplier.of(() -> new VapidSigner(algorithms(), clock));
    }

    Algorithms algorithms() {
        return encryption().algorithms();
    }

    Encryption encryption() {
        return encryption.get();
    }

    VapidSigner signer() {
        return signer.get();
    }
}
