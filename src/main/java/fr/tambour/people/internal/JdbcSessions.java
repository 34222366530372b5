package fr.tambour.people.internal;

import fr.tambour.people.PersonId;
import fr.tambour.storage.Millis;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sign-in sessions in our own table. Spring Session's own repository reads in a writing transaction of its own and writes
 * with every request: on SQLite each look at a page would queue for the one writer, and fail with it. This one reads like
 * any reader, writes when something changed or a minute has passed, and keeps only a MAC of what the cookie holds.
 */
@Repository
@EnableConfigurationProperties(SignInSettings.class)
class JdbcSessions implements Sessions {

    private static final Logger log = LoggerFactory.getLogger(JdbcSessions.class);
    private static final Duration SEEN_TO = Duration.ofMinutes(1);
    private static final int DEVICE_LENGTH = 120;

    /** What attributes are made of: plain values, and Spring's messages to the next page. */
    private static final ObjectInputFilter PLAIN = ObjectInputFilter.Config.createFilter(
            "maxbytes=100000;maxdepth=8;java.lang.*;java.util.*;java.util.concurrent.*;java.time.*;"
                    + "org.springframework.web.servlet.FlashMap;org.springframework.util.*;!*");

    private final JdbcClient jdbc;
    private final Secrets secrets;
    private final SignInSettings settings;
    private final Clock clock;

    JdbcSessions(JdbcClient jdbc, Secrets secrets, SignInSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public StudioSession createSession() {
        return StudioSession.begin(secrets.fresh(), clock.instant(), settings.idle());
    }

    @Override
    @Transactional(readOnly = true)
    public @Nullable StudioSession findById(String id) {
        return jdbc.sql("SELECT created_at, seen_at, attributes FROM sign_in_session"
                        + " WHERE id_mac = :id AND expires_at > :now")
                .param("id", secrets.ofSession(id))
                .param("now", clock.millis())
                .query((rs, i) -> read(id, rs))
                .optional()
                .flatMap(session -> session)
                .orElse(null);
    }

    @Override
    @Transactional
    public void save(StudioSession session) {
        if (session.storedId() == null) {
            forgetOver();
            insert(session);
        } else if (session.changed()) {
            update(session);
        } else if (session.unsaidAccess().compareTo(SEEN_TO) >= 0) {
            touch(session);
        } else {
            return;
        }
        session.isStored();
    }

    @Override
    @Transactional
    public void deleteById(String id) {
        jdbc.sql("DELETE FROM sign_in_session WHERE id_mac = :id")
                .param("id", secrets.ofSession(id))
                .update();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Place> of(PersonId person) {
        return jdbc.sql("SELECT id_mac, device, created_at, seen_at FROM sign_in_session"
                        + " WHERE person_id = :person AND expires_at > :now ORDER BY seen_at DESC, id_mac")
                .param("person", person.value())
                .param("now", clock.millis())
                .query((rs, i) -> new Place(
                        rs.getString("id_mac"),
                        rs.getString("device"),
                        Millis.toInstant(rs.getLong("created_at")),
                        Millis.toInstant(rs.getLong("seen_at"))))
                .list();
    }

    @Override
    public String idMac(String id) {
        return secrets.ofSession(id);
    }

    @Override
    @Transactional
    public void endAll(PersonId person) {
        endOthers(person, "");
    }

    @Override
    @Transactional
    public void endOthers(PersonId person, String keptId) {
        jdbc.sql("DELETE FROM sign_in_session WHERE person_id = :person AND id_mac <> :kept")
                .param("person", person.value())
                .param("kept", secrets.ofSession(keptId))
                .update();
    }

    private void insert(StudioSession session) {
        jdbc.sql("""
                        INSERT INTO sign_in_session (id_mac, person_id, device, created_at, seen_at, expires_at, attributes)
                        VALUES (:id, :person, :device, :created, :seen, :expires, :attributes)""")
                .params(columns(session))
                .param("created", Millis.of(session.getCreationTime()))
                .update();
    }

    /** Does nothing where the session was ended meanwhile: it must not come back. */
    private void update(StudioSession session) {
        jdbc.sql("""
                        UPDATE sign_in_session SET id_mac = :id, person_id = :person, device = :device, seen_at = :seen,
                          expires_at = :expires, attributes = :attributes
                        WHERE id_mac = :stored""")
                .params(columns(session))
                .param("stored", secrets.ofSession(String.valueOf(session.storedId())))
                .update();
    }

    private Map<String, @Nullable Object> columns(StudioSession session) {
        String device = session.device();
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("id", secrets.ofSession(session.getId()));
        columns.put("person", session.person().map(PersonId::value).orElse(null));
        columns.put("device", device.length() <= DEVICE_LENGTH ? device : device.substring(0, DEVICE_LENGTH));
        columns.put("seen", Millis.of(session.getLastAccessedTime()));
        columns.put("expires", Millis.of(expiry(session)));
        columns.put("attributes", write(session.attributes()));
        return columns;
    }

    /** That someone is still there is worth a try, but no page fails for it. */
    private void touch(StudioSession session) {
        try {
            jdbc.sql("UPDATE sign_in_session SET seen_at = :seen, expires_at = :expires WHERE id_mac = :id")
                    .param("seen", Millis.of(session.getLastAccessedTime()))
                    .param("expires", Millis.of(expiry(session)))
                    .param("id", secrets.ofSession(session.getId()))
                    .update();
        } catch (DataAccessException e) {
            log.warn("A session's last use was not noted; it may end earlier than it should: {}", e.getMessage());
        }
    }

    private Instant expiry(StudioSession session) {
        Instant idle = session.getLastAccessedTime().plus(settings.idle());
        Instant longest = session.getCreationTime().plus(settings.longest());
        return idle.isBefore(longest) ? idle : longest;
    }

    private void forgetOver() {
        jdbc.sql("DELETE FROM sign_in_session WHERE expires_at <= :now")
                .param("now", clock.millis())
                .update();
    }

    private Optional<StudioSession> read(String id, ResultSet rs) throws SQLException {
        Instant created = Millis.toInstant(rs.getLong("created_at"));
        Instant seen = Millis.toInstant(rs.getLong("seen_at"));
        return read(rs.getString("attributes"))
                .map(attributes -> StudioSession.stored(id, created, seen, settings.idle(), attributes))
                .map(session -> session.usedAt(clock.instant()));
    }

    private static String write(Map<String, Object> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(attributes);
        } catch (IOException e) {
            throw new UncheckedIOException("A session holds plain values only", e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Empty where another version wrote what this one does not know: signing in again repairs it. */
    @SuppressWarnings({"unchecked", "BanSerializableRead"})
    private static Optional<Map<String, Object>> read(String attributes) {
        try (ObjectInputStream in = new ObjectInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(attributes)))) {
            in.setObjectInputFilter(PLAIN);
            return Optional.of((Map<String, Object>) in.readObject());
        } catch (InvalidClassException | ClassNotFoundException | ClassCastException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
