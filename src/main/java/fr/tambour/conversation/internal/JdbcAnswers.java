package fr.tambour.conversation.internal;

import fr.tambour.conversation.Carried;
import fr.tambour.conversation.internal.Answer.State;
import fr.tambour.conversation.internal.Answer.Step;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcAnswers implements Answers {

    private static final String FAILED = Arrays.stream(Carried.values())
            .filter(Carried::failed)
            .map(what -> "'" + what.name() + "'")
            .collect(Collectors.joining(", "));

    private final JdbcClient jdbc;

    JdbcAnswers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(TownId town, Answer answer) {
        jdbc.sql("""
                        INSERT INTO conversation_answer (town_id, id, message_id, notice_id, body, language, is_public, clarifies,
                          state, written_at, written_by, kind)
                        VALUES (:town, :id, :message, nullif(:notice, 0), :body, :language, :open, :clarifies, 'WAITING', :at, :by,
                          :kind)
                        """)
                .param("town", town.value())
                .param("id", answer.id())
                .param("message", answer.message())
                .param("notice", answer.notice().map(NoticeId::value).orElse(0L))
                .param("body", answer.text())
                .param("language", answer.language())
                .param("open", answer.open() ? 1 : 0)
                .param("clarifies", answer.clarifies() ? 1 : 0)
                .param("at", Millis.of(answer.written().at()))
                .param("by", answer.written().by().value())
                .param("kind", answer.kind().name())
                .update();
    }

    private static Answer answer(ResultSet row, int number) throws SQLException {
        long notice = row.getLong("notice_id");
        return new Answer(
                row.getLong("id"),
                row.getLong("message_id"),
                notice == 0 ? Optional.empty() : Optional.of(new NoticeId(notice)),
                row.getString("body"),
                row.getString("language"),
                row.getInt("is_public") == 1,
                row.getInt("clarifies") == 1,
                State.valueOf(row.getString("state")),
                new Step(Millis.toInstant(row.getLong("written_at")), new PersonId(row.getLong("written_by"))),
                step(Millis.toInstantOrNull(row.getObject("sent_at")), row.getLong("sent_by")),
                step(Millis.toInstantOrNull(row.getObject("withdrawn_at")), row.getLong("withdrawn_by")),
                Answer.Kind.valueOf(row.getString("kind")),
                Optional.ofNullable(row.getString("carried")).map(Carried::valueOf));
    }

    private static Optional<Step> step(@Nullable Instant at, long by) {
        return at == null ? Optional.empty() : Optional.of(new Step(at, new PersonId(by)));
    }

    @Override
    public Optional<Answer> find(TownId town, long id) {
        return jdbc.sql("SELECT * FROM conversation_answer WHERE town_id = :town AND id = :id")
                .param("town", town.value())
                .param("id", id)
                .query(JdbcAnswers::answer)
                .optional();
    }

    @Override
    public List<Answer> of(TownId town, long message) {
        return jdbc.sql("SELECT * FROM conversation_answer WHERE town_id = :town AND message_id = :message ORDER BY id")
                .param("town", town.value())
                .param("message", message)
                .query(JdbcAnswers::answer)
                .list();
    }

    @Override
    public Set<Long> waiting(TownId town, Collection<Long> messages) {
        return those(town, messages, "state = 'WAITING'");
    }

    @Override
    public Set<Long> notArrived(TownId town, Collection<Long> messages) {
        return those(town, messages, "state = 'SENT' AND kind = 'ANSWER' AND carried IN (" + FAILED + ")");
    }

    private Set<Long> those(TownId town, Collection<Long> messages, String which) {
        return messages.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql("SELECT DISTINCT message_id FROM conversation_answer WHERE town_id = :town"
                                + " AND message_id IN (:messages) AND " + which)
                        .param("town", town.value())
                        .param("messages", messages)
                        .query(Long.class)
                        .list());
    }

    @Override
    public List<Answer> clarifications(TownId town, NoticeId notice, int limit) {
        return jdbc.sql("""
                        SELECT * FROM conversation_answer
                        WHERE town_id = :town AND notice_id = :notice AND clarifies = 1 AND state = 'SENT'
                        ORDER BY sent_at DESC, id DESC LIMIT :limit
                        """)
                .param("town", town.value())
                .param("notice", notice.value())
                .param("limit", limit)
                .query(JdbcAnswers::answer)
                .list();
    }

    @Override
    public boolean send(TownId town, long id, Step sent) {
        return step("state = 'SENT', sent_at = :at, sent_by = :by", "WAITING", town, id, sent);
    }

    @Override
    public boolean withdraw(TownId town, long id, Step withdrawn) {
        return step("state = 'WITHDRAWN', withdrawn_at = :at, withdrawn_by = :by", "SENT", town, id, withdrawn);
    }

    private boolean step(String what, String from, TownId town, long id, Step step) {
        return jdbc.sql("UPDATE conversation_answer SET " + what
                                + " WHERE town_id = :town AND id = :id AND state = :from")
                        .param("at", Millis.of(step.at()))
                        .param("by", step.by().value())
                        .param("town", town.value())
                        .param("id", id)
                        .param("from", from)
                        .update()
                == 1;
    }

    @Override
    public void carried(TownId town, long id, Carried what, Instant now) {
        jdbc.sql("UPDATE conversation_answer SET carried = :what, carried_at = :now WHERE town_id = :town AND id = :id")
                .param("what", what.name())
                .param("now", Millis.of(now))
                .param("town", town.value())
                .param("id", id)
                .update();
    }

    @Override
    public boolean cameTo(TownId town, long id, Carried what, Instant now) {
        return jdbc.sql("""
                        UPDATE conversation_answer SET carried = :what, carried_at = :now
                        WHERE town_id = :town AND id = :id AND state = 'SENT'
                          AND (carried IS NULL OR carried IN ('UNDERWAY', 'UNKNOWN'))
                        """)
                        .param("what", what.name())
                        .param("now", Millis.of(now))
                        .param("town", town.value())
                        .param("id", id)
                        .update()
                == 1;
    }

    @Override
    public boolean discard(TownId town, long id) {
        return jdbc.sql("DELETE FROM conversation_answer WHERE town_id = :town AND id = :id AND state = 'WAITING'")
                        .param("town", town.value())
                        .param("id", id)
                        .update()
                == 1;
    }
}
