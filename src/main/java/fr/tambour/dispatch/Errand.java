package fr.tambour.dispatch;

import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a channel needs to know of a dispatch to find its recipients and to write to them.
 *
 * @param revision the revision that is told; of a withdrawal, the one that was public
 * @param audience whom the revision is for
 * @param hours who of them is told by this dispatch
 * @param openedAt when it was published: whoever's quiet hours split it, it is those of then
 * @param until its end, exclusive; null where it has none
 * @param earlier whom earlier dispatches of the same notice may have reached: a correction or a withdrawal goes to them too
 */
public record Errand(
        long dispatch,
        TownId town,
        NoticeId notice,
        int revision,
        Dispatch.Purpose purpose,
        Audience audience,
        Hours hours,
        Instant openedAt,
        @Nullable Instant until,
        List<Reach> earlier) {

    public Errand {
        earlier = List.copyOf(earlier);
    }

    /** Which dispatch it is: two towns may each have one of the same number. */
    public record Key(TownId town, long dispatch) {}

    public Key key() {
        return new Key(town, dispatch);
    }

    /**
     * Quiet hours split a publication or a correction into the dispatch of now and one for each hour at which somebody's end.
     * These share out whoever is to be told, whom earlier dispatches may have reached included: nobody is told by two.
     */
    public sealed interface Hours {

        /** Whoever is not in quiet hours at this hour of the town's clock. */
        record Awake(int hour) implements Hours {}

        /** Whoever was in quiet hours at {@code asleepAt} that end at {@code until}. */
        record Waking(int asleepAt, int until) implements Hours {}

        /** Everybody: an emergency knows no quiet hours. */
        record Any() implements Hours {}

        /** Nobody of its own audience, but whom earlier dispatches may have reached: it takes back what they told. */
        record Reached() implements Hours {}
    }

    /**
     * Recipients whom an earlier dispatch may have reached: those with keys above {@code from} and up to {@code to} whom it
     * was for by choices in force while it ran.
     *
     * @param openedAt when it was published
     * @param at when it could begin: then, or when quiet hours ended
     * @param through when everybody was accounted for: nobody was told later; null while somebody is not
     */
    public record Reach(
            long from,
            long to,
            Audience audience,
            Hours hours,
            Instant openedAt,
            Instant at,
            @Nullable Instant through) {}
}
