package fr.tambour.phone.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one push. */
public sealed interface PushAnswer {

    /** The service took it (201, 202, 200). */
    record Accepted() implements PushAnswer {}

    /** The device asked for nothing any more (404, 410). */
    record Gone() implements PushAnswer {}

    /** 413. */
    record TooLarge() implements PushAnswer {}

    /**
     * Not now (429, 5xx).
     *
     * @param after what the service asked for, bounded to a day; null where it asked for nothing
     */
    record Later(int status, @Nullable Duration after) implements PushAnswer {

        /** For this device, or for all: it does not say which. */
        public static final int TOO_MANY = 429;
    }

    /**
     * Any other status: the service will not have it.
     *
     * @param status {@link #HERE} where it was not even asked, since the device's keys are none of Web Push
     */
    record Refused(int status) implements PushAnswer {

        public static final int HERE = 0;
    }

    /** {@link PushMessage#leaveBy} came before it had left. */
    record Expired() implements PushAnswer {}

    /** It was {@link PushMessage#wanted} no more when it was about to leave. */
    record Recalled() implements PushAnswer {}

    /** Nobody answers there, or the address is none that may be called; nothing was sent. */
    record Unreachable(String reason) implements PushAnswer {}

    /** The request left and no whole answer came. */
    record Unanswered(String reason) implements PushAnswer {}
}
