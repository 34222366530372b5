package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.Actor;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.FediversePaths;
import fr.tambour.fediverse.internal.Reception;
import fr.tambour.fediverse.internal.Reception.Verdict;
import fr.tambour.town.HostName;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.DirectTaker;
import fr.tambour.ui.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** The inboxes, where much comes at once. What is not for one that is open is refused by {@link InboxController}. */
@Component
class InboxDoor implements DirectTaker {

    private static final Pattern OWN =
            Pattern.compile("/@(" + FediversePaths.NAME + ")" + Pattern.quote(FediversePaths.INBOX));

    private final Reception reception;
    private final Actors actors;
    private final Towns towns;
    private final JsonMapper json;

    InboxDoor(Reception reception, Actors actors, Towns towns, JsonMapper json) {
        this.reception = reception;
        this.actors = actors;
        this.towns = towns;
        this.json = json;
    }

    @Override
    public Optional<CompletableFuture<Answer>> take(Arrived arrived) {
        if (!arrived.method().equals("POST")) {
            return Optional.empty();
        }
        Matcher own = OWN.matcher(arrived.path());
        boolean shared = arrived.path().equals(FediversePaths.SHARED_INBOX);
        if (!shared && !own.matches()) {
            return Optional.empty();
        }
        try {
            return towns.byHost(HostName.ofHeader(arrived.host()))
                    .filter(town -> shared || isOpen(town, own.group(1)))
                    .map(town -> received(town, arrived).thenApply(verdict -> answer(arrived, verdict)));
        } catch (DataAccessException | TransactionException e) {
            Verdict later = new Verdict.Later("The database does not answer");
            return Optional.of(CompletableFuture.completedFuture(answer(arrived, later)));
        }
    }

    private CompletableFuture<Verdict> received(Town town, Arrived arrived) {
        try {
            return reception.receive(town, SignedRequest.of(arrived), arrived.from());
        } catch (Refusal e) {
            return CompletableFuture.completedFuture(new Verdict.Unreadable("Its address is none"));
        }
    }

    private boolean isOpen(Town town, String name) {
        return actors.named(town, name)
                .filter(actor -> actor.state() != Actor.State.CLOSED)
                .isPresent();
    }

    private Answer answer(Arrived arrived, Verdict verdict) {
        ResponseEntity<ProblemDetail> said = InboxController.answer(verdict);
        Map<String, String> fields = new TreeMap<>(said.getHeaders().toSingleValueMap());
        ProblemDetail problem = said.getBody();
        if (problem == null) {
            return new Answer(said.getStatusCode().value(), fields, new byte[0]);
        }
        problem.setInstance(
                UriComponentsBuilder.fromPath(arrived.path()).build().encode().toUri());
        fields.put("Content-Type", MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        return new Answer(said.getStatusCode().value(), fields, json.writeValueAsBytes(problem));
    }
}
