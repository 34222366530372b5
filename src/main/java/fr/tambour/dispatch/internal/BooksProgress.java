package fr.tambour.dispatch.internal;

import fr.tambour.live.Progress;
import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.util.Objects;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How far a notice is, read from the books: any node's work shows in them. */
@Component
class BooksProgress implements Progress {

    private final JdbcClient jdbc;

    BooksProgress(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public OptionalLong mark(TownId town, NoticeId notice) {
        if (!isCarried(town, notice)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Objects.hash(row("""
                        SELECT count(*) AS one, COALESCE(sum(held), 0) AS two, count(settled_at) AS three,
                          COALESCE(sum(CASE WHEN state = 'STOPPED' THEN 1 ELSE 0 END), 0) AS four
                        FROM dispatch d WHERE d.town_id = :town AND d.notice_id = :notice
                        """, town, notice), row("""
                        SELECT COALESCE(sum(s.accepted), 0) AS one, COALESCE(sum(s.gone + s.failed + s.unknown), 0) AS two,
                          COALESCE(sum(s.expired), 0) AS three, COALESCE(sum(s.stopped), 0) AS four
                        FROM dispatch d JOIN dispatch_slice s ON s.town_id = d.town_id AND s.dispatch_id = d.id
                        WHERE d.town_id = :town AND d.notice_id = :notice
                        """, town, notice), row("""
                        SELECT count(*) AS one, COALESCE(sum(r.awaiting), 0) AS two, 0 AS three, 0 AS four
                        FROM dispatch d JOIN dispatch_retry r ON r.town_id = d.town_id AND r.dispatch_id = d.id
                        WHERE d.town_id = :town AND d.notice_id = :notice AND d.settled_at IS NULL
                        """, town, notice)));
    }

    private boolean isCarried(TownId town, NoticeId notice) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM dispatch WHERE town_id = :town AND notice_id = :notice)")
                .param("town", town.value())
                .param("notice", notice.value())
                .query(Boolean.class)
                .single();
    }

    private int row(String sql, TownId town, NoticeId notice) {
        return jdbc.sql(sql)
                .param("town", town.value())
                .param("notice", notice.value())
                .query((row, n) ->
                        Objects.hash(row.getLong("one"), row.getLong("two"), row.getLong("three"), row.getLong("four")))
                .single();
    }
}
