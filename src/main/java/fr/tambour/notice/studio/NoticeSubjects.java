package fr.tambour.notice.studio;

import fr.tambour.notice.DeskQueries;
import fr.tambour.people.JournalSubjects;
import fr.tambour.town.TownId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Notices by their titles in the journal. */
@Component
class NoticeSubjects implements JournalSubjects {

    private final DeskQueries queries;

    NoticeSubjects(DeskQueries queries) {
        this.queries = queries;
    }

    @Override
    public boolean knows(String action) {
        return action.startsWith("notice.");
    }

    @Override
    public Map<String, Subject> named(TownId town, Set<String> subjects) {
        Map<String, Subject> named = new HashMap<>();
        queries.titlesByRef(town, subjects)
                .forEach((ref, title) -> named.put(ref, new Subject(title, "/studio/avis/" + ref)));
        return named;
    }
}
