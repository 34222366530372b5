package fr.tambour.website.internal;

import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeStep;
import fr.tambour.town.TownId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Kept by the transaction that publishes, corrects or withdraws. */
@Repository
class JdbcPublishedPictures implements PublishedPictures, NoticeStep {

    private final JdbcClient jdbc;

    JdbcPublishedPictures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public Standing standing(TownId town, String hash) {
        List<Integer> shown = jdbc.sql("SELECT shown FROM website_picture WHERE town_id = :town AND hash = :hash")
                .param("town", town.value())
                .param("hash", hash)
                .query(Integer.class)
                .list();
        if (shown.isEmpty()) {
            return Standing.UNKNOWN;
        }
        return shown.contains(1) ? Standing.SHOWN : Standing.GONE;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void taken(Step step) {
        switch (step) {
            case Step.Published published -> {
                hide(published.town(), published.notice());
                published.pictures().forEach(hash -> show(published.town(), published.notice(), hash));
            }
            case Step.Withdrawn withdrawn -> hide(withdrawn.town(), withdrawn.notice());
            case Step.Expired ignored -> {
                // The permalink of a notice that is over stays, and its pictures with it.
            }
        }
    }

    private void hide(TownId town, NoticeId notice) {
        jdbc.sql("UPDATE website_picture SET shown = 0 WHERE town_id = :town AND notice_id = :notice")
                .param("town", town.value())
                .param("notice", notice.value())
                .update();
    }

    private void show(TownId town, NoticeId notice, String hash) {
        jdbc.sql("""
                        INSERT INTO website_picture (town_id, hash, notice_id, shown) VALUES (:town, :hash, :notice, 1)
                        ON CONFLICT (town_id, hash, notice_id) DO UPDATE SET shown = 1
                        """)
                .param("town", town.value())
                .param("hash", hash)
                .param("notice", notice.value())
                .update();
    }
}
