package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.Actor;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.Notes;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A notice's permalink, as other servers read it. */
@RestController
class NoteController {

    private final PublicNotices notices;
    private final Actors actors;
    private final Notes notes;
    private final GatedReading reading;

    NoteController(PublicNotices notices, Actors actors, Notes notes, GatedReading reading) {
        this.reading = reading;
        this.notices = notices;
        this.actors = actors;
        this.notes = notes;
    }

    @GetMapping(
            path = "/avis/{ref:[0-9a-z]{13}}/{slug:[a-z0-9-]+}",
            produces = {FediverseMedia.ACTIVITY, FediverseMedia.LINKED})
    CompletableFuture<ResponseEntity<String>> page(
            @PathVariable String ref, @PathVariable String slug, Town town, HttpServletRequest request) {
        return reading.given(town, request, () -> {
            PublishedNotice notice = found(ref, town);
            // Whatever stands at the end of the address, one answer is kept.
            return notice.slug().equals(slug)
                    ? of(notice, town)
                    : ResponseEntity.status(HttpStatus.FOUND)
                            .location(Notes.id(actors.of(town), notice.id()))
                            .build();
        });
    }

    @GetMapping(
            path = "/avis/{ref:[0-9a-z]{13}}",
            produces = {FediverseMedia.ACTIVITY, FediverseMedia.LINKED})
    CompletableFuture<ResponseEntity<String>> note(@PathVariable String ref, Town town, HttpServletRequest request) {
        return reading.given(town, request, () -> of(found(ref, town), town));
    }

    private PublishedNotice found(String ref, Town town) {
        return NoticeId.ofRef(ref)
                .flatMap(id -> notices.find(town.id(), id))
                .filter(Notes::isOf)
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
    }

    private ResponseEntity<String> of(PublishedNotice notice, Town town) {
        Actor actor = actors.of(town);
        return notice.state() == PublicState.WITHDRAWN
                ? FediverseMedia.of(HttpStatus.GONE, Notes.tombstone(actor, notice))
                : FediverseMedia.of(notes.of(notice, town, actor));
    }
}
