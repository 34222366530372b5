package fr.tambour.dispatch;

import fr.tambour.dispatch.internal.engine.Delays;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Millis;
import fr.tambour.testing.TambourServer;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Leaves in the books what the engine leaves there once phones were told, where no engine runs. */
public final class ToldPhones {

    private static final Duration FIRST = Duration.ofMillis(240);
    private static final Duration BETWEEN = Duration.ofMillis(40);

    private ToldPhones() {}

    /** The publication of {@code notice} goes to so many: the first has it after 240 ms, each other 40 ms later. */
    public static void tell(TambourServer server, NoticeId notice, int accepted, int gone, int failed) {
        Delays.Collected delays = new Delays.Collected();
        for (int i = 0; i < accepted; i++) {
            delays.add(FIRST.plus(BETWEEN.multipliedBy(i)));
        }
        JdbcClient jdbc = server.bean(JdbcClient.class);
        server.bean(TransactionTemplate.class).executeWithoutResult(status -> {
            Instant began = jdbc.sql("SELECT not_before FROM dispatch WHERE notice_id = :notice AND channel = 'phone'")
                    .param("notice", notice.value())
                    .query((row, n) -> Millis.toInstant(row.getLong("not_before")))
                    .single();
            Instant last = began.plus(FIRST).plus(BETWEEN.multipliedBy(Math.max(0, accepted - 1)));
            jdbc.sql("""
                            INSERT INTO dispatch_slice (town_id, dispatch_id, number, to_key, cursor_key, begun_key, sent_key,
                              under_way, fence, leased_until, done, accepted, gone, failed, expired, unknown, stopped, first_at,
                              last_at, delays)
                            SELECT town_id, id, 0, 1, 1, 1, 1, 0, 1, 0, 1, :accepted, :gone, :failed, 0, 0, 0, :first, :last, :delays
                            FROM dispatch WHERE notice_id = :notice AND channel = 'phone'
                            """)
                    .param("notice", notice.value())
                    .param("accepted", accepted)
                    .param("gone", gone)
                    .param("failed", failed)
                    .param("first", Millis.of(began.plus(FIRST)))
                    .param("last", Millis.of(last))
                    .param("delays", delays.delays().text())
                    .update();
            jdbc.sql("""
                            UPDATE dispatch SET state = 'SETTLED', settled_at = :last
                            WHERE notice_id = :notice AND channel = 'phone'
                            """)
                    .param("notice", notice.value())
                    .param("last", Millis.of(last))
                    .update();
        });
    }
}
