package fr.tambour.conversation.internal;

import java.util.Locale;

/** How answers to one notice are taken in. */
public enum Pace {
    NORMAL,
    /** One an hour of a person, and few of a server. */
    SLOW,
    /** None; what is kept may still be changed and taken back. */
    STOPPED;

    /** Message key of its words. */
    public String key() {
        return "conversation.pace." + name().toLowerCase(Locale.ROOT);
    }
}
