package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.FediversePaths;
import fr.tambour.fediverse.internal.Reception;
import fr.tambour.fediverse.internal.Reception.Verdict;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
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

    @PostMapping(FediversePaths.ACCOUNT + FediversePaths.INBOX)
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
                .receive(town, SignedRequest.of(request, body == null ? new byte[0] : body), request.getRemoteAddr())
                .thenApply(InboxController::answer);
    }

    static ResponseEntity<ProblemDetail> answer(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Taken() -> ResponseEntity.accepted().build();
            case Verdict.TooLarge() ->
                problem(HttpStatus.CONTENT_TOO_LARGE, "too-large", "It is 1 MiB or more")
                        .build();
            case Verdict.Unreadable(String why) ->
                problem(HttpStatus.BAD_REQUEST, "unreadable", why).build();
            case Verdict.Unsigned(String why) ->
                problem(HttpStatus.UNAUTHORIZED, "unsigned", why).build();
            case Verdict.Later later ->
                problem(HttpStatus.SERVICE_UNAVAILABLE, "later", later.why())
                        .header("Retry-After", "60")
                        .build();
        };
    }

    /** Whoever sends it is a program, whatever it says to accept. */
    private static ResponseEntity.HeadersBuilder<?> problem(HttpStatus status, String code, String why) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, why);
        problem.setProperty("code", "fediverse." + code);
        return ResponseEntity.of(problem);
    }
}
