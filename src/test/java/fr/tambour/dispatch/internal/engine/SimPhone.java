package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.FannedOutChannel.Recipient;

/** A recipient of the simulation: a phone, somebody who is told by letter, or a server's inbox. */
public record SimPhone(long town, long key, String origin) implements Recipient {

    public static final String PHONE = "phone";
    public static final String LETTER = "letter";

    /** It is told by several messages, one after the other, none of which does harm twice; who missed a notice is noted. */
    public static final String INBOX = "inbox";

    String channel() {
        return channelOf(origin);
    }

    static String channelOf(String origin) {
        if (origin.startsWith(LETTER)) {
            return LETTER;
        }
        return origin.startsWith(INBOX) ? INBOX : PHONE;
    }
}
