package fr.tambour.fediverse.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.fediverse.internal.DocumentFetch.Fetched;
import fr.tambour.live.Shown;
import fr.tambour.storage.Ids;
import fr.tambour.text.Clean;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reposts what others wrote (the prefecture, the fire brigade, the library) to all who follow the town's account, and takes it
 * back: for a person, or because its author took it back. Whoever reposts has seen what it says; if it says something else
 * by then, they see that first.
 */
@Component
public class RepostDesk {

    private static final int NAME_LENGTH = 100;
    private static final int SUBJECT_LENGTH = 200;

    private final DocumentFetch documents;
    private final RemoteActors remotes;
    private final Reposts reposts;
    private final Actors actors;
    private final Rounds rounds;
    private final Letters letters;
    private final Talk talk;
    private final Shown shown;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    RepostDesk(
            DocumentFetch documents,
            RemoteActors remotes,
            Reposts reposts,
            Actors actors,
            Rounds rounds,
            Letters letters,
            Talk talk,
            Shown shown,
            Audit audit,
            Ids ids,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.documents = documents;
        this.remotes = remotes;
        this.reposts = reposts;
        this.actors = actors;
        this.rounds = rounds;
        this.letters = letters;
        this.talk = talk;
        this.shown = shown;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /**
     * A post as it would be reposted.
     *
     * @param handle of its author, without the first @
     * @param digest by which it is known again what was seen
     */
    public record Seen(Repost repost, String handle, String digest) {}

    /**
     * What stands at an address that somebody gave.
     *
     * @throws java.util.concurrent.CompletionException of a {@link Refusal}, 422: {@code fediverse.post-address},
     *     {@code fediverse.post-ours}, {@code fediverse.post-none}, {@code fediverse.post-closed},
     *     {@code fediverse.post-author}, {@code fediverse.post-blocked}
     */
    public CompletableFuture<Seen> look(Town town, String address) {
        Actor own = actors.of(town);
        Optional<URI> asked = StrangeJson.address(address.strip());
        if (asked.isEmpty()) {
            return CompletableFuture.failedFuture(refused("fediverse.post-address"));
        }
        if (isOurs(town, own, asked.get())) {
            return CompletableFuture.failedFuture(refused("fediverse.post-ours"));
        }
        return read(town, own, asked.get(), DocumentFetch.MOST_HOPS)
                .thenCompose(found -> remotes.ask(town, found.author().toString(), false)
                        .thenApply(author -> seen(town, found, author)));
    }

    private static boolean isOurs(Town town, Actor own, URI address) {
        return OwnAddresses.isOurs(own, address)
                || address.getHost().equalsIgnoreCase(town.baseUrl().getHost())
                        && address.getPort() == town.baseUrl().getPort();
    }

    /** Wherever it leads: other servers show the town's own posts as well. */
    private CompletableFuture<PostReading.Found> read(Town town, Actor own, URI address, int hops) {
        if (isOurs(town, own, address)) {
            return CompletableFuture.failedFuture(refused("fediverse.post-ours"));
        }
        return documents.of(town, address, hops).thenCompose(fetched -> {
            if (!(fetched instanceof Fetched.Found found)) {
                return CompletableFuture.failedFuture(refused("fediverse.post-none"));
            }
            return switch (PostReading.of(found.address(), found.document())) {
                case PostReading.Found post ->
                    isOurs(town, own, post.id())
                            ? CompletableFuture.failedFuture(refused("fediverse.post-ours"))
                            : CompletableFuture.completedFuture(post);
                case PostReading.Elsewhere elsewhere ->
                    found.hops() == 0
                            ? CompletableFuture.failedFuture(refused("fediverse.post-none"))
                            : read(town, own, elsewhere.address(), found.hops() - 1);
                case PostReading.Closed closed -> CompletableFuture.failedFuture(refused("fediverse.post-closed"));
                case PostReading.None none -> CompletableFuture.failedFuture(refused("fediverse.post-none"));
            };
        });
    }

    private Seen seen(Town town, PostReading.Found post, RemoteActors.Answer answer) {
        if (!(answer instanceof RemoteActors.Answer.Found found)
                || !found.actor().uri().equals(post.author())) {
            throw refused("fediverse.post-author");
        }
        RemoteActor author = found.actor();
        if (Boolean.TRUE.equals(reading.execute(status -> talk.isBlocked(town.id(), author)))) {
            throw refused("fediverse.post-blocked");
        }
        String displayed = Clean.line(
                author.displayed().substring(0, Math.min(author.displayed().length(), NAME_LENGTH)), NAME_LENGTH);
        Repost repost = new Repost(
                ids.next(),
                post.id(),
                author.uri(),
                displayed.isBlank() ? Clean.line(author.handle(), NAME_LENGTH) : displayed,
                author.page(),
                author.inbox(),
                post.page(),
                post.text(),
                post.language(),
                clock.instant());
        return new Seen(repost, author.handle(), post.digest());
    }

    /**
     * @param digest of what the person has seen
     * @throws Refusal 409 {@code fediverse.post-changed}, {@code fediverse.post-stands}
     */
    public void repost(Town town, Seen seen, String digest, long person) {
        if (!seen.digest().equals(digest)) {
            throw new Refusal(HttpStatus.CONFLICT, "fediverse.post-changed");
        }
        Actor own = actors.of(town);
        Repost repost = seen.repost();
        writing.executeWithoutResult(status -> {
            Instant now = clock.instant();
            if (!reposts.add(town.id(), repost)) {
                throw new Refusal(HttpStatus.CONFLICT, "fediverse.post-stands");
            }
            actors.holdFast(own, now);
            ObjectNode announce = announce(own, repost);
            rounds.add(own, subject(repost), announce, now);
            letters.add(own, repost.authorInbox(), Activities.bytes(announce), now);
            record(town, person, "fediverse.reposted", repost);
        });
    }

    public static ObjectNode announce(Actor own, Repost repost) {
        return Activities.announce(own, Announces.of(own, repost.id()), repost.post(), repost.author(), repost.at());
    }

    /** @throws Refusal 404 {@code not-found} */
    public void undo(Town town, long id, long person) {
        Actor own = actors.of(town);
        writing.executeWithoutResult(status -> {
            Repost repost =
                    reposts.find(town.id(), id).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
            if (takeBack(own, repost)) {
                record(town, person, "fediverse.repost-undone", repost);
            }
        });
    }

    private boolean takeBack(Actor own, Repost repost) {
        Instant now = clock.instant();
        if (!reposts.undo(own.town(), repost, now)) {
            return false;
        }
        ObjectNode announce = announce(own, repost);
        ObjectNode undo = Activities.undo(own, announce.deepCopy(), now);
        rounds.add(own, subject(repost), undo, now);
        letters.takeBack(own, repost.authorInbox(), announce.path("id").asString());
        letters.takeAway(own, repost.authorInbox(), Activities.bytes(undo), now);
        return true;
    }

    /** What stands, newest first. */
    public List<Repost> standing(TownId town, int limit) {
        return reads(() -> reposts.standing(town, limit));
    }

    /** How many stand. */
    public int count(TownId town) {
        return reads(() -> reposts.count(town));
    }

    public Optional<Repost> find(TownId town, long id) {
        return reads(() -> reposts.find(town, id));
    }

    public boolean wasUndone(TownId town, long id) {
        return reads(() -> reposts.wasUndone(town, id));
    }

    private <T> T reads(Supplier<T> work) {
        return Objects.requireNonNull(reading.execute(status -> work.get()));
    }

    /** Whether somebody changes or takes back what the town has reposted of theirs; in a transaction. */
    boolean concerns(TownId town, URI sender, ObjectNode activity) {
        return switch (StrangeJson.text(activity, "type")) {
            case "Delete" ->
                Arrivals.isOwnEnd(sender, activity)
                        ? !reposts.by(town, sender).isEmpty()
                        : theirs(town, sender, activity.path("object")).isPresent();
            // Whoever is blocked changes nothing that the town shows; what they take back is gone all the same.
            case "Update" ->
                !talk.isBlocked(town, sender)
                        && theirs(town, sender, activity.path("object")).isPresent();
            default -> false;
        };
    }

    private Optional<Repost> theirs(TownId town, URI sender, JsonNode object) {
        return StrangeJson.id(object)
                .flatMap(post -> reposts.ofPost(town, post))
                .filter(repost -> repost.author().equals(sender));
    }

    /** In the caller's transaction; the sender is who they say. */
    void take(Town town, Actor own, Arrival arrival) {
        URI sender = arrival.sender().uri();
        ObjectNode activity = arrival.activity();
        if (!concerns(town.id(), sender, activity)) {
            return;
        }
        boolean leaves = Arrivals.isOwnEnd(sender, activity);
        List<Repost> meant = leaves
                ? reposts.by(town.id(), sender)
                : theirs(town.id(), sender, activity.path("object")).stream().toList();
        boolean ends = StrangeJson.text(activity, "type").equals("Delete");
        shown.changes(town.id());
        meant.forEach(repost -> {
            PostReading.Found now = arrival.post();
            if (!ends && now != null && now.author().equals(repost.author())) {
                reposts.reword(town.id(), repost, now.text());
            } else if (ends || activity.path("object").isObject()) {
                takeBack(own, repost);
                record(town, 0, "fediverse.repost-gone", repost);
            }
        });
    }

    /** All that somebody wrote who is gone. In the caller's transaction. */
    void gone(Town town, Actor own, URI author) {
        List<Repost> all = reposts.by(town.id(), author);
        if (!all.isEmpty()) {
            shown.changes(town.id());
        }
        all.forEach(repost -> {
            takeBack(own, repost);
            record(town, 0, "fediverse.repost-gone", repost);
        });
    }

    /** Nothing of theirs stands reposted any more. In the caller's transaction. */
    void cutOff(Town town, Actor own) {
        List<Repost> blocked = reposts.standing(town.id(), Integer.MAX_VALUE).stream()
                .filter(repost -> talk.isBlocked(town.id(), repost.author()))
                .toList();
        if (!blocked.isEmpty()) {
            shown.changes(town.id());
        }
        blocked.forEach(repost -> {
            takeBack(own, repost);
            record(town, 0, "fediverse.repost-blocked", repost);
        });
    }

    private static String subject(Repost repost) {
        return "repost " + repost.id();
    }

    private void record(Town town, long person, String action, Repost repost) {
        String post = repost.post().toString();
        audit.record(new AuditEntry(
                town.id().value(),
                person,
                action,
                Long.toString(repost.id()),
                Map.of("post", post.substring(0, Math.min(post.length(), SUBJECT_LENGTH)))));
    }

    private static Refusal refused(String code) {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, code);
    }
}
