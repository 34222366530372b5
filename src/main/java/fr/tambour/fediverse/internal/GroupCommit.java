package fr.tambour.fediverse.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What strangers bring is written together: whatever waits while one commit is made goes with the next. Where one of them
 * fails, each is written by itself, so that no other is lost with it.
 */
@Component
class GroupCommit {

    /** To a commit: while it lasts nobody else writes. */
    private static final int TOGETHER = 64;

    private static final int WAITING = 4_000;

    private final StrangersWork work;
    private final TransactionTemplate writing;
    private final LinkedBlockingQueue<Piece> waiting = new LinkedBlockingQueue<>(WAITING);
    private final AtomicBoolean busy = new AtomicBoolean();

    private record Piece(Runnable write, CompletableFuture<Void> written) {}

    GroupCommit(StrangersWork work, PlatformTransactionManager transactions) {
        this.work = work;
        this.writing = new TransactionTemplate(transactions);
    }

    /**
     * Done once it is committed; fails with what it failed with, or with {@link RejectedExecutionException} where there is more to do
     * than can wait.
     *
     * @param write done in a transaction, once more where the first was rolled back: what else it does has to bear that
     */
    CompletableFuture<Void> write(Runnable write) {
        Piece piece = new Piece(write, new CompletableFuture<>());
        if (!waiting.offer(piece)) {
            piece.written().completeExceptionally(new RejectedExecutionException("Too much waits to be written"));
            return piece.written();
        }
        begin();
        return piece.written();
    }

    private void begin() {
        if (!waiting.isEmpty() && busy.compareAndSet(false, true)) {
            try {
                work.execute(this::writeSome);
            } catch (RejectedExecutionException e) {
                List<Piece> none = new ArrayList<>();
                waiting.drainTo(none);
                busy.set(false);
                none.forEach(piece -> piece.written().completeExceptionally(e));
            }
        }
    }

    private void writeSome() {
        List<Piece> pieces = new ArrayList<>();
        waiting.drainTo(pieces, TOGETHER);
        boolean together = isWritten(pieces);
        busy.set(false);
        begin();
        if (together) {
            pieces.forEach(piece -> piece.written().complete(null));
        } else {
            pieces.forEach(this::writeAlone);
        }
    }

    private boolean isWritten(List<Piece> pieces) {
        try {
            writing.executeWithoutResult(
                    status -> pieces.forEach(piece -> piece.write().run()));
            return true;
        } catch (RuntimeException e) {
            // Whichever it was says so when it is alone.
            return false;
        }
    }

    private void writeAlone(Piece piece) {
        try {
            writing.executeWithoutResult(status -> piece.write().run());
            piece.written().complete(null);
        } catch (RuntimeException e) {
            piece.written().completeExceptionally(e);
        }
    }
}
