package fr.tambour.notice.api;

import fr.tambour.storage.Millis;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcAnswers implements Answers {

    private static final String OF_KEY = " WHERE town_id = :town AND person_id = :person AND idempotency_key = :key";

    private final JdbcClient jdbc;

    JdbcAnswers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Kept> find(Key key, Instant oldest) {
        return of(
                        key,
                        "SELECT fingerprint, status, location, body FROM notice_idempotency" + OF_KEY
                                + " AND at >= :oldest")
                .param("oldest", Millis.of(oldest))
                .query((row, n) -> new Kept(
                        row.getString("fingerprint"),
                        row.getInt("status"),
                        row.getString("location"),
                        row.getString("body")))
                .optional();
    }

    @Override
    public void claim(Key key, String fingerprint, Instant at, Instant oldest) {
        of(key, "DELETE FROM notice_idempotency" + OF_KEY + " AND at < :oldest")
                .param("oldest", Millis.of(oldest))
                .update();
        of(key, """
                        INSERT INTO notice_idempotency (town_id, person_id, idempotency_key, fingerprint, at)
                        VALUES (:town, :person, :key, :fingerprint, :at)
                        """)
                .param("fingerprint", fingerprint)
                .param("at", Millis.of(at))
                .update();
    }

    @Override
    public void answer(Key key, Kept answer) {
        of(key, "UPDATE notice_idempotency SET status = :status, location = :location, body = :body" + OF_KEY)
                .param("status", answer.status())
                .param("location", answer.location())
                .param("body", answer.body())
                .update();
    }

    @Override
    public int forget(Instant before) {
        return jdbc.sql("DELETE FROM notice_idempotency WHERE at < :before")
                .param("before", Millis.of(before))
                .update();
    }

    private JdbcClient.StatementSpec of(Key key, String sql) {
        return jdbc.sql(sql)
                .param("town", key.town().value())
                .param("person", key.person().value())
                .param("key", key.key());
    }
}
