package fr.tambour.notice;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Says before anything leaves how many a channel would reach. Whoever carries notices implements it. */
public interface Outreach {

    /** What a notice would do over one channel. */
    sealed interface Way {

        /** It is shown to whoever looks; nobody can say how many. */
        record Shown() implements Way {}

        /**
         * It is told to people one by one.
         *
         * @param now how many at once
         * @param later how many when their quiet hours end, by when that is
         * @param tooLate how many not at all, since the notice is over before their quiet hours are
         */
        record Told(long now, SortedMap<Instant, Long> later, long tooLate) implements Way {

            public Told {
                later = Collections.unmodifiableSortedMap(new TreeMap<>(later));
            }
        }
    }

    /** Whether what goes over it is told to people one by one, so that it takes a while. */
    boolean tells(String channel);

    /**
     * What would happen if the draft were released now: of a correction, by the choices in force now; it goes to those, too,
     * whom the notice has reached already.
     *
     * @return empty where there is no such channel to carry it
     */
    Optional<Way> way(DraftView draft, String channel);
}
