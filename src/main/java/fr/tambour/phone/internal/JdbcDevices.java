package fr.tambour.phone.internal;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** In the order of the primary key, each page in a transaction of its own. */
@Repository
class JdbcDevices implements Devices {

    private final JdbcClient jdbc;
    private final TransactionTemplate reading;

    JdbcDevices(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** A device in its place. */
    private record Placed(long town, long key, PushEndpoint endpoint) {}

    @Override
    public Iterator<List<PushEndpoint>> pages(int size) {
        return new Pages(size);
    }

    private final class Pages implements Iterator<List<PushEndpoint>> {

        private final int size;
        private long town = Long.MIN_VALUE;
        private long key = Long.MIN_VALUE;
        private boolean last;

        Pages(int size) {
            this.size = size;
        }

        @Override
        public boolean hasNext() {
            return !last;
        }

        @Override
        public List<PushEndpoint> next() {
            if (last) {
                throw new NoSuchElementException();
            }
            List<Placed> page = Objects.requireNonNull(reading.execute(status -> after(town, key, size)));
            if (page.size() < size) {
                last = true;
            } else {
                town = page.getLast().town();
                key = page.getLast().key();
            }
            return page.stream().map(Placed::endpoint).toList();
        }
    }

    private List<Placed> after(long town, long key, int size) {
        return jdbc.sql("""
                        SELECT town_id, id, endpoint, public_key, secret FROM phone
                        WHERE (town_id, id) > (:town, :key) AND active = 1
                        ORDER BY town_id, id LIMIT :size
                        """)
                .param("town", town)
                .param("key", key)
                .param("size", size)
                .query((row, n) -> new Placed(
                        row.getLong("town_id"),
                        row.getLong("id"),
                        PushEndpoint.of(
                                row.getString("endpoint"), row.getString("public_key"), row.getString("secret"))))
                .list();
    }
}
