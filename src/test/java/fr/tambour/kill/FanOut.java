package fr.tambour.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.tambour.testing.Distribution;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/** An alert that is on its way to ten thousand phones while the process dies. */
final class FanOut {

    static final int PHONES = 10_000;

    /** What is under way at once at most, and so may be told twice: pages of 250, 8 of them, 12 more beside silent origins. */
    private static final int UNDER_WAY = (8 + 12) * 250;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final PushSink sink;
    private final String id;

    private FanOut(PushSink sink, String id) {
        this.sink = sink;
        this.id = id;
    }

    /** Released, and some of the phones, nobody knows how many, told. */
    static FanOut begun(WorkingTown town, Distribution.Running tambour, PushSink sink, String title, Random random) {
        sink.countAnew(PHONES);
        String id = town.approver(tambour)
                .post("/api/v1/emergencies", Words.alert(title), "Idempotency-Key", title.replace(' ', '-'))
                .expect(201)
                .text("id");
        int some = 1 + random.nextInt(PHONES - 1);
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> sink.told() >= some);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("%d of %d phones were told, %d were waited for: %s"
                    .formatted(sink.told(), PHONES, some, tambour.log()));
        }
        System.out.printf("Killed when %d of %d phones were told%n", sink.told(), PHONES);
        return new FanOut(sink, id);
    }

    /** Nobody is lost, what was under way at most is told twice, and the account adds up. */
    void check(WorkingTown town, Distribution.Running tambour) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> phone(town, tambour).path("state").asString().equals("done"));
        int[] times = IntStream.rangeClosed(1, PHONES).map(sink.times()::get).toArray();
        assertThat(IntStream.of(times).filter(told -> told == 0).count())
                .as("phones that were not told")
                .isZero();
        assertThat(IntStream.of(times).filter(told -> told > 1).count())
                .as("phones that were told more than once")
                .isLessThanOrEqualTo(UNDER_WAY);
        assertThat(IntStream.of(times).max().orElseThrow())
                .as("how often a phone was told")
                .isLessThanOrEqualTo(2);
        System.out.printf(
                "%d told twice%n", IntStream.of(times).filter(told -> told > 1).count());
        JsonNode account = phone(town, tambour);
        assertThat(account.path("accepted").asInt()).as("%s", account).isEqualTo(PHONES);
        for (String other : new String[] {"waiting", "gone", "failed", "expired", "stopped", "unknown"}) {
            assertThat(account.path(other).asInt(-1))
                    .as("%s of %s", other, account)
                    .isZero();
        }
    }

    private JsonNode phone(WorkingTown town, Distribution.Running tambour) {
        return town.author(tambour)
                .get("/avis/" + id + "/bilan.json")
                .expect(200)
                .json()
                .path("dispatches")
                .valueStream()
                .filter(dispatch -> dispatch.path("channel").asString().equals("phone"))
                .findFirst()
                .orElseThrow();
    }
}
