package fr.tambour.dispatch.internal;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wakes whoever carries as soon as something was published here; without it they look by themselves, a little later. */
@Component
class Bell {

    private volatile @Nullable Runnable rung;

    void onRing(@Nullable Runnable carrier) {
        rung = carrier;
    }

    void ringAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                Runnable carrier = rung;
                if (carrier != null) {
                    carrier.run();
                }
            }
        });
    }
}
