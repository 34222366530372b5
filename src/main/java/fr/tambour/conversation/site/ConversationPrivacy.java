package fr.tambour.conversation.site;

import fr.tambour.conversation.internal.ConversationRetention;
import fr.tambour.ui.PrivacyParagraph;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is kept of whoever answers. */
@Component
class ConversationPrivacy implements PrivacyParagraph.Provider {

    private final Words words;

    ConversationPrivacy(Words words) {
        this.words = words;
    }

    @Override
    public List<PrivacyParagraph> paragraphs(Scope scope) {
        Words here = words.in(scope.locale());
        return List.of(new PrivacyParagraph(
                35,
                here.get("conversation.privacy.heading"),
                List.of(
                        here.get("conversation.privacy.kept"),
                        here.get("conversation.privacy.seen"),
                        here.get("conversation.privacy.reactions"),
                        here.get("conversation.privacy.long", ConversationRetention.DAYS),
                        here.get("conversation.privacy.erased", ConversationRetention.TAKEN_BACK_DAYS),
                        here.get("conversation.privacy.blocked", ConversationRetention.DAYS),
                        here.get("conversation.privacy.contested", ConversationRetention.DAYS),
                        here.get("conversation.privacy.counted", ConversationRetention.COUNTED_DAYS))));
    }
}
