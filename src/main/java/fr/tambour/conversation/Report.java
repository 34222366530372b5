package fr.tambour.conversation;

import fr.tambour.notice.NoticeId;
import org.jspecify.annotations.Nullable;

/**
 * The moderators of another server report something of the town's.
 *
 * @param name what it is known by
 * @param notice what it is about; null: the account
 * @param text as they wrote it
 */
public record Report(
        String channel, String name, String host, @Nullable NoticeId notice, String text) {}
