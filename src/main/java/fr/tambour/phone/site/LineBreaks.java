package fr.tambour.phone.site;

import com.openhtmltopdf.extend.FSTextBreaker;

/** Where a line may end: behind a space, a hyphen or a stroke, and never behind an apostrophe. */
final class LineBreaks implements FSTextBreaker {

    private String text = "";
    private int at;

    @Override
    public void setText(String text) {
        this.text = text;
        at = 0;
    }

    /** The beginning of what may stand on the next line; -1 behind the last. */
    @Override
    public int next() {
        if (at >= text.length()) {
            return -1;
        }
        do {
            at++;
        } while (at < text.length() && !isBetween(text.charAt(at - 1), text.charAt(at)));
        return at;
    }

    private static boolean isBetween(char before, char after) {
        return after != ' ' && (before == ' ' || before == '-' || before == '/');
    }
}
