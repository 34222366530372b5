package fr.tambour.live.internal;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What happens once the transaction has committed, on its own thread and before its caller goes on. */
record AfterCommit(Runnable then) implements TransactionSynchronization {

    static void run(Runnable then) {
        TransactionSynchronizationManager.registerSynchronization(new AfterCommit(then));
    }

    @Override
    public void afterCommit() {
        then.run();
    }
}
