package fr.tambour.conversation.internal;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.Author;
import fr.tambour.conversation.Report;
import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is kept out, what was taken back, how many came and how many were not kept, and what others report. Every method belongs into
 * a transaction of the caller.
 */
public interface Guard {

    /** Something that another server reports. */
    record Reported(long id, String host, Optional<NoticeId> notice, String text, Instant at, boolean done) {}

    /** What is counted by server and day, and of what no more than so many are kept. */
    enum Arrival {
        MESSAGE(1_000),
        REACTION(10_000),
        TAKEN_BACK(2_000);

        private final int most;

        Arrival(int most) {
            this.most = most;
        }

        public int mostADay() {
            return most;
        }
    }

    /** @param handle {@code alice@other.example}; empty where it is not known */
    boolean isBlocked(TownId town, String author, String handle, String host);

    /** Those of these servers that are kept out; one question for all. */
    Set<String> blocked(TownId town, Collection<String> hosts);

    default boolean isBlocked(TownId town, Author author) {
        return isBlocked(town, author.id(), author.handle(), author.host());
    }

    /** @return false where they are blocked already */
    boolean block(TownId town, Block block);

    /**
     * Who is blocked by an address is this.
     *
     * @param address as {@link Block#address} gives it
     * @return false where it is not blocked
     */
    boolean isKnownAs(TownId town, String address, String author);

    Optional<Block> lift(TownId town, long id);

    /**
     * The last first.
     *
     * @param named a part of what the desk reads; empty: all
     */
    List<Block> blocks(TownId town, String named, int limit, int offset);

    int blocks(TownId town);

    /** Servers that are kept out, by their names. */
    List<Block> servers(TownId town);

    /** What they are kept out by. */
    Set<String> names(TownId town, Scope scope);

    /** Those that came by a list, by what the desk reads. */
    List<Block> ofList(TownId town, long list, int limit);

    int amountOfList(TownId town, long list);

    /** Of whom was blocked before then nothing stays but what they are known again by, and their server. Of any town. */
    int forgetNames(Instant before, int limit);

    /**
     * Something about a notice, or about none, that is not kept, or not any more.
     *
     * @param arrived when it was kept; null where it never was
     */
    record Departed(
            String name,
            Optional<NoticeId> notice,
            String author,
            String host,
            @Nullable Instant arrived) {}

    /** What answers it is about the same. */
    void depart(TownId town, Departed departed, Instant now);

    /** Which notice that was about. */
    Optional<NoticeId> noticeOfDeparted(TownId town, String name);

    /** How many of what came since then from a server about a notice, or about none, are not here any more. */
    int departed(TownId town, String host, @Nullable NoticeId notice, Instant since);

    /** The same of one person. */
    int departedOf(TownId town, String author, @Nullable NoticeId notice, Instant since);

    /** About whatever it was. */
    int departedOf(TownId town, String author, Instant since);

    /** Of any town, no more than so many. */
    int purgeDeparted(Instant before, int limit);

    /** It was taken back: it does not return for a while. */
    void bury(TownId town, String author, String name, Instant now);

    boolean isBuried(TownId town, String author, String name);

    /**
     * Somebody brings it; whoever takes it back at the same moment waits until the caller's transaction is over, and finds it then.
     *
     * @return false where it was taken back
     */
    boolean arrivesBeforeItsEnd(TownId town, String author, String name, Instant now);

    /** @return how many came of it that day, this one among them */
    long arrives(TownId town, String host, LocalDate day, Arrival kind);

    /** Servers from which more came in a day since then than is kept. */
    List<String> beyond(TownId town, Arrival kind, LocalDate since);

    /** @return how many that day, this one among them */
    long dropped(TownId town, String host, LocalDate day);

    /** How many were not kept since that day, by server. */
    Map<String, Long> dropped(TownId town, LocalDate since);

    /** Once, by its name. */
    void report(TownId town, long id, Report report, Instant now);

    int reportsSince(TownId town, String host, Instant since);

    /**
     * Those that wait, the last first.
     *
     * @param settled followed by those that do not
     */
    List<Reported> reports(TownId town, boolean settled, int limit);

    /** @return no more than {@code most} */
    int reportsWaiting(TownId town, int most);

    boolean settleReport(TownId town, long id, Instant now);

    /** Of any town, no more than so many. */
    int purgeReports(Instant before, int limit);

    /** Of any town, no more than so many of each. */
    int purgeCounts(LocalDate before, int limit);

    /** Of any town, no more than so many. */
    int purgeTombstones(Instant before, int limit);
}
