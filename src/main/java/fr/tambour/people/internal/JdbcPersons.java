package fr.tambour.people.internal;

import fr.tambour.people.Membership;
import fr.tambour.people.Person;
import fr.tambour.people.PersonId;
import fr.tambour.people.Role;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
@Transactional
class JdbcPersons implements Persons {

    private static final String PERSON = "p.id, p.email, p.name, p.language, p.password";
    private static final String MEMBERSHIP =
            "SELECT m.town_id, m.roles, m.since, " + PERSON + " FROM membership m JOIN person p ON p.id = m.person_id ";

    private final JdbcClient jdbc;

    JdbcPersons(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Person> byId(PersonId id) {
        return credentials(id).map(Credentials::person);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Person> byIds(Collection<PersonId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("SELECT " + PERSON + " FROM person p WHERE p.id IN (:ids)")
                .param("ids", ids.stream().map(PersonId::value).toList())
                .query((rs, i) -> person(rs))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Credentials> byEmail(String email) {
        return jdbc.sql("SELECT " + PERSON + " FROM person p WHERE p.email = :email")
                .param("email", email)
                .query((rs, i) -> credentials(rs))
                .optional();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Credentials> credentials(PersonId id) {
        return jdbc.sql("SELECT " + PERSON + " FROM person p WHERE p.id = :id")
                .param("id", id.value())
                .query((rs, i) -> credentials(rs))
                .optional();
    }

    @Override
    public void add(Person person, String password, Instant now) {
        jdbc.sql("""
                        INSERT INTO person (id, email, name, language, password, created_at)
                        VALUES (:id, :email, :name, :language, :password, :now)""")
                .param("id", person.id().value())
                .param("email", person.email())
                .param("name", person.name())
                .param("language", person.language())
                .param("password", password)
                .param("now", Millis.of(now))
                .update();
    }

    @Override
    public void changePassword(PersonId id, String password) {
        jdbc.sql("UPDATE person SET password = :password WHERE id = :id AND email IS NOT NULL")
                .param("password", password)
                .param("id", id.value())
                .update();
    }

    @Override
    public void changeProfile(PersonId id, String name, String language) {
        jdbc.sql("UPDATE person SET name = :name, language = :language WHERE id = :id AND email IS NOT NULL")
                .param("name", name)
                .param("language", language)
                .param("id", id.value())
                .update();
    }

    @Override
    public void erase(PersonId id) {
        jdbc.sql("UPDATE person SET name = '', email = NULL, password = NULL WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Membership> members(TownId town) {
        return jdbc.sql(MEMBERSHIP + "WHERE m.town_id = :town AND m.ended_at IS NULL ORDER BY p.name, p.id")
                .param("town", town.value())
                .query((rs, i) -> membership(rs))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Membership> former(TownId town) {
        return jdbc.sql(MEMBERSHIP + "WHERE m.town_id = :town AND m.ended_at IS NOT NULL AND p.email IS NOT NULL"
                        + " ORDER BY p.name, p.id")
                .param("town", town.value())
                .query((rs, i) -> membership(rs))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Membership> memberships(PersonId person) {
        return jdbc.sql(MEMBERSHIP + "WHERE m.person_id = :person AND m.ended_at IS NULL ORDER BY m.town_id")
                .param("person", person.value())
                .query((rs, i) -> membership(rs))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Membership> membership(TownId town, PersonId person) {
        return jdbc.sql(MEMBERSHIP + "WHERE m.town_id = :town AND m.person_id = :person AND m.ended_at IS NULL")
                .param("town", town.value())
                .param("person", person.value())
                .query((rs, i) -> membership(rs))
                .optional();
    }

    @Override
    public void join(TownId town, PersonId person, Set<Role> roles, Instant now) {
        jdbc.sql("""
                        INSERT INTO membership (town_id, person_id, roles, since, ended_at)
                        VALUES (:town, :person, :roles, :now, NULL)
                        ON CONFLICT (town_id, person_id) DO UPDATE SET
                          roles = excluded.roles,
                          since = CASE WHEN membership.ended_at IS NULL THEN membership.since ELSE excluded.since END,
                          ended_at = NULL""")
                .param("town", town.value())
                .param("person", person.value())
                .param("roles", RoleNames.join(roles))
                .param("now", Millis.of(now))
                .update();
    }

    @Override
    public void leave(TownId town, PersonId person, Instant now) {
        jdbc.sql("UPDATE membership SET ended_at = :now"
                        + " WHERE town_id = :town AND person_id = :person AND ended_at IS NULL")
                .param("now", Millis.of(now))
                .param("town", town.value())
                .param("person", person.value())
                .update();
    }

    @Override
    public void lockMembers(TownId town) {
        // An update that changes nothing locks the rows on PostgreSQL; on SQLite the writer is alone anyway.
        jdbc.sql("UPDATE membership SET since = since WHERE town_id = :town")
                .param("town", town.value())
                .update();
    }

    private static Membership membership(ResultSet rs) throws SQLException {
        return new Membership(
                new TownId(rs.getLong("town_id")),
                person(rs),
                RoleNames.split(rs.getString("roles")),
                Millis.toInstant(rs.getLong("since")));
    }

    private static Credentials credentials(ResultSet rs) throws SQLException {
        return new Credentials(person(rs), rs.getString("password"));
    }

    private static Person person(ResultSet rs) throws SQLException {
        String email = rs.getString("email");
        return new Person(
                new PersonId(rs.getLong("id")),
                email == null ? "" : email,
                rs.getString("name"),
                rs.getString("language"));
    }
}
