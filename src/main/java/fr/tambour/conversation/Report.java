package fr.tambour.conversation;

import fr.tambour.notice.NoticeId;
import fr.tambour.text.ForeignHtml;
import org.jspecify.annotations.Nullable;

/**
 * The moderators of another server report something of the town's.
 *
 * @param name what it is known by
 * @param notice what it is about; null: the account
 * @param text the words alone of what they wrote
 */
public record Report(
        String channel, String name, String host, @Nullable NoticeId notice, String text) {

    /** Of more nothing is read. */
    private static final int LONGEST = 8_000;

    /** The words alone of what somebody wrote, or of its beginning; made before anybody's transaction. */
    public static String words(String written) {
        return ForeignHtml.plain(ForeignHtml.of(written.substring(0, Math.min(written.length(), LONGEST))));
    }
}
