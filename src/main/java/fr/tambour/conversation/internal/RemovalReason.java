package fr.tambour.conversation.internal;

import java.util.Locale;

/** Why something is hidden, as its author would be told (modelled on article 17 of the Digital Services Act). */
public enum RemovalReason {
    /** Against the law. */
    ILLEGAL,
    /** Against the rules of the account. */
    RULES,
    SPAM,
    /** Somebody's personal data. */
    PERSONAL_DATA,
    /** For a reason that is said in words. */
    OTHER;

    /** Message key of its words. */
    public String key() {
        return "conversation.reason." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
