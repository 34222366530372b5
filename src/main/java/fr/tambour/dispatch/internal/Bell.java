package fr.tambour.dispatch.internal;

import fr.tambour.storage.AfterCommit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Wakes whoever carries as soon as something was published here; without it they look by themselves, a little later. */
@Component
class Bell {

    private volatile @Nullable Runnable rung;

    void onRing(@Nullable Runnable carrier) {
        rung = carrier;
    }

    void ringAfterCommit() {
        AfterCommit.run(() -> {
            Runnable carrier = rung;
            if (carrier != null) {
                carrier.run();
            }
        });
    }
}
