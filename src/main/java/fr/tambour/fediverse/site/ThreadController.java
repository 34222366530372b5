package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.Notes;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The posts that follow the first of a notice: for other servers; people are led to the notice. */
@RestController
class ThreadController {

    private static final String POST = "/avis/{ref:[0-9a-z]{13}}/fil/{number:[0-9]{1,9}}";

    private final PublicNotices notices;
    private final Actors actors;
    private final Notes notes;
    private final GatedReading reading;

    ThreadController(PublicNotices notices, Actors actors, Notes notes, GatedReading reading) {
        this.reading = reading;
        this.notices = notices;
        this.actors = actors;
        this.notes = notes;
    }

    @GetMapping(
            path = POST,
            produces = {FediverseMedia.ACTIVITY, FediverseMedia.LINKED})
    CompletableFuture<ResponseEntity<String>> note(
            @PathVariable String ref, @PathVariable int number, Town town, HttpServletRequest request) {
        return reading.given(town, request, () -> {
            Notes.Posted post = found(ref, number, town);
            return FediverseMedia.of(post.gone() ? HttpStatus.GONE : HttpStatus.OK, post.note());
        });
    }

    @GetMapping(POST)
    ResponseEntity<Void> toNotice(@PathVariable String ref, @PathVariable int number, Town town) {
        found(ref, number, town);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/avis/" + ref))
                .header("Vary", "Accept")
                .build();
    }

    private Notes.Posted found(String ref, int number, Town town) {
        return NoticeId.ofRef(ref)
                .flatMap(id -> notices.find(town.id(), id))
                .filter(notice -> !notice.exercise())
                .flatMap(notice -> notes.following(notice, number, town, actors.of(town)))
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
    }
}
