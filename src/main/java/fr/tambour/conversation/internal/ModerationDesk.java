package fr.tambour.conversation.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.conversation.AnswerCarrier;
import fr.tambour.conversation.AnswerCarrier.Blocked;
import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.ConversationRights;
import fr.tambour.conversation.ServerName;
import fr.tambour.live.Shown;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Ids;
import fr.tambour.text.Clean;
import fr.tambour.town.Towns;
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
    private final Paces paces;
    private final Statements statements;
    private final AppealDesk appeals;
    private final Answers answers;
    private final Post post;
    private final PublicNotices notices;
    private final Towns towns;
    private final Shown shown;
    private final People people;
    private final List<AnswerCarrier> carriers;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    ModerationDesk(
            Messages messages,
            Reactions reactions,
            Guard guard,
            Paces paces,
            Statements statements,
            AppealDesk appeals,
            Answers answers,
            Post post,
            PublicNotices notices,
            Towns towns,
            Shown shown,
            People people,
            List<AnswerCarrier> carriers,
            Audit audit,
            Ids ids,
            Clock clock) {
        this.messages = messages;
        this.reactions = reactions;
        this.guard = guard;
        this.paces = paces;
        this.statements = statements;
        this.appeals = appeals;
        this.answers = answers;
        this.post = post;
        this.notices = notices;
        this.towns = towns;
        this.shown = shown;
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

    /**
     * Somebody has opened it.
     *
     * @param seen its version that they have before them: what its author changed meanwhile nobody has read
     */
    @Transactional
    public void read(Actor actor, long id, long seen) {
        messages.read(actor.town(), id, seen, clock.instant());
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

    /**
     * Nothing where it is settled already.
     *
     * @param seen its version that whoever settles it had before them
     * @throws Refusal 409 {@code conversation.hidden-already} for what is hidden, {@code conversation.moved-on} where it was changed or
     *     answered since they saw it
     */
    @Transactional
    public void settle(Actor actor, long id, long seen) {
        Message message = moderated(actor, id);
        if (message.state() == Message.State.HIDDEN) {
            throw hiddenAlready();
        }
        if (message.state() == Message.State.DONE) {
            return;
        }
        if (!messages.advance(actor.town(), id, seen)) {
            throw AnswerDesk.movedOn();
        }
        if (!messages.settle(actor.town(), id, clock.instant())) {
            throw hiddenAlready();
        }
        record(actor, "conversation.settled", id, Map.of());
    }

    static void refuseTakenBack(Message message) {
        if (message.goneAt().isPresent()) {
            throw new Refusal(HttpStatus.CONFLICT, "conversation.taken-back");
        }
    }

    private static Refusal hiddenAlready() {
        return new Refusal(HttpStatus.CONFLICT, "conversation.hidden-already");
    }

    /**
     * Open again, also what was hidden; nothing where it is open.
     *
     * @param seen its version that whoever reopens it had before them
     * @throws Refusal 409 {@code conversation.taken-back} for what its author has taken back meanwhile, {@code conversation.moved-on}
     *     where somebody else has hidden, settled, changed or reopened it since they saw it
     */
    @Transactional
    public void reopen(Actor actor, long id, long seen) {
        Message message = moderated(actor, id);
        if (message.state() == Message.State.OPEN) {
            return;
        }
        boolean hidden = message.state() == Message.State.HIDDEN;
        refuseTakenBack(message);
        if (!messages.advance(actor.town(), id, seen)
                || !messages.reopen(actor.town(), id, message.state(), clock.instant())) {
            throw AnswerDesk.movedOn();
        }
        if (hidden) {
            appeals.shownAgain(actor, towns.get(actor.town()), message);
        }
        record(actor, hidden ? "conversation.unhidden" : "conversation.reopened", id, Map.of());
    }

    /**
     * Its author is told why, and where to contest it.
     *
     * @param seen its version that whoever hides it had before them
     * @throws Refusal 409 {@code conversation.hidden-already} for what is hidden, {@code conversation.moved-on} where it was changed or
     *     answered since they saw it; 422 {@code conversation.reason-missing} where the reason alone says nothing, and no words do
     */
    @Transactional
    public void hide(Actor actor, long id, long seen, RemovalReason why, String words) {
        Message message = moderated(actor, id);
        String said = words(words);
        if (why.wantsWords() && said.isEmpty()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "conversation.reason-missing");
        }
        if (message.state() == Message.State.HIDDEN) {
            throw hiddenAlready();
        }
        if (!messages.advance(actor.town(), id, seen)) {
            throw AnswerDesk.movedOn();
        }
        Message.Removal removal = new Message.Removal(clock.instant(), actor.person(), why, said);
        if (!messages.hide(actor.town(), id, removal)) {
            throw hiddenAlready();
        }
        statements.removed(towns.get(actor.town()), message, removal);
        record(actor, "conversation.hidden", id, Map.of("why", why.name()));
    }

    /**
     * @param seen its version that whoever writes had before them
     * @throws Refusal 409 {@code conversation.moved-on} where a colleague wrote something since they saw it
     */
    @Transactional
    public void note(Actor actor, long id, long seen, String note) {
        moderated(actor, id);
        if (!messages.advance(actor.town(), id, seen)) {
            throw AnswerDesk.movedOn();
        }
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
        String author = message.author().id();
        String host = ServerName.of(message.author().host());
        if (author.isEmpty()) {
            throw unknown();
        }
        boolean whole = scope == Scope.HOST;
        if (!whole && guard.isBlocked(actor.town(), message.author())) {
            return;
        }
        Instant now = clock.instant();
        Block block = whole
                ? Block.ofServer(ids.next(), host, "", now, actor.person())
                : Block.ofPerson(ids.next(), author, message.author().handle(), now, actor.person());
        if (guard.block(actor.town(), block)) {
            Blocked whom = whole ? new Blocked(Scope.HOST, host) : new Blocked(Scope.AUTHOR, author);
            carriers.forEach(carrier -> carrier.cutOff(actor.town(), List.of(whom)));
            record(
                    actor,
                    "conversation.blocked",
                    id,
                    Map.of("scope", whom.scope().name()));
        }
    }

    /** Whether anybody moderates where its author is, and can be told of it. */
    public boolean canReport(Message message) {
        return message.goneAt().isEmpty() && !message.author().id().isEmpty() && post.reports(message);
    }

    /**
     * Tells the moderators of its author's server, in the town's name.
     *
     * @param seen its version that whoever reports it had before them
     * @param words why
     * @throws Refusal 409 {@code conversation.taken-back} for what is gone, {@code conversation.moved-on} where it was changed, answered or
     *     reported since they saw it; 422 {@code conversation.report-missing} where no words say why, {@code conversation.no-moderators}
     *     where there is nobody to be told
     */
    @Transactional
    public void report(Actor actor, long id, long seen, String words) {
        Message message = moderated(actor, id);
        String said = words(words);
        refuseTakenBack(message);
        if (!canReport(message)) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "conversation.no-moderators");
        }
        if (said.isEmpty()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "conversation.report-missing");
        }
        if (!messages.advance(actor.town(), id, seen)) {
            throw AnswerDesk.movedOn();
        }
        Answer.Step now = new Answer.Step(clock.instant(), actor.person());
        String language = towns.get(actor.town()).language();
        Answer report = Answer.written(ids.next(), message, said, language, false, false, Answer.Kind.REPORT, now);
        answers.add(actor.town(), report);
        answers.send(actor.town(), report.id(), now);
        post.report(actor.town(), message, report);
        record(actor, "conversation.reported", id, Map.of());
    }

    /**
     * @throws Refusal 404 {@code not-found} for a notice that was never published
     */
    @Transactional
    public void pace(Actor actor, NoticeId notice, Pace pace) {
        actor.require(ConversationRights.MODERATE);
        if (notices.find(actor.town(), notice).isEmpty()) {
            throw new Refusal(HttpStatus.NOT_FOUND, "not-found");
        }
        Pace before = paces.of(actor.town(), notice).map(Paces.Paced::pace).orElse(Pace.NORMAL);
        if (before != pace) {
            paces.set(actor.town(), notice, new Paces.Paced(pace, clock.instant(), actor.person()));
            shown.changes(actor.town());
            record(actor, "conversation.paced", notice.value(), Map.of("pace", pace.name()));
        }
    }

    /** All that its author wrote, because they ask for it; what is hidden stays for as long as it has to. */
    @Transactional
    public void erase(Actor actor, long id) {
        String author = moderated(actor, id).author().id();
        if (author.isEmpty()) {
            throw unknown();
        }
        Instant now = clock.instant();
        messages.takeBackAll(actor.town(), author, now)
                .forEach(gone -> guard.bury(actor.town(), author, gone.name(), now));
        reactions.removeAll(actor.town(), author);
        record(actor, "conversation.erased", id, Map.of());
    }

    @Transactional
    public void lift(Actor actor, long block) {
        actor.require(ConversationRights.MODERATE);
        Block lifted = guard.lift(actor.town(), block).orElseThrow(ModerationDesk::unknown);
        carriers.forEach(carrier -> carrier.letIn(actor.town(), List.of(lifted.blocked())));
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
