package fr.tambour.fediverse.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Finding;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeCheck;
import fr.tambour.notice.RenditionDeriver;
import fr.tambour.notice.WhenAndWhere;
import fr.tambour.text.Counting;
import fr.tambour.ui.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What a post says of a notice: a title and a few lines; the link to the rest and the hashtags come by themselves. */
@Component
class FediverseRendition implements RenditionDeriver, NoticeCheck {

    static final String TEXT = "text";

    /** What most servers let a post hold, in characters as people count them. */
    static final int MOST = 500;

    /** An address counts as so many, however long it is, and stands on a line of its own. */
    static final int LINK = 23 + 2;

    private static final int AFTER_PHONES = 40;

    private final Words said;

    FediverseRendition(Words said) {
        this.said = said;
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
        return List.of(TEXT);
    }

    @Override
    public Map<String, String> derive(DraftView draft, String language) {
        Content.Words words = draft.content().in(language);
        String what = draft.content().kind() == Kind.EMERGENCY ? words.instruction() : "";
        String when = WhenAndWhere.of(draft.content(), draft.town().zone(), said.in(Locale.forLanguageTag(language)))
                .orElse("");
        String whole = Stream.of(words.title(), what, when, words.summary())
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining("\n\n"));
        return Map.of(TEXT, fitting(whole));
    }

    /** The end of a very long text goes: it stands on the page that the post links to. */
    private static String fitting(String text) {
        return Counting.exceeds(text, MOST - LINK)
                ? Counting.firstGraphemes(text, MOST - LINK - 1).stripTrailing() + "…"
                : text;
    }

    /** What a person wrote is cut nowhere: it is theirs to shorten. */
    @Override
    public List<Finding> check(DraftView draft) {
        Content content = draft.content();
        if (!content.channels().contains(FediverseChannel.NAME)) {
            return List.of();
        }
        return content.edited().getOrDefault(FediverseChannel.NAME, new TreeMap<>()).entrySet().stream()
                .map(edited -> edited.getValue().getOrDefault(TEXT, ""))
                .filter(text -> Counting.exceeds(text, MOST - LINK))
                .map(text -> Finding.blocks("fediverse-text-long", "channels", Counting.graphemes(text), MOST - LINK))
                .toList();
    }
}
