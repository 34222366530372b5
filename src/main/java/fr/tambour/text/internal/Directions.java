package fr.tambour.text.internal;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Characters by which a text says in which direction it is read (UAX #9), in what strangers wrote: those that turn letters round go,
 * since they make a text read otherwise than it stands; so do those that have no counterpart in their paragraph, which would
 * reorder what stands beside it.
 */
final class Directions {

    private static final Pattern ANY = Pattern.compile("[\u202A-\u202E\u2066-\u2069]");

    /** Where a paragraph ends. */
    private static final Pattern END =
            Pattern.compile("\\G(?:<br ?/?>|</?(?:p|ul|ol|li|blockquote|pre)(?: [^>]*)?>|\n)");

    private static final char LEFT_TO_RIGHT_OVERRIDE = '\u202D';
    private static final char RIGHT_TO_LEFT_OVERRIDE = '\u202E';
    private static final char POP_DIRECTIONAL_FORMATTING = '\u202C';
    private static final char POP_DIRECTIONAL_ISOLATE = '\u2069';

    private final String html;
    private final Deque<Integer> open = new ArrayDeque<>();
    private final BitSet dropped = new BitSet();

    private Directions(String html) {
        this.html = html;
    }

    /** @param html as the sanitiser gives it */
    static String balanced(String html) {
        return ANY.matcher(html).find() ? new Directions(html).balanced() : html;
    }

    private String balanced() {
        Matcher end = END.matcher(html);
        for (int i = 0; i < html.length(); i++) {
            char c = html.charAt(i);
            if (c == '<' || c == '\n') {
                if (end.find(i) && end.start() == i) {
                    dropOpen();
                }
            } else if (c == POP_DIRECTIONAL_FORMATTING) {
                closeEmbedding(i);
            } else if (c == POP_DIRECTIONAL_ISOLATE) {
                closeIsolate(i);
            } else if (isOpening(c)) {
                open.push(i);
            }
        }
        dropOpen();
        StringBuilder kept = new StringBuilder(html.length());
        for (int i = 0; i < html.length(); i++) {
            if (!dropped.get(i)) {
                kept.append(html.charAt(i));
            }
        }
        return kept.toString();
    }

    private static boolean isOpening(char c) {
        return c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2068';
    }

    private static boolean isIsolate(char c) {
        return c >= '\u2066' && c <= '\u2068';
    }

    /** It closes what was begun last, unless that is an isolate. */
    private void closeEmbedding(int at) {
        if (open.isEmpty() || isIsolate(html.charAt(open.peek()))) {
            dropped.set(at);
            return;
        }
        int begun = open.pop();
        char what = html.charAt(begun);
        if (what == LEFT_TO_RIGHT_OVERRIDE || what == RIGHT_TO_LEFT_OVERRIDE) {
            dropped.set(begun);
            dropped.set(at);
        }
    }

    /** It ends what was begun within the isolate, too. */
    private void closeIsolate(int at) {
        if (open.stream().noneMatch(begun -> isIsolate(html.charAt(begun)))) {
            dropped.set(at);
            return;
        }
        while (!isIsolate(html.charAt(open.peek()))) {
            dropped.set(open.pop());
        }
        open.pop();
    }

    private void dropOpen() {
        open.forEach(dropped::set);
        open.clear();
    }
}
