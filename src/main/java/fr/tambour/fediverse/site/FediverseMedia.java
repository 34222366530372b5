package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.Actor;
import fr.tambour.ui.Refusal;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.ObjectNode;

/** How our documents are asked for and given: one address shows people a page, and servers this. */
final class FediverseMedia {

    static final String ACTIVITY = "application/activity+json";

    /** With the profile of ActivityStreams (ActivityPub section 3.2), or without. */
    static final String LINKED = "application/ld+json";

    private static final Duration KEPT = Duration.ofMinutes(3);

    private FediverseMedia() {}

    /** @throws Refusal 410 {@code fediverse.closed} */
    static Actor open(Actor actor) {
        if (actor.state() == Actor.State.CLOSED) {
            throw new Refusal(HttpStatus.GONE, "fediverse.closed");
        }
        return actor;
    }

    static ResponseEntity<String> of(ObjectNode document) {
        return of(HttpStatus.OK, document);
    }

    static ResponseEntity<String> of(HttpStatus status, ObjectNode document) {
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType(ACTIVITY))
                .header("Vary", "Accept")
                .header("Access-Control-Allow-Origin", "*")
                .cacheControl(CacheControl.maxAge(KEPT).cachePublic())
                .body(document.toString());
    }
}
