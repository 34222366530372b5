package fr.tambour.conversation;

import fr.tambour.text.ForeignHtml;
import fr.tambour.text.SafeHtml;

/**
 * What strangers wrote, made harmless. That takes a while, of many at once a long one: it is done before anybody's transaction, so
 * that nobody waits for it who has something to write.
 *
 * @param html what may be shown of it
 * @param plain its words alone
 * @param links how many it has, but for mentions and hashtags
 * @param tooLong whether it is more than is kept; of what is longer by far nothing is read
 */
public record Wording(SafeHtml html, String plain, int links, boolean tooLong) {

    /** What a column holds, and more than anybody reads. */
    private static final int LONGEST = 10_000;

    /** With its markup, as it came and as it is kept. */
    private static final int LONGEST_HTML = 4 * LONGEST;

    private static final Wording UNREAD = new Wording(SafeHtml.EMPTY, "", 0, true);

    /** Whether there is nothing in it that anybody could see. */
    public boolean isEmpty() {
        return !tooLong && plain.codePoints().noneMatch(Wording::isVisible);
    }

    private static boolean isVisible(int c) {
        int type = Character.getType(c);
        return !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && type != Character.FORMAT
                && type != Character.CONTROL;
    }

    /** @param html as it came */
    public static Wording of(String html) {
        if (html.length() > LONGEST_HTML) {
            return UNREAD;
        }
        SafeHtml safe = ForeignHtml.of(html);
        String plain = ForeignHtml.plain(safe);
        boolean tooLong = plain.length() > LONGEST || safe.html().length() > LONGEST_HTML;
        return new Wording(safe, plain, ForeignHtml.links(safe), tooLong);
    }
}
