package fr.tambour.fediverse.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Finding;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeCheck;
import fr.tambour.notice.Rendition;
import fr.tambour.notice.RenditionDeriver;
import fr.tambour.notice.WhenAndWhere;
import fr.tambour.text.Counting;
import fr.tambour.text.Markdown;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What a post says of a notice: a title and a few lines; the link to the rest and the hashtags come by themselves. */
@Component
class FediverseRendition implements RenditionDeriver, NoticeCheck {

    static final String TEXT = "text";

    /** Whether it is one post or several that follow each other. */
    private static final String FORM = "form";

    private static final String POST = "post";
    private static final String THREAD = "thread";

    /** The text as several posts, where it is so chosen: stored as approved, whatever would be made of the text tomorrow. */
    private static final String POSTS = TEXT + ".posts";

    /** Nobody writes it. */
    private static final String NEXT_POST = "\f";

    /** Who reads on for longer reads the notice. */
    static final int MOST_POSTS = 12;

    /** What most servers let a post hold, in characters as people count them. */
    static final int MOST = 500;

    /** An address counts as so many, however long it is, and stands on a line of its own. */
    static final int LINK = 23 + 2;

    /** A longer reason is shortened before the text is. */
    private static final int LONGEST_LEAD = 200;

    private static final int AFTER_PHONES = 40;

    private final Words said;
    private final Themes themes;

    FediverseRendition(Words said, Themes themes) {
        this.said = said;
        this.themes = themes;
    }

    @Override
    public String channel() {
        return FediverseChannel.NAME;
    }

    @Override
    public int order() {
        return AFTER_PHONES;
    }

    @Override
    public boolean byDefault(Kind kind) {
        return true;
    }

    @Override
    public boolean always() {
        return false;
    }

    @Override
    public boolean exercises() {
        return false;
    }

    @Override
    public List<String> fields() {
        return List.of(TEXT, FORM);
    }

    @Override
    public Map<String, List<String>> choices() {
        return Map.of(FORM, List.of(POST, THREAD));
    }

    @Override
    public List<String> messages(Rendition rendition) {
        return posts(rendition);
    }

    /** What stands one after the other: at least one. */
    static List<String> posts(Rendition rendition) {
        String posts = rendition.text(POSTS);
        return posts.isEmpty() ? List.of(rendition.text(TEXT)) : List.of(posts.split(NEXT_POST));
    }

    @Override
    public Map<String, String> derive(DraftView draft, String language) {
        Locale locale = Locale.forLanguageTag(language);
        if (!isThread(draft.content(), language)) {
            // The end of a very long text goes: it stands on the page that the post links to.
            return Map.of(
                    TEXT,
                    ThreadText.beginning(text(draft, language, ""), locale, MOST - beside(draft, language)),
                    FORM,
                    POST);
        }
        URI base = URI.create(draft.town().url("/"));
        String body = Markdown.toPlainWithAddresses(draft.content().in(language).body(), locale, base);
        String whole = text(draft, language, body);
        String written = edits(draft.content(), language).getOrDefault(TEXT, whole);
        int mark = mark(draft.town(), said.in(locale));
        int before = beside(draft, language) - mark + lead(draft, said.in(locale));
        return Map.of(
                TEXT,
                whole,
                FORM,
                POST,
                POSTS,
                String.join(NEXT_POST, ThreadText.of(written, locale, MOST - mark, before)));
    }

    /** What a post holds besides its text: the link, the hashtags, and that it is none of a real town's. */
    static int beside(List<Hashtag> tags, Town town, Words said) {
        return LINK + Hashtag.length(tags) + mark(town, said);
    }

    private int beside(DraftView draft, String language) {
        return beside(
                Hashtag.of(draft.content(), draft.town(), themes),
                draft.town(),
                said.in(Locale.forLanguageTag(language)));
    }

    private static int mark(Town town, Words said) {
        return Counting.graphemes(Notes.marked("", town, said));
    }

    /** What a correction says before the text of the first post. */
    private static int lead(DraftView draft, Words said) {
        return draft.reason().isBlank()
                ? 0
                : Math.min(Counting.graphemes(said.get("fediverse.corrected", draft.reason())) + 2, LONGEST_LEAD);
    }

    private static boolean isThread(Content content, String language) {
        return edits(content, language).getOrDefault(FORM, POST).equals(THREAD);
    }

    private static SortedMap<String, String> edits(Content content, String language) {
        return content.edited()
                .getOrDefault(FediverseChannel.NAME, new TreeMap<>())
                .getOrDefault(language, new TreeMap<>());
    }

    private String text(DraftView draft, String language, String body) {
        Content.Words words = draft.content().in(language);
        String what = draft.content().kind() == Kind.EMERGENCY ? words.instruction() : "";
        String when = WhenAndWhere.of(draft.content(), draft.town().zone(), said.in(Locale.forLanguageTag(language)))
                .orElse("");
        return Stream.of(words.title(), what, when, words.summary(), body)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining("\n\n"));
    }

    /** What a person wrote is cut nowhere: it is theirs to shorten. */
    @Override
    public List<Finding> check(DraftView draft) {
        Content content = draft.content();
        if (!content.channels().contains(FediverseChannel.NAME)) {
            return List.of();
        }
        String first = draft.firstLanguage();
        List<Finding> findings = new ArrayList<>();
        content.completeLanguages(first).forEach(language -> {
            int posts = length(draft, language);
            if (posts > MOST_POSTS) {
                findings.add(Finding.blocks("fediverse-thread-long", "channels", posts, MOST_POSTS));
            } else if (posts > length(draft, first)) {
                // Most servers show the first language alone: a post without it would be read by everybody.
                findings.add(
                        Finding.blocks("fediverse-thread-longer", "channels", language, posts, length(draft, first)));
            } else if (!isThread(content, language)) {
                String text = edits(content, language).getOrDefault(TEXT, "");
                int room = MOST - beside(draft, language);
                if (ThreadText.length(text) > room) {
                    findings.add(Finding.blocks("fediverse-text-long", "channels", ThreadText.length(text), room));
                }
            }
        });
        return findings;
    }

    /** Of how many posts it is. */
    private int length(DraftView draft, String language) {
        return posts(new Rendition(FediverseChannel.NAME, language, new TreeMap<>(derive(draft, language)), false))
                .size();
    }
}
