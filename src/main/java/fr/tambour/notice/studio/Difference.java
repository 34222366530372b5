package fr.tambour.notice.studio;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one version says otherwise than another, word by word.
 *
 * @param fact as the newer one says it; its text is empty where it says nothing any more
 * @param before as the older one says it, may be empty
 * @param pieces the older and the newer text interwoven
 */
public record Difference(Fact fact, String before, List<Piece> pieces) {

    /** A run of text that stayed, went or came. */
    public record Piece(Sort sort, String text) {}

    public enum Sort {
        SAME,
        GONE,
        NEW
    }

    /** Beyond this many words, whole lines are compared: nobody reads a page-long mosaic. */
    private static final int MOST_WORDS = 4_000;

    static List<Difference> between(List<Fact> before, List<Fact> after) {
        Map<String, Fact> older = byKey(before);
        Map<String, Fact> newer = byKey(after);
        Map<String, Fact> all = new LinkedHashMap<>(newer);
        older.forEach((key, fact) -> all.putIfAbsent(key, new Fact(key, fact.parts(), fact.label(), "")));
        List<Difference> differences = new ArrayList<>();
        all.forEach((key, fact) -> {
            String was = older.containsKey(key) ? older.get(key).text() : "";
            if (!was.equals(fact.text())) {
                differences.add(new Difference(fact, was, pieces(was, fact.text())));
            }
        });
        return differences;
    }

    private static Map<String, Fact> byKey(List<Fact> facts) {
        Map<String, Fact> map = new LinkedHashMap<>();
        facts.forEach(fact -> map.put(fact.key(), fact));
        return map;
    }

    static List<Piece> pieces(String before, String after) {
        List<String> older = words(before);
        List<String> newer = words(after);
        if (older.size() + newer.size() > MOST_WORDS) {
            older = lines(before);
            newer = lines(after);
        }
        List<Piece> pieces = new ArrayList<>();
        int read = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(older, newer).getDeltas()) {
            add(pieces, Sort.SAME, older.subList(read, delta.getSource().getPosition()));
            add(pieces, Sort.GONE, delta.getSource().getLines());
            add(pieces, Sort.NEW, delta.getTarget().getLines());
            read = delta.getSource().getPosition() + delta.getSource().size();
        }
        add(pieces, Sort.SAME, older.subList(read, older.size()));
        return pieces;
    }

    private static void add(List<Piece> pieces, Sort sort, List<String> words) {
        if (!words.isEmpty()) {
            pieces.add(new Piece(sort, String.join("", words)));
        }
    }

    /** Words with the space that follows each, so that a changed word does not drag its neighbours along. */
    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("(?<=[\\s\\u00A0])(?=[^\\s\\u00A0])"));
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("(?<=\\n)"));
    }
}
