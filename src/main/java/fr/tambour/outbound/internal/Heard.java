package fr.tambour.outbound.internal;

import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When each connection last answered anything: one that stays silent while requests run out of time is dead. */
final class Heard {

    private final Map<HttpConnection, Long> last = new ConcurrentHashMap<>();

    void begins(HttpConnection connection) {
        last.put(connection, System.nanoTime());
        connection.closeHandler(_ -> last.remove(connection));
    }

    void from(HttpConnection connection) {
        last.computeIfPresent(connection, (_, _) -> System.nanoTime());
    }

    /** @param moment of {@link System#nanoTime()} */
    boolean nothingSince(long moment, HttpConnection connection) {
        Long heard = last.get(connection);
        return heard != null && heard - moment <= 0;
    }
}
