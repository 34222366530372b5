package fr.tambour.notice;

import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

/**
 * Called inside the transaction of every public transition. What it writes commits with it; what it throws undoes it.
 * Implementations use {@code Propagation.MANDATORY}.
 */
public interface NoticeStep {

    /** Called once for each transition. */
    void taken(Step step);

    /** Why a revision becomes public. */
    enum Occasion {
        /** For the first time. */
        PUBLICATION,
        /** It puts an earlier one right: whoever was told of that is told again. */
        CORRECTION,
        /** It adds a language and changes nothing else: shown everywhere, told to nobody anew. */
        TRANSLATION
    }

    /** A public transition. */
    sealed interface Step {
        TownId town();

        NoticeId notice();

        /** When, by the notice's own columns. */
        Instant at();

        /** Whether it is an exercise: then nobody hears of it but those who agreed to exercises. */
        boolean exercise();

        /**
         * A revision became public; also the correction of a notice that is over and stays over.
         *
         * @param revision its number
         * @param occasion why
         * @param kind what it is; an alert goes first
         * @param exercise whether it only practises one
         * @param themes whom it is for by theme; empty: all
         * @param districts whom it is for by district; empty: the whole town
         * @param channels over which it goes
         * @param pictures the hashes of those that it shows
         * @param until its end, exclusive; not after {@code at} where it stays over
         */
        record Published(
                TownId town,
                NoticeId notice,
                Instant at,
                int revision,
                Occasion occasion,
                Kind kind,
                boolean exercise,
                SortedSet<Long> themes,
                SortedSet<Long> districts,
                SortedSet<String> channels,
                List<String> pictures,
                Instant until)
                implements Step {

            public boolean emergency() {
                return kind == Kind.EMERGENCY;
            }
        }

        /** It was taken back; {@code revision} was public until then. */
        record Withdrawn(TownId town, NoticeId notice, Instant at, boolean exercise, int revision) implements Step {}

        /** The end of {@code revision} came. */
        record Expired(TownId town, NoticeId notice, Instant at, boolean exercise, int revision) implements Step {}
    }
}
