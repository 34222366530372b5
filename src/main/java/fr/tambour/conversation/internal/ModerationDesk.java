package fr.tambour.conversation.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.conversation.AnswerCarrier;
import fr.tambour.conversation.AnswerCarrier.Blocked;
import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.ConversationRights;
import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Ids;
import fr.tambour.text.Clean;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the desk does with what came: each step is one transaction with its entry in the journal. */
@Service
public class ModerationDesk {

    /** Graphemes. */
    public static final int NOTE_LENGTH = 500;

    private static final int NOTE_UNITS = 2_000;

    private final Messages messages;
    private final Reactions reactions;
    private final Guard guard;
    private final People people;
    private final List<AnswerCarrier> carriers;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    ModerationDesk(
            Messages messages,
            Reactions reactions,
            Guard guard,
            People people,
            List<AnswerCarrier> carriers,
            Audit audit,
            Ids ids,
            Clock clock) {
        this.messages = messages;
        this.reactions = reactions;
        this.guard = guard;
        this.people = people;
        this.carriers = List.copyOf(carriers);
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    static Refusal unknown() {
        return new Refusal(HttpStatus.NOT_FOUND, "conversation.unknown");
    }

    private Message moderated(Actor actor, long id) {
        actor.require(ConversationRights.MODERATE);
        return messages.find(actor.town(), id).orElseThrow(ModerationDesk::unknown);
    }

    private void record(Actor actor, String action, Object subject, Map<String, String> details) {
        audit.record(
                new AuditEntry(actor.town().value(), actor.person().value(), action, String.valueOf(subject), details));
    }

    /** Somebody has opened it. */
    @Transactional
    public void read(Actor actor, long id) {
        messages.read(actor.town(), id, clock.instant());
    }

    /**
     * @param to null: nobody in particular
     * @throws Refusal 422 {@code conversation.not-colleague} for somebody who does not work for the town
     */
    @Transactional
    public void assign(Actor actor, long id, @Nullable PersonId to) {
        Message message = moderated(actor, id);
        if (to != null && people.membership(actor.town(), to).isEmpty()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "conversation.not-colleague");
        }
        messages.assign(actor.town(), message.id(), to, clock.instant());
        record(actor, "conversation.assigned", id, to == null ? Map.of() : Map.of("person", Long.toString(to.value())));
    }

    /** @throws Refusal 409 {@code conversation.hidden-already} for what is hidden */
    @Transactional
    public void settle(Actor actor, long id) {
        moderated(actor, id);
        if (!messages.settle(actor.town(), id, clock.instant())) {
            throw hiddenAlready();
        }
        record(actor, "conversation.settled", id, Map.of());
    }

    private static Refusal hiddenAlready() {
        return new Refusal(HttpStatus.CONFLICT, "conversation.hidden-already");
    }

    /**
     * Open again, also what was hidden.
     *
     * @throws Refusal 409 {@code conversation.taken-back} for what its author has taken back meanwhile
     */
    @Transactional
    public void reopen(Actor actor, long id) {
        Message message = moderated(actor, id);
        boolean hidden = message.state() == Message.State.HIDDEN;
        if (message.goneAt().isPresent()) {
            throw new Refusal(HttpStatus.CONFLICT, "conversation.taken-back");
        }
        messages.reopen(actor.town(), id, clock.instant());
        record(actor, hidden ? "conversation.unhidden" : "conversation.reopened", id, Map.of());
    }

    /**
     * @throws Refusal 409 {@code conversation.hidden-already} for what is hidden; 422 {@code conversation.reason-missing} where it
     *     is another reason, and no words say which
     */
    @Transactional
    public void hide(Actor actor, long id, RemovalReason why, String words) {
        moderated(actor, id);
        String said = words(words);
        if (why == RemovalReason.OTHER && said.isEmpty()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "conversation.reason-missing");
        }
        if (!messages.hide(actor.town(), id, new Message.Removal(clock.instant(), actor.person(), why, said))) {
            throw hiddenAlready();
        }
        record(actor, "conversation.hidden", id, Map.of("why", why.name()));
    }

    @Transactional
    public void note(Actor actor, long id, String note) {
        moderated(actor, id);
        messages.note(actor.town(), id, words(note), clock.instant());
        record(actor, "conversation.noted", id, Map.of());
    }

    private static String words(String text) {
        String clean = Clean.block(text, NOTE_LENGTH);
        if (clean.length() > NOTE_UNITS) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "text.too-long", NOTE_LENGTH);
        }
        return clean;
    }

    /** Nothing more comes from them or from their server, and nothing goes there; what came before stays. */
    @Transactional
    public void block(Actor actor, long id, Scope scope) {
        Message message = moderated(actor, id);
        String name =
                scope == Scope.AUTHOR ? message.author().id() : message.author().host();
        if (name.isEmpty()) {
            throw unknown();
        }
        String shown = scope == Scope.AUTHOR ? message.author().handle() : name;
        Instant now = clock.instant();
        if (guard.block(actor.town(), new Block(ids.next(), scope, name, shown, now, actor.person()))) {
            carriers.forEach(carrier -> carrier.cutOff(actor.town(), new Blocked(scope, name)));
            record(actor, "conversation.blocked", id, Map.of("scope", scope.name()));
        }
    }

    /** All that its author wrote, because they ask for it; what is hidden stays for as long as it has to. */
    @Transactional
    public void erase(Actor actor, long id) {
        String author = moderated(actor, id).author().id();
        if (author.isEmpty()) {
            throw unknown();
        }
        messages.takeBackAll(actor.town(), author, clock.instant());
        reactions.removeAll(actor.town(), author);
        record(actor, "conversation.erased", id, Map.of());
    }

    @Transactional
    public void lift(Actor actor, long block) {
        actor.require(ConversationRights.MODERATE);
        Block lifted = guard.lift(actor.town(), block).orElseThrow(ModerationDesk::unknown);
        record(
                actor,
                "conversation.unblocked",
                block,
                Map.of("scope", lifted.scope().name()));
    }

    @Transactional
    public void settleReport(Actor actor, long report) {
        actor.require(ConversationRights.MODERATE);
        if (guard.settleReport(actor.town(), report, clock.instant())) {
            record(actor, "conversation.report-settled", report, Map.of());
        }
    }
}
