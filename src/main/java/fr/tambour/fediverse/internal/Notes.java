package fr.tambour.fediverse.internal;

import fr.tambour.media.Media;
import fr.tambour.media.Picture;
import fr.tambour.notice.Correction;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.Rendition;
import fr.tambour.text.Counting;
import fr.tambour.text.Typography;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A notice as other servers read it: a `Note`. */
@Component
public class Notes {

    /** Wide enough for any screen that shows a post. */
    private static final int WIDTH = 1200;

    private static final String PARAGRAPH = "\n\n";

    /** Less of a reason says nothing. */
    private static final int SHORTEST_REASON = 40;

    /** Below the notice, where the posts stand that follow its first. */
    static final String THREAD = "/fil/";

    private final Themes themes;
    private final Media media;
    private final Threads threads;
    private final Words words;

    Notes(Themes themes, Media media, Threads threads, Words words) {
        this.words = words;
        this.themes = themes;
        this.media = media;
        this.threads = threads;
    }

    /**
     * A post that follows the first of a notice.
     *
     * @param note the post itself, or what is left of it
     * @param since the revision that brought it
     */
    public record Posted(ObjectNode note, int since, boolean gone) {}

    /** What it is known by, for good. */
    public static URI id(Actor actor, NoticeId notice) {
        return id(actor.base(), notice);
    }

    /** @param base of the account that it is of */
    public static URI id(URI base, NoticeId notice) {
        return URI.create(base + "/avis/" + notice.ref());
    }

    /** What a post that follows the first is known by, for good. */
    private static URI id(Actor actor, NoticeId notice, Threads.Part part) {
        return URI.create(id(actor, notice) + THREAD + part.number());
    }

    /** Whether other servers are told of it at all. */
    public static boolean isOf(PublishedNotice notice) {
        return !notice.exercise() && notice.content().channels().contains(FediverseChannel.NAME);
    }

    /** Of a notice that goes out over this channel. */
    public ObjectNode of(PublishedNotice notice, Town town, Actor actor) {
        List<Hashtag> tags = Hashtag.of(notice.content(), town, themes);
        String page = town.url("/avis/" + notice.id().ref() + "/" + notice.slug());
        ObjectNode note = JsonMapper.shared().createObjectNode();
        note.set("@context", Contexts.of());
        note.put("id", id(actor, notice.id()).toString());
        note.put("type", "Note");
        note.put("attributedTo", actor.uri().toString());
        note.put("published", moment(notice.firstPublishedAt()));
        if (notice.publishedAt().isAfter(notice.firstPublishedAt())) {
            note.put("updated", moment(notice.publishedAt()));
        }
        note.put("url", page);
        note.putArray("to").add(Contexts.PUBLIC);
        note.putArray("cc").add(actor.followers());
        note.put("sensitive", false);
        // Whoever asks may quote it (FEP-044f).
        note.putObject("interactionPolicy")
                .putObject("canQuote")
                .putArray("automaticApproval")
                .add(Contexts.PUBLIC);
        words(note, notice, town, page, tags);
        ArrayNode tag = note.putArray("tag");
        tags.forEach(one ->
                tag.addObject().put("type", "Hashtag").put("name", one.name()).put("href", one.page()));
        pictures(note.putArray("attachment"), notice, town);
        if (length(notice, town) > 1) {
            threads.ever(town.id(), notice.id()).stream()
                    .filter(part -> part.stands() && part.place() == 2)
                    .forEach(next -> answeredBy(note, id(actor, notice.id(), next)));
        }
        return note;
    }

    /** In how many posts its first language says it. */
    private static int length(PublishedNotice notice, Town town) {
        return notice.rendition(FediverseChannel.NAME, town.language(), town.language())
                .map(rendition -> FediverseRendition.posts(rendition).size())
                .orElse(0);
    }

    /** Who gets a post by a repost of the first asks for what follows it. */
    private static void answeredBy(ObjectNode note, URI next) {
        ObjectNode replies = note.putObject("replies");
        replies.put("type", "Collection");
        replies.putArray("items").add(next.toString());
    }

    /** The posts that follow the first, in their order, and what is left of those that did. */
    public List<Posted> following(PublishedNotice notice, Town town, Actor actor) {
        List<Threads.Part> ever = threads.ever(town.id(), notice.id());
        boolean stands = notice.state() != PublicState.WITHDRAWN && isOf(notice);
        List<Threads.Part> standing =
                ever.stream().filter(part -> stands && part.stands()).toList();
        List<Posted> following = new ArrayList<>();
        if (!standing.isEmpty()) {
            ObjectNode first = of(notice, town, actor);
            URI before = id(actor, notice.id());
            for (int i = 0; i < standing.size(); i++) {
                Threads.Part part = standing.get(i);
                ObjectNode note = following(first, notice, town, actor, before, part);
                if (i + 1 < standing.size()) {
                    answeredBy(note, id(actor, notice.id(), standing.get(i + 1)));
                }
                following.add(new Posted(note, part.since(), false));
                before = id(actor, notice.id(), part);
            }
        }
        ever.stream()
                .filter(part -> !standing.contains(part))
                .map(part -> tombstone(id(actor, notice.id(), part), begun(notice, part), notice))
                .forEach(left -> following.add(new Posted(left, 0, true)));
        return following;
    }

    /** The one of this number, if there ever was one. */
    public Optional<Posted> following(PublishedNotice notice, int number, Town town, Actor actor) {
        String id = id(actor, notice.id()) + THREAD + number;
        return following(notice, town, actor).stream()
                .filter(post -> post.note().path("id").asString().equals(id))
                .findFirst();
    }

    /** Like the first in all but what it says: pictures, hashtags and the link are there. */
    private ObjectNode following(
            ObjectNode first, PublishedNotice notice, Town town, Actor actor, URI before, Threads.Part part) {
        ObjectNode note = first.deepCopy();
        String id = id(actor, notice.id(), part).toString();
        note.put("id", id);
        note.put("url", id);
        note.put("inReplyTo", before.toString());
        note.put("published", begun(notice, part));
        if (part.since() == notice.revision()) {
            note.remove("updated");
        }
        note.remove("replies");
        // Leave to quote is given for the first alone.
        note.remove("interactionPolicy");
        note.remove("content");
        note.putArray("tag");
        note.putArray("attachment");
        ObjectNode every = note.putObject("contentMap");
        renditions(notice, town)
                .filter(rendition -> FediverseRendition.posts(rendition).size() >= part.place())
                .forEach(rendition -> {
                    Words said = words.in(Locale.forLanguageTag(rendition.language()));
                    String text = FediverseRendition.posts(rendition).get(part.place() - 1);
                    String html = PostHtml.paragraphs(marked(text, town, said));
                    if (every.isEmpty()) {
                        note.put("content", html);
                    }
                    every.put(rendition.language(), html);
                });
        return note;
    }

    /** A moment after the one before it, so that whoever sorts by time reads them in their order. */
    private static String begun(PublishedNotice notice, Threads.Part part) {
        Instant with = notice.corrections().stream()
                .filter(correction -> correction.revision() == part.since())
                .map(Correction::at)
                .findFirst()
                .orElse(notice.firstPublishedAt());
        return DateTimeFormatter.ISO_INSTANT.format(
                with.truncatedTo(ChronoUnit.SECONDS).plusMillis(part.place() - 1L));
    }

    /** The town's language first: some servers take the first for the one that `content` is in. */
    private void words(ObjectNode note, PublishedNotice notice, Town town, String page, List<Hashtag> tags) {
        notice.rendition(FediverseChannel.NAME, town.language(), town.language())
                .ifPresent(first -> note.put("content", html(notice, first, town, page, tags)));
        ObjectNode every = note.putObject("contentMap");
        renditions(notice, town)
                .forEach(rendition -> every.put(rendition.language(), html(notice, rendition, town, page, tags)));
    }

    private static Stream<Rendition> renditions(PublishedNotice notice, Town town) {
        return notice.renditions().stream()
                .filter(rendition -> rendition.channel().equals(FediverseChannel.NAME))
                .sorted(Comparator.comparing(rendition -> !rendition.language().equals(town.language())));
    }

    private String html(PublishedNotice notice, Rendition rendition, Town town, String page, List<Hashtag> tags) {
        Words said = words.in(Locale.forLanguageTag(rendition.language()));
        int beside = FediverseRendition.beside(tags, town, said);
        String text = corrected(notice, FediverseRendition.posts(rendition).getFirst(), town, said, beside);
        return PostHtml.of(marked(text, town, said), page, tags);
    }

    /** What a demonstration says begins with that it is one. */
    static String marked(String text, Town town, Words said) {
        return town.demonstration() ? said.get("fediverse.demonstration", text) : text;
    }

    /** What was corrected says so first, and why, as far as that leaves room for the text: that was approved as it stands. */
    private static String corrected(PublishedNotice notice, String text, Town town, Words said, int beside) {
        if (notice.corrections().isEmpty()) {
            return text;
        }
        String lead = said.get("fediverse.corrected", "");
        int room = FediverseRendition.MOST
                - beside
                - ThreadText.length(text)
                - Counting.graphemes(lead)
                - PARAGRAPH.length();
        String reason = Typography.of(notice.corrections().getFirst().reason(), town.locale());
        if (ThreadText.length(reason) > room) {
            if (room < SHORTEST_REASON) {
                return text;
            }
            reason = ThreadText.beginning(reason, said.locale(), room);
        }
        return said.get("fediverse.corrected", reason) + PARAGRAPH + text;
    }

    private void pictures(ArrayNode attachments, PublishedNotice notice, Town town) {
        var uses = notice.content().pictures();
        Map<String, Picture> stored = media.find(
                town.id().value(), uses.stream().map(use -> use.hash()).toList());
        uses.forEach(use -> Optional.ofNullable(stored.get(use.hash())).ifPresent(picture -> {
            int width = picture.widths().stream()
                    .filter(one -> one >= WIDTH)
                    .findFirst()
                    .orElse(picture.width());
            ObjectNode image = attachments.addObject();
            image.put("type", "Image");
            image.put("mediaType", picture.mediaType());
            image.put("url", town.url("/images/" + picture.hash() + "/" + width + "." + picture.extension()));
            image.put("width", width);
            image.put("height", picture.heightAt(width));
            if (!picture.blurhash().isEmpty()) {
                image.put("blurhash", picture.blurhash());
            }
            // Where it is cut, as Mastodon has it: from left to right and from bottom to top.
            image.putArray("focalPoint")
                    .add(use.focus().across())
                    .add(use.focus().up());
            String alternative = use.decorative() ? "" : use.alternatives().getOrDefault(town.language(), "");
            if (!alternative.isBlank()) {
                // Some read the one, some the other.
                image.put("name", alternative);
                image.put("summary", alternative);
            }
        }));
    }

    /** What stands where a note was. */
    public static ObjectNode tombstone(Actor actor, PublishedNotice notice) {
        return tombstone(id(actor, notice.id()), moment(notice.firstPublishedAt()), notice);
    }

    private static ObjectNode tombstone(URI id, String published, PublishedNotice notice) {
        ObjectNode tombstone = JsonMapper.shared().createObjectNode();
        tombstone.put("@context", Contexts.STREAMS);
        tombstone.put("id", id.toString());
        tombstone.put("type", "Tombstone");
        tombstone.put("formerType", "Note");
        tombstone.put("published", published);
        tombstone.put("deleted", moment(notice.changedAt()));
        return tombstone;
    }

    static String moment(Instant at) {
        return DateTimeFormatter.ISO_INSTANT.format(at.truncatedTo(ChronoUnit.SECONDS));
    }
}
