package fr.tambour.conversation.internal;

import fr.tambour.conversation.Report;
import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is kept out, how many were not kept, and what others report. Every method belongs into a transaction of the caller. */
public interface Guard {

    /** Something that another server reports. */
    record Reported(long id, String host, Optional<NoticeId> notice, String text, Instant at, boolean done) {}

    boolean isBlocked(TownId town, String author, String host);

    /** @return false where they are blocked already */
    boolean block(TownId town, Block block);

    Optional<Block> lift(TownId town, long id);

    /** The last first. */
    List<Block> blocks(TownId town, int limit);

    void dropped(TownId town, String host, LocalDate day);

    /** How many were not kept since that day, by server. */
    Map<String, Long> dropped(TownId town, LocalDate since);

    /** Once, by its name. */
    void report(TownId town, long id, Report report, Instant now);

    int reportsSince(TownId town, String host, Instant since);

    /** Those that wait first, then the last. */
    List<Reported> reports(TownId town, int limit);

    int reportsWaiting(TownId town);

    boolean settleReport(TownId town, long id, Instant now);

    /** Of any town. */
    int purge(Instant reportedBefore, LocalDate droppedBefore);
}
