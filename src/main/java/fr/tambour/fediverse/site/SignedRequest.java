package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.SignedMessage;
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
        // Over HTTP/2 it is no header: whoever signs calls it one all the same.
        String authority = Optional.ofNullable(request.getHeader("Host")).orElseGet(() -> authority(request));
        headers.putIfAbsent("host", List.of(authority));
        String query = request.getQueryString();
        try {
            URI target = new URI(request.getScheme() + "://" + authority + request.getRequestURI()
                    + (query == null ? "" : "?" + query));
            return new SignedMessage(request.getMethod(), target, headers, body);
        } catch (URISyntaxException e) {
            throw new Refusal(HttpStatus.BAD_REQUEST, "malformed");
        }
    }

    private static String authority(HttpServletRequest request) {
        boolean usual = request.getServerPort() == (request.isSecure() ? HTTPS : HTTP);
        return request.getServerName() + (usual ? "" : ":" + request.getServerPort());
    }
}
