package fr.tambour.storage.internal;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells the other nodes by `NOTIFY`, after the commit and apart from it: in a transaction that notifies, the commit takes a
 * lock that all such transactions of the database share. What is told while one is being sent goes out after it, a town
 * once.
 */
final class Announcer {

    static final String CHANNEL = "tambour";

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final JdbcClient jdbc;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sending = new AtomicBoolean();

    Announcer(DataSource pool) {
        this.jdbc = JdbcClient.create(pool);
    }

    /** Returns at once. */
    void tell(long town) {
        waiting.add(Long.toString(town));
        if (!sending.getAndSet(true)) {
            // Not on this thread: it may still hold the connection that has just committed.
            Thread.ofVirtual().name("announcer").start(this::send);
        }
    }

    private void send() {
        do {
            try {
                for (Iterator<String> one = waiting.iterator(); one.hasNext(); ) {
                    String said = one.next();
                    one.remove();
                    say(said);
                }
            } catch (DataAccessException e) {
                LOG.debug("Other nodes find it by themselves", e);
            } finally {
                sending.set(false);
            }
        } while (!waiting.isEmpty() && !sending.getAndSet(true));
    }

    /** Waits until it is sent. */
    void say(String what) {
        jdbc.sql("SELECT pg_notify('" + CHANNEL + "', ?)")
                .param(what)
                .query((row, number) -> "")
                .list();
    }
}
