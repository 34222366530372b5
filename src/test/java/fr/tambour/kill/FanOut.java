package fr.tambour.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.DataFolder;
import fr.tambour.testing.Distribution;
import fr.tambour.testing.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/** An alert that is on its way to ten thousand phones while the process dies. */
final class FanOut {

    static final int PHONES = 10_000;

    /** So many are left at least when the process dies: it dies amid it, not behind it. */
    private static final int LEFT = 1_000;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final PushSink sink;
    private final String id;

    /** Whom the pages that were under way have, by the books that the dead process left. */
    private final BitSet underWay = new BitSet(PHONES + 1);

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
        int some = 1 + random.nextInt(PHONES - LEFT);
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> sink.told() >= some);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("%d of %d phones were told, %d were waited for: %s"
                    .formatted(sink.told(), PHONES, some, tambour.log()));
        }
        return new FanOut(sink, id);
    }

    /** The process is dead, and no other has its books yet. */
    void killed(WorkingTown town) throws SQLException, IOException {
        int told = sink.told();
        int pages = 0;
        try (Connection books = untouched(town.folder()).connect();
                Statement statement = books.createStatement()) {
            try (ResultSet page = statement.executeQuery("""
                    SELECT cursor_key, begun_key FROM dispatch_slice s
                    JOIN dispatch d ON d.town_id = s.town_id AND d.id = s.dispatch_id
                    WHERE d.channel = 'phone' AND d.settled_at IS NULL AND s.under_way = 1 AND s.number >= 0
                    """)) {
                while (page.next()) {
                    underWay.set(page.getInt(1) + 1, page.getInt(2) + 1);
                    pages++;
                }
            }
            // Of these, whoever an attempt may have reached: all others it has not, and they are told once still.
            try (ResultSet retry = statement.executeQuery(
                    "SELECT recipient_key, others FROM dispatch_retry WHERE awaiting = 1 OR under_way = 1")) {
                while (retry.next()) {
                    int phone = retry.getInt(1);
                    underWay.set(phone);
                    for (String next : retry.getString(2).split(",")) {
                        phone += next.isEmpty() ? 0 : Integer.parseInt(next, 36);
                        underWay.set(phone);
                    }
                }
            }
        }
        System.out.printf(
                "Killed when %d of %d phones were told, and %d pages of %d were under way%n",
                told, PHONES, pages, underWay.cardinality());
        assertThat(told).as("told when it was killed").isLessThan(PHONES);
    }

    /** Whoever opens an SQLite database that was left in the lurch puts it in order: that is the next process's to do. */
    private static DataFolder untouched(DataFolder left) throws IOException {
        if (left.dialect() == Dialect.POSTGRESQL) {
            return left;
        }
        DataFolder copy = Engines.empty(Dialect.SQLITE);
        for (String file : List.of("tambour.db", "tambour.db-wal")) {
            if (Files.exists(left.path().resolve(file))) {
                Files.copy(left.path().resolve(file), copy.path().resolve(file));
            }
        }
        return copy;
    }

    /** Nobody is lost, nobody but who was under way is told twice, and the account adds up. */
    void check(WorkingTown town, Distribution.Running tambour) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> phone(town, tambour).path("state").asString().equals("done"));
        int[] times = IntStream.rangeClosed(1, PHONES).map(sink.times()::get).toArray();
        assertThat(IntStream.of(times).filter(told -> told == 0).count())
                .as("phones that were not told")
                .isZero();
        assertThat(IntStream.rangeClosed(1, PHONES).filter(phone -> times[phone - 1] > 1 && !underWay.get(phone)))
                .as("phones that were told more than once, and were in no page that was under way")
                .isEmpty();
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
