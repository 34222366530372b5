package fr.tambour.dispatch.internal;

import fr.tambour.live.Progress;
import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import fr.tambour.ui.Few;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How far a notice is, read from the books: any node's work shows in them. Anybody may follow it: a number that no account
 * shows, since somebody could be recognised in it, moves nothing either.
 */
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
        return OptionalLong.of(Objects.hash(
                rows("""
                        SELECT count(*), COALESCE(sum(held), 0), count(settled_at),
                          COALESCE(sum(CASE WHEN state = 'STOPPED' THEN 1 ELSE 0 END), 0)
                        FROM dispatch d WHERE d.town_id = :town AND d.notice_id = :notice
                        """, town, notice, number -> number),
                rows("""
                        SELECT sum(s.accepted), sum(s.gone), sum(s.failed), sum(s.unknown), sum(s.expired), sum(s.stopped)
                        FROM dispatch d JOIN dispatch_slice s ON s.town_id = d.town_id AND s.dispatch_id = d.id
                        WHERE d.town_id = :town AND d.notice_id = :notice
                        GROUP BY d.revision, d.channel, d.purpose ORDER BY d.revision, d.channel, d.purpose
                        """, town, notice, BooksProgress::shown),
                rows("""
                        SELECT sum(r.size)
                        FROM dispatch d JOIN dispatch_retry r ON r.town_id = d.town_id AND r.dispatch_id = d.id
                        WHERE d.town_id = :town AND d.notice_id = :notice AND d.settled_at IS NULL
                        GROUP BY d.revision, d.channel, d.purpose ORDER BY d.revision, d.channel, d.purpose
                        """, town, notice, BooksProgress::shown)));
    }

    private static long shown(long number) {
        return Few.isFew(number) ? 0 : number;
    }

    private boolean isCarried(TownId town, NoticeId notice) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM dispatch WHERE town_id = :town AND notice_id = :notice)")
                .param("town", town.value())
                .param("notice", notice.value())
                .query(Boolean.class)
                .single();
    }

    private int rows(String sql, TownId town, NoticeId notice, LongUnaryOperator shown) {
        return jdbc.sql(sql)
                .param("town", town.value())
                .param("notice", notice.value())
                .query((row, n) -> {
                    long[] numbers = new long[row.getMetaData().getColumnCount()];
                    for (int i = 0; i < numbers.length; i++) {
                        numbers[i] = shown.applyAsLong(row.getLong(i + 1));
                    }
                    return Arrays.hashCode(numbers);
                })
                .list()
                .hashCode();
    }
}
