package fr.tambour.fediverse.internal;

import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Errand;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
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
     * What an errand tells, each post of the notice after the one before it.
     *
     * @param anew to whom nothing of the notice can have reached; null of what is taken back
     * @param again to whom something may have
     * @param reposts of accounts of themes: those that repost it, and those that may have
     */
    record Said(@Nullable List<byte[]> anew, List<byte[]> again, List<Repost> reposts) {

        /** Whether who does not know of the notice may make nothing of what tells the others of it again. */
        boolean isMeantForWhoKnows() {
            return again != anew;
        }
    }

    /**
     * A theme's account and the notice.
     *
     * @param meant whether what the errand tells is one for it; else it may have reposted what was told before
     */
    record Repost(Actor by, boolean meant, byte[] announce, byte[] undo) {

        /** Whether it reposts what the errand tells. */
        boolean isDone() {
            return meant && by.state() == Actor.State.ON;
        }
    }

    /** @param accounts the themes' */
    Said of(Errand errand, PublishedNotice notice, Actor actor, List<Actor> accounts) {
        Town town = towns.get(errand.town());
        boolean gone = errand.purpose() == Purpose.WITHDRAWAL
                || !notice.content().channels().contains(FediverseChannel.NAME);
        // What a closed account has reposted went with it, and nobody believes its signature any more.
        List<Repost> reposts = accounts.stream()
                .filter(account -> account.state() != Actor.State.CLOSED)
                .map(account -> new Repost(
                        account,
                        !gone && Reposting.concerns(account, errand.audience()),
                        bytes(announce(account, actor, notice, begins(account, errand, notice))),
                        bytes(undo(account, actor, notice, errand.openedAt()))))
                .toList();
        List<Notes.Posted> following = notes.following(notice, town, actor);
        if (gone) {
            List<byte[]> deletes = new ArrayList<>();
            deletes.add(bytes(delete(actor, Notes.tombstone(actor, notice), errand.revision(), errand.openedAt())));
            following.forEach(
                    post -> deletes.add(bytes(delete(actor, post.note(), errand.revision(), errand.openedAt()))));
            return new Said(null, deletes, reposts);
        }
        ObjectNode note = notes.of(notice, town, actor);
        List<byte[]> anew = new ArrayList<>();
        List<byte[]> again = new ArrayList<>();
        anew.add(bytes(create(note, actor)));
        again.add(bytes(update(note, notice, actor)));
        following.forEach(post -> {
            if (post.gone()) {
                again.add(bytes(delete(actor, post.note(), notice.revision(), notice.publishedAt())));
                return;
            }
            byte[] create = bytes(create(post.note(), actor));
            anew.add(create);
            boolean later = notice.corrections().stream().anyMatch(one -> one.revision() == post.since());
            if (later) {
                // Whoever was told before that correction may not have heard of it: who knows the post does nothing
                // about it.
                again.add(create);
            }
            if (!later || post.since() != notice.revision()) {
                again.add(bytes(update(post.note(), notice, actor)));
            }
        });
        return errand.purpose() == Purpose.PUBLICATION ? new Said(anew, anew, reposts) : new Said(anew, again, reposts);
    }

    /** When the account first reposts it: with a correction, if that alone made it one for its theme. Else nobody would see it as new. */
    private static Instant begins(Actor account, Errand errand, PublishedNotice notice) {
        return errand.earlier().stream()
                .max(Comparator.comparing(Errand.Reach::openedAt))
                .filter(last -> !Reposting.concerns(account, last.audience()))
                .map(last -> errand.openedAt())
                .orElseGet(notice::firstPublishedAt);
    }

    /** That a theme's account reposts it. */
    public static ObjectNode announce(Actor account, Actor author, PublishedNotice notice) {
        return announce(account, author, notice, notice.firstPublishedAt());
    }

    private static ObjectNode announce(Actor account, Actor author, PublishedNotice notice, Instant at) {
        return announce(account, Announces.of(account, notice.id()), Notes.id(author, notice.id()), author.uri(), at);
    }

    /**
     * @param id of the activity
     * @param post what is reposted
     */
    static ObjectNode announce(Actor by, URI id, URI post, URI author, Instant at) {
        ObjectNode activity = toAll(by, "Announce", id.toString(), at);
        activity.putArray("cc").add(by.followers()).add(author.toString());
        activity.put("object", post.toString());
        return activity;
    }

    private static ObjectNode undo(Actor account, Actor author, PublishedNotice notice, Instant at) {
        return undo(account, announce(account, author, notice), at);
    }

    /** That a repost is taken back. */
    static ObjectNode undo(Actor by, ObjectNode announce, Instant at) {
        ObjectNode activity = toAll(by, "Undo", id(announce) + "#undo", at);
        activity.putArray("cc").add(by.followers());
        announce.remove("@context");
        activity.set("object", announce);
        return activity;
    }

    /** As it stands in the outbox. */
    public ObjectNode create(PublishedNotice notice, Town town, Actor actor) {
        ObjectNode activity = create(notes.of(notice, town, actor), actor);
        activity.remove("@context");
        return activity;
    }

    private static ObjectNode create(ObjectNode note, Actor actor) {
        String published = note.path("published").asString();
        return about(actor, "Create", id(note) + "#create", note.deepCopy(), Instant.parse(published));
    }

    static ObjectNode update(ObjectNode note, PublishedNotice notice, Actor actor) {
        Instant at = notice.publishedAt();
        return about(actor, "Update", id(note) + once("#update-", notice.revision(), at), note.deepCopy(), at);
    }

    static ObjectNode delete(Actor actor, ObjectNode tombstone, int revision, Instant at) {
        return about(actor, "Delete", id(tombstone) + once("#delete-", revision, at), tombstone, at);
    }

    /**
     * The same each time that it is told, and never that of anything else: after a restore from a backup the number of a revision may
     * be given to another text, and who has taken the first would take the second for known.
     */
    private static String once(String what, int revision, Instant at) {
        return what + revision + "-" + at.toEpochMilli();
    }

    private static String id(ObjectNode object) {
        return object.path("id").asString();
    }

    /** @param object whose context the activity's takes the place of */
    private static ObjectNode about(Actor actor, String type, String id, ObjectNode object, Instant at) {
        ObjectNode activity = ofItself(actor, type, id, at);
        activity.putArray("cc").add(actor.followers());
        object.remove("@context");
        activity.set("object", object);
        return activity;
    }

    /** That whoever asked to follow does. Of what they sent no more goes back than what it is known by. */
    static byte[] accept(Actor actor, URI follower, URI follow) {
        return answer("Accept", actor, follower, follow);
    }

    /** That they do not. */
    static byte[] reject(Actor actor, URI follower, URI follow) {
        return answer("Reject", actor, follower, follow);
    }

    private static byte[] answer(String type, Actor actor, URI follower, URI follow) {
        ObjectNode activity = JsonMapper.shared().createObjectNode();
        activity.put("@context", Contexts.STREAMS);
        activity.put("id", actor.uri() + "#" + type.toLowerCase(Locale.ROOT) + "-" + Digests.hex(follow.toString()));
        activity.put("type", type);
        activity.put("actor", actor.uri().toString());
        activity.putObject("object")
                .put("id", follow.toString())
                .put("type", "Follow")
                .put("actor", follower.toString())
                .put("object", actor.uri().toString());
        return bytes(activity);
    }

    /** What an account says of itself to all who follow it: it is otherwise, or no more. */
    static ObjectNode ofItself(Actor actor, String type, String id, Instant at) {
        ObjectNode activity = toAll(actor, type, id, at);
        activity.set("@context", Contexts.of());
        return activity;
    }

    private static ObjectNode toAll(Actor actor, String type, String id, Instant at) {
        ObjectNode activity = JsonMapper.shared().createObjectNode();
        activity.put("@context", Contexts.STREAMS);
        activity.put("id", id);
        activity.put("type", type);
        activity.put("actor", actor.uri().toString());
        activity.put("published", Notes.moment(at));
        activity.putArray("to").add(Contexts.PUBLIC);
        return activity;
    }

    /**
     * What the moderators of another server are told: in nobody's name, as Mastodon does, so that who is complained of learns of no person.
     *
     * @param id of the activity
     * @param post what its author wrote
     */
    static byte[] flag(Actor instance, String id, String author, String post, String words) {
        ObjectNode activity = JsonMapper.shared().createObjectNode();
        activity.put("@context", Contexts.STREAMS);
        activity.put("id", id);
        activity.put("type", "Flag");
        activity.put("actor", instance.uri().toString());
        activity.putArray("to").add(author);
        activity.putArray("object").add(author).add(post);
        activity.put("content", words);
        return bytes(activity);
    }

    static byte[] bytes(ObjectNode activity) {
        return activity.toString().getBytes(StandardCharsets.UTF_8);
    }
}
