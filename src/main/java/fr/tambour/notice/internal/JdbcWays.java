package fr.tambour.notice.internal;

import fr.tambour.notice.NoticeStep;
import fr.tambour.storage.Millis;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Remembers over which channels a notice ever went, apart from where it goes now: who once read it there is told when it
 * leaves, and told again of a withdrawal.
 */
@Repository
class JdbcWays implements NoticeStep {

    private final JdbcClient jdbc;

    JdbcWays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void taken(Step step) {
        switch (step) {
            case Step.Published published -> {
                leave(published, " AND gone_at IS NULL");
                published.channels().forEach(channel -> go(published, channel));
            }
            // Where it had left already, the withdrawal is news as well.
            case Step.Withdrawn withdrawn -> leave(withdrawn, "");
            case Step.Expired ignored -> {
                // What is over leaves by itself, everywhere, at a time that was told.
            }
        }
    }

    private void leave(Step step, String which) {
        jdbc.sql("UPDATE notice_way SET gone_at = :at WHERE town_id = :town AND notice_id = :notice" + which)
                .param("at", Millis.of(step.at()))
                .param("town", step.town().value())
                .param("notice", step.notice().value())
                .update();
    }

    private void go(Step step, String channel) {
        jdbc.sql("""
                        INSERT INTO notice_way (town_id, notice_id, channel, gone_at) VALUES (:town, :notice, :channel, NULL)
                        ON CONFLICT (town_id, notice_id, channel) DO UPDATE SET gone_at = NULL
                        """)
                .param("town", step.town().value())
                .param("notice", step.notice().value())
                .param("channel", channel)
                .update();
    }
}
