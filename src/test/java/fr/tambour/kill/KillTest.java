package fr.tambour.kill;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.fediverse.Stranger;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Distribution;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * `kill -9` of the distribution at random moments, while several programs write, submit and publish, and people
 * type, whose pages save by themselves. Whatever was answered is there after the restart; what was not is there whole or
 * not at all; what fell due meanwhile is done, or past its end not done; the journal is intact. Mostly it dies amid an alert or
 * a notice to ten thousand phones and thousands of other servers: none is left out, and nobody is told twice but who was in a page
 * that was under way. Or amid one that was withdrawn: nothing of it leaves any more. What other servers brought, and were told
 * that it was taken, is there as well.
 *
 * <p>`-Dtambour.test.engine=POSTGRESQL` for the other database, `-Dtambour.kill.rounds=200` for many, `-Dtambour.kill.seed=…` to see one run's moments again.
 */
class KillTest {

    private static final Dialect ENGINE = Dialect.valueOf(System.getProperty("tambour.test.engine", "SQLITE"));
    private static final int ROUNDS = Integer.getInteger("tambour.kill.rounds", 5);
    private static final long SEED = Long.getLong("tambour.kill.seed", System.nanoTime());
    private static final int CLIENTS = 4;
    private static final int TABLES = 2;
    private static final Duration EARLIEST = Duration.ofMillis(100);
    private static final Duration LATEST = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Something goes out to many in all rounds but the last of so many; few others are at work then, so that it does. */
    private static final int TURN = 4;

    private static final int ALERT = 1;
    private static final int WITHDRAWAL = 2;
    private static final int NOTICE = 3;

    /** It dies within this after a withdrawal. */
    private static final Duration AFTER_WITHDRAWAL = Duration.ofMillis(300);

    @Test
    void whatWasAcknowledgedIsThere() throws Exception {
        System.out.printf("%s: -Dtambour.kill.rounds=%d -Dtambour.kill.seed=%d%n", ENGINE, ROUNDS, SEED);
        Random random = new Random(SEED);
        try (PushSink phones = new PushSink();
                InboxSink inboxes = new InboxSink();
                Stranger stranger = new Stranger()) {
            WorkingTown.Sinks sinks = new WorkingTown.Sinks(phones, inboxes);
            WorkingTown town = WorkingTown.prepared(ENGINE, sinks);
            Distribution distribution = Distribution.unpacked()
                    .on(town.folder())
                    .with("TAMBOUR_PHONES_LOOPBACK", "true")
                    .with("TAMBOUR_OUTBOUND_LOOPBACK", "true");
            killed(town, distribution, sinks, stranger, random);
            assertThat(inboxes.refused()).as("what the town had not signed").isEmpty();
        }
    }

    private static void killed(
            WorkingTown town, Distribution distribution, WorkingTown.Sinks sinks, Stranger stranger, Random random)
            throws Exception {
        Distribution.Running tambour = distribution.start();
        List<Work> checked = new ArrayList<>();
        for (int round = 1; round < ROUNDS; round++) {
            int turn = round % TURN;
            Work work = turn == 0
                    ? working(town, tambour, stranger, "Avis " + round, CLIENTS, TABLES)
                    : working(town, tambour, null, "Avis " + round, 1, 1);
            FanOut fanOut = switch (turn) {
                case ALERT -> FanOut.alert(town, tambour, sinks, "Alerte " + round, random);
                case NOTICE -> FanOut.notice(town, tambour, sinks, "Nouvelle " + round, random);
                default -> null;
            };
            TakenBack takenBack =
                    turn == WITHDRAWAL ? TakenBack.begun(town, tambour, sinks, "Retrait " + round, random) : null;
            work.killed(
                    tambour,
                    turn == 0
                            ? moment(random)
                            : turn == WITHDRAWAL
                                    ? Duration.ofMillis(random.nextLong(AFTER_WITHDRAWAL.toMillis()))
                                    : Duration.ZERO);
            checked.add(work);
            work.left(town);
            if (fanOut != null) {
                fanOut.killed(town);
            }
            if (takenBack != null) {
                takenBack.killed(town);
            }
            tambour = distribution.start();
            work.check(town, tambour);
            work.answered(tambour);
            if (fanOut != null) {
                fanOut.check(town, tambour);
            }
            if (takenBack != null) {
                takenBack.check(town, tambour);
            }
            work.typed().forEach(Typing::goOn);
        }
        Waiting waiting = Waiting.begun(town, tambour);
        Work late = working(town, tambour, stranger, "Avis " + ROUNDS, CLIENTS, TABLES);
        late.killed(tambour, moment(random));
        checked.add(late);
        late.left(town);
        // Out of order until the one is due and the other's end has passed.
        assertThat(new CountDownLatch(1)
                        .await(Duration.between(Instant.now(), waiting.over()).toMillis(), TimeUnit.MILLISECONDS))
                .isFalse();
        try (Distribution.Running last = distribution.start()) {
            checked.forEach(work -> work.check(town, last));
            late.answered(last);
            waiting.check(town, last);
            Distribution.Answer verified = distribution.run(new String[] {"audit", "verify"});
            assertThat(verified.status())
                    .as("%s%s", verified.out(), verified.err())
                    .isZero();
        }
    }

    private static Duration moment(Random random) {
        return EARLIEST.plusMillis(random.nextLong(LATEST.minus(EARLIEST).toMillis()));
    }

    /**
     * Begun, and going on until the process dies.
     *
     * @param stranger whose people follow meanwhile; null for nobody's
     */
    private static Work working(
            WorkingTown town,
            Distribution.Running tambour,
            @Nullable Stranger stranger,
            String title,
            int programs,
            int people)
            throws InterruptedException {
        CountDownLatch published = new CountDownLatch(1);
        List<Writing> clients = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int client = 1; client <= programs; client++) {
            Writing writing = new Writing(town, tambour, title + " " + client, published);
            clients.add(writing);
            threads.add(Thread.ofVirtual().start(writing));
        }
        CountDownLatch saved = new CountDownLatch(people);
        List<Typing> tables = new ArrayList<>();
        for (int table = 1; table <= people; table++) {
            Typing typing = new Typing(town, tambour, title + " à la main " + table, saved);
            tables.add(typing);
            threads.add(Thread.ofVirtual().start(typing));
        }
        List<Speaking> strangers = new ArrayList<>();
        CountDownLatch followed = new CountDownLatch(stranger == null ? 0 : 1);
        if (stranger != null) {
            Speaking speaking = new Speaking(stranger, town, tambour, title.replace(' ', '-') + "-", followed);
            strangers.add(speaking);
            threads.add(Thread.ofVirtual().start(speaking));
        }
        // The first requests of a cold process take long: the moments are counted from the first publication and the
        // first saves.
        assertThat(published.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("nothing was published: %s", tambour.log())
                .isTrue();
        assertThat(saved.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("nothing that was typed was saved: %s", tambour.log())
                .isTrue();
        assertThat(followed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("nobody could follow: %s", tambour.log())
                .isTrue();
        return new Work(clients, tables, strangers, threads);
    }

    /** What is done until a kill. */
    private record Work(List<Writing> written, List<Typing> typed, List<Speaking> strangers, List<Thread> threads) {

        void killed(Distribution.Running tambour, Duration after) throws InterruptedException {
            assertThat(new CountDownLatch(1).await(after.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
            tambour.kill();
            for (Thread thread : threads) {
                assertThat(thread.join(PATIENCE)).isTrue();
            }
        }

        /** Nobody else has the books of the dead process yet. */
        void left(WorkingTown town) throws SQLException, IOException {
            for (Speaking speaking : strangers) {
                assertThat(speaking.surprises())
                        .as("answers that were not to be expected")
                        .isEmpty();
                speaking.killed(town);
            }
        }

        void answered(Distribution.Running tambour) throws Exception {
            for (Speaking speaking : strangers) {
                speaking.check(tambour);
            }
        }

        void check(WorkingTown town, Distribution.Running tambour) {
            for (Writing writing : written) {
                assertThat(writing.surprises())
                        .as("answers that were not to be expected")
                        .isEmpty();
                writing.notices().forEach(notice -> notice.check(town, tambour));
                writing.checkUnanswered(tambour);
            }
            for (Typing typing : typed) {
                assertThat(typing.surprises())
                        .as("answers that were not to be expected")
                        .isEmpty();
                typing.check(town, tambour);
            }
        }
    }

    /** Two notices that fall due while the process is dead: one goes on, the other is over by then. */
    private record Waiting(String lasting, String brief, Instant over) {

        static Waiting begun(WorkingTown town, Distribution.Running tambour) {
            // A scheduled time must lie ahead by the time the approval arrives: at least half a minute.
            Instant due = Instant.now()
                    .plusSeconds(30)
                    .truncatedTo(ChronoUnit.MINUTES)
                    .plus(1, ChronoUnit.MINUTES);
            Instant over = due.plus(1, ChronoUnit.MINUTES);
            return new Waiting(
                    scheduled(town, tambour, "Dure encore", due, due.plus(1, ChronoUnit.DAYS)),
                    scheduled(town, tambour, "Déjà fini", due, over),
                    over.plusSeconds(1));
        }

        private static String scheduled(
                WorkingTown town, Distribution.Running tambour, String title, Instant due, Instant until) {
            Program author = town.author(tambour);
            String id = author.post("/api/v1/notices", "{\"content\": " + Words.content(title, local(until)) + "}")
                    .expect(201)
                    .text("id");
            author.post("/api/v1/notices/" + id + "/submission", "{\"version\": 1}")
                    .expect(200);
            town.approver(tambour)
                    .post(
                            "/api/v1/notices/" + id + "/approval",
                            "{\"revision\": 1, \"release\": {\"when\": \"at\", \"time\": {\"local\": \"%s\"}}}"
                                    .formatted(local(due)))
                    .expect(200);
            return id;
        }

        private static String local(Instant instant) {
            return LocalDateTime.ofInstant(instant, WorkingTown.ZONE).toString();
        }

        void check(WorkingTown town, Distribution.Running tambour) throws InterruptedException {
            Program author = town.author(tambour);
            Instant deadline = Instant.now().plus(PATIENCE);
            while (!author.notice(lasting).path("publicState").asString().equals("published")) {
                assertThat(Instant.now()).as("what was due is published").isBefore(deadline);
                assertThat(new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS))
                        .isFalse();
            }
            while (author.notice(brief).path("publicState").asString().equals("scheduled")) {
                assertThat(Instant.now()).as("what is over is settled").isBefore(deadline);
                assertThat(new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS))
                        .isFalse();
            }
            JsonNode missed = author.notice(brief);
            assertThat(missed.path("publicState").asString()).as("%s", missed).isEqualTo("none");
            assertThat(missed.path("published").isMissingNode()
                            || missed.path("published").isNull())
                    .isTrue();
        }
    }
}
