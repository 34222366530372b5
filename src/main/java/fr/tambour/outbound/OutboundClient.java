package fr.tambour.outbound;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/** Sends to addresses that somebody else chose: to public ones alone, over HTTPS alone, following no redirect. */
public interface OutboundClient {

    /** No answer is waited for any longer, whatever the name, the connection, our own line or the other side do. */
    Duration LONGEST = Duration.ofSeconds(20);

    /**
     * Sends; never throws.
     *
     * @param answer told exactly once, within {@link #LONGEST} and a moment, on a thread that must not be held up
     */
    void send(OutboundRequest request, Consumer<OutboundAnswer> answer);

    /** Whether that is an address which may be called at all, as far as it shows: else nothing that is sent there ever leaves. */
    default boolean mayCall(URI address) {
        return true;
    }

    /** Whether this very machine may be called, on any port and without TLS: for tests and for trying out. */
    default boolean callsLoopback() {
        return false;
    }
}
