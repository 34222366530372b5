package fr.tambour.conversation.internal;

import fr.tambour.town.TownId;
import java.util.List;
import java.util.Optional;

/** How a town answers. Every method belongs into a transaction of the caller. */
public interface Preferences {

    /**
     * @param secondPerson whether somebody else releases what one has written
     * @param insults words to be pointed out, as they were written
     */
    record Settings(boolean secondPerson, List<String> insults) {

        public static final Settings DEFAULTS = new Settings(false, List.of());

        public Settings {
            insults = List.copyOf(insults);
        }
    }

    /** A text that the desk keeps for what is asked often. */
    record SavedReply(long id, String title, String text) {}

    Settings of(TownId town);

    void put(TownId town, Settings settings);

    /** By their titles. */
    List<SavedReply> replies(TownId town);

    Optional<SavedReply> reply(TownId town, long id);

    /** Adds it, or takes the place of the one with that id. */
    void put(TownId town, SavedReply reply);

    void removeReply(TownId town, long id);
}
