package fr.tambour.fediverse.internal;

import fr.tambour.media.Media;
import fr.tambour.media.Picture;
import fr.tambour.notice.Content;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.Rendition;
import fr.tambour.text.Counting;
import fr.tambour.text.Typography;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

    private final Themes themes;
    private final Media media;
    private final Words words;

    Notes(Themes themes, Media media, Words words) {
        this.words = words;
        this.themes = themes;
        this.media = media;
    }

    /** What it is known by, for good. */
    public static URI id(Actor actor, NoticeId notice) {
        return id(actor.base(), notice);
    }

    /** @param base of the account that it is of */
    public static URI id(URI base, NoticeId notice) {
        return URI.create(base + "/avis/" + notice.ref());
    }

    /** Whether other servers are told of it at all. */
    public static boolean isOf(PublishedNotice notice) {
        return !notice.exercise() && notice.content().channels().contains(FediverseChannel.NAME);
    }

    /** Of a notice that goes out over this channel. */
    public ObjectNode of(PublishedNotice notice, Town town, Actor actor) {
        List<Hashtag> tags = hashtags(notice.content(), town);
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
        return note;
    }

    /** The town's language first: some servers take the first for the one that `content` is in. */
    private void words(ObjectNode note, PublishedNotice notice, Town town, String page, List<Hashtag> tags) {
        notice.rendition(FediverseChannel.NAME, town.language(), town.language())
                .ifPresent(first -> note.put("content", html(notice, first, town, page, tags)));
        ObjectNode every = note.putObject("contentMap");
        notice.renditions().stream()
                .filter(rendition -> rendition.channel().equals(FediverseChannel.NAME))
                .sorted(Comparator.comparing(rendition -> !rendition.language().equals(town.language())))
                .forEach(rendition -> every.put(rendition.language(), html(notice, rendition, town, page, tags)));
    }

    private String html(PublishedNotice notice, Rendition rendition, Town town, String page, List<Hashtag> tags) {
        Words said = words.in(Locale.forLanguageTag(rendition.language()));
        String text = corrected(notice, rendition.text(FediverseRendition.TEXT), town, said);
        return PostHtml.of(town.demonstration() ? said.get("fediverse.demonstration", text) : text, page, tags);
    }

    /** What was corrected says so first, and why, as far as that leaves room for the text: that was approved as it stands. */
    private static String corrected(PublishedNotice notice, String text, Town town, Words said) {
        if (notice.corrections().isEmpty()) {
            return text;
        }
        String lead = said.get("fediverse.corrected", "");
        int room = FediverseRendition.MOST
                - FediverseRendition.LINK
                - Counting.graphemes(text)
                - Counting.graphemes(lead)
                - PARAGRAPH.length();
        String reason = Typography.of(notice.corrections().getFirst().reason(), town.locale());
        if (Counting.exceeds(reason, room)) {
            if (room < SHORTEST_REASON) {
                return text;
            }
            reason = Counting.firstGraphemes(reason, room - 1).stripTrailing() + "…";
        }
        return said.get("fediverse.corrected", reason) + PARAGRAPH + text;
    }

    private List<Hashtag> hashtags(Content content, Town town) {
        Map<Long, Theme> known = themes.ever(town.id()).stream().collect(Collectors.toMap(Theme::id, theme -> theme));
        return content.themes().stream()
                .map(known::get)
                .flatMap(theme -> theme == null ? Stream.empty() : Stream.of(theme))
                .flatMap(
                        theme -> Hashtag.of(
                                theme.name(town.language(), town.language()), town.url("/thematiques/" + theme.slug()))
                                .stream())
                .toList();
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
        ObjectNode tombstone = JsonMapper.shared().createObjectNode();
        tombstone.put("@context", Contexts.STREAMS);
        tombstone.put("id", id(actor, notice.id()).toString());
        tombstone.put("type", "Tombstone");
        tombstone.put("formerType", "Note");
        tombstone.put("published", moment(notice.firstPublishedAt()));
        tombstone.put("deleted", moment(notice.changedAt()));
        return tombstone;
    }

    static String moment(Instant at) {
        return DateTimeFormatter.ISO_INSTANT.format(at.truncatedTo(ChronoUnit.SECONDS));
    }
}
