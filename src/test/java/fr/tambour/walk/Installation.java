package fr.tambour.walk;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.DataFolder;
import fr.tambour.testing.Distribution;
import fr.tambour.testing.Engines;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The distribution as an operator has it, with the data that are its own: started, killed, told things. */
final class Installation implements AutoCloseable {

    private static final Duration PRINTING = Duration.ofSeconds(30);

    private final DataFolder data;
    private final Distribution distribution;
    private Distribution.@Nullable Running server;

    private Installation(DataFolder data, Distribution distribution) {
        this.data = data;
        this.distribution = distribution;
    }

    /** With an empty data folder and database. */
    static Installation fresh(Dialect dialect) {
        return on(Engines.empty(dialect));
    }

    /** It reaches phones on this machine. */
    private static Installation on(DataFolder data) {
        return new Installation(
                data,
                Distribution.unpacked()
                        .on(data)
                        .with("TAMBOUR_PHONES_LOOPBACK", "true")
                        .with("TAMBOUR_OUTBOUND_LOOPBACK", "true"));
    }

    /** Another empty data folder and database, on the same port. */
    Installation withEmptyData(Dialect dialect) {
        Installation other = on(Engines.empty(dialect));
        other.distribution.with("TAMBOUR_PORT", Integer.toString(distribution.port()));
        return other;
    }

    DataFolder data() {
        return data;
    }

    String url(String path) {
        return "http://localhost:" + distribution.port() + path;
    }

    String url(String town, String path) {
        return "http://" + town + ".localhost:" + distribution.port() + path;
    }

    /** Starts it and waits until it answers. */
    void start() {
        server = distribution.start();
    }

    /** The one link of this path that it prints. */
    String printedLink(String path) {
        Instant last = Instant.now().plus(PRINTING);
        while (true) {
            String log = running().log();
            int at = log.indexOf(url(path));
            if (at >= 0 && log.indexOf('\n', at) > at) {
                return log.substring(at, log.indexOf('\n', at)).strip();
            }
            if (Instant.now().isAfter(last)) {
                throw new AssertionError("No link was printed:\n" + log);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** Like a power cut. */
    void kill() {
        running().kill();
        server = null;
    }

    void stop() {
        running().close();
        server = null;
    }

    /** `bin/tambour ARGUMENTS`, to its end. */
    Distribution.Answer tell(String... arguments) {
        return distribution.run(arguments);
    }

    private Distribution.Running running() {
        return Objects.requireNonNull(server, "it is not running");
    }

    @Override
    public void close() {
        if (server != null) {
            stop();
        }
    }
}
