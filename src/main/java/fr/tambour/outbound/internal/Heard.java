package fr.tambour.outbound.internal;

import io.vertx.core.http.GoAway;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What connections said: when they last answered anything (one that stays silent while requests run out of time is dead),
 * and which stream they will still look at before they go away (RFC 9113 section 6.8).
 */
final class Heard {

    private final Map<HttpConnection, Long> last = new ConcurrentHashMap<>();

    /** Asked for when the connection may have ended already, and then forgotten with it. */
    private final Map<HttpConnection, Integer> lastStreams = Collections.synchronizedMap(new WeakHashMap<>());

    private final Set<Ends> standing = ConcurrentHashMap.newKeySet();

    /** By which a connection is told from all others. */
    private record Ends(String here, int port, String there, int portThere) {

        static Ends of(HttpConnection connection) {
            SocketAddress here = connection.localAddress(true);
            SocketAddress there = connection.remoteAddress(true);
            return new Ends(here.hostAddress(), here.port(), there.hostAddress(), there.port());
        }

        static Ends of(InetSocketAddress here, InetSocketAddress there) {
            return new Ends(
                    here.getAddress().getHostAddress(),
                    here.getPort(),
                    there.getAddress().getHostAddress(),
                    there.getPort());
        }
    }

    void begins(HttpConnection connection) {
        Ends ends = Ends.of(connection);
        last.put(connection, System.nanoTime());
        standing.add(ends);
        connection.closeHandler(_ -> {
            last.remove(connection);
            standing.remove(ends);
        });
    }

    /** Whether requests can be sent from the one to the other. */
    boolean stands(InetSocketAddress here, InetSocketAddress there) {
        return standing.contains(Ends.of(here, there));
    }

    void from(HttpConnection connection) {
        last.computeIfPresent(connection, (_, _) -> System.nanoTime());
    }

    void goesAway(HttpConnection connection, GoAway said) {
        lastStreams.put(connection, said.getLastStreamId());
    }

    /** Whether it has said that it does not look at this stream. */
    boolean refused(HttpConnection connection, int stream) {
        Integer lastStream = lastStreams.get(connection);
        return lastStream != null && stream > lastStream;
    }

    /** @param moment of {@link System#nanoTime()} */
    boolean nothingSince(long moment, HttpConnection connection) {
        Long heard = last.get(connection);
        return heard != null && heard - moment <= 0;
    }

    /** Connections that stand. */
    int connections() {
        return last.size();
    }
}
