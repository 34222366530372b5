package fr.tambour.phone.internal;

import fr.tambour.dispatch.Choices.QuietHours;
import fr.tambour.dispatch.FannedOutChannel;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One phone that asked to be told.
 *
 * @param origin its push service's host
 * @param language BCP 47: which words it gets
 * @param quiet when nothing but an alert may ring; null for never
 */
public record Phone(
        long key,
        String origin,
        PushEndpoint endpoint,
        String language,
        @Nullable QuietHours quiet) implements FannedOutChannel.Recipient {

    /** One that may ring at any hour, or is not told of a notice. */
    public Phone(long key, String origin, PushEndpoint endpoint, String language) {
        this(key, origin, endpoint, language, null);
    }

    /**
     * Whether its quiet hours run; in their last minute they do no more: whoever waited for their end went by another clock.
     *
     * @param now by the town's clock
     */
    boolean isQuiet(ZonedDateTime now) {
        return quiet != null
                && quiet.covers(now.getHour())
                && quiet.covers(now.plusMinutes(1).getHour());
    }
}
