package fr.tambour.dispatch;

import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One revision going out over one channel.
 *
 * @param revision which
 * @param purpose why it goes
 * @param state how far it is
 * @param until from when on nothing of it may leave: the notice's own end, or of what takes it back one of its own, some days
 *     on; null of what takes back where that is only shown, and while it waits for its town after a restore
 * @param carried whether it goes to recipients one by one; else it was out with the publishing transaction
 * @param takesBack whether it goes to those alone whom earlier ones may have reached: that is held up by nobody
 * @param heldBy who holds it back, if anybody does
 * @param openedAt when the publishing transaction wrote it
 * @param notBefore when it may begin: at once, or when quiet hours end
 * @param settledAt when nothing was left to do
 */
public record Dispatch(
        long id,
        TownId town,
        NoticeId notice,
        int revision,
        String channel,
        Purpose purpose,
        State state,
        @Nullable Instant until,
        boolean carried,
        boolean takesBack,
        @Nullable Holder heldBy,
        Instant openedAt,
        Instant notBefore,
        @Nullable Instant settledAt) {

    /** Why something goes out. */
    public enum Purpose {
        PUBLICATION,
        CORRECTION,
        WITHDRAWAL
    }

    /** Who lets nothing leave for now; of several the last is named, which lasts whatever becomes of the others. */
    public enum Holder {
        /** Nobody, but this server does not have its channel: until it does. Another one may carry it all the while. */
        CHANNEL,
        /** Until a person resumes it. */
        PERSON,
        /** Like all that was under way in the backup: until its town resumes. */
        RESTORE;

        /** Whether it lets nothing leave anywhere. */
        boolean isEverywhere() {
            return this != CHANNEL;
        }
    }

    /** How far a dispatch is. */
    public enum State {
        /** Not everything is settled yet. */
        OPEN,
        /** Nothing is left to do. */
        SETTLED,
        /** A later one took its place, or a person stopped it, before it was through. */
        STOPPED
    }
}
