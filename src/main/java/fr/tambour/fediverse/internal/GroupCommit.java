package fr.tambour.fediverse.internal;

import fr.tambour.storage.Database;
import fr.tambour.storage.Dialect;
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
 * What strangers bring is written together where there is one writer (SQLite): whatever waits while one commit is made goes with
 * the next. Where one of them fails the halves are written by themselves, and theirs, so that no other is lost with it. On
 * PostgreSQL each is written by itself: two nodes would wait for what the other has locked.
 */
@Component
class GroupCommit {

    /** To a commit: while it lasts nobody else writes. */
    private static final int TOGETHER = 64;

    private static final int WAITING = 4_000;

    private final boolean oneWriter;
    private final StrangersWork work;
    private final TransactionTemplate writing;
    private final LinkedBlockingQueue<Piece> waiting = new LinkedBlockingQueue<>(WAITING);
    private final AtomicBoolean busy = new AtomicBoolean();

    private record Piece(Runnable write, CompletableFuture<Void> written) {}

    GroupCommit(Database database, StrangersWork work, PlatformTransactionManager transactions) {
        this.oneWriter = database.dialect() == Dialect.SQLITE;
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
        if (!oneWriter) {
            alone(piece);
            return piece.written();
        }
        if (!waiting.offer(piece)) {
            piece.written().completeExceptionally(new RejectedExecutionException("Too much waits to be written"));
            return piece.written();
        }
        begin();
        return piece.written();
    }

    private void alone(Piece piece) {
        try {
            work.execute(() -> write(List.of(piece)));
        } catch (RejectedExecutionException e) {
            piece.written().completeExceptionally(e);
        }
    }

    private void begin() {
        while (!waiting.isEmpty() && busy.compareAndSet(false, true)) {
            try {
                work.execute(this::writeSome);
                return;
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
        try {
            write(pieces);
        } finally {
            busy.set(false);
            begin();
        }
    }

    /** In their order: whichever fails is alone at last, and says why. */
    private void write(List<Piece> pieces) {
        try {
            writing.executeWithoutResult(
                    status -> pieces.forEach(piece -> piece.write().run()));
        } catch (RuntimeException | Error e) {
            int half = pieces.size() / 2;
            if (half == 0) {
                pieces.forEach(piece -> piece.written().completeExceptionally(e));
            } else {
                write(pieces.subList(0, half));
                write(pieces.subList(half, pieces.size()));
            }
            return;
        }
        pieces.forEach(piece -> piece.written().complete(null));
    }
}
