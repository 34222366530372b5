package fr.tambour.dispatch.studio;

import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.JournalSubjects;
import fr.tambour.town.TownId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
        Set<NoticeId> ids = subjects.stream()
                .flatMap(subject -> NoticeId.ofRef(subject).stream())
                .collect(Collectors.toSet());
        Map<String, Subject> named = new HashMap<>();
        queries.titles(town, ids)
                .forEach((id, title) ->
                        named.put(id.ref(), new Subject(title, "/studio/avis/" + id.ref() + "#diffusion")));
        return named;
    }
}
