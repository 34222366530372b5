package fr.tambour.notice.internal;

import fr.tambour.notice.NoticeStep;
import fr.tambour.storage.Millis;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Remembers whom a notice ever reached, by channel, theme and district, apart from whom it reaches now: who once read it is
 * told when it comes no more, and told of every correction after that, and of its withdrawal.
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
            case Step.Published published -> published(published);
            case Step.Withdrawn withdrawn -> leave(withdrawn);
            case Step.Expired ignored -> {
                // What is over leaves by itself, everywhere, at a time that was told.
            }
        }
    }

    private void published(Step.Published step) {
        switch (step.occasion()) {
            case PUBLICATION, CORRECTION -> {
                leave(step);
                // The correction of what is over is told to who had it; it comes to nobody any more.
                if (step.until().isAfter(step.at())) {
                    come(step);
                }
            }
            case TRANSLATION -> {
                // It reaches whom it reached, and tells nobody anything anew.
            }
        }
    }

    /** Also where it had left already: what happens to it since is told there as well. */
    private void leave(Step step) {
        jdbc.sql("UPDATE notice_way SET gone_at = :at WHERE town_id = :town AND notice_id = :notice")
                .param("at", Millis.of(step.at()))
                .param("town", step.town().value())
                .param("notice", step.notice().value())
                .update();
    }

    private void come(Step step) {
        jdbc.sql("""
                        INSERT INTO notice_way (town_id, notice_id, channel, theme_id, district_id, gone_at)
                        SELECT DISTINCT n.town_id, n.id, c.channel,
                          CASE WHEN n.kind = 'EMERGENCY' THEN 0 ELSE COALESCE(t.theme_id, 0) END,
                          COALESCE(d.district_id, 0), CAST(NULL AS BIGINT)
                        FROM notice n
                        JOIN notice_channel c ON c.town_id = n.town_id AND c.notice_id = n.id
                        LEFT JOIN notice_theme t ON t.town_id = n.town_id AND t.notice_id = n.id
                        LEFT JOIN notice_district d ON d.town_id = n.town_id AND d.notice_id = n.id
                        WHERE n.town_id = :town AND n.id = :notice
                        ON CONFLICT (town_id, notice_id, channel, theme_id, district_id) DO UPDATE SET gone_at = NULL
                        """)
                .param("town", step.town().value())
                .param("notice", step.notice().value())
                .update();
    }
}
