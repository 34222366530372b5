package fr.tambour.conversation.studio;

import fr.tambour.conversation.Spread;
import fr.tambour.conversation.internal.Message;
import fr.tambour.people.People;
import fr.tambour.people.PersonId;
import fr.tambour.text.Counting;
import fr.tambour.text.Isolation;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** How a message is told in a line or two. */
@Component
class MessageLines {

    private static final int EXCERPT = 140;

    private final People people;
    private final Clock clock;

    MessageLines(People people, Clock clock) {
        this.people = people;
        this.clock = clock;
    }

    String when(Instant at, Town town, Words said) {
        return said.moment(
                at.atZone(town.zone()), clock.instant().atZone(town.zone()).toLocalDate());
    }

    /** « Alice (@alice@other.example) », « @alice@other.example », or that it is known no more. */
    static String who(Message message, Words said) {
        String handle = message.author().handle();
        if (handle.isEmpty()) {
            return said.get("conversation.nobody");
        }
        String name = message.author().name();
        return name.isEmpty()
                ? "@" + Isolation.of(handle)
                : said.get("conversation.who", Isolation.of(name), "@" + Isolation.of(handle));
    }

    /** « Partagé 14 fois, depuis 9 serveurs ; 31 mentions « J’aime » » */
    static String spread(Spread spread, Words said) {
        return spread.equals(Spread.NONE)
                ? said.get("conversation.spread.none")
                : said.get("conversation.spread", spread.reposts(), spread.servers(), spread.likes());
    }

    InboxPage.Row row(
            Message message,
            boolean answerWaits,
            boolean notArrived,
            Map<PersonId, String> names,
            Town town,
            Words said) {
        String plain = message.plain().replaceAll("\\s+", " ");
        String excerpt = Counting.firstGraphemes(plain, EXCERPT);
        return new InboxPage.Row(
                InboxController.PATH + "/" + message.id(),
                who(message, said),
                excerpt.isBlank()
                        ? said.get(message.goneAt().isPresent() ? "conversation.gone" : "conversation.wordless")
                        : excerpt.length() < plain.length() ? excerpt + "…" : excerpt,
                excerpt.isBlank() || message.language().isEmpty() ? null : message.language(),
                message.unread(),
                chips(message, answerWaits, notArrived, names, said),
                when(message.arrivedAt(), town, said));
    }

    static List<InboxPage.Chip> chips(
            Message message, boolean answerWaits, boolean notArrived, Map<PersonId, String> names, Words said) {
        List<InboxPage.Chip> chips = new ArrayList<>();
        if (message.unread()) {
            chips.add(new InboxPage.Chip(said.get("conversation.unread"), "live"));
        } else {
            chips.add(new InboxPage.Chip(
                    said.get("conversation.state." + message.state().name().toLowerCase(Locale.ROOT)),
                    switch (message.state()) {
                        case OPEN -> "";
                        case DONE -> "ok";
                        case HIDDEN -> "off";
                    }));
        }
        if (!message.open()) {
            chips.add(new InboxPage.Chip(said.get("conversation.private"), "warn"));
        }
        if (answerWaits) {
            chips.add(new InboxPage.Chip(said.get("conversation.answer-waits"), "review"));
        }
        if (notArrived) {
            chips.add(new InboxPage.Chip(said.get("conversation.answer-not-arrived"), "warn"));
        }
        message.assignee()
                .ifPresent(person -> chips.add(new InboxPage.Chip(
                        said.get("conversation.assigned-to", names.getOrDefault(person, "")), "review")));
        if (message.changedAt().isPresent()) {
            chips.add(new InboxPage.Chip(said.get("conversation.changed"), ""));
        }
        return List.copyOf(chips);
    }

    Map<PersonId, String> names(Set<PersonId> ids) {
        return people.namesOf(ids);
    }
}
