package fr.tambour.fediverse.site;

import fr.tambour.conversation.TownAnswer;
import fr.tambour.conversation.TownAnswers;
import fr.tambour.fediverse.internal.Actor;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.AnswerNotes;
import fr.tambour.fediverse.internal.FediverseChannel;
import fr.tambour.fediverse.internal.FediversePaths;
import fr.tambour.notice.NoticeId;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What the town has answered somebody: for other servers as a note; people are led to where it is about. */
@RestController
class AnswerController {

    private static final String OF_NOTICE = "/avis/{ref:[0-9a-z]{13}}/reponses/{id:[0-9]{1,19}}";
    private static final String OF_ACCOUNT = FediversePaths.ACCOUNT + "/reponses/{id:[0-9]{1,19}}";

    private final TownAnswers answers;
    private final Actors actors;
    private final AnswerNotes notes;
    private final GatedReading reading;

    AnswerController(TownAnswers answers, Actors actors, AnswerNotes notes, GatedReading reading) {
        this.reading = reading;
        this.answers = answers;
        this.actors = actors;
        this.notes = notes;
    }

    private TownAnswer of(Town town, long id, Optional<NoticeId> notice) {
        return answers.find(town.id(), id)
                .filter(answer -> answer.channel().equals(FediverseChannel.NAME))
                .filter(answer -> answer.notice().equals(notice))
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
    }

    @GetMapping(
            path = OF_NOTICE,
            produces = {FediverseMedia.ACTIVITY, FediverseMedia.LINKED})
    CompletableFuture<ResponseEntity<String>> ofNotice(
            @PathVariable String ref, @PathVariable long id, Town town, HttpServletRequest request) {
        return reading.given(town, request, () -> document(of(town, id, NoticeId.ofRef(ref)), town));
    }

    @GetMapping(
            path = OF_ACCOUNT,
            produces = {FediverseMedia.ACTIVITY, FediverseMedia.LINKED})
    CompletableFuture<ResponseEntity<String>> ofAccount(
            @PathVariable String name, @PathVariable long id, Town town, HttpServletRequest request) {
        return reading.given(town, request, () -> document(of(town, id, Optional.empty()), town));
    }

    private ResponseEntity<String> document(TownAnswer answer, Town town) {
        Actor actor = actors.of(town);
        return answer.withdrawnAt().isPresent()
                ? FediverseMedia.of(HttpStatus.GONE, notes.tombstone(answer, actor))
                : FediverseMedia.of(notes.of(answer, town, actor));
    }

    @GetMapping(OF_NOTICE)
    ResponseEntity<Void> toNotice(@PathVariable String ref, @PathVariable long id, Town town) {
        of(town, id, NoticeId.ofRef(ref));
        return to("/avis/" + ref + "#reponse-" + id);
    }

    @GetMapping(OF_ACCOUNT)
    ResponseEntity<Void> toAccount(@PathVariable String name, @PathVariable long id, Town town) {
        of(town, id, Optional.empty());
        return to(actors.path(town));
    }

    private static ResponseEntity<Void> to(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .header("Vary", "Accept")
                .build();
    }
}
