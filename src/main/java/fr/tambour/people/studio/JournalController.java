package fr.tambour.people.studio;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.audit.RecordedEntry;
import fr.tambour.people.Actor;
import fr.tambour.people.JournalSubjects;
import fr.tambour.people.People;
import fr.tambour.people.PeopleRights;
import fr.tambour.people.PersonId;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The journal as an administrator reads it. */
@Controller
class JournalController {

    private static final int SIZE = 50;

    private final Audit audit;
    private final People people;
    private final List<JournalSubjects> subjects;
    private final Words words;
    private final Clock clock;

    JournalController(Audit audit, People people, List<JournalSubjects> subjects, Words words, Clock clock) {
        this.audit = audit;
        this.people = people;
        this.subjects = subjects;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping("/studio/journal")
    ModelAndView read(
            Actor actor,
            Town town,
            @RequestParam(name = "avant", defaultValue = "" + Long.MAX_VALUE) long before,
            Locale locale) {
        actor.require(PeopleRights.AUDIT);
        List<RecordedEntry> found = audit.page(town.id().value(), before, SIZE + 1);
        List<RecordedEntry> shown = found.subList(0, Math.min(SIZE, found.size()));
        Map<PersonId, String> names = people.namesOf(persons(shown));
        Map<String, JournalSubjects.Subject> things = things(town, shown);
        Words said = words.in(locale);
        LocalDate today = LocalDate.ofInstant(clock.instant(), town.zone());
        JournalPage page = new JournalPage(
                shown.stream()
                        .map(entry -> line(entry, names, things, said, town, today))
                        .toList(),
                before == Long.MAX_VALUE ? null : "/studio/journal",
                found.size() > SIZE ? "/studio/journal?avant=" + shown.getLast().number() : null);
        return new ModelAndView("people/studio/journal", Map.of("page", page));
    }

    private Map<String, JournalSubjects.Subject> things(Town town, List<RecordedEntry> entries) {
        Map<String, JournalSubjects.Subject> things = new HashMap<>();
        for (JournalSubjects known : subjects) {
            Set<String> asked = entries.stream()
                    .map(RecordedEntry::entry)
                    .filter(entry -> known.knows(entry.action()))
                    .map(AuditEntry::subject)
                    .collect(Collectors.toSet());
            things.putAll(known.named(town.id(), asked));
        }
        return things;
    }

    /** Who did something, and to whom, where the subject is a person. */
    private static Set<PersonId> persons(List<RecordedEntry> entries) {
        Set<PersonId> ids = new HashSet<>();
        for (RecordedEntry recorded : entries) {
            ids.add(new PersonId(recorded.entry().personId()));
            subjectPerson(recorded.entry()).ifPresent(ids::add);
        }
        return ids;
    }

    /** The entries of this room are about people by their numbers, but for invitations and tokens. */
    private static Optional<PersonId> subjectPerson(AuditEntry entry) {
        boolean person = entry.action().startsWith("people.")
                && !entry.action().startsWith("people.token-")
                && !entry.action().startsWith("people.invit")
                && entry.subject().matches("\\d{1,19}");
        return person ? Optional.of(new PersonId(Long.parseLong(entry.subject()))) : Optional.empty();
    }

    private static JournalPage.Line line(
            RecordedEntry recorded,
            Map<PersonId, String> names,
            Map<String, JournalSubjects.Subject> things,
            Words said,
            Town town,
            LocalDate today) {
        AuditEntry entry = recorded.entry();
        JournalSubjects.Subject thing = things.get(entry.subject());
        PersonId by = new PersonId(entry.personId());
        String key = "audit.action." + entry.action();
        JournalDetails details = new JournalDetails(said, town, today);
        return new JournalPage.Line(
                recorded.number(),
                said.moment(recorded.at().atZone(town.zone()), today),
                recorded.at().toString(),
                names.getOrDefault(by, ""),
                said.has(key) ? said.get(key) : entry.action(),
                thing == null
                        ? subjectPerson(entry)
                                .map(person -> person.equals(by) ? "" : names.getOrDefault(person, ""))
                                .orElseGet(() -> details.subject(entry.subject()))
                        : thing.name().isBlank() ? said.get("audit.untitled") : thing.name(),
                thing == null ? null : thing.href(),
                new TreeMap<>(entry.details())
                        .entrySet().stream()
                                .map(detail -> details.line(entry.action(), detail.getKey(), detail.getValue()))
                                .toList());
    }
}
