package fr.tambour.conversation.internal;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcKnownLists implements KnownLists {

    private static final String LIST =
            "SELECT id, scope, title, left_out, read_at, read_by, begun_at, done_at, lifted_at FROM conversation_list"
                    + " WHERE town_id = :town AND ";

    private final JdbcClient jdbc;

    JdbcKnownLists(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(TownId town, KnownList list, Map<String, String> names) {
        jdbc.sql("""
                        INSERT INTO conversation_list (town_id, id, scope, title, body, left_out, read_at, read_by)
                        VALUES (:town, :id, :scope, :title, :body, :left, :at, :by)
                        """)
                .param("town", town.value())
                .param("id", list.id())
                .param("scope", list.scope().name())
                .param("title", list.title())
                .param(
                        "body",
                        names.entrySet().stream()
                                .map(one -> one.getKey() + "\t" + one.getValue())
                                .collect(Collectors.joining("\n")))
                .param("left", list.leftOut())
                .param("at", Millis.of(list.read()))
                .param("by", list.by().value())
                .update();
    }

    private static KnownList list(ResultSet row, int number) throws SQLException {
        return new KnownList(
                row.getLong("id"),
                Scope.valueOf(row.getString("scope")),
                row.getString("title"),
                row.getInt("left_out"),
                Millis.toInstant(row.getLong("read_at")),
                new PersonId(row.getLong("read_by")),
                Millis.toInstantOrNull(row.getObject("begun_at")),
                Millis.toInstantOrNull(row.getObject("done_at")),
                Millis.toInstantOrNull(row.getObject("lifted_at")));
    }

    @Override
    public Optional<KnownList> find(TownId town, long id) {
        return jdbc.sql(LIST + "id = :id")
                .param("town", town.value())
                .param("id", id)
                .query(JdbcKnownLists::list)
                .optional();
    }

    @Override
    public List<KnownList> begun(TownId town, int limit) {
        return jdbc.sql(LIST + "begun_at IS NOT NULL ORDER BY id DESC LIMIT :limit")
                .param("town", town.value())
                .param("limit", limit)
                .query(JdbcKnownLists::list)
                .list();
    }

    @Override
    public Map<String, String> names(TownId town, long id) {
        Map<String, String> names = new LinkedHashMap<>();
        jdbc
                .sql("SELECT body FROM conversation_list WHERE town_id = :town AND id = :id")
                .param("town", town.value())
                .param("id", id)
                .query(String.class)
                .optional()
                .stream()
                .flatMap(String::lines)
                .map(line -> line.split("\t", 2))
                .forEach(line -> names.put(line[0], line.length == 2 ? line[1] : ""));
        return names;
    }

    @Override
    public boolean begin(TownId town, long id, Instant now) {
        return set("begun_at = COALESCE(begun_at, :now)", "lifted_at IS NULL", town, id, now);
    }

    @Override
    public void finish(TownId town, long id, Instant now) {
        set("done_at = :now, body = ''", "lifted_at IS NULL", town, id, now);
    }

    @Override
    public void lift(TownId town, long id, Instant now) {
        set("lifted_at = :now, body = ''", "lifted_at IS NULL", town, id, now);
    }

    private boolean set(String what, String where, TownId town, long id, Instant now) {
        return jdbc.sql("UPDATE conversation_list SET " + what + " WHERE town_id = :town AND id = :id AND " + where)
                        .param("town", town.value())
                        .param("id", id)
                        .param("now", Millis.of(now))
                        .update()
                == 1;
    }

    @Override
    public void forget(TownId town, long id) {
        jdbc.sql("DELETE FROM conversation_list WHERE town_id = :town AND id = :id AND begun_at IS NULL")
                .param("town", town.value())
                .param("id", id)
                .update();
    }

    @Override
    public int purge(Instant readBefore, Instant liftedBefore, int limit) {
        return jdbc.sql("""
                        DELETE FROM conversation_list WHERE (town_id, id) IN (
                          SELECT town_id, id FROM conversation_list
                          WHERE read_at < :read AND begun_at IS NULL OR lifted_at < :lifted LIMIT :limit)
                        """)
                .param("read", Millis.of(readBefore))
                .param("lifted", Millis.of(liftedBefore))
                .param("limit", limit)
                .update();
    }
}
