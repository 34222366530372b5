package fr.tambour.phone.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Finding;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeCheck;
import fr.tambour.notice.RenditionDeriver;
import fr.tambour.text.Counting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What a phone shows of a notice: a title and a few lines. An emergency begins with what to do, and nothing of it is cut
 * here.
 */
@Component
class PhoneRendition implements RenditionDeriver, NoticeCheck {

    /** What a locked screen shows of a title on its one line, in characters as people count them. */
    static final int TITLE = 50;

    /** What it shows of a text before it must be opened. */
    static final int TEXT = 150;

    private static final int AFTER_FEEDS = 30;

    @Override
    public String channel() {
        return PhoneChannel.NAME;
    }

    @Override
    public int order() {
        return AFTER_FEEDS;
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
    public List<String> fields() {
        return List.of("title", "text");
    }

    @Override
    public Map<String, String> derive(DraftView draft, String language) {
        Content content = draft.content();
        Words words = content.in(language);
        return content.kind() == Kind.EMERGENCY
                ? Map.of("title", words.title(), "text", instructionFirst(words))
                : Map.of("title", words.title(), "text", shortened(words.summary()));
    }

    private static String instructionFirst(Words words) {
        String instruction = words.instruction()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
        String summary = words.summary().strip();
        // The summary of an alert that was written in haste is its instruction, or the beginning of it.
        String beginning = summary.replaceFirst("…$", "");
        return instruction.replace('\n', ' ').startsWith(beginning)
                ? instruction
                : Stream.of(instruction, summary)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("\n"));
    }

    /** To whole words. */
    private static String shortened(String text) {
        if (!Counting.exceeds(text, TEXT)) {
            return text;
        }
        String start = Counting.firstGraphemes(text, TEXT - 1);
        int space = start.lastIndexOf(' ');
        return (space > TEXT / 2 ? start.substring(0, space) : start).stripTrailing() + "…";
    }

    @Override
    public List<Finding> check(DraftView draft) {
        Content content = draft.content();
        if (!content.channels().contains(PhoneChannel.NAME)) {
            return List.of();
        }
        String first = draft.firstLanguage();
        SortedMap<String, String> edited = content.edited()
                .getOrDefault(PhoneChannel.NAME, new TreeMap<>())
                .getOrDefault(first, new TreeMap<>());
        String title = edited.getOrDefault("title", content.in(first).title());
        List<Finding> findings = new ArrayList<>();
        if (Counting.exceeds(title, TITLE)) {
            findings.add(Finding.advises("phone-title-long", "title", Counting.graphemes(title), TITLE));
        }
        if (content.kind() != Kind.EMERGENCY
                && !edited.containsKey("text")
                && Counting.exceeds(content.in(first).summary(), TEXT)) {
            findings.add(Finding.advises(
                    "phone-text-long",
                    "summary",
                    Counting.graphemes(content.in(first).summary()),
                    TEXT));
        }
        return findings;
    }
}
