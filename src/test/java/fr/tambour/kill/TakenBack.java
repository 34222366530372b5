package fr.tambour.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.tambour.testing.Distribution;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A notice on its way to thousands of other servers that is withdrawn amid it; the process dies right after it has said so. */
final class TakenBack {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String id;
    private final InboxSink sink;
    private final UnderWay underWay = new UnderWay("fediverse");

    /** Whom the notice may have reached, by the books. */
    private final BitSet reached = new BitSet();

    private int[] told = {};

    private TakenBack(String id, InboxSink sink) {
        this.id = id;
        this.sink = sink;
    }

    static TakenBack begun(
            WorkingTown town, Distribution.Running tambour, WorkingTown.Sinks sinks, String title, Random random) {
        InboxSink sink = sinks.inboxes();
        sink.countAnew();
        int some = 1 + random.nextInt(InboxSink.INBOXES / 2);
        String id = town.publishes(tambour, Words.told(title, "website", "fediverse"));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> sink.told("Create") >= some);
        town.approver(tambour)
                .post("/api/v1/notices/" + id + "/withdrawal", "{\"reason\": \"La salle est fermée.\"}")
                .expect(200);
        return new TakenBack(id, sink);
    }

    /** The process is dead, and no other has its books yet. */
    void killed(WorkingTown town) throws SQLException, IOException, InterruptedException {
        underWay.read(town, InboxSink.INBOXES);
        try (Connection books = UnderWay.untouched(town.folder()).connect();
                PreparedStatement slices = books.prepareStatement("""
                    SELECT number, sent_key FROM dispatch_slice s
                    JOIN dispatch d ON d.town_id = s.town_id AND d.id = s.dispatch_id
                    WHERE d.channel = 'fediverse' AND d.purpose = 'PUBLICATION' AND s.number >= 0
                      AND d.notice_id = (SELECT MAX(notice_id) FROM dispatch WHERE channel = 'fediverse')
                    """)) {
            ResultSet slice = slices.executeQuery();
            while (slice.next()) {
                int after = (int) Math.min(InboxSink.INBOXES, slice.getLong(1));
                reached.set(after + 1, (int) Math.min(InboxSink.INBOXES, slice.getLong(2)) + 1);
            }
        }
        sink.readAll();
        told = sink.times("Create");
        System.out.printf(
                "Killed when %d of %d were told over fediverse, %d that it is withdrawn, and %s%n",
                sink.told("Create"), InboxSink.INBOXES, sink.told("Delete"), underWay);
        assertThat(sink.told("Create")).as("told when it was withdrawn").isLessThan(InboxSink.INBOXES);
        assertThat(inboxes().filter(inbox -> told[inbox] > 0 && !reached.get(inbox)))
                .as("who was told, and whom the books do not know as reached")
                .isEmpty();
    }

    /** Nothing of it leaves any more, whoever has it is told that it is gone, and nobody else is. */
    void check(WorkingTown town, Distribution.Running tambour) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> town.account(tambour, id, "fediverse", "withdrawal")
                        .path("state")
                        .asString()
                        .equals("done"));
        int[] now = sink.times("Create");
        assertThat(inboxes().filter(inbox -> now[inbox] != told[inbox]))
                .as("who was told of what is withdrawn after the process died")
                .isEmpty();
        int[] gone = sink.times("Delete");
        assertThat(inboxes().filter(inbox -> told[inbox] > 0 && gone[inbox] == 0))
                .as("who has it, and was not told that it is gone")
                .isEmpty();
        assertThat(inboxes().filter(inbox -> gone[inbox] > 0 && !reached.get(inbox)))
                .as("who cannot have it, and was told that it is gone")
                .isEmpty();
        System.out.printf(
                "%d told twice that it is withdrawn%n",
                inboxes().filter(inbox -> gone[inbox] > 1).count());
        JsonNode withdrawal = town.account(tambour, id, "fediverse", "withdrawal");
        assertThat((int) inboxes().filter(inbox -> gone[inbox] > 0).count())
                .as("%s", withdrawal)
                .isBetween(counted(withdrawal, "accepted", 1), counted(withdrawal, "accepted", 9));
        JsonNode before = town.account(tambour, id, "fediverse", "publication");
        assertThat(before.path("state").asString()).as("%s", before).isEqualTo("stopped");
        assertThat(before.path("waiting").asInt(-1)).as("%s", before).isZero();
        assertThat((int) inboxes().filter(inbox -> told[inbox] > 0).count())
                .as("%s", before)
                .isBetween(
                        counted(before, "accepted", 1), counted(before, "accepted", 9) + counted(before, "unknown", 9));
    }

    /** @param few one to nine are not said */
    private static int counted(JsonNode account, String what, int few) {
        return account.path(what).asInt(few);
    }

    private static IntStream inboxes() {
        return IntStream.rangeClosed(1, InboxSink.INBOXES);
    }
}
