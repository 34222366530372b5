package fr.tambour.conversation.internal;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.people.PersonId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A list of whom to keep out that somebody has uploaded.
 *
 * @param scope whether it has servers or accounts
 * @param title what the file was called
 * @param leftOut how many of its lines are milder than a block, or no name, or the town's own
 * @param begun when it was begun to be taken over; null while somebody only looks at it
 * @param done when all of it was; begun and not done, it broke off
 * @param lifted when all that came by it was let in again
 */
public record KnownList(
        long id,
        Scope scope,
        String title,
        int leftOut,
        Instant read,
        PersonId by,
        @Nullable Instant begun,
        @Nullable Instant done,
        @Nullable Instant lifted) {

    public enum State {
        READ,
        BEGUN,
        DONE,
        LIFTED
    }

    public State state() {
        return lifted != null ? State.LIFTED : done != null ? State.DONE : begun != null ? State.BEGUN : State.READ;
    }
}
