package fr.tambour.kill;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.Distribution;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * `kill -9` of the distribution at random moments, while several programs write, submit and publish, and people
 * type, whose pages save by themselves. Whatever was answered is there after the restart; what was not is there whole or
 * not at all; what fell due meanwhile is done, or past its end not done; the journal is intact. Mostly it dies amid an alert
 * to ten thousand phones: none is left out, and nobody is told twice but who was in a page that was under way.
 *
 * <p>`-Dtambour.test.engine=POSTGRESQL` for one of the databases alone, `-Dtambour.kill.rounds=200` for many, `-Dtambour.kill.seed=…` to see one run's moments again.
 */
class KillTest {

    private static final int ROUNDS = Integer.getInteger("tambour.kill.rounds", 5);
    private static final long SEED = Long.getLong("tambour.kill.seed", System.nanoTime());
    private static final int CLIENTS = 4;
    private static final int TABLES = 2;
    private static final Duration EARLIEST = Duration.ofMillis(100);
    private static final Duration LATEST = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** In all rounds but each so many an alert goes out to all phones; few others are at work then, so that it does. */
    private static final int WITHOUT_ALERT = 4;

    static Stream<Dialect> engines() {
        String one = System.getProperty("tambour.test.engine", "");
        return Stream.of(Dialect.values())
                .filter(engine -> one.isEmpty() || engine.name().equals(one));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("engines")
    void whatWasAcknowledgedIsThere(Dialect engine) throws Exception {
        System.out.printf("%s: -Dtambour.kill.rounds=%d -Dtambour.kill.seed=%d%n", engine, ROUNDS, SEED);
        Random random = new Random(SEED);
        try (PushSink sink = new PushSink()) {
            WorkingTown town = WorkingTown.prepared(engine, sink.addresses());
            Distribution distribution = Distribution.unpacked()
                    .on(town.folder())
                    .with("TAMBOUR_PHONES_LOOPBACK", "true")
                    .with("TAMBOUR_OUTBOUND_LOOPBACK", "true");
            killed(town, distribution, sink, random);
        }
    }

    private static void killed(WorkingTown town, Distribution distribution, PushSink sink, Random random)
            throws Exception {
        Distribution.Running tambour = distribution.start();
        List<Work> checked = new ArrayList<>();
        for (int round = 1; round < ROUNDS; round++) {
            boolean alarmed = round % WITHOUT_ALERT != 0;
            Work work = alarmed
                    ? working(town, tambour, "Avis " + round, 1, 1)
                    : working(town, tambour, "Avis " + round, CLIENTS, TABLES);
            FanOut alert = alarmed ? FanOut.begun(town, tambour, sink, "Alerte " + round, random) : null;
            work.killed(tambour, alert == null ? moment(random) : Duration.ZERO);
            checked.add(work);
            if (alert != null) {
                alert.killed(town);
            }
            tambour = distribution.start();
            work.check(town, tambour);
            if (alert != null) {
                alert.check(town, tambour);
            }
            work.typed().forEach(Typing::goOn);
        }
        Waiting waiting = Waiting.begun(town, tambour);
        Work late = working(town, tambour, "Avis " + ROUNDS, CLIENTS, TABLES);
        late.killed(tambour, moment(random));
        checked.add(late);
        // Out of order until the one is due and the other's end has passed.
        assertThat(new CountDownLatch(1)
                        .await(Duration.between(Instant.now(), waiting.over()).toMillis(), TimeUnit.MILLISECONDS))
                .isFalse();
        try (Distribution.Running last = distribution.start()) {
            checked.forEach(work -> work.check(town, last));
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

    /** Begun, and going on until the process dies. */
    private static Work working(WorkingTown town, Distribution.Running tambour, String title, int programs, int people)
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
        // The first requests of a cold process take long: the moments are counted from the first publication and the
        // first saves.
        assertThat(published.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("nothing was published: %s", tambour.log())
                .isTrue();
        assertThat(saved.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("nothing that was typed was saved: %s", tambour.log())
                .isTrue();
        return new Work(clients, tables, threads);
    }

    /** What is done until a kill. */
    private record Work(List<Writing> written, List<Typing> typed, List<Thread> threads) {

        void killed(Distribution.Running tambour, Duration after) throws InterruptedException {
            assertThat(new CountDownLatch(1).await(after.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
            tambour.kill();
            for (Thread thread : threads) {
                assertThat(thread.join(PATIENCE)).isTrue();
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
