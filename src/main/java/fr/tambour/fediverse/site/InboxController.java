package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.FediversePaths;
import fr.tambour.fediverse.internal.Reception;
import fr.tambour.fediverse.internal.Reception.Verdict;
import fr.tambour.fediverse.internal.SignedMessage;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Where other servers leave what they have for the town, as far as {@link InboxDoor} does not take it. */
@RestController
class InboxController {

    static final String NAME = "[A-Za-z0-9_.-]+";

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Reception reception;
    private final Actors actors;

    InboxController(Reception reception, Actors actors) {
        this.reception = reception;
        this.actors = actors;
    }

    @PostMapping(FediversePaths.SHARED_INBOX)
    CompletableFuture<ResponseEntity<ProblemDetail>> shared(
            Town town, HttpServletRequest request, @RequestBody(required = false) byte[] body) {
        return taken(town, request, body);
    }

    @PostMapping("/@{name:" + NAME + "}" + FediversePaths.INBOX)
    CompletableFuture<ResponseEntity<ProblemDetail>> own(
            @PathVariable String name,
            Town town,
            HttpServletRequest request,
            @RequestBody(required = false) byte[] body) {
        FediverseMedia.open(actors.named(town, name).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found")));
        return taken(town, request, body);
    }

    private CompletableFuture<ResponseEntity<ProblemDetail>> taken(Town town, HttpServletRequest request, byte[] body) {
        return reception
                .receive(town, message(request, body == null ? new byte[0] : body))
                .thenApply(InboxController::answer);
    }

    static ResponseEntity<ProblemDetail> answer(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Taken() -> ResponseEntity.accepted().build();
            case Verdict.TooLarge() ->
                problem(HttpStatus.CONTENT_TOO_LARGE, "It is 1 MiB or more").build();
            case Verdict.Unreadable(String why) ->
                problem(HttpStatus.BAD_REQUEST, why).build();
            case Verdict.Unsigned(String why) ->
                problem(HttpStatus.UNAUTHORIZED, why).build();
            case Verdict.Later(String why) ->
                problem(HttpStatus.SERVICE_UNAVAILABLE, why)
                        .header("Retry-After", "60")
                        .build();
        };
    }

    private static ResponseEntity.HeadersBuilder<?> problem(HttpStatus status, String why) {
        return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, why));
    }

    private static SignedMessage message(HttpServletRequest request, byte[] body) {
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
