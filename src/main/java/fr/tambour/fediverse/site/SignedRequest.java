package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.SignedMessage;
import fr.tambour.ui.DirectTaker;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;

/** A request as whoever signs it knows it. */
final class SignedRequest {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private SignedRequest() {}

    /** @throws Refusal 400 {@code malformed} */
    static SignedMessage of(HttpServletRequest request, byte[] body) {
        Map<String, List<String>> headers = new TreeMap<>();
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.put(name, Collections.list(request.getHeaders(name))));
        String query = request.getQueryString();
        return of(
                request.getMethod(),
                request.getScheme(),
                Optional.ofNullable(request.getHeader("Host")).orElseGet(() -> authority(request)),
                request.getRequestURI() + (query == null ? "" : "?" + query),
                headers,
                body);
    }

    /** @throws Refusal 400 {@code malformed} */
    static SignedMessage of(DirectTaker.Arrived arrived) {
        return of(
                arrived.method(),
                arrived.scheme(),
                arrived.authority(),
                arrived.target(),
                arrived.headers(),
                arrived.body());
    }

    private static SignedMessage of(
            String method,
            String scheme,
            String authority,
            String target,
            Map<String, List<String>> headers,
            byte[] body) {
        Map<String, List<String>> all = new TreeMap<>(headers);
        // Over HTTP/2 it is no header: whoever signs calls it one all the same.
        all.putIfAbsent("host", List.of(authority));
        try {
            return new SignedMessage(method, new URI(scheme + "://" + authority + target), all, body);
        } catch (URISyntaxException e) {
            throw new Refusal(HttpStatus.BAD_REQUEST, "malformed");
        }
    }

    private static String authority(HttpServletRequest request) {
        boolean usual = request.getServerPort() == (request.isSecure() ? HTTPS : HTTP);
        return request.getServerName() + (usual ? "" : ":" + request.getServerPort());
    }
}
