package fr.tambour.outbound.internal;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundRequest;
import java.net.InetAddress;
import java.util.function.Consumer;

/** Carries a request to an address that was checked. */
interface Wire {

    /** Tells exactly once; never throws. */
    void post(Target.Callable target, InetAddress address, OutboundRequest request, Consumer<OutboundAnswer> answer);

    void close();
}
