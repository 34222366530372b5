package fr.tambour.conversation.studio;

import fr.tambour.conversation.internal.Messages;
import fr.tambour.people.JournalSubjects;
import fr.tambour.town.TownId;
import fr.tambour.ui.Words;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whose message somebody dealt with, in the journal, as long as it is kept. */
@Component
class ConversationSubjects implements JournalSubjects {

    private final Messages messages;
    private final Words words;
    private final TransactionTemplate reading;

    ConversationSubjects(Messages messages, Words words, PlatformTransactionManager transactions) {
        this.messages = messages;
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
        reading.executeWithoutResult(status -> subjects.stream()
                .filter(subject -> subject.matches("\\d{1,19}"))
                .forEach(subject -> messages.find(town, Long.parseLong(subject))
                        .ifPresent(message -> named.put(
                                subject,
                                new Subject(MessageLines.who(message, said), InboxController.PATH + "/" + subject)))));
        return named;
    }
}
