package fr.tambour.notice;

import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.SortedSet;

/**
 * Called inside the transaction of every public transition. What it writes commits with it; what it throws undoes it.
 * Implementations use {@code Propagation.MANDATORY}.
 */
public interface NoticeStep {

    void taken(Step step);

    /** A public transition. */
    sealed interface Step {
        TownId town();

        NoticeId notice();

        /** When, by the notice's own columns. */
        Instant at();

        /**
         * A revision became public.
         *
         * @param revision its number
         * @param correction whether an earlier revision had been
         * @param channels over which it goes
         * @param until its end, exclusive
         */
        record Published(
                TownId town,
                NoticeId notice,
                Instant at,
                int revision,
                boolean correction,
                boolean emergency,
                SortedSet<String> channels,
                Instant until)
                implements Step {}

        /** It was taken back. */
        record Withdrawn(TownId town, NoticeId notice, Instant at, int revision) implements Step {}

        /** Its end came. */
        record Expired(TownId town, NoticeId notice, Instant at, int revision) implements Step {}
    }
}
