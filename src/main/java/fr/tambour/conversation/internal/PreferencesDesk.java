package fr.tambour.conversation.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.conversation.ConversationRights;
import fr.tambour.conversation.internal.Preferences.SavedReply;
import fr.tambour.conversation.internal.Preferences.Settings;
import fr.tambour.people.Actor;
import fr.tambour.storage.Ids;
import fr.tambour.text.Clean;
import fr.tambour.ui.Refusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changing how the town answers; each change is one transaction with its entry in the journal. */
@Service
public class PreferencesDesk {

    /** Graphemes. */
    public static final int TITLE_LENGTH = 80;

    public static final int INSULTS_LENGTH = 4_000;

    private static final int MOST_REPLIES = 100;
    private static final int TITLE_UNITS = 400;
    private static final int TEXT_UNITS = 4_000;
    private static final int INSULTS_UNITS = 8_000;

    private final Preferences preferences;
    private final Audit audit;
    private final Ids ids;

    PreferencesDesk(Preferences preferences, Audit audit, Ids ids) {
        this.preferences = preferences;
        this.audit = audit;
        this.ids = ids;
    }

    /** @param insults words, one a line */
    @Transactional
    public void change(Actor actor, boolean secondPerson, String insults) {
        actor.require(ConversationRights.SETTINGS);
        List<String> words = within(Clean.block(insults, INSULTS_LENGTH), INSULTS_UNITS, INSULTS_LENGTH)
                .lines()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        preferences.put(actor.town(), new Settings(secondPerson, words));
        record(
                actor,
                "conversation.settings-changed",
                actor.town().value(),
                Map.of("second-person", Boolean.toString(secondPerson), "insults", Integer.toString(words.size())));
    }

    /**
     * @param id of the one to change; null: a new one
     * @throws Refusal 422 {@code conversation.empty}; {@code conversation.too-many-replies}; 404 for one that is not there
     */
    @Transactional
    public void put(Actor actor, @Nullable Long id, String title, String text) {
        actor.require(ConversationRights.ANSWER);
        String name = within(Clean.line(title, TITLE_LENGTH), TITLE_UNITS, TITLE_LENGTH);
        String body = within(Clean.block(text, AnswerDesk.LENGTH), TEXT_UNITS, AnswerDesk.LENGTH);
        if (name.isEmpty() || body.isEmpty()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "conversation.empty");
        }
        if (id != null && preferences.reply(actor.town(), id).isEmpty()) {
            throw ModerationDesk.unknown();
        }
        if (id == null && preferences.replies(actor.town()).size() >= MOST_REPLIES) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "conversation.too-many-replies", MOST_REPLIES);
        }
        SavedReply reply = new SavedReply(id == null ? ids.next() : id, name, body);
        preferences.put(actor.town(), reply);
        record(actor, "conversation.reply-saved", reply.id(), Map.of());
    }

    @Transactional
    public void remove(Actor actor, long id) {
        actor.require(ConversationRights.ANSWER);
        SavedReply reply = preferences.reply(actor.town(), id).orElseThrow(ModerationDesk::unknown);
        preferences.removeReply(actor.town(), reply.id());
        record(actor, "conversation.reply-removed", id, Map.of());
    }

    private static String within(String text, int units, int graphemes) {
        if (text.length() > units) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "text.too-long", graphemes);
        }
        return text;
    }

    private void record(Actor actor, String action, long subject, Map<String, String> details) {
        audit.record(
                new AuditEntry(actor.town().value(), actor.person().value(), action, Long.toString(subject), details));
    }
}
