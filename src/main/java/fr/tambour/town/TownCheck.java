package fr.tambour.town;

import java.util.List;

/** What a module finds out about a town that whoever runs the installation should know. Asked by the doctor, who waits for it. */
public interface TownCheck {

    /** Within half a minute; nothing where there is nothing to say. */
    List<Seen> look(Town town);

    /**
     * @param well whether it is as it should be
     * @param key of the sentence: what is, and what to do about it
     * @param arguments its values
     */
    record Seen(boolean well, String key, List<Object> arguments) {

        public Seen {
            arguments = List.copyOf(arguments);
        }
    }
}
