package fr.tambour.notice.internal;

import fr.tambour.notice.Action;
import fr.tambour.notice.DeskQueries.Order;
import fr.tambour.notice.DeskQueries.Page;
import fr.tambour.notice.Lifecycle.Standing;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.StaffNotice.HistoryEntry;
import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Ids;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every step ever taken of each notice, by whom and why. */
@Repository
class Histories {

    private static final String COLUMNS =
            "h.at, h.person_id, h.action, h.draft_state, h.public_state, h.revision, h.reason";

    private final JdbcClient jdbc;
    private final Ids ids;

    Histories(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    private record Numbered(long id, HistoryEntry entry) {}

    void add(Held notice, PersonId by, Instant at, Action action, Standing reached, int revision, String reason) {
        jdbc.sql("""
                        INSERT INTO notice_history (town_id, id, notice_id, at, person_id, action, draft_state, public_state, revision,
                          reason)
                        VALUES (:town, :entry, :id, :at, :by, :action, :draft, :shown, :revision, :reason)
                        """)
                .param("town", notice.town().value())
                .param("entry", ids.next())
                .param("id", notice.id().value())
                .param("at", Millis.of(at))
                .param("by", by.value())
                .param("action", action.name())
                .param("draft", reached.draft().name())
                .param("shown", reached.publicState().name())
                .param("revision", revision)
                .param("reason", reason)
                .update();
    }

    Page<HistoryEntry> page(TownId town, NoticeId id, Order order, @Nullable String cursor, int limit) {
        Optional<Long> after = Optional.ofNullable(cursor).map(Pages::number);
        List<Numbered> rows = jdbc.sql("SELECT h.id, " + COLUMNS
                        + " FROM notice_history h WHERE h.town_id = :town AND h.notice_id = :id"
                        + (after.isPresent() ? " AND h.id " + Pages.beyond(order) + " :after" : "")
                        + " ORDER BY h.id " + Pages.direction(order) + " LIMIT :limit")
                .param("town", town.value())
                .param("id", id.value())
                .param("after", after.orElse(0L))
                .param("limit", limit + 1)
                .query((row, n) -> new Numbered(row.getLong("id"), entry(row)))
                .list();
        return Pages.cut(rows, limit, last -> Pages.cursor(last.id())).map(Numbered::entry);
    }

    /** The last time that this was done to it. */
    Optional<HistoryEntry> last(TownId town, NoticeId id, Action action) {
        return jdbc.sql("SELECT " + COLUMNS + """
                         FROM notice_history h WHERE h.town_id = :town AND h.notice_id = :id AND h.action = :action
                        ORDER BY h.id DESC LIMIT 1
                        """)
                .param("town", town.value())
                .param("id", id.value())
                .param("action", action.name())
                .query((row, n) -> entry(row))
                .optional();
    }

    void forget(Held notice) {
        jdbc.sql("DELETE FROM notice_history WHERE town_id = :town AND notice_id = :id")
                .param("town", notice.town().value())
                .param("id", notice.id().value())
                .update();
    }

    private static HistoryEntry entry(ResultSet row) throws SQLException {
        return new HistoryEntry(
                Millis.toInstant(row.getLong("at")),
                Optional.of(row.getLong("person_id"))
                        .filter(person -> person != 0)
                        .map(PersonId::new),
                Action.valueOf(row.getString("action")),
                JdbcNotices.standing(row),
                row.getInt("revision"),
                row.getString("reason"));
    }
}
