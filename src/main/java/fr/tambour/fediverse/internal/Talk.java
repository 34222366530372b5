package fr.tambour.fediverse.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.conversation.Incoming;
import fr.tambour.conversation.Reaction;
import fr.tambour.conversation.Remark;
import fr.tambour.conversation.Report;
import fr.tambour.conversation.ServerName;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What others say to the town and about its notices, handed on in plain values. Nobody speaks for anybody else: what somebody
 * wrote stands on their own host and says that it is theirs, and no other may change it or take it back.
 */
@Component
class Talk {

    static final Set<String> UNDERSTOOD = Set.of("Create", "Update", "Delete", "Like", "Announce", "Undo", "Flag");

    /** What of it whoever is kept out is not heard with. */
    private static final Set<String> SAY = Set.of("Create", "Update", "Like", "Announce", "Flag");

    /** Who takes back what is not here is asked for a key: of one server so many in an hour. */
    private static final int LATE_AN_HOUR = 60;

    /** Of what a report names, and of what something answers. */
    private static final int MOST_NAMED = 20;

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private record Late(TownId town, String server) {}

    private record Known(TownId town, NoticeId notice) {}

    private final Incoming incoming;
    private final PublicNotices notices;
    private final Actors actors;
    private final Cache<Late, AtomicInteger> late = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    /** What was told of a moment ago. */
    private final Cache<Known, Boolean> lately = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofSeconds(1))
            .build();

    Talk(Incoming incoming, PublicNotices notices, Actors actors) {
        this.incoming = incoming;
        this.notices = notices;
        this.actors = actors;
    }

    /** As far as it can be told from an identifier alone. */
    boolean isBlocked(TownId town, URI sender) {
        return incoming.isBlocked(town, sender.toString(), Whom.address(sender).orElse(""), sender.getRawAuthority());
    }

    boolean isBlocked(TownId town, RemoteActor sender) {
        URI uri = sender.uri();
        return isBlocked(town, uri) || incoming.isBlocked(town, uri.toString(), sender.handle(), uri.getRawAuthority());
    }

    /** Whether nobody of their server is heard, whoever they are. */
    boolean isServerBlocked(TownId town, URI sender) {
        return incoming.isBlocked(town, "", "", sender.getRawAuthority());
    }

    /** Whether something may have to be kept, changed or forgotten; believed only once it is verified. In a transaction. */
    boolean concerns(Actor own, URI sender, ObjectNode activity) {
        return !OwnAddresses.isOurs(own, sender)
                && (isAboutUs(own, sender, activity) || isTakenBackUnknown(sender, activity) && mayBeLate(own, sender));
    }

    /** What may come after what takes it back: it is remembered then. */
    private static boolean isTakenBackUnknown(URI sender, ObjectNode activity) {
        JsonNode object = activity.path("object");
        return switch (StrangeJson.text(activity, "type")) {
            case "Undo" -> object.isString() && isTheirs(sender, object);
            case "Delete" -> !Arrivals.isOwnEnd(sender, activity) && isTheirs(sender, object);
            default -> false;
        };
    }

    private static boolean isTheirs(URI sender, JsonNode object) {
        return id(object).anyMatch(it -> StrangeJson.sameHost(it, sender));
    }

    private boolean mayBeLate(Actor own, URI sender) {
        Late whose = new Late(own.town(), ServerName.of(sender.getRawAuthority()));
        return late.get(whose, none -> new AtomicInteger()).incrementAndGet() <= LATE_AN_HOUR;
    }

    private boolean isAboutUs(Actor own, URI sender, ObjectNode activity) {
        TownId town = own.town();
        String author = sender.toString();
        JsonNode object = activity.path("object");
        return switch (StrangeJson.text(activity, "type")) {
            case "Create" -> isHeard(town, sender) && Remarks.isBy(sender, object) && isToUs(own, object);
            case "Update" ->
                isHeard(town, sender)
                        && Remarks.isBy(sender, object)
                        && (isHeld(town, sender, object) || isToUs(own, object));
            case "Like", "Announce" ->
                isHeard(town, sender) && about(own, object).isPresent();
            case "Flag" -> isHeard(town, sender) && named(object).anyMatch(it -> isOurOwn(own, it));
            case "Undo" ->
                about(own, object.path("object")).isPresent()
                        || Talk.id(object).anyMatch(it -> incoming.hasReaction(town, author, it.toString()));
            case "Delete" ->
                Arrivals.isOwnEnd(sender, activity) ? incoming.knows(town, author) : isHeld(town, sender, object);
            default -> false;
        };
    }

    /** Whoever is kept out may still take back what they said, and nothing else. */
    private boolean isHeard(TownId town, URI sender) {
        return !isBlocked(town, sender);
    }

    /** What a report is about: whoever sends one decides how much it names. */
    private static Stream<URI> named(JsonNode object) {
        return StrangeJson.ids(object).distinct().limit(MOST_NAMED);
    }

    /** Misskey's servers name the account alone, and what it wrote in words. */
    private static Stream<URI> written(String words) {
        return SPACE.splitAsStream(words)
                .filter(word -> word.startsWith("http"))
                .limit(MOST_NAMED)
                .flatMap(word -> StrangeJson.address(word).stream());
    }

    private static Stream<URI> repliesTo(JsonNode object) {
        return StrangeJson.ids(object.path("inReplyTo")).limit(MOST_NAMED);
    }

    private static Stream<URI> id(JsonNode value) {
        return StrangeJson.id(value).stream();
    }

    private boolean isHeld(TownId town, URI sender, JsonNode object) {
        return id(object)
                .anyMatch(it -> incoming.held(town, it.toString())
                        .filter(held -> held.author().equals(sender.toString()))
                        .isPresent());
    }

    /** Whether it answers something of ours, or something that is kept because it did, or calls one of the town's accounts. */
    private boolean isToUs(Actor own, JsonNode object) {
        return Remarks.mentions(object, account -> actors.isFollowed(own, account))
                || repliesTo(object)
                        .anyMatch(it -> about(own, it).isPresent()
                                || OwnAddresses.isOwnAnswer(own, it)
                                || incoming.held(own.town(), it.toString()).isPresent());
    }

    private boolean isOurOwn(Actor own, URI address) {
        return actors.isFollowed(own, address) || about(own, address).isPresent();
    }

    private Optional<NoticeId> about(Actor own, JsonNode object) {
        return StrangeJson.id(object).flatMap(it -> about(own, it));
    }

    /** The notice that is meant, of those that went out over this channel. */
    private Optional<NoticeId> about(Actor own, URI address) {
        return OwnAddresses.notice(own, address).filter(id -> isTold(own.town(), id));
    }

    /** Of what thousands like at once the whole notice is not read for each. */
    private boolean isTold(TownId town, NoticeId id) {
        Known told = new Known(town, id);
        if (lately.getIfPresent(told) != null) {
            return true;
        }
        boolean is = notices.find(town, id)
                .filter(notice ->
                        !notice.exercise() && notice.content().channels().contains(FediverseChannel.NAME))
                .isPresent();
        if (is) {
            lately.put(told, true);
        }
        return is;
    }

    /** In the caller's transaction; the sender is who they say. */
    void take(Actor own, Arrival arrival, Instant now) {
        RemoteActor sender = arrival.sender();
        ObjectNode activity = arrival.activity();
        if (OwnAddresses.isOurs(own, sender.uri())
                || SAY.contains(StrangeJson.text(activity, "type")) && isBlocked(own.town(), sender)
                || !isAboutUs(own, sender.uri(), activity) && !isTakenBackUnknown(sender.uri(), activity)) {
            return;
        }
        TownId town = own.town();
        String author = sender.uri().toString();
        String host = sender.uri().getRawAuthority();
        JsonNode object = activity.path("object");
        String name = id(activity).findFirst().map(URI::toString).orElse("");
        String type = StrangeJson.text(activity, "type");
        switch (type) {
            case "Create" -> {
                actors.holdFast(own, now);
                remark(own, arrival).ifPresent(remark -> incoming.said(town, remark));
            }
            case "Update" -> remark(own, arrival).ifPresent(remark -> incoming.changed(town, remark));
            case "Like", "Announce" ->
                about(own, object)
                        .ifPresent(
                                notice -> incoming.reacted(town, new Reaction(notice, kind(type), author, name, host)));
            case "Flag" -> reported(own, name, host, arrival);
            case "Undo" -> {
                // By its name where it has one: it may come after a newer one of its kind.
                id(object)
                        .findFirst()
                        .ifPresentOrElse(
                                it -> incoming.reactionTakenBack(town, author, it.toString()),
                                () -> about(own, object.path("object"))
                                        .ifPresent(notice -> incoming.reactionTakenBack(
                                                town, notice, kind(StrangeJson.text(object, "type")), author)));
            }
            case "Delete" -> {
                if (Arrivals.isOwnEnd(sender.uri(), activity)) {
                    incoming.authorGone(town, author);
                } else {
                    id(object).forEach(it -> incoming.takenBack(town, author, it.toString()));
                }
            }
            default -> throw new IllegalStateException(type + " concerns nobody");
        }
    }

    private static Reaction.Kind kind(String type) {
        return type.equals("Announce") ? Reaction.Kind.REPOST : Reaction.Kind.LIKE;
    }

    /** Of several that it answers it is about the first that is about one. */
    private Optional<Remark> remark(Actor own, Arrival arrival) {
        return arrival.remark()
                .map(remark -> remark.about(repliesTo(arrival.activity().path("object"))
                        .flatMap(it -> answered(own, it).stream())
                        .findFirst()
                        .orElse(null)));
    }

    private Optional<NoticeId> answered(Actor own, URI address) {
        return about(own, address)
                .or(() -> incoming.held(own.town(), address.toString()).flatMap(Incoming.Held::notice));
    }

    private void reported(Actor own, String name, String host, Arrival arrival) {
        NoticeId notice = Stream.concat(named(arrival.activity().path("object")), written(arrival.report()))
                .flatMap(it -> about(own, it).stream())
                .findFirst()
                .orElse(null);
        if (!name.isEmpty()) {
            incoming.reported(own.town(), new Report(FediverseChannel.NAME, name, host, notice, arrival.report()));
        }
    }

    /** Their own server says so. In the caller's transaction. */
    void gone(Town town, URI sender) {
        incoming.authorGone(town.id(), sender.toString());
    }
}
