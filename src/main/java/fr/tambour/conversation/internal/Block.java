package fr.tambour.conversation.internal;

import fr.tambour.conversation.AnswerCarrier.Blocked;
import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.ServerName;
import fr.tambour.people.PersonId;
import java.time.Instant;
import java.util.Locale;

/**
 * Of whom nothing is taken in.
 *
 * @param name a server's; of a person the SHA-256 of their identifier, or of what they are called
 * @param shown as the desk reads it; of a person their server alone, once a year has passed
 * @param remark why, where a list says so; else empty
 * @param list by which it came; 0: by none
 */
public record Block(
        long id, Scope scope, String name, String shown, String remark, Instant at, PersonId by, long list) {

    Block(long id, Scope scope, String name, String shown, String remark, Instant at, PersonId by) {
        this(id, scope, name, shown, remark, at, by, 0);
    }

    /** What stands before a person's server once their name is not kept any more. */
    private static final String SOMEBODY = "…@";

    static Block ofServer(long id, String name, String remark, Instant at, PersonId by) {
        return new Block(id, Scope.HOST, name, name, remark, at, by);
    }

    static Block ofPerson(long id, String author, String handle, Instant at, PersonId by) {
        return new Block(id, Scope.AUTHOR, Fingerprint.of(author), handle, "", at, by);
    }

    /** @param address as {@link #address} gives it */
    static Block ofAddress(long id, String address, Instant at, PersonId by) {
        return new Block(id, Scope.ADDRESS, fingerprint(address), address, "", at, by);
    }

    static String fingerprint(String address) {
        return Fingerprint.of("acct:" + address);
    }

    /** {@code alice@other.example}, in small letters and without a port; empty where that is none. */
    static String address(String handle) {
        int at = handle.lastIndexOf('@');
        return at <= 0 || at == handle.length() - 1
                ? ""
                : handle.substring(0, at).toLowerCase(Locale.ROOT) + "@" + ServerName.of(handle.substring(at + 1));
    }

    Block from(long taken) {
        return new Block(id, scope, name, shown, remark, at, by, taken);
    }

    /** As a channel has to know whom it means; not of a person whose identifier nobody has kept. */
    Blocked blocked() {
        return new Blocked(scope, scope == Scope.HOST ? name : shown);
    }

    static String nameless(String handle) {
        return SOMEBODY + handle.substring(handle.lastIndexOf('@') + 1);
    }

    static String namelessPattern() {
        return SOMEBODY + "%";
    }
}
