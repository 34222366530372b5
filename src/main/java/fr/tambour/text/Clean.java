package fr.tambour.text;

import fr.tambour.ui.Refusal;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Text as it comes in from a form or a program. What nobody can see goes: control characters, bidirectional overrides
 * (which make text read otherwise than it is stored), zero-width characters outside the scripts and emoji that need them,
 * lone surrogates, marks piled up. What remains is in Normalization Form C. Too long is refused, never cut.
 */
public final class Clean {

    /** UTF-16 units that one visible character may take on average: a family emoji takes 11, a Welsh flag 14. */
    private static final int UNITS_PER_GRAPHEME = 16;

    /** Marks on one base character; Hebrew with cantillation and Vietnamese need up to four. */
    private static final int MAX_MARKS = 6;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int LEFT_TO_RIGHT_MARK = 0x200E;
    private static final int RIGHT_TO_LEFT_MARK = 0x200F;
    private static final int BLACK_FLAG = 0x1F3F4;

    private Clean() {}

    /**
     * One line: line ends and tabs become spaces, runs of spaces one, none at either end. Null is the empty text.
     *
     * @param maxGraphemes in characters as people count them
     * @throws Refusal 422 `text.too-long`
     */
    public static String line(@Nullable String text, int maxGraphemes) {
        String visible = visible(bounded(text, maxGraphemes));
        StringBuilder line = new StringBuilder(visible.length());
        boolean space = false;
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            if (c == ' ' || c == '\n' || c == '\t') {
                space = true;
            } else {
                if (space && !line.isEmpty()) {
                    line.append(' ');
                }
                space = false;
                line.append(c);
            }
        }
        return accepted(trimmed(line.toString()), maxGraphemes);
    }

    /**
     * Several lines: line ends become `\n`, tabs stay, blank lines at either end go. Null is the empty text.
     *
     * @param maxGraphemes in characters as people count them
     * @throws Refusal 422 `text.too-long`
     */
    public static String block(@Nullable String text, int maxGraphemes) {
        String visible = visible(bounded(text, maxGraphemes));
        int start = 0;
        for (int i = 0; i < visible.length() && isBlank(visible.charAt(i)); i++) {
            if (visible.charAt(i) == '\n') {
                start = i + 1;
            }
        }
        int end = visible.length();
        while (end > start && isBlank(visible.charAt(end - 1))) {
            end--;
        }
        return accepted(visible.substring(start, end), maxGraphemes);
    }

    /** Refuses the absurd before any work is done on it. */
    private static String bounded(@Nullable String text, int maxGraphemes) {
        if (text == null) {
            return "";
        }
        if (text.length() > (long) maxGraphemes * UNITS_PER_GRAPHEME + 1_000) {
            throw tooLong(maxGraphemes);
        }
        return text;
    }

    private static String accepted(String text, int maxGraphemes) {
        if (Counting.exceeds(text, maxGraphemes)) {
            throw tooLong(maxGraphemes);
        }
        return text;
    }

    private static Refusal tooLong(int maxGraphemes) {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "text.too-long", maxGraphemes);
    }

    private static String visible(String text) {
        String composed = Normalizer.normalize(text.replace("\r\n", "\n"), Normalizer.Form.NFC);
        StringBuilder kept = new StringBuilder(composed.length());
        int previous = -1;
        int marks = 0;
        boolean flag = false;
        for (int i = 0; i < composed.length(); ) {
            int c = composed.codePointAt(i);
            i += Character.charCount(c);
            int seen = asKept(c, previous, i < composed.length() ? composed.codePointAt(i) : -1, flag);
            if (seen < 0) {
                continue;
            }
            marks = isMark(seen) ? marks + 1 : 0;
            if (marks > MAX_MARKS) {
                continue;
            }
            flag = seen == BLACK_FLAG || (flag && isTag(seen));
            kept.appendCodePoint(seen);
            previous = seen;
        }
        // What went may have stood between a letter and its accent.
        return Normalizer.normalize(kept, Normalizer.Form.NFC);
    }

    /** What the character becomes; -1 if it goes. */
    private static int asKept(int c, int previous, int next, boolean flag) {
        return switch (c) {
            case '\n', '\t' -> c;
            case '\r', 0x2028, 0x2029, 0x85, 0x0B, 0x0C -> '\n';
            case LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK, ZERO_WIDTH_NON_JOINER, ZERO_WIDTH_JOINER ->
                joins(previous) && joins(next) ? c : -1;
            default ->
                switch (Character.getType(c)) {
                    case Character.CONTROL, Character.SURROGATE -> -1;
                    case Character.FORMAT -> isArabicSign(c) || (flag && isTag(c)) ? c : -1;
                    case Character.UNASSIGNED -> isNoncharacter(c) ? -1 : c;
                    default -> c;
                };
        };
    }

    /** A mark or joiner between two visible characters does its work there; elsewhere it only hides. */
    private static boolean joins(int neighbour) {
        return neighbour >= 0
                && !Character.isWhitespace(neighbour)
                && !Character.isISOControl(neighbour)
                && Character.getType(neighbour) != Character.FORMAT
                && Character.getType(neighbour) != Character.SURROGATE;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /** Tag characters spell the flags of England, Scotland and Wales after a black flag. */
    private static boolean isTag(int c) {
        return c >= 0xE0020 && c <= 0xE007F;
    }

    /** Arabic and Syriac signs that span digits are format characters with a visible shape. */
    private static boolean isArabicSign(int c) {
        return (c >= 0x0600 && c <= 0x0605) || c == 0x06DD || c == 0x070F || c == 0x0890 || c == 0x0891 || c == 0x08E2;
    }

    private static boolean isNoncharacter(int c) {
        return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static String trimmed(String line) {
        int start = 0;
        int end = line.length();
        while (start < end && isBlank(line.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(start, end);
    }
}
