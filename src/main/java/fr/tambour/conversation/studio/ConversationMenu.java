package fr.tambour.conversation.studio;

import fr.tambour.conversation.ConversationRights;
import fr.tambour.conversation.internal.Appeals;
import fr.tambour.conversation.internal.Guard;
import fr.tambour.conversation.internal.Messages;
import fr.tambour.people.People;
import fr.tambour.town.TownId;
import fr.tambour.ui.MenuEntry;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What comes back, in the studio's menu, with how much of it nobody has opened. */
@Component
class ConversationMenu implements MenuEntry.Provider {

    private static final int MOST_COUNTED = 99;

    private final People people;
    private final Messages messages;
    private final Guard guard;
    private final Appeals appeals;
    private final Words words;
    private final TransactionTemplate reading;

    ConversationMenu(
            People people,
            Messages messages,
            Guard guard,
            Appeals appeals,
            Words words,
            PlatformTransactionManager transactions) {
        this.people = people;
        this.messages = messages;
        this.guard = guard;
        this.appeals = appeals;
        this.words = words;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Override
    public List<MenuEntry> entries(Scope scope) {
        TownId town = new TownId(scope.townId());
        return people.signedIn(town)
                        .filter(actor -> actor.may(ConversationRights.READ))
                        .isPresent()
                ? List.of(new MenuEntry(
                        MenuEntry.Group.DESK,
                        40,
                        words.in(scope.locale()).get("conversation.title"),
                        InboxController.PATH,
                        count(town)))
                : List.of();
    }

    private @Nullable String count(TownId town) {
        Integer waiting = reading.execute(status -> messages.unread(town, MOST_COUNTED + 1)
                + guard.reportsWaiting(town, MOST_COUNTED + 1)
                + appeals.waitingCount(town, MOST_COUNTED + 1));
        if (waiting == null || waiting == 0) {
            return null;
        }
        return waiting > MOST_COUNTED ? MOST_COUNTED + "+" : Integer.toString(waiting);
    }
}
