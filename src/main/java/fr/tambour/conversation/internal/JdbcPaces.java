package fr.tambour.conversation.internal;

import fr.tambour.notice.NoticeId;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcPaces implements Paces {

    private final JdbcClient jdbc;

    JdbcPaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Paced> of(TownId town, NoticeId notice) {
        return jdbc.sql(
                        "SELECT pace, since, set_by FROM conversation_pace WHERE town_id = :town AND notice_id = :notice")
                .param("town", town.value())
                .param("notice", notice.value())
                .query((row, number) -> new Paced(
                        Pace.valueOf(row.getString("pace")),
                        Millis.toInstant(row.getLong("since")),
                        new PersonId(row.getLong("set_by"))))
                .optional();
    }

    @Override
    public void set(TownId town, NoticeId notice, Paced paced) {
        if (paced.pace() == Pace.NORMAL) {
            jdbc.sql("DELETE FROM conversation_pace WHERE town_id = :town AND notice_id = :notice")
                    .param("town", town.value())
                    .param("notice", notice.value())
                    .update();
            return;
        }
        jdbc.sql("""
                        INSERT INTO conversation_pace (town_id, notice_id, pace, since, set_by)
                        VALUES (:town, :notice, :pace, :since, :by)
                        ON CONFLICT (town_id, notice_id)
                          DO UPDATE SET pace = excluded.pace, since = excluded.since, set_by = excluded.set_by
                        """)
                .param("town", town.value())
                .param("notice", notice.value())
                .param("pace", paced.pace().name())
                .param("since", Millis.of(paced.since()))
                .param("by", paced.by().value())
                .update();
    }
}
