package fr.tambour.people.internal;

import fr.tambour.people.PersonId;
import fr.tambour.people.Tokens.Token;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcTokenTable implements TokenTable {

    private static final String GOOD = " revoked_at IS NULL AND expires_at > :now ";

    private static final String KNOWN = "SELECT town_id, id, person_id, rights, used_day FROM api_token WHERE ";

    private final JdbcClient jdbc;

    JdbcTokenTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional
    public void add(TownId town, PersonId person, Token token, String secretMac) {
        jdbc.sql("""
                        INSERT INTO api_token (town_id, id, person_id, label, secret_mac, rights, created_at, expires_at,
                          used_day, revoked_at)
                        VALUES (:town, :id, :person, :label, :mac, :rights, :created, :expires, NULL, NULL)""")
                .param("town", town.value())
                .param("id", token.id())
                .param("person", person.value())
                .param("label", token.label())
                .param("mac", secretMac)
                .param("rights", String.join(",", new TreeSet<>(token.rights())))
                .param("created", Millis.of(token.created()))
                .param("expires", Millis.of(token.expires()))
                .update();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Known> find(TownId town, String secretMac, Instant now) {
        return jdbc.sql(KNOWN + "town_id = :town AND secret_mac = :mac AND" + GOOD)
                .param("town", town.value())
                .param("mac", secretMac)
                .param("now", Millis.of(now))
                .query((rs, i) -> known(rs))
                .optional();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Known> ofAnyTown(PersonId person, Instant now) {
        return jdbc.sql(KNOWN + "person_id = :person AND" + GOOD + "ORDER BY town_id, id")
                .param("person", person.value())
                .param("now", Millis.of(now))
                .query((rs, i) -> known(rs))
                .list();
    }

    @Override
    @Transactional
    public void forget(PersonId person) {
        jdbc.sql("DELETE FROM api_token WHERE person_id = :person")
                .param("person", person.value())
                .update();
    }

    @Override
    @Transactional
    public void forgetOver(Instant before) {
        jdbc.sql("DELETE FROM api_token WHERE expires_at < :before OR revoked_at < :before")
                .param("before", Millis.of(before))
                .update();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Token> of(TownId town, PersonId person, Instant now) {
        return jdbc.sql("SELECT id, label, rights, created_at, expires_at, used_day FROM api_token"
                        + " WHERE town_id = :town AND person_id = :person AND" + GOOD
                        + "ORDER BY id DESC")
                .param("town", town.value())
                .param("person", person.value())
                .param("now", Millis.of(now))
                .query((rs, i) -> new Token(
                        rs.getLong("id"),
                        rs.getString("label"),
                        rights(rs),
                        Millis.toInstant(rs.getLong("created_at")),
                        Millis.toInstant(rs.getLong("expires_at")),
                        usedDay(rs)))
                .list();
    }

    @Override
    @Transactional
    public boolean revoke(TownId town, PersonId person, long id, Instant now) {
        return jdbc.sql("UPDATE api_token SET revoked_at = :now"
                                + " WHERE town_id = :town AND id = :id AND person_id = :person AND" + GOOD)
                        .param("now", Millis.of(now))
                        .param("town", town.value())
                        .param("id", id)
                        .param("person", person.value())
                        .update()
                == 1;
    }

    @Override
    @Transactional
    public void used(TownId town, long id, LocalDate day) {
        jdbc.sql("UPDATE api_token SET used_day = :day WHERE town_id = :town AND id = :id")
                .param("day", day.toEpochDay())
                .param("town", town.value())
                .param("id", id)
                .update();
    }

    private static Known known(ResultSet rs) throws SQLException {
        return new Known(
                new TownId(rs.getLong("town_id")),
                rs.getLong("id"),
                new PersonId(rs.getLong("person_id")),
                rights(rs),
                usedDay(rs));
    }

    private static Set<String> rights(ResultSet rs) throws SQLException {
        return Set.of(rs.getString("rights").split(","));
    }

    private static @Nullable LocalDate usedDay(ResultSet rs) throws SQLException {
        long day = rs.getLong("used_day");
        return rs.wasNull() ? null : LocalDate.ofEpochDay(day);
    }
}
