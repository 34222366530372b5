package fr.tambour.conversation;

import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Takes in what a channel brings, in the channel's transaction. The channel has seen that it is from whom it says; whether
 * it is kept is decided here.
 */
public interface Incoming {

    /**
     * A message that is kept.
     *
     * @param author who wrote it
     * @param notice what it is about
     */
    record Held(String author, Optional<NoticeId> notice) {}

    /**
     * Whether nothing is taken in from them, or from their whole server.
     *
     * @param handle {@code alice@other.example}; empty where it is not known
     */
    boolean isBlocked(TownId town, String author, String handle, String host);

    /** Those of these servers from which nothing is taken in, whoever it is; one question for all. */
    Set<String> blocked(TownId town, Collection<String> hosts);

    /**
     * Their server says that an address is this account's: who is blocked by it is blocked by that from then on.
     *
     * @param address {@code alice@other.example}, in small letters
     * @return false where that address is not blocked
     */
    boolean isKnownAs(TownId town, String address, String author);

    Optional<Held> held(TownId town, String name);

    /** Whether anything of theirs is kept: a message, or that they liked something. */
    boolean knows(TownId town, String author);

    /** Whether they liked or passed on something by this. */
    boolean hasReaction(TownId town, String author, String activity);

    /**
     * Kept once, unless there are too many of them, or none is wanted; then they are counted. What was taken back does not return; what
     * has neither words nor attachments is not kept.
     */
    void said(TownId town, Remark remark);

    /**
     * It reads otherwise now, unless that is older than what is kept. Of what somebody else wrote nothing changes; what is not kept
     * is {@link #said}.
     */
    void changed(TownId town, Remark remark);

    /** Its author takes it back, be it here or still to come. Of what somebody else wrote nothing is taken. */
    void takenBack(TownId town, String author, String name);

    /** They are gone, and want nothing of theirs kept. */
    void authorGone(TownId town, String author);

    void reacted(TownId town, Reaction reaction);

    /** They like it no more, or do not pass it on any more. */
    void reactionTakenBack(TownId town, NoticeId notice, Reaction.Kind kind, String author);

    /** The same by the name of what they did, be it here or still to come. */
    void reactionTakenBack(TownId town, String author, String activity);

    void reported(TownId town, Report report);

    /** What became of an answer of the town's. */
    void carried(TownId town, long answer, Carried what);
}
