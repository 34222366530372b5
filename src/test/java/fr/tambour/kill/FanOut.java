package fr.tambour.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.tambour.testing.Distribution;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/** What is on its way to ten thousand phones, or thousands of other servers, while the process dies. */
final class FanOut {

    static final int PHONES = 10_000;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String id;
    private final List<Way> ways;

    private FanOut(String id, List<Way> ways) {
        this.id = id;
        this.ways = ways;
    }

    /**
     * One channel.
     *
     * @param last the key of its last recipient; the first is 1
     * @param meant whom of them it is for
     * @param told how many messages came
     * @param times how often each was told
     * @param state what its account says in the end
     */
    private record Way(
            String channel,
            int last,
            IntPredicate meant,
            IntSupplier told,
            Supplier<int[]> times,
            String state,
            UnderWay underWay) {

        int all() {
            return (int) IntStream.rangeClosed(1, last).filter(meant).count();
        }

        /** So many are told when the process dies: it dies amid it, not behind it. */
        int amid(Random random) {
            return 1 + random.nextInt(all() * 9 / 10);
        }
    }

    /** To all phones, whatever the hour. */
    static FanOut alert(
            WorkingTown town, Distribution.Running tambour, WorkingTown.Sinks sinks, String title, Random random) {
        Way phones = phones(sinks, phone -> true, "done");
        String id = town.approver(tambour)
                .post("/api/v1/emergencies", Words.alert(title), "Idempotency-Key", title.replace(' ', '-'))
                .expect(201)
                .text("id");
        return begun(tambour, new FanOut(id, List.of(phones)), phones, random);
    }

    /** To whoever is awake, and for the others when their quiet hours end; it dies amid the inboxes. */
    static FanOut notice(
            WorkingTown town, Distribution.Running tambour, WorkingTown.Sinks sinks, String title, Random random) {
        Way phones = phones(sinks, WorkingTown::isAwake, "asleep");
        Way inboxes = inboxes(sinks);
        String id = town.publishes(tambour, Words.told(title, "website", "phone", "fediverse"));
        return begun(tambour, new FanOut(id, List.of(phones, inboxes)), inboxes, random);
    }

    private static Way phones(WorkingTown.Sinks sinks, IntPredicate meant, String state) {
        PushSink sink = sinks.phones();
        sink.countAnew(PHONES);
        return new Way(
                "phone",
                PHONES,
                meant,
                sink::told,
                () -> IntStream.rangeClosed(0, PHONES).map(sink.times()::get).toArray(),
                state,
                new UnderWay("phone"));
    }

    private static Way inboxes(WorkingTown.Sinks sinks) {
        InboxSink sink = sinks.inboxes();
        sink.countAnew();
        return new Way(
                "fediverse",
                InboxSink.INBOXES,
                inbox -> true,
                () -> sink.told("Create"),
                () -> sink.times("Create"),
                "done",
                new UnderWay("fediverse"));
    }

    private static FanOut begun(Distribution.Running tambour, FanOut fanOut, Way amid, Random random) {
        int some = amid.amid(random);
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> amid.told().getAsInt() >= some);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("%d of %d were told over %s, %d were waited for: %s"
                    .formatted(amid.told().getAsInt(), amid.all(), amid.channel(), some, tambour.log()));
        }
        return fanOut;
    }

    /** The process is dead, and no other has its books yet. */
    void killed(WorkingTown town) throws SQLException, IOException {
        for (Way way : ways) {
            int told = way.told().getAsInt();
            way.underWay().read(town, way.last());
            System.out.printf(
                    "Killed when %d of %d were told over %s, and %s%n", told, way.all(), way.channel(), way.underWay());
        }
        assertThat(ways)
                .as("told when it was killed")
                .anyMatch(way -> way.told().getAsInt() < way.all());
    }

    /** Nobody is lost, nobody but who was under way is told twice, and the account adds up. */
    void check(WorkingTown town, Distribution.Running tambour) {
        for (Way way : ways) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> town.account(tambour, id, way.channel(), "publication")
                            .path("state")
                            .asString()
                            .equals(way.state()));
            check(way, town.account(tambour, id, way.channel(), "publication"));
        }
    }

    private static void check(Way way, JsonNode account) {
        int[] times = way.times().get();
        assertThat(IntStream.rangeClosed(1, way.last()).filter(way.meant()).filter(one -> times[one] == 0))
                .as("who was not told over %s", way.channel())
                .isEmpty();
        assertThat(IntStream.rangeClosed(1, way.last())
                        .filter(way.meant().negate())
                        .filter(one -> times[one] > 0))
                .as("who was told over %s in their quiet hours", way.channel())
                .isEmpty();
        assertThat(IntStream.rangeClosed(1, way.last())
                        .filter(one -> times[one] > 1 && !way.underWay().holds(one)))
                .as("who was told more than once over %s, and was in no page that was under way", way.channel())
                .isEmpty();
        assertThat(IntStream.of(times).max().orElseThrow())
                .as("how often somebody was told over %s", way.channel())
                .isLessThanOrEqualTo(2);
        System.out.printf(
                "%d told twice over %s%n",
                IntStream.of(times).filter(told -> told > 1).count(), way.channel());
        assertThat(account.path("accepted").asInt()).as("%s", account).isEqualTo(way.all());
        for (String other : new String[] {"waiting", "gone", "failed", "expired", "stopped", "unknown"}) {
            assertThat(account.path(other).asInt(-1))
                    .as("%s of %s", other, account)
                    .isZero();
        }
    }
}
