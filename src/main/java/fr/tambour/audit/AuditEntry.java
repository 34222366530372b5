package fr.tambour.audit;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Something that was done and is to be remembered.
 *
 * @param townId whose journal it belongs to; 0 for the instance itself
 * @param personId who did it; 0 for the system
 * @param action what, as {@code module.verb}: {@code notice.published}. Shown by the message
 *     {@code audit.action.<action>}
 * @param subject to what: an id, a slug, an address of a thing; never a person's name
 * @param details what else helps to understand it later, as words or ids; no personal data. A value of more than 1,000
 *     characters is cut where it is written
 */
public record AuditEntry(long townId, long personId, String action, String subject, Map<String, String> details) {

    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)+");
    private static final int ACTION_LENGTH = 80;
    private static final int SUBJECT_LENGTH = 200;

    /** @throws IllegalArgumentException if the action is not like {@code module.verb}, or the subject is a text */
    public AuditEntry {
        if (action.length() > ACTION_LENGTH || !ACTION.matcher(action).matches()) {
            throw new IllegalArgumentException("Not an action like module.verb: " + action);
        }
        if (subject.length() > SUBJECT_LENGTH) {
            throw new IllegalArgumentException("A subject is an id, not a text of " + subject.length() + " characters");
        }
        details = Map.copyOf(details);
    }

    public AuditEntry(long townId, long personId, String action, String subject) {
        this(townId, personId, action, subject, Map.of());
    }
}
