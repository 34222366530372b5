package fr.tambour.people;

import fr.tambour.town.TownId;
import java.util.Map;
import java.util.Set;

/**
 * What entries of the journal are about, told by the module whose actions they record: an entry holds a bare identifier, a reader wants a name
 * and a way there.
 */
public interface JournalSubjects {

    /**
     * @param name what it is called now; empty where it has no name yet
     * @param href path of the staff page where it can be read
     */
    record Subject(String name, String href) {}

    /** Whether entries with this action, {@code notice.published}, are about its things. */
    boolean knows(String action);

    /**
     * @param subjects as entries hold them, at most one page of the journal
     * @return those that still exist
     */
    Map<String, Subject> named(TownId town, Set<String> subjects);
}
