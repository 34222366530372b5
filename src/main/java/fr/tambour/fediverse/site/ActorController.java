package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.Activities;
import fr.tambour.fediverse.internal.Actor;
import fr.tambour.fediverse.internal.ActorDocument;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.Announces;
import fr.tambour.fediverse.internal.FediverseChannel;
import fr.tambour.fediverse.internal.FediversePaths;
import fr.tambour.fediverse.internal.FollowerCount;
import fr.tambour.fediverse.internal.Notes;
import fr.tambour.fediverse.internal.Pins;
import fr.tambour.fediverse.internal.RepostDesk;
import fr.tambour.fediverse.internal.Reposting;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicNotices.Cursor;
import fr.tambour.notice.PublicNotices.Filter;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
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

    private static final int PAGE = 20;

    private final Actors actors;
    private final ActorDocument document;
    private final Activities activities;
    private final FollowerCount followers;
    private final PublicNotices notices;
    private final RepostDesk reposts;
    private final Pins pins;
    private final GatedReading reading;
    private final Clock clock;

    ActorController(
            Actors actors,
            ActorDocument document,
            Activities activities,
            FollowerCount followers,
            PublicNotices notices,
            RepostDesk reposts,
            Pins pins,
            GatedReading reading,
            Clock clock) {
        this.actors = actors;
        this.document = document;
        this.activities = activities;
        this.followers = followers;
        this.notices = notices;
        this.reposts = reposts;
        this.pins = pins;
        this.reading = reading;
        this.clock = clock;
    }

    @GetMapping(
            path = FediversePaths.ACCOUNT,
            produces = {FediverseMedia.ACTIVITY, FediverseMedia.LINKED})
    CompletableFuture<ResponseEntity<String>> actor(@PathVariable String name, Town town, HttpServletRequest request) {
        Actor actor = ever(town, name);
        // That it is gone, and which key it signs with, is for everybody: else nobody could believe what it signs.
        return actor.state() == Actor.State.CLOSED
                ? CompletableFuture.completedFuture(FediverseMedia.of(HttpStatus.GONE, ActorDocument.tombstone(actor)))
                : reading.given(
                        town,
                        request,
                        () -> FediverseMedia.of(document.of(actor, town)),
                        () -> FediverseMedia.of(ActorDocument.key(actor)));
    }

    /** For everybody, whatever else is behind a gate. */
    @GetMapping(FediversePaths.INSTANCE)
    ResponseEntity<String> instance(Town town) {
        return FediverseMedia.of(document.of(actors.instanceOf(town), town));
    }

    /** Every actor has one (ActivityPub section 4.1); this one writes nothing. */
    @GetMapping(FediversePaths.INSTANCE + FediversePaths.OUTBOX)
    ResponseEntity<String> instanceOutbox(Town town) {
        ObjectNode outbox = collection(actors.instanceOf(town), FediversePaths.OUTBOX);
        outbox.put("totalItems", 0).putArray("orderedItems");
        return FediverseMedia.of(outbox);
    }

    /** How many they are; who they are is nobody's business. */
    @GetMapping(FediversePaths.ACCOUNT + FediversePaths.FOLLOWERS)
    CompletableFuture<ResponseEntity<String>> followers(
            @PathVariable String name, Town town, HttpServletRequest request) {
        Actor actor = named(town, name);
        return reading.given(
                town,
                request,
                () -> FediverseMedia.of(
                        collection(actor, FediversePaths.FOLLOWERS).put("totalItems", followers.of(actor))));
    }

    @GetMapping(FediversePaths.ACCOUNT + FediversePaths.FOLLOWING)
    CompletableFuture<ResponseEntity<String>> following(
            @PathVariable String name, Town town, HttpServletRequest request) {
        Actor actor = named(town, name);
        return reading.given(
                town,
                request,
                () -> FediverseMedia.of(
                        collection(actor, FediversePaths.FOLLOWING).put("totalItems", 0)));
    }

    /** What the town has pinned; only its own account writes anything. */
    @GetMapping(FediversePaths.ACCOUNT + FediversePaths.FEATURED)
    CompletableFuture<ResponseEntity<String>> featured(
            @PathVariable String name, Town town, HttpServletRequest request) {
        Actor actor = named(town, name);
        return reading.given(town, request, () -> featured(actor, town));
    }

    private ResponseEntity<String> featured(Actor actor, Town town) {
        List<PublishedNotice> pinned = actor.kind() == Actor.Kind.TOWN ? pins.of(town.id()) : List.of();
        ObjectNode collection = collection(actor, FediversePaths.FEATURED).put("totalItems", pinned.size());
        var items = collection.putArray("orderedItems");
        pinned.forEach(notice -> items.add(Notes.id(actor, notice.id()).toString()));
        return FediverseMedia.of(collection);
    }

    /** What stands, newest first; of a theme's account what it reposts of that. */
    @GetMapping(FediversePaths.ACCOUNT + FediversePaths.OUTBOX)
    CompletableFuture<ResponseEntity<String>> outbox(@PathVariable String name, Town town, HttpServletRequest request) {
        Actor actor = named(town, name);
        return reading.given(town, request, () -> outbox(actor, town));
    }

    private ResponseEntity<String> outbox(Actor actor, Town town) {
        ObjectNode outbox = collection(actor, FediversePaths.OUTBOX);
        Instant now = clock.instant();
        boolean themes = actor.kind() == Actor.Kind.THEME;
        Filter on = new Filter(null, themes ? actor.theme() : null, null, FediverseChannel.NAME);
        List<PublishedNotice> standing = notices.current(town.id(), on, now, (Cursor) null, PAGE);
        Actor author = actors.of(town);
        Stream<Item> own = standing.stream()
                .filter(notice -> !themes || actors.wasOn(actor, notice.firstPublishedAt()))
                .map(notice -> new Item(
                        notice.firstPublishedAt(),
                        themes ? Activities.announce(actor, author, notice) : activities.create(notice, town, actor)));
        Stream<Item> others = themes
                ? Stream.empty()
                : reposts.standing(town.id(), PAGE).stream()
                        .map(repost -> new Item(repost.at(), RepostDesk.announce(actor, repost)));
        List<Item> newest = Stream.concat(own, others)
                .sorted(Comparator.comparing(Item::at).reversed())
                .limit(PAGE)
                .toList();
        outbox.put("totalItems", total(actor, themes, on, town, now));
        var items = outbox.putArray("orderedItems");
        newest.forEach(item -> items.add(item.activity()));
        return FediverseMedia.of(outbox);
    }

    /** Of all that stands, not of the newest alone. */
    private int total(Actor actor, boolean themes, Filter on, Town town, Instant now) {
        if (!themes) {
            return notices.count(town.id(), on, Instant.EPOCH, now.plusMillis(1), now) + reposts.count(town.id());
        }
        Actors.Span span = actors.on(actor);
        Instant before = span.before() == null ? now.plusMillis(1) : span.before();
        return notices.count(town.id(), on, span.from(), before, now);
    }

    private record Item(Instant at, ObjectNode activity) {}

    /** People are led to what was reposted. */
    @GetMapping(FediversePaths.ACCOUNT + Announces.PATH + "{ref:[0-9a-z]{13}}")
    ResponseEntity<Void> toNotice(@PathVariable String name, @PathVariable String ref, Town town) {
        return to("/avis/" + reposted(named(town, name), town, ref).id().ref());
    }

    /** To the account's page, where it stands with who wrote it. */
    @GetMapping(FediversePaths.ACCOUNT + Announces.PATH + "{id:[0-9]{14,19}}")
    ResponseEntity<Void> toAccount(@PathVariable String name, @PathVariable String id, Town town) {
        return to(named(town, name).path());
    }

    private static ResponseEntity<Void> to(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .header("Vary", "Accept")
                .build();
    }

    /** That the town's account has reposted what somebody else wrote. */
    @GetMapping(
            path = FediversePaths.ACCOUNT + Announces.PATH + "{id:[0-9]{14,19}}",
            produces = {FediverseMedia.ACTIVITY, FediverseMedia.LINKED})
    CompletableFuture<ResponseEntity<String>> repost(
            @PathVariable String name, @PathVariable long id, Town town, HttpServletRequest request) {
        Actor actor = named(town, name);
        return reading.given(town, request, () -> repost(actor, id, town));
    }

    private ResponseEntity<String> repost(Actor actor, long id, Town town) {
        if (actor.kind() == Actor.Kind.TOWN && reposts.wasUndone(town.id(), id)) {
            throw new Refusal(HttpStatus.GONE, "fediverse.repost-undone");
        }
        return reposts.find(town.id(), id)
                .filter(repost -> actor.kind() == Actor.Kind.TOWN)
                .map(repost -> FediverseMedia.of(RepostDesk.announce(actor, repost)))
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
    }

    /** That a theme's account has reposted a notice. */
    @GetMapping(
            path = FediversePaths.ACCOUNT + Announces.PATH + "{ref:[0-9a-z]{13}}",
            produces = {FediverseMedia.ACTIVITY, FediverseMedia.LINKED})
    CompletableFuture<ResponseEntity<String>> announce(
            @PathVariable String name, @PathVariable String ref, Town town, HttpServletRequest request) {
        Actor actor = named(town, name);
        return reading.given(town, request, () -> announce(actor, ref, town));
    }

    private ResponseEntity<String> announce(Actor actor, String ref, Town town) {
        PublishedNotice notice = reposted(actor, town, ref);
        if (notice.state() == PublicState.WITHDRAWN) {
            throw new Refusal(HttpStatus.GONE, "fediverse.repost-undone");
        }
        return FediverseMedia.of(Activities.announce(actor, actors.of(town), notice));
    }

    /** What a theme's account reposts, or did until it was withdrawn. */
    private PublishedNotice reposted(Actor actor, Town town, String ref) {
        return NoticeId.ofRef(ref)
                .flatMap(id -> notices.find(town.id(), id))
                .filter(found -> actor.kind() == Actor.Kind.THEME
                        && Notes.isOf(found)
                        && Reposting.concerns(actor, found)
                        && actors.wasOn(actor, found.firstPublishedAt()))
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
    }

    private Actor ever(Town town, String name) {
        return actors.named(town, name).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
    }

    private Actor named(Town town, String name) {
        return FediverseMedia.open(ever(town, name));
    }

    private static ObjectNode collection(Actor actor, String which) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("@context", "https://www.w3.org/ns/activitystreams")
                .put("id", actor.uri() + which)
                .put("type", "OrderedCollection");
    }
}
