package fr.tambour.fediverse.internal;

import fr.tambour.text.Counting;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A text as posts that follow each other, each with its number (« (2/3) »). It is cut where paragraphs, lines or sentences end, and
 * between words only where a sentence alone is too long.
 */
final class ThreadText {

    /** An address counts as so many characters, however long it is: so the servers of the field count. */
    private static final String COUNTED_AS = "x".repeat(23);

    private static final Pattern ADDRESS = Pattern.compile("https?://\\S*[^\\s.,;:!?)»’]");

    /** What ends like a sentence and is none: « M. », « av. », an initial. */
    private static final Pattern ABBREVIATION = Pattern.compile("(?:^|.*[^\\p{L}])\\p{L}{1,3}\\.", Pattern.DOTALL);

    /** What leads on to what is cut off. */
    private static final Pattern HANGING = Pattern.compile("[\\s\\u00a0\\u202f\\p{Pd}\\p{Ps}\\p{Pi},;:]+$");

    private static final String PARAGRAPH = "\n\n";

    /** « (10/12) » and the space before it. */
    private static final int NUMBER = 8;

    private ThreadText() {}

    /**
     * @param most what a post holds
     * @param link how much of that the first one needs for the link
     */
    static List<String> of(String text, Locale language, int most, int link) {
        String whole = text.strip();
        if (fits(whole, most - link)) {
            return List.of(whole);
        }
        List<String> posts = posts(units(whole, language), most - link - NUMBER, most - NUMBER);
        List<String> numbered = new ArrayList<>();
        for (int i = 0; i < posts.size(); i++) {
            numbered.add(posts.get(i) + " (" + (i + 1) + "/" + posts.size() + ")");
        }
        return numbered;
    }

    /** How many characters it has as the servers of the field count. */
    static int length(String text) {
        return Counting.graphemes(counted(text));
    }

    /**
     * As much of it as one post holds, as something that can be read: whole sentences, and of the next as many words as fit, if
     * what is whole says little.
     */
    static String beginning(String text, Locale language, int room) {
        String whole = text.strip();
        if (fits(whole, room)) {
            return whole;
        }
        String begun = "";
        for (Unit unit : units(whole, language)) {
            String before = begun.isEmpty() ? "" : begun + unit.before();
            if (fits(before + unit.text(), room)) {
                begun = before + unit.text();
            } else if (length(begun) >= room * 2 / 3) {
                return begun;
            } else {
                return broken(begun, before, unit.text(), room - 1);
            }
        }
        return begun;
    }

    /** @param begun what there is already, and {@code before} the same with what parts it from the words */
    private static String broken(String begun, String before, String sentence, int room) {
        String words = words(sentence, room - length(before));
        if (words.isEmpty()) {
            return begun.isEmpty() ? Counting.firstGraphemes(sentence, room) + "…" : begun;
        }
        return before + HANGING.matcher(words).replaceFirst("") + "…";
    }

    /**
     * What is not cut as long as it fits.
     *
     * @param before what stands between it and what comes before it, in one post
     */
    private record Unit(String before, String text) {}

    private static List<Unit> units(String text, Locale language) {
        List<Unit> units = new ArrayList<>();
        for (String paragraph : text.split("\\n\\s*\\n")) {
            String before = PARAGRAPH;
            for (String line : paragraph.strip().split("\\n")) {
                for (String sentence : sentences(line.strip(), language)) {
                    units.add(new Unit(before, sentence));
                    before = " ";
                }
                before = "\n";
            }
        }
        return units;
    }

    private static List<String> sentences(String line, Locale language) {
        BreakIterator ends = BreakIterator.getSentenceInstance(language);
        ends.setText(line);
        List<String> sentences = new ArrayList<>();
        int from = 0;
        for (int end = ends.next(); end != BreakIterator.DONE; end = ends.next()) {
            String sentence = line.substring(from, end).strip();
            if (end == line.length() || !ABBREVIATION.matcher(sentence).matches()) {
                if (!sentence.isEmpty()) {
                    sentences.add(sentence);
                }
                from = end;
            }
        }
        return sentences;
    }

    private static List<String> posts(List<Unit> units, int first, int others) {
        List<String> posts = new ArrayList<>();
        String post = "";
        for (Unit unit : units) {
            String joined = post.isEmpty() ? unit.text() : post + unit.before() + unit.text();
            if (fits(joined, posts.isEmpty() ? first : others)) {
                post = joined;
                continue;
            }
            if (!post.isEmpty()) {
                posts.add(post);
            }
            post = unit.text();
            while (!fits(post, posts.isEmpty() ? first : others)) {
                String head = head(post, posts.isEmpty() ? first : others);
                posts.add(head.strip());
                post = post.substring(head.length()).strip();
            }
        }
        if (!post.isEmpty()) {
            posts.add(post);
        }
        return posts;
    }

    /** As many words as fit; of a word that fits nowhere, as much of it as does. An address is one word, and fits. */
    private static String head(String sentence, int room) {
        String words = words(sentence, room);
        return words.isEmpty() ? Counting.firstGraphemes(sentence, room) : words;
    }

    private static String words(String sentence, int room) {
        int end = 0;
        int space = sentence.indexOf(' ');
        while (space > 0 && fits(sentence.substring(0, space), room)) {
            end = space;
            space = sentence.indexOf(' ', space + 1);
        }
        return sentence.substring(0, end);
    }

    private static boolean fits(String text, int room) {
        return !Counting.exceeds(counted(text), room);
    }

    private static String counted(String text) {
        return ADDRESS.matcher(text).replaceAll(COUNTED_AS);
    }
}
