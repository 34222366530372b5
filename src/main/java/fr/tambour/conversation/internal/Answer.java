package fr.tambour.conversation.internal;

import fr.tambour.notice.NoticeId;
import fr.tambour.people.PersonId;
import java.time.Instant;
import java.util.Optional;

/**
 * What the town answers a message.
 *
 * @param open whether everybody may read it
 * @param clarifies whether it stands on the notice's page
 * @param sent by whom it was released, and when
 * @param withdrawn by whom it was taken back, and when
 */
public record Answer(
        long id,
        long message,
        Optional<NoticeId> notice,
        String text,
        String language,
        boolean open,
        boolean clarifies,
        State state,
        Step written,
        Optional<Step> sent,
        Optional<Step> withdrawn) {

    public enum State {
        /** For a second person to release it. */
        WAITING,
        SENT,
        WITHDRAWN
    }

    public record Step(Instant at, PersonId by) {}
}
