package fr.tambour.phone.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.ExerciseMark;
import fr.tambour.notice.Finding;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeCheck;
import fr.tambour.notice.RenditionDeriver;
import fr.tambour.notice.WhenAndWhere;
import fr.tambour.text.Counting;
import fr.tambour.ui.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What a phone shows of a notice: a title and a few lines. An emergency says what to do, of which nothing is cut here, and
 * where, of which a long list of streets is.
 */
@Component
class PhoneRendition implements RenditionDeriver, NoticeCheck {

    /** What a locked screen shows of a title on its one line, in characters as people count them. */
    static final int TITLE = 50;

    /** What it shows of a text before it must be opened. */
    static final int TEXT = 150;

    private static final int AFTER_FEEDS = 30;

    private final Words said;

    PhoneRendition(Words said) {
        this.said = said;
    }

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

    /** For phones that agreed. */
    @Override
    public boolean exercises() {
        return true;
    }

    @Override
    public List<String> fields() {
        return List.of("title", "text");
    }

    @Override
    public Map<String, String> derive(DraftView draft, String language) {
        Content content = draft.content();
        Content.Words words = content.in(language);
        return content.kind() == Kind.EMERGENCY
                ? Map.of("title", words.title(), "text", whatToDoAndWhere(content, words, language))
                : Map.of("title", words.title(), "text", whenWhereAndWhat(draft, words, language));
    }

    /** Of an event first when it is: of what is longer a locked screen shows the beginning. */
    private String whenWhereAndWhat(DraftView draft, Content.Words words, String language) {
        String summary = shortened(words.summary(), TEXT);
        return WhenAndWhere.of(draft.content(), draft.town().zone(), said.in(Locale.forLanguageTag(language)))
                .map(when -> summary.isBlank() ? when : when + "\n" + summary)
                .orElse(summary);
    }

    private String whatToDoAndWhere(Content content, Content.Words words, String language) {
        String instruction = words.instruction()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
        String summary = words.summary().strip();
        // The summary of an alert that was written in haste is its instruction, or the beginning of it.
        String beginning = summary.replaceFirst("…$", "");
        String more = instruction.replace('\n', ' ').startsWith(beginning) ? "" : summary;
        String where = where(content, words, language);
        // Where a locked screen shows it: behind what to do, or before it if that is long.
        return (Counting.exceeds(instruction + "\n" + where, TEXT)
                        ? Stream.of(where, instruction, more)
                        : Stream.of(instruction, where, more))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** The area, unless the title or what to do names it. */
    private String where(Content content, Content.Words words, String language) {
        String area =
                content.emergency() == null ? "" : content.emergency().area().strip();
        return area.isEmpty() || names(words.title() + "\n" + words.instruction(), area)
                ? ""
                : said.in(Locale.forLanguageTag(language)).get("phone.push.area", shortened(area, TITLE));
    }

    /** In whole words; a name of one word by its capital too: « Restez » and « il est tard » do not name the district Est. */
    private static boolean names(String text, String area) {
        int lenient = area.indexOf(' ') < 0 ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        return Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(area) + "(?![\\p{L}\\p{N}])", lenient)
                .matcher(text)
                .find();
    }

    /** To whole words. */
    private static String shortened(String text, int most) {
        if (!Counting.exceeds(text, most)) {
            return text;
        }
        String start = Counting.firstGraphemes(text, most - 1);
        int space = start.lastIndexOf(' ');
        return (space > most / 2 ? start.substring(0, space) : start).stripTrailing() + "…";
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
        String written = edited.getOrDefault("title", content.in(first).title());
        String title = draft.exercise() ? new ExerciseMark(said.in(draft.town().locale())).title(written) : written;
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
