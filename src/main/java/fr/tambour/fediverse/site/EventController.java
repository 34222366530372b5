package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.Actor;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.Events;
import fr.tambour.fediverse.internal.FediverseChannel;
import fr.tambour.fediverse.internal.FediversePaths;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicNotices.Filter;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Events as calendars of the fediverse read them, each beside its note, and those ahead; people are led to the pages. */
@RestController
class EventController {

    private static final String EVENT = "/avis/{ref:[0-9a-z]{13}}/fediverse/evenement";
    private static final String UPCOMING = FediversePaths.ACCOUNT + FediversePaths.EVENTS;

    /** As many as an outbox holds. */
    private static final int MOST = 20;

    /** Looked at for that: a weekly one began long ago and is next week. */
    private static final int LOOKED_AT = 200;

    private final PublicNotices notices;
    private final Actors actors;
    private final Events events;
    private final GatedReading reading;
    private final Clock clock;

    EventController(PublicNotices notices, Actors actors, Events events, GatedReading reading, Clock clock) {
        this.reading = reading;
        this.notices = notices;
        this.actors = actors;
        this.events = events;
        this.clock = clock;
    }

    @GetMapping(
            path = EVENT,
            produces = {FediverseMedia.ACTIVITY, FediverseMedia.LINKED})
    CompletableFuture<ResponseEntity<String>> event(@PathVariable String ref, Town town, HttpServletRequest request) {
        return reading.given(town, request, () -> event(ref, town));
    }

    private ResponseEntity<String> event(String ref, Town town) {
        PublishedNotice notice = found(ref, town);
        Actor actor = actors.of(town);
        if (notice.state() == PublicState.WITHDRAWN) {
            return FediverseMedia.of(HttpStatus.GONE, Events.tombstone(actor, notice));
        }
        return events.of(notice, town, actor)
                .map(FediverseMedia::of)
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
    }

    @GetMapping(EVENT)
    ResponseEntity<Void> toNotice(@PathVariable String ref, Town town) {
        return to("/avis/" + found(ref, town).id().ref());
    }

    private PublishedNotice found(String ref, Town town) {
        return NoticeId.ofRef(ref)
                .flatMap(id -> notices.find(town.id(), id))
                .filter(Events::isOf)
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
    }

    /** What the town's account has ahead; those of themes write nothing. */
    @GetMapping(
            path = UPCOMING,
            produces = {FediverseMedia.ACTIVITY, FediverseMedia.LINKED})
    CompletableFuture<ResponseEntity<String>> upcoming(
            @PathVariable String name, Town town, HttpServletRequest request) {
        return reading.given(town, request, () -> upcoming(name, town));
    }

    private ResponseEntity<String> upcoming(String name, Town town) {
        Actor actor = towns(name, town);
        List<ObjectNode> ahead = events.upcoming(
                notices.events(
                        town.id(),
                        new Filter(Kind.EVENT, null, null, FediverseChannel.NAME),
                        clock.instant(),
                        LOOKED_AT),
                MOST,
                town,
                actor);
        ObjectNode collection = JsonMapper.shared().createObjectNode();
        collection.set("@context", Events.context());
        collection.put("id", actor.uri() + FediversePaths.EVENTS);
        collection.put("type", "OrderedCollection");
        collection.put("totalItems", ahead.size());
        var items = collection.putArray("orderedItems");
        ahead.forEach(event -> {
            event.remove("@context");
            items.add(event);
        });
        return FediverseMedia.of(collection);
    }

    @GetMapping(UPCOMING)
    ResponseEntity<Void> toAgenda(@PathVariable String name, Town town) {
        towns(name, town);
        return to("/agenda");
    }

    private Actor towns(String name, Town town) {
        return actors.named(town, name)
                .filter(actor -> actor.kind() == Actor.Kind.TOWN)
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
    }

    private static ResponseEntity<Void> to(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .header("Vary", "Accept")
                .build();
    }
}
