package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/** What strangers bring is written together, and none of it is lost with another. */
@OnBothEngines
class GroupCommitTest {

    private static final AtomicLong TOWNS = new AtomicLong(8_400);

    private final Engine engine;
    private final StrangersWork work = new StrangersWork();
    private final Counting commits;
    private final GroupCommit group;
    private final long town = TOWNS.incrementAndGet();

    GroupCommitTest(Engine engine) {
        this.engine = engine;
        this.commits = new Counting(Objects.requireNonNull(engine.writing().getTransactionManager()));
        this.group = new GroupCommit(engine.database(), work, commits);
        engine.insertTown(town, "clairval-" + town);
    }

    @AfterEach
    void close() {
        work.close();
    }

    @Test
    void whatWaitsWhileOneCommitIsMadeGoesWithTheNext() throws Exception {
        assumeThat(engine.dialect()).isEqualTo(Dialect.SQLITE);
        CountDownLatch first = new CountDownLatch(1);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        all.add(group.write(() -> {
            waitFor(first);
            sees("0");
        }));
        for (int i = 1; i <= 100; i++) {
            String request = Integer.toString(i);
            all.add(group.write(() -> sees(request)));
        }
        assertThat(all).noneMatch(CompletableFuture::isDone);

        first.countDown();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);

        assertThat(seen()).isEqualTo(101);
        assertThat(commits.begun.get()).isLessThanOrEqualTo(4);
    }

    @Test
    void ofThoseThatAreWrittenTogetherOnlyTheOneThatFailsIsNotWritten() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CompletableFuture<Void> before = group.write(() -> waitFor(first));
        CompletableFuture<Void> one = group.write(() -> sees("one"));
        CompletableFuture<Void> broken = group.write(() -> {
            sees("broken");
            throw new IllegalStateException("broken");
        });
        CompletableFuture<Void> two = group.write(() -> sees("two"));
        first.countDown();

        CompletableFuture.allOf(before, one, two).get(1, TimeUnit.MINUTES);
        assertThatThrownBy(broken::join).isInstanceOf(CompletionException.class).hasRootCauseMessage("broken");
        assertThat(seen()).isEqualTo(2);
    }

    @Test
    void whoComesWhenNobodyWorksAnyMoreIsToldSo() {
        work.close();
        assertThatThrownBy(() -> group.write(() -> sees("late")).join())
                .hasCauseInstanceOf(RejectedExecutionException.class);
        assertThat(seen()).isZero();
    }

    private void sees(String request) {
        engine.jdbc()
                .sql("INSERT INTO fediverse_seen (town_id, request, seen_at) VALUES (:town, :request, 0)")
                .param("town", town)
                .param("request", request)
                .update();
    }

    private int seen() {
        return engine.jdbc()
                .sql("SELECT count(*) FROM fediverse_seen WHERE town_id = :town")
                .param("town", town)
                .query(Integer.class)
                .single();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many transactions there were. */
    private record Counting(PlatformTransactionManager real, AtomicInteger begun)
            implements PlatformTransactionManager {

        Counting(PlatformTransactionManager real) {
            this(real, new AtomicInteger());
        }

        @Override
        public TransactionStatus getTransaction(TransactionDefinition definition) {
            begun.incrementAndGet();
            return real.getTransaction(definition);
        }

        @Override
        public void commit(TransactionStatus status) {
            real.commit(status);
        }

        @Override
        public void rollback(TransactionStatus status) {
            real.rollback(status);
        }
    }
}
