package fr.tambour.notice.internal;

import fr.tambour.mail.Mail;
import fr.tambour.mail.Mail.Message;
import fr.tambour.notice.internal.Drafts.WorkingDraft;
import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.people.Membership;
import fr.tambour.people.People;
import fr.tambour.people.Person;
import fr.tambour.people.PersonId;
import fr.tambour.storage.AfterCommit;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Words;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Tells who wrote and who approved a notice that it will not come out as they had settled: by mail, where a mail server is
 * set. The studio's home and the notice's history say the same, so a letter that is lost loses nothing.
 */
@Component
class OffSchedule {

    private final Mail mail;
    private final People people;
    private final Towns towns;
    private final ListedTitles titles;
    private final Words words;

    OffSchedule(Mail mail, People people, Towns towns, ListedTitles titles, Words words) {
        this.titles = titles;
        this.mail = mail;
        this.people = people;
        this.towns = towns;
        this.words = words;
    }

    /**
     * Once the transaction has committed; whoever no longer works for the town gets no letter.
     *
     * @param draft as it was scheduled
     * @param by who took it off, and needs no letter; the clock where it could not come out
     * @param reason what they said, may be empty
     */
    void tell(Held notice, WorkingDraft draft, PersonId by, String reason) {
        if (!mail.configured()) {
            return;
        }
        Town town = towns.get(notice.town());
        String title = titles.of(town, draft.content(), notice.exercise());
        Map<PersonId, Message> letters = new LinkedHashMap<>();
        Stream.of(draft.submittedBy(), draft.approvedBy())
                .filter(Objects::nonNull)
                .filter(person -> !person.equals(by) && !person.equals(PersonId.SYSTEM))
                .distinct()
                .flatMap(person -> people.membership(town.id(), person).stream())
                .map(Membership::person)
                .forEach(person -> letters.put(person.id(), letter(town, notice, title, person, by, reason)));
        AfterCommit.run(() -> letters.forEach((person, letter) -> mail.post(
                letter, "to person " + person + " that notice " + notice.id().ref() + " was taken off the schedule")));
    }

    private Message letter(Town town, Held notice, String title, Person to, PersonId by, String reason) {
        Words said = words.in(Locale.forLanguageTag(to.language()));
        String who = by.equals(PersonId.SYSTEM) ? "" : people.nameOf(by);
        return new Message(
                to.email(),
                said.get("notice.letter.off-schedule.subject", title),
                said.get(
                        who.isEmpty() ? "notice.letter.missed" : "notice.letter.off-schedule",
                        title,
                        who,
                        reason,
                        town.url("/studio/avis/" + notice.id().ref())));
    }
}
