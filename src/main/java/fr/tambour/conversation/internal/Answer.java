package fr.tambour.conversation.internal;

import fr.tambour.conversation.Carried;
import fr.tambour.conversation.ConversationRights;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.PersonId;
import fr.tambour.people.Right;
import java.time.Instant;
import java.util.Optional;

/**
 * What the town answers a message.
 *
 * @param open whether everybody may read it
 * @param clarifies whether it stands on the notice's page
 * @param sent by whom it was released, and when
 * @param withdrawn by whom it was taken back, and when
 * @param carried what became of it on its way; empty where nobody can tell
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
        Optional<Step> withdrawn,
        Kind kind,
        Optional<Carried> carried) {

    public enum Kind {
        ANSWER,
        /** Why something was hidden. */
        STATEMENT,
        /** What came of contesting that. */
        DECISION,
        /** What the moderators of its author's server are told of it; its author is not. */
        REPORT;

        /** Of whoever may send it once more. */
        public Right right() {
            return this == ANSWER ? ConversationRights.ANSWER : ConversationRights.MODERATE;
        }
    }

    /** Written, and not sent yet. */
    static Answer written(
            long id,
            Message to,
            String text,
            String language,
            boolean open,
            boolean clarifies,
            Kind kind,
            Step written) {
        return new Answer(
                id,
                to.id(),
                to.notice(),
                text,
                language,
                open,
                clarifies,
                State.WAITING,
                written,
                Optional.empty(),
                Optional.empty(),
                kind,
                Optional.empty());
    }

    public enum State {
        /** For a second person to release it. */
        WAITING,
        SENT,
        WITHDRAWN
    }

    public record Step(Instant at, PersonId by) {}
}
