package fr.tambour.notice;

import fr.tambour.town.TownId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a notice on its way out, for whoever reports of it. What carries it answers. */
public interface Carriage {

    /** How its first publication went, a row for each channel in the order in which they left; none before it came out. */
    List<Way> published(TownId town, NoticeId notice);

    /**
     * One channel.
     *
     * @param told whether people are told over it one by one; where it is only shown there is nothing to count
     * @param began when the first could be told
     * @param settled when everybody was accounted for; absent while somebody is not
     * @param accepted the service took it: that says nothing of whether anybody saw it
     * @param gone no longer there
     * @param failed refused for good, or given up after many attempts
     * @param waiting to be tried again
     * @param others not told because the end or a person came first, or nobody can tell
     * @param first when the first was accepted
     * @param last when the last was accepted
     * @param median how long after {@code began} half of them were accepted; to two digits
     * @param p95 the same of 95 in a hundred
     */
    record Way(
            String channel,
            boolean told,
            Instant began,
            @Nullable Instant settled,
            long accepted,
            long gone,
            long failed,
            long waiting,
            long others,
            @Nullable Instant first,
            @Nullable Instant last,
            @Nullable Duration median,
            @Nullable Duration p95) {}
}
