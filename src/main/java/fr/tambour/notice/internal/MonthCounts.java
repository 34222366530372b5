package fr.tambour.notice.internal;

import fr.tambour.storage.Millis;
import fr.tambour.town.Town;
import fr.tambour.town.TownChange;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How many notices each month's archive has, by the town's clock: counted anew where the town changes its zone. */
@Repository
class MonthCounts implements TownChange {

    private final JdbcClient jdbc;

    MonthCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Town town, Instant published, int many) {
        add(town.id(), month(published, town.zone()), many);
    }

    private void add(TownId town, YearMonth month, int many) {
        jdbc.sql("""
                        INSERT INTO notice_month (town_id, month, notices) VALUES (:town, :month, :many)
                        ON CONFLICT (town_id, month) DO UPDATE SET notices = notice_month.notices + :many
                        """)
                .param("town", town.value())
                .param("month", month.toString())
                .param("many", many)
                .update();
    }

    @Override
    public void changed(Town before, Town after) {
        if (before.zone().equals(after.zone())) {
            return;
        }
        long town = after.id().value();
        List<Long> published =
                jdbc.sql("""
                        SELECT first_published_at FROM notice
                        WHERE town_id = :town AND public_state IN ('PUBLISHED', 'EXPIRED') AND first_published_at IS NOT NULL
                          AND exercise_since IS NULL
                        """).param("town", town).query(Long.class).list();
        jdbc.sql("DELETE FROM notice_month WHERE town_id = :town")
                .param("town", town)
                .update();
        Map<YearMonth, Long> months = published.stream()
                .collect(Collectors.groupingBy(
                        millis -> month(Millis.toInstant(millis), after.zone()), Collectors.counting()));
        months.forEach((month, many) -> add(after.id(), month, many.intValue()));
    }

    private static YearMonth month(Instant published, ZoneId zone) {
        return YearMonth.from(published.atZone(zone));
    }
}
