package fr.tambour.storage;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What happens once the caller's transaction has committed, on its own thread and before its caller goes on. */
public final class AfterCommit {

    private AfterCommit() {}

    /**
     * Never where it is rolled back.
     *
     * @throws IllegalStateException outside of a transaction
     */
    public static void run(Runnable then) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                then.run();
            }
        });
    }
}
