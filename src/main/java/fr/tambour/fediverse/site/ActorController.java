package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.Activities;
import fr.tambour.fediverse.internal.Actor;
import fr.tambour.fediverse.internal.ActorDocument;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.FediverseChannel;
import fr.tambour.fediverse.internal.FediversePaths;
import fr.tambour.fediverse.internal.FollowerCount;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicNotices.Cursor;
import fr.tambour.notice.PublicNotices.Filter;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The account as other servers read it, and its collections. */
@RestController
class ActorController {

    private static final String NAMED = "/@{name:[A-Za-z0-9_.-]+}";
    private static final int PAGE = 20;

    private final Actors actors;
    private final ActorDocument document;
    private final Activities activities;
    private final FollowerCount followers;
    private final PublicNotices notices;
    private final Clock clock;

    ActorController(
            Actors actors,
            ActorDocument document,
            Activities activities,
            FollowerCount followers,
            PublicNotices notices,
            Clock clock) {
        this.actors = actors;
        this.document = document;
        this.activities = activities;
        this.followers = followers;
        this.notices = notices;
        this.clock = clock;
    }

    @GetMapping(
            path = NAMED,
            produces = {FediverseMedia.ACTIVITY, FediverseMedia.LINKED})
    ResponseEntity<String> actor(@PathVariable String name, Town town) {
        return FediverseMedia.of(document.of(named(town, name), town));
    }

    /** For everybody, whatever else is behind a gate. */
    @GetMapping(FediversePaths.INSTANCE)
    ResponseEntity<String> instance(Town town) {
        return FediverseMedia.of(document.of(actors.instanceOf(town), town));
    }

    /** How many they are; who they are is nobody's business. */
    @GetMapping(NAMED + FediversePaths.FOLLOWERS)
    ResponseEntity<String> followers(@PathVariable String name, Town town) {
        Actor actor = named(town, name);
        return FediverseMedia.of(collection(actor, FediversePaths.FOLLOWERS).put("totalItems", followers.of(actor)));
    }

    @GetMapping(NAMED + FediversePaths.FOLLOWING)
    ResponseEntity<String> following(@PathVariable String name, Town town) {
        return FediverseMedia.of(
                collection(named(town, name), FediversePaths.FOLLOWING).put("totalItems", 0));
    }

    @GetMapping(NAMED + FediversePaths.FEATURED)
    ResponseEntity<String> featured(@PathVariable String name, Town town) {
        ObjectNode none = collection(named(town, name), FediversePaths.FEATURED).put("totalItems", 0);
        none.putArray("orderedItems");
        return FediverseMedia.of(none);
    }

    /** What stands, newest first. */
    @GetMapping(NAMED + FediversePaths.OUTBOX)
    ResponseEntity<String> outbox(@PathVariable String name, Town town) {
        Actor actor = named(town, name);
        ObjectNode outbox = collection(actor, FediversePaths.OUTBOX);
        Instant now = clock.instant();
        Filter on = Filter.ALL.on(FediverseChannel.NAME);
        List<PublishedNotice> standing = notices.current(town.id(), on, now, (Cursor) null, PAGE);
        outbox.put("totalItems", standing.size());
        var items = outbox.putArray("orderedItems");
        standing.forEach(notice -> items.add(activities.create(notice, town, actor)));
        return FediverseMedia.of(outbox);
    }

    private Actor named(Town town, String name) {
        return actors.named(town, name).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
    }

    private static ObjectNode collection(Actor actor, String which) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("@context", "https://www.w3.org/ns/activitystreams")
                .put("id", actor.uri() + which)
                .put("type", "OrderedCollection");
    }
}
