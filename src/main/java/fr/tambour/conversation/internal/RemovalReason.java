package fr.tambour.conversation.internal;

import java.util.Locale;

/** Why something is hidden, as its author would be told (modelled on article 17 of the Digital Services Act). */
public enum RemovalReason {
    /** Against the law: which, is said in words. */
    ILLEGAL,
    /** Against the rules of the account: which, is said in words. */
    RULES,
    SPAM,
    /** Somebody's personal data. */
    PERSONAL_DATA,
    /** For a reason that is said in words. */
    OTHER;

    /** Whether it says too little by itself (article 17(3)(d) and (e)). */
    boolean wantsWords() {
        return this == ILLEGAL || this == RULES || this == OTHER;
    }

    /** Message key of its words. */
    public String key() {
        return "conversation.reason." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
