package fr.tambour.conversation;

import fr.tambour.town.TownId;

/** A channel over which the town answers. All in the caller's transaction, with which it leaves or does not. */
public interface AnswerCarrier {

    /** Its name, as it says in what it brings. */
    String channel();

    void carry(TownAnswer answer);

    /** Asks those to whom it went to drop it. */
    void takeBack(TownAnswer answer);

    /** Nothing is told any more to somebody, or to a whole server. */
    void cutOff(TownId town, Blocked whom);

    /** @param name what the channel knows them by, or a server's host */
    record Blocked(Scope scope, String name) {}

    enum Scope {
        AUTHOR,
        HOST
    }
}
