package fr.tambour.conversation.internal;

import fr.tambour.conversation.Incoming.Held;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.PersonId;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What others said to the town. Every method belongs into a transaction of the caller. */
public interface Messages {

    /**
     * What is said about one notice, or about none.
     *
     * @param waiting how many are open
     * @param unread how many of those nobody has opened
     * @param latest when the last of them arrived
     */
    record Discussion(Optional<NoticeId> notice, int total, int waiting, int unread, Instant latest) {}

    /** How many public replies stand, and how many people wrote them. */
    record Spoken(int replies, int authors) {}

    /** @return false where one of that name is kept already */
    boolean add(TownId town, Message message);

    Optional<Message> find(TownId town, long id);

    Optional<Message> named(TownId town, String name);

    Optional<Held> held(TownId town, String name);

    boolean anyOf(TownId town, String author);

    /** How many came from a server about a notice, or about none, since then. */
    int arrived(TownId town, String host, @Nullable NoticeId notice, Instant since);

    /** The same of one person. */
    int arrivedOf(TownId town, String author, @Nullable NoticeId notice, Instant since);

    int openOf(TownId town, String author);

    /** What is open and unread, in the whole town; no more than {@code most}. */
    int unread(TownId town, int most);

    /** Those that have unread ones first, then those that have open ones, then the others; the last to arrive first. */
    List<Discussion> discussions(TownId town, Message.@Nullable State state, int limit, int offset);

    /** Of one discussion; in the same order. */
    List<Message> of(TownId town, Optional<NoticeId> notice, Message.@Nullable State state, int limit, int offset);

    /** How many have the same words, by fingerprint; those that have none are left out. */
    Map<String, Integer> repeats(TownId town, Collection<String> fingerprints);

    /** What is public and not hidden. */
    Spoken publicOf(TownId town, NoticeId notice);

    /**
     * It reads otherwise, and is open and unread again. One that is hidden or gone, or was changed later by its author's clock, stays
     * as it was.
     */
    void change(TownId town, long id, Message changed, Instant now);

    /** It reads the same, whenever its author has touched it last. */
    void confirm(TownId town, long id, Instant edited);

    /** It reads otherwise where it stands; here it stays as it was, and says so. */
    void outgrown(TownId town, long id, Instant now);

    /** Nothing where it has another version by now. */
    void read(TownId town, long id, long seen, Instant now);

    void assign(TownId town, long id, @Nullable PersonId to, Instant now);

    /** Somebody acts upon it as they have seen it. False where it has moved on since. */
    boolean advance(TownId town, long id, long seen);

    /** Whoever has it before them has to look again. */
    void advance(TownId town, long id);

    /** False where it is hidden: that stands until it is {@link #reopen}ed. */
    boolean settle(TownId town, long id, Instant now);

    /** What was settled is open and unread again: its answer did not arrive. One that is hidden or gone stays as it is. */
    void unsettle(TownId town, long id, Instant now);

    /** Open again; that it was hidden, and why, is forgotten. */
    /** @return false where it is not in this state any more */
    boolean reopen(TownId town, long id, Message.State from, Instant now);

    /** False where it is hidden already: the first reason stands. */
    boolean hide(TownId town, long id, Message.Removal removal);

    void note(TownId town, long id, String note, Instant now);

    /** What is not kept any more. */
    record Gone(String name, Optional<NoticeId> notice, String host, Instant arrived) {}

    /**
     * Its author takes it back: what a moderator removed stays for a judge, of what was answered who said it.
     *
     * @return what nothing is left of, not even a row
     */
    Optional<Gone> takeBack(TownId town, String author, String name, Instant now);

    /**
     * The same of all that somebody wrote; of what was answered nothing stays of them.
     *
     * @return all of it
     */
    List<Gone> takeBackAll(TownId town, String author, Instant now);

    /** Lets go of what was last touched before, of any town, of so many at most: of what was answered nothing stays but that. */
    int purgeTouched(Instant before, int limit);

    /** The same of what was removed before. */
    int purgeRemoved(Instant before, int limit);
}
