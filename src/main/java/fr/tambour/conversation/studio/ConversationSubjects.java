package fr.tambour.conversation.studio;

import fr.tambour.conversation.internal.KnownLists;
import fr.tambour.conversation.internal.Messages;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.JournalSubjects;
import fr.tambour.town.TownId;
import fr.tambour.ui.Words;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whose message somebody dealt with, in the journal, as long as it is kept. */
@Component
class ConversationSubjects implements JournalSubjects {

    private final Messages messages;
    private final KnownLists lists;
    private final DeskQueries queries;
    private final Words words;
    private final TransactionTemplate reading;

    ConversationSubjects(
            Messages messages,
            KnownLists lists,
            DeskQueries queries,
            Words words,
            PlatformTransactionManager transactions) {
        this.messages = messages;
        this.lists = lists;
        this.queries = queries;
        this.words = words;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Override
    public boolean knows(String action) {
        return action.startsWith("conversation.");
    }

    @Override
    public Map<String, Subject> named(TownId town, Set<String> subjects) {
        Words said = words.in(LocaleContextHolder.getLocale());
        Map<String, Subject> named = new HashMap<>();
        Set<Long> ids = subjects.stream()
                .filter(subject -> subject.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .collect(Collectors.toSet());
        reading.executeWithoutResult(status -> {
            ids.forEach(id -> messages.find(town, id)
                    .ifPresent(message -> named.put(
                            Long.toString(id),
                            new Subject(MessageLines.who(message, said), InboxController.PATH + "/" + id))));
            ids.forEach(id -> lists.find(town, id)
                    .ifPresent(list -> named.put(
                            Long.toString(id),
                            new Subject(BlockListController.title(list, said), BlockListController.path(id)))));
            // A notice whose answers were slowed down or stopped.
            queries.titles(town, ids.stream().map(NoticeId::new).collect(Collectors.toSet()))
                    .forEach((notice, title) -> named.put(
                            Long.toString(notice.value()), new Subject(title, "/studio/avis/" + notice.ref())));
        });
        return named;
    }
}
