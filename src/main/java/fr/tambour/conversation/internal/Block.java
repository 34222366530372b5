package fr.tambour.conversation.internal;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.people.PersonId;
import java.time.Instant;

/**
 * Of whom nothing is taken in.
 *
 * @param name a server's; of a person the SHA-256 of their identifier
 * @param shown as the desk reads it; of a person their server alone, once a year has passed
 * @param remark why, where a list says so; else empty
 */
public record Block(long id, Scope scope, String name, String shown, String remark, Instant at, PersonId by) {

    /** What stands before a person's server once their name is not kept any more. */
    private static final String SOMEBODY = "…@";

    static Block ofServer(long id, String name, String remark, Instant at, PersonId by) {
        return new Block(id, Scope.HOST, name, name, remark, at, by);
    }

    static Block ofPerson(long id, String author, String handle, Instant at, PersonId by) {
        return new Block(id, Scope.AUTHOR, Fingerprint.of(author), handle, "", at, by);
    }

    static String nameless(String handle) {
        return SOMEBODY + handle.substring(handle.lastIndexOf('@') + 1);
    }

    static String namelessPattern() {
        return SOMEBODY + "%";
    }
}
