package fr.tambour.dispatch;

import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where notices went: the ground of their account. */
public interface Dispatches {

    /** For so long after a notice's end who was told of it is still known; a later erratum goes to whom it can find. */
    Duration AFTERWARDS = Duration.ofDays(30);

    /** All of one notice, oldest first. */
    List<Dispatch> of(TownId town, NoticeId notice);

    /** What became of each revision over each channel, oldest first. */
    List<Account> accounts(TownId town, NoticeId notice);

    /**
     * How many an account's dispatches have still to tell, those to be tried again among them.
     *
     * @param all accounts of its notice
     */
    Left left(Account account, List<Account> all);

    /**
     * All that is in the books is of a backup that was just restored: what of it is under way is held until its town resumes,
     * whatever the clock says, and nothing else is. Belongs into the transaction that restores.
     */
    void restored();

    /**
     * A town resumes: what of it was held since a restore goes on. What takes back, which was to reach people within some days, has
     * as many from now on. Belongs into the transaction that resumes.
     */
    void resumed(TownId town, Instant now);

    /**
     * What was under way in the backup that was restored and goes on as soon as its town resumes, the oldest first; neither
     * what a person had paused, nor what is over; what takes back is not over while it is held. To count who is left takes a while where they are many.
     */
    List<Held> heldByRestore(TownId town, Instant now, int limit);

    /**
     * A notice that a restore holds back.
     *
     * @param since when it came out, or what follows it
     */
    record Held(NoticeId notice, Instant since, Left left) {}

    /**
     * When those dispatches over a channel ran that a correction or a withdrawal may still have to follow, or follows just
     * now: meanwhile somebody's choices decided whether they were told. Not those of a notice that was withdrawn or has been
     * over for {@link #AFTERWARDS}, once nothing of it is under way.
     */
    List<Span> followed(TownId town, String channel, Instant now);

    /**
     * While a dispatch ran.
     *
     * @param from when it could begin
     * @param through when everybody was accounted for; null while somebody is not
     */
    record Span(Instant from, @Nullable Instant through) {}

    /**
     * How many are left.
     *
     * @param expected how many there were to be told in all
     * @param about whether that is a guess: a correction or a withdrawal finds out as it goes whom earlier ones reached
     */
    record Left(long count, long expected, boolean about) {

        public static final Left NONE = new Left(0, 0, false);

        public Left plus(Left more) {
            return new Left(count + more.count, expected + more.expected, about || more.about);
        }
    }
}
