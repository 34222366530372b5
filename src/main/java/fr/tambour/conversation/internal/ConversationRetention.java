package fr.tambour.conversation.internal;

import java.time.Duration;

/** For how long what strangers said is kept. */
public final class ConversationRetention {

    /** Since anything last happened to it; of what was removed, since its removal: for its author, and for a judge. */
    public static final int DAYS = 365;

    /** That something was taken back: nobody sends it again after that. */
    public static final int TAKEN_BACK_DAYS = 30;

    static final Duration KEPT = Duration.ofDays(DAYS);

    /** How many came, and how many were not kept. */
    public static final int COUNTED_DAYS = 30;

    static final Duration COUNTED = Duration.ofDays(COUNTED_DAYS);

    private ConversationRetention() {}
}
