package fr.tambour.conversation.internal;

import fr.tambour.conversation.Carried;
import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the town answered. Every method belongs into a transaction of the caller. */
public interface Answers {

    void add(TownId town, Answer answer);

    Optional<Answer> find(TownId town, long id);

    /** Oldest first. */
    List<Answer> of(TownId town, long message);

    /** Those of these messages to which an answer waits for a second person. */
    Set<Long> waiting(TownId town, Collection<Long> messages);

    /** Those of these messages to which an answer stands that did not arrive. */
    Set<Long> notArrived(TownId town, Collection<Long> messages);

    /** What stands on a notice's page, the last first. */
    List<Answer> clarifications(TownId town, NoticeId notice, int limit);

    /** @return false where it waits no more */
    boolean send(TownId town, long id, Answer.Step sent);

    /** @return false where it does not stand */
    boolean withdraw(TownId town, long id, Answer.Step withdrawn);

    /** @return false where it waits no more */
    boolean discard(TownId town, long id);

    /** It is on its way again, or did not leave. */
    void carried(TownId town, long id, Carried what, Instant now);

    /**
     * What became of it on its way.
     *
     * @return false where that was known already, or it does not stand
     */
    boolean cameTo(TownId town, long id, Carried what, Instant now);
}
