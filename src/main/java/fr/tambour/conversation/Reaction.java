package fr.tambour.conversation;

import fr.tambour.notice.NoticeId;

/**
 * Somebody liked a notice, or passed it on.
 *
 * @param author what their channel knows them by
 * @param activity the name of what they did, by which they may take it back
 * @param host their server
 */
public record Reaction(NoticeId notice, Kind kind, String author, String activity, String host) {

    public enum Kind {
        LIKE,
        REPOST
    }
}
