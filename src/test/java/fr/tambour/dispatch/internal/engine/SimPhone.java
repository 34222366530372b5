package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.FannedOutChannel.Recipient;

/** A recipient of the simulation: a phone, or somebody who is told by letter. */
public record SimPhone(long town, long key, String origin) implements Recipient {

    public static final String PHONE = "phone";
    public static final String LETTER = "letter";

    String channel() {
        return origin.startsWith(LETTER) ? LETTER : PHONE;
    }
}
