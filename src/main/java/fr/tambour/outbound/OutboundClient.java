package fr.tambour.outbound;

import java.util.function.Consumer;

/** Sends to addresses that somebody else chose: to public ones alone, over HTTPS alone, following no redirect. */
public interface OutboundClient {

    /**
     * Posts; never throws.
     *
     * @param answer told exactly once, on a thread that must not be held up
     */
    void post(OutboundRequest request, Consumer<OutboundAnswer> answer);
}
