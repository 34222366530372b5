package fr.tambour.conversation.internal;

import fr.tambour.conversation.Author;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.PersonId;
import fr.tambour.text.ForeignHtml;
import fr.tambour.text.SafeHtml;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody said to the town, as it is kept.
 *
 * @param name what it is known by in its channel
 * @param text sanitised; empty where its author took it back
 * @param attachments addresses
 * @param open whether everybody may read it; else it is for the town alone
 * @param links how many it has, but for mentions
 * @param fingerprint what repeats of it have in common; empty where it has a few words only
 * @param changedAt when its author last changed it
 * @param goneAt when its author took it back
 * @param removal why it is hidden, while it is
 * @param note for colleagues
 * @param editedAt when its author last changed it, by their clock
 * @param version grows with all that whoever answers it has to have seen
 */
public record Message(
        long id,
        String channel,
        String name,
        Optional<NoticeId> notice,
        String repliesTo,
        Author author,
        SafeHtml text,
        List<String> attachments,
        String language,
        String link,
        boolean open,
        int links,
        String fingerprint,
        Instant writtenAt,
        Instant arrivedAt,
        Optional<Instant> changedAt,
        Optional<Instant> goneAt,
        State state,
        boolean read,
        Optional<PersonId> assignee,
        String note,
        Optional<Removal> removal,
        Optional<Instant> editedAt,
        long version) {

    public enum State {
        OPEN,
        DONE,
        /** Removed by a moderator. */
        HIDDEN
    }

    /** @param words what was said with it; may be empty */
    public record Removal(Instant at, PersonId by, RemovalReason why, String words) {}

    public Message {
        attachments = List.copyOf(attachments);
    }

    public boolean unread() {
        return state == State.OPEN && !read;
    }

    /** Whether what people read of it is the same. */
    boolean readsAs(Message other) {
        return text.html().equals(other.text.html())
                && attachments.equals(other.attachments)
                && language.equals(other.language);
    }

    public String plain() {
        return ForeignHtml.plain(text);
    }
}
