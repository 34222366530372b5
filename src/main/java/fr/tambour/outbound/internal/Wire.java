package fr.tambour.outbound.internal;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/** Carries a request to one of the addresses that were checked. */
interface Wire extends AutoCloseable {

    /**
     * Tells exactly once; never throws.
     *
     * @param addresses tried in turn, until one lets in
     * @param deadline of {@link System#nanoTime()}; from then on nothing is waited for
     */
    void post(
            Target.Callable target,
            List<InetAddress> addresses,
            OutboundRequest request,
            long deadline,
            Consumer<OutboundAnswer> answer);

    /** Requests that are not answered yet. */
    int underWay();

    /** Connections that stand. */
    int connections();

    @Override
    void close();
}
