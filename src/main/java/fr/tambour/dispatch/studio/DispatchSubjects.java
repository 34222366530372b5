package fr.tambour.dispatch.studio;

import fr.tambour.notice.DeskQueries;
import fr.tambour.people.JournalSubjects;
import fr.tambour.town.TownId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Whose sending somebody paused, by its title in the journal. */
@Component
class DispatchSubjects implements JournalSubjects {

    private final DeskQueries queries;

    DispatchSubjects(DeskQueries queries) {
        this.queries = queries;
    }

    @Override
    public boolean knows(String action) {
        return action.startsWith("dispatch.");
    }

    @Override
    public Map<String, Subject> named(TownId town, Set<String> subjects) {
        Map<String, Subject> named = new HashMap<>();
        queries.titlesByRef(town, subjects)
                .forEach((ref, title) -> named.put(ref, new Subject(title, "/studio/avis/" + ref + "#diffusion")));
        return named;
    }
}
