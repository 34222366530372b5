package fr.tambour.conversation.internal;

import fr.tambour.people.PersonId;
import java.time.Instant;
import java.util.Optional;

/**
 * That a message was hidden may be contested, or was.
 *
 * @param language in which its author was told
 * @param removal what is contested
 * @param until when it is too late
 * @param filed what its author says to it
 * @param decision what came of it; also where it was shown again before anybody contested it
 */
public record Appeal(
        long id,
        long message,
        String language,
        Message.Removal removal,
        Instant until,
        Optional<Filed> filed,
        Optional<Decision> decision) {

    public record Filed(Instant at, String text) {}

    /**
     * @param granted whether the message is shown again
     * @param words told with it; may be empty
     */
    public record Decision(Instant at, PersonId by, boolean granted, String words) {}

    /** Somebody contests it, and nobody has decided. */
    public boolean waits() {
        return filed.isPresent() && decision.isEmpty();
    }

    /** Whether it may be contested. */
    public boolean isOpen(Instant now) {
        return filed.isEmpty() && decision.isEmpty() && now.isBefore(until);
    }
}
