package fr.tambour.town.internal;

import java.util.List;

/**
 * Many folded names in one string, one byte a letter, to be looked through from end to end: some hundred kilobytes, a
 * millisecond or two. An index would be faster and larger, and nobody types that fast.
 */
final class FoldedNames {

    /** How the words of a query are found in a name. */
    enum Words {
        WHOLE,
        BEGINNINGS,
        MISSING
    }

    private static final char END = '\n';

    private final String text;

    /** Where each name begins; it ends one before the next. */
    private final int[] starts;

    private FoldedNames(String text, int[] starts) {
        this.text = text;
        this.starts = starts;
    }

    boolean is(int name, String wanted) {
        return end(name) - starts[name] == wanted.length() && startsWith(name, wanted);
    }

    boolean startsWith(int name, String wanted) {
        return text.startsWith(wanted, starts[name]);
    }

    /** Whether the name begins so, when the spaces of both are left out. */
    boolean startsRunTogetherWith(int name, String wantedWithoutSpaces) {
        int at = starts[name];
        for (int i = 0; i < wantedWithoutSpaces.length(); i++, at++) {
            if (text.charAt(at) == ' ') {
                at++;
            }
            if (text.charAt(at) != wantedWithoutSpaces.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    Words contains(int name, List<String> wanted) {
        var found = Words.WHOLE;
        for (var word : wanted) {
            switch (contains(name, word)) {
                case WHOLE -> {}
                case BEGINNINGS -> found = Words.BEGINNINGS;
                case MISSING -> {
                    return Words.MISSING;
                }
            }
        }
        return found;
    }

    private Words contains(int name, String word) {
        int start = starts[name];
        int end = end(name);
        var found = Words.MISSING;
        for (int at = text.indexOf(word, start, end); at >= 0; at = text.indexOf(word, at + 1, end)) {
            if (at == start || text.charAt(at - 1) == ' ') {
                char next = text.charAt(at + word.length());
                if (next == ' ' || next == END) {
                    return Words.WHOLE;
                }
                found = Words.BEGINNINGS;
            }
        }
        return found;
    }

    private int end(int name) {
        return starts[name + 1] - 1;
    }

    static final class Builder {

        private final StringBuilder text = new StringBuilder(1 << 20);
        private final int[] starts;
        private int count;

        Builder(int names) {
            starts = new int[names + 1];
        }

        void add(List<String> words) {
            text.append(String.join(" ", words)).append(END);
            starts[++count] = text.length();
        }

        FoldedNames build() {
            return new FoldedNames(text.toString(), starts);
        }
    }
}
