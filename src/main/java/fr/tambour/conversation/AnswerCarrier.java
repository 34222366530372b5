package fr.tambour.conversation;

import fr.tambour.town.TownId;
import java.util.Collection;

/** A channel over which the town answers. All in the caller's transaction, with which it leaves or does not. */
public interface AnswerCarrier {

    /** Its name, as it says in what it brings. */
    String channel();

    /** @return false where it does not leave: too much waits for their server, or nobody knows where they read */
    boolean carry(TownAnswer answer);

    /** Asks those to whom it went to drop it. */
    void takeBack(TownAnswer answer);

    /** Whether somebody's server has moderators whom {@link #report} reaches. */
    default boolean reports(Author author) {
        return false;
    }

    /**
     * Tells the moderators of their own server about what somebody wrote, even where they are blocked here.
     *
     * @return false where it does not leave: too much waits for their server, or nobody knows where it reads
     */
    default boolean report(Complaint complaint) {
        return false;
    }

    /**
     * Nothing is told any more to these people, nor to these whole servers, but what they are owed, and what takes something back.
     * What waits for them does not leave. Where many follow it takes a moment.
     */
    void cutOff(TownId town, Collection<Blocked> whom);

    /** They are let in again: who has not been cut off yet stays. */
    void letIn(TownId town, Collection<Blocked> whom);

    /** How many follow whom that would cut off; none where following is unknown to the channel. */
    long following(TownId town, Collection<Blocked> whom);

    /**
     * @param name what the channel knows them by; what people call them, {@code alice@other.example}, in small letters; or a server's
     *     name ({@link ServerName}), for it and all that is below it
     */
    record Blocked(Scope scope, String name) {}

    enum Scope {
        AUTHOR,
        ADDRESS,
        HOST
    }
}
