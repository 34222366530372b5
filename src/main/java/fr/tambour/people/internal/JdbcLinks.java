package fr.tambour.people.internal;

import fr.tambour.people.PersonId;
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
import org.springframework.transaction.annotation.Transactional;

@Repository
@Transactional
class JdbcLinks implements Links {

    private static final String GOOD = " ended_at IS NULL AND expires_at > :now ";

    private static final String LINK = "SELECT town_id, id, purpose, email, roles, person_id, created_by, created_at,"
            + " expires_at FROM single_use_link WHERE ";

    private final JdbcClient jdbc;

    JdbcLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(Link link, String secretMac) {
        jdbc.sql("""
                        INSERT INTO single_use_link (town_id, id, purpose, secret_mac, email, roles, person_id,
                          created_by, created_at, expires_at, ended_at)
                        VALUES (:town, :id, :purpose, :mac, :email, :roles, :person, :by, :created, :expires, NULL)""")
                .param("town", link.town().value())
                .param("id", link.id())
                .param("purpose", link.purpose().name())
                .param("mac", secretMac)
                .param("email", link.email())
                .param("roles", RoleNames.join(link.roles()))
                .param("person", idOf(link.person()))
                .param("by", link.by().value())
                .param("created", Millis.of(link.created()))
                .param("expires", Millis.of(link.expires()))
                .update();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Link> find(TownId town, String secretMac, Instant now) {
        return jdbc.sql(LINK + "town_id = :town AND secret_mac = :mac AND" + GOOD)
                .param("town", town.value())
                .param("mac", secretMac)
                .param("now", Millis.of(now))
                .query((rs, i) -> link(rs))
                .optional();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Link> invitations(TownId town, Instant now) {
        return jdbc.sql(LINK + "town_id = :town AND purpose = 'JOIN' AND" + GOOD + "ORDER BY id DESC")
                .param("town", town.value())
                .param("now", Millis.of(now))
                .query((rs, i) -> link(rs))
                .list();
    }

    @Override
    public boolean end(TownId town, long id, Instant now) {
        return jdbc.sql("UPDATE single_use_link SET ended_at = :now WHERE town_id = :town AND id = :id AND" + GOOD)
                        .param("now", Millis.of(now))
                        .param("town", town.value())
                        .param("id", id)
                        .update()
                == 1;
    }

    @Override
    public void endOlder(Link link, Instant now) {
        jdbc.sql("UPDATE single_use_link SET ended_at = :now WHERE town_id = :town AND purpose = :purpose"
                        + " AND (email = :email OR person_id = :person) AND id <> :id AND" + GOOD)
                .param("now", Millis.of(now))
                .param("town", link.town().value())
                .param("purpose", link.purpose().name())
                .param("email", link.email() == null ? "" : link.email())
                .param("person", link.person() == null ? 0L : link.person().value())
                .param("id", link.id())
                .update();
    }

    @Override
    public void endPasswordLinks(PersonId person, TownId town, Instant now) {
        endPasswordLinks("(created_by <> :operator OR town_id = :town)", person, now)
                .param("town", town.value())
                .update();
    }

    @Override
    public void endOperatorsLinks(PersonId person, Instant now) {
        endPasswordLinks("created_by = :operator", person, now).update();
    }

    private JdbcClient.StatementSpec endPasswordLinks(String which, PersonId person, Instant now) {
        return jdbc.sql(
                        "UPDATE single_use_link SET ended_at = :now WHERE person_id = :person AND purpose = 'PASSWORD' AND "
                                + which + " AND" + GOOD)
                .param("now", Millis.of(now))
                .param("person", person.value())
                .param("operator", PersonId.SYSTEM.value());
    }

    @Override
    public void forget(TownId town, PersonId person, String email, Instant now) {
        jdbc.sql("DELETE FROM single_use_link WHERE person_id = :person"
                        + " OR (email = :email AND (town_id = :town OR NOT (" + GOOD + ")))")
                .param("person", person.value())
                .param("email", email)
                .param("town", town.value())
                .param("now", Millis.of(now))
                .update();
    }

    @Override
    public void forgetOver(Instant before) {
        jdbc.sql("DELETE FROM single_use_link WHERE expires_at < :before OR ended_at < :before")
                .param("before", Millis.of(before))
                .update();
    }

    private static Link link(ResultSet rs) throws SQLException {
        long person = rs.getLong("person_id");
        PersonId whose = rs.wasNull() ? null : new PersonId(person);
        return new Link(
                new TownId(rs.getLong("town_id")),
                rs.getLong("id"),
                Purpose.valueOf(rs.getString("purpose")),
                rs.getString("email"),
                RoleNames.split(rs.getString("roles")),
                whose,
                new PersonId(rs.getLong("created_by")),
                Millis.toInstant(rs.getLong("created_at")),
                Millis.toInstant(rs.getLong("expires_at")));
    }

    private static @Nullable Long idOf(@Nullable PersonId person) {
        return person == null ? null : person.value();
    }
}
