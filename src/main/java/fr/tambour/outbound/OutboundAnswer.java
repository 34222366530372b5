package fr.tambour.outbound;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What became of one request. */
public sealed interface OutboundAnswer {

    /**
     * The status came, whatever became of the body.
     *
     * @param headers of {@link #KEPT} those that there were, by their name in small letters
     * @param body as many of its first bytes as were asked for, at most
     * @param whole whether that is all of it: there was no more than was asked for, and its end came in time
     */
    record Answered(int status, Map<String, String> headers, byte[] body, boolean whole) implements OutboundAnswer {

        /** Whether what was asked for is elsewhere (RFC 9110 15.4). */
        public boolean redirects() {
            return REDIRECTS.contains(status);
        }

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** The address is none that may be called, or nobody let the request in: whoever is there has done nothing. */
    record Unreachable(String reason) implements OutboundAnswer {}

    /** The moment came by which it had to leave: nobody has heard it, and whoever is there has done nothing. */
    record Expired() implements OutboundAnswer {}

    /** It was wanted no more when there was a place for it: nobody has heard it. */
    record Recalled() implements OutboundAnswer {}

    /** The request left, and no status came: whether it was heard is not known. */
    record Unanswered(String reason) implements OutboundAnswer {}

    /** Reasons that mean something to whoever reads how others stand; all else is said in any words. */
    String UNKNOWN_NAME = "an unknown name";

    String NO_PUBLIC_ADDRESS = "no public address";
    String BAD_CERTIFICATE = "its certificate is not valid";
    String STOPPING = "Tambour is stopping";
    String NO_SOCKET = "nothing can be sent";

    Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** Of whoever was only told something. */
    int MOST_BODY = 4096;

    List<String> KEPT = List.of("retry-after", "location", "content-type");
}
