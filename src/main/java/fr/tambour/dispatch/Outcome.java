package fr.tambour.dispatch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one recipient's message: a closed set. */
public sealed interface Outcome {

    /** The service took it. Whether anybody sees it, nobody can know. */
    record Accepted() implements Outcome {}

    /**
     * Not now, but later.
     *
     * @param after as the service asked for; null where it asked for nothing
     * @param reason in a word, for the account: {@code 429}, {@code unreachable}
     * @param inDoubt whether it may have arrived all the same: it left, and no whole answer came
     */
    record RetryAt(@Nullable Duration after, String reason, boolean inDoubt) implements Outcome {

        /** It has not arrived. */
        public RetryAt(@Nullable Duration after, String reason) {
            this(after, reason, false);
        }
    }

    /**
     * Too many (429): for this recipient, or for whoever is there. Services limit both, and do not say which.
     *
     * @param after as the service asked for; null where it asked for nothing
     */
    record TooMany(@Nullable Duration after) implements Outcome {}

    /** The recipient is there no more. */
    record Gone() implements Outcome {}

    /** The service will not have it, now or later. */
    record Rejected(String reason) implements Outcome {}

    /** A person must sign the town in anew. */
    record NeedsSignIn() implements Outcome {}

    /** The service takes no more from this town for now. */
    record OverQuota(@Nullable Duration after) implements Outcome {}

    /** Its end came before it left. */
    record Expired() implements Outcome {}

    /** It was called back before it left. */
    record Recalled() implements Outcome {}

    /** Of several messages some have arrived, and the rest has not left for lack of time: nobody failed, and it goes on soon. */
    record Unfinished() implements Outcome {}

    /** It may have arrived, and must not be sent again. */
    record Unknown(String reason) implements Outcome {}
}
