package fr.tambour.fediverse.internal;

import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Errand;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the town's account says to other servers (ActivityStreams 2.0, ActivityPub section 6). */
@Component
public class Activities {

    private final Notes notes;
    private final Towns towns;

    Activities(Notes notes, Towns towns) {
        this.notes = notes;
        this.towns = towns;
    }

    /**
     * What an errand tells.
     *
     * @param anew to whom nothing of the notice can have reached
     * @param again to whom something may have
     */
    record Told(byte[] anew, byte[] again) {

        /** Whether who does not know of the notice may make nothing of what tells the others of it again. */
        boolean isMeantForWhoKnows() {
            return again != anew;
        }
    }

    Told of(Errand errand, PublishedNotice notice, Actor actor) {
        Town town = towns.get(errand.town());
        URI id = Notes.id(actor, notice.id());
        if (errand.purpose() == Purpose.WITHDRAWAL
                || !notice.content().channels().contains(FediverseChannel.NAME)) {
            byte[] gone = bytes(delete(actor, notice, errand.revision(), errand.openedAt()));
            return new Told(gone, gone);
        }
        ObjectNode note = notes.of(notice, town, actor);
        byte[] create = bytes(create(notice, note, actor));
        return errand.purpose() == Purpose.PUBLICATION
                ? new Told(create, create)
                : new Told(
                        create,
                        bytes(about(actor, "Update", id + "#update-" + notice.revision(), note, notice.publishedAt())));
    }

    /** As it stands in the outbox. */
    public ObjectNode create(PublishedNotice notice, Town town, Actor actor) {
        ObjectNode activity = create(notice, notes.of(notice, town, actor), actor);
        activity.remove("@context");
        return activity;
    }

    private static ObjectNode create(PublishedNotice notice, ObjectNode note, Actor actor) {
        return about(actor, "Create", Notes.id(actor, notice.id()) + "#create", note, notice.firstPublishedAt());
    }

    private static ObjectNode delete(Actor actor, PublishedNotice notice, int revision, Instant at) {
        return about(
                actor,
                "Delete",
                Notes.id(actor, notice.id()) + "#delete-" + revision,
                Notes.tombstone(actor, notice),
                at);
    }

    /** @param object whose context the activity's takes the place of */
    private static ObjectNode about(Actor actor, String type, String id, ObjectNode object, Instant at) {
        ObjectNode activity = JsonMapper.shared().createObjectNode();
        activity.set("@context", Contexts.of());
        activity.put("id", id);
        activity.put("type", type);
        activity.put("actor", actor.uri().toString());
        activity.put("published", Notes.moment(at));
        activity.putArray("to").add(Contexts.PUBLIC);
        activity.putArray("cc").add(actor.followers());
        object.remove("@context");
        activity.set("object", object);
        return activity;
    }

    /** That whoever asked to follow does. Of what they sent no more goes back than what it is known by. */
    static byte[] accept(Actor actor, URI follower, URI follow) {
        ObjectNode activity = JsonMapper.shared().createObjectNode();
        activity.put("@context", Contexts.STREAMS);
        activity.put("id", actor.uri() + "#accept-" + Digests.hex(follow.toString()));
        activity.put("type", "Accept");
        activity.put("actor", actor.uri().toString());
        activity.putObject("object")
                .put("id", follow.toString())
                .put("type", "Follow")
                .put("actor", follower.toString())
                .put("object", actor.uri().toString());
        return bytes(activity);
    }

    private static byte[] bytes(ObjectNode activity) {
        return activity.toString().getBytes(StandardCharsets.UTF_8);
    }
}
