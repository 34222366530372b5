package fr.tambour.conversation.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.conversation.Carried;
import fr.tambour.conversation.ConversationRights;
import fr.tambour.conversation.TownAnswer;
import fr.tambour.conversation.TownAnswers;
import fr.tambour.conversation.internal.Answer.Step;
import fr.tambour.live.Shown;
import fr.tambour.people.Actor;
import fr.tambour.storage.Ids;
import fr.tambour.text.Clean;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Answering in the town's name: written, released where a second person has to, taken back. Each step is one transaction. */
@Service
public class AnswerDesk implements TownAnswers {

    /** Graphemes. */
    public static final int LENGTH = 1_000;

    /** UTF-16 units: what the column holds. */
    private static final int UNITS = 4_000;

    private final Messages messages;
    private final Answers answers;
    private final Preferences preferences;
    private final Guard guard;
    private final Post post;
    private final Statements statements;
    private final Audit audit;
    private final Shown shown;
    private final Ids ids;
    private final Clock clock;

    AnswerDesk(
            Messages messages,
            Answers answers,
            Preferences preferences,
            Guard guard,
            Post post,
            Statements statements,
            Audit audit,
            Shown shown,
            Ids ids,
            Clock clock) {
        this.messages = messages;
        this.answers = answers;
        this.preferences = preferences;
        this.guard = guard;
        this.post = post;
        this.statements = statements;
        this.audit = audit;
        this.shown = shown;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What somebody writes.
     *
     * @param seen the message's version that they had before them
     * @param language one of the town's
     * @param clarifies whether it is to stand on the notice's page
     */
    public record Draft(long seen, String text, String language, boolean clarifies) {}

    /**
     * @return whether it has left; else a second person releases it
     * @throws Refusal 404 {@code conversation.unknown}; 409 {@code conversation.not-answered} for what is hidden or gone,
     *     {@code conversation.author-blocked}, {@code conversation.moved-on} where the message was changed, answered or hidden since
     *     they saw it; 422 for a text that is empty or too long, {@code conversation.language} for one that is not the town's, and
     *     {@code conversation.private} where a private message would be clarified in public, {@code conversation.no-notice} where
     *     there is no notice to clarify
     */
    @Transactional
    public boolean write(Actor actor, Town town, long id, Draft draft) {
        actor.require(ConversationRights.ANSWER);
        Message message = messages.find(town.id(), id).orElseThrow(ModerationDesk::unknown);
        refuseUnanswerable(town, message);
        String clean = Clean.block(draft.text(), LENGTH);
        if (clean.isEmpty()) {
            throw unprocessable("conversation.empty");
        } else if (clean.length() > UNITS) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "text.too-long", LENGTH);
        } else if (!town.languages().contains(draft.language())) {
            throw unprocessable("conversation.language");
        } else if (draft.clarifies() && !message.open()) {
            throw unprocessable("conversation.private");
        } else if (draft.clarifies() && message.notice().isEmpty()) {
            throw unprocessable("conversation.no-notice");
        }
        if (!messages.advance(town.id(), id, draft.seen())) {
            throw movedOn();
        }
        Answer answer = Answer.written(
                ids.next(),
                message,
                clean,
                draft.language(),
                message.open(),
                draft.clarifies(),
                Answer.Kind.ANSWER,
                new Step(clock.instant(), actor.person()));
        answers.add(town.id(), answer);
        if (preferences.of(town.id()).secondPerson()) {
            record(actor, "conversation.answer-written", id, answer);
            return false;
        }
        send(actor, town, message, answer);
        return true;
    }

    private void refuseUnanswerable(Town town, Message message) {
        if (message.state() == Message.State.HIDDEN) {
            throw new Refusal(HttpStatus.CONFLICT, "conversation.not-answered");
        }
        refuseUnreachable(town, message);
    }

    private void refuseUnreachable(Town town, Message message) {
        if (message.goneAt().isPresent()) {
            throw new Refusal(HttpStatus.CONFLICT, "conversation.not-answered");
        }
        if (guard.isBlocked(town.id(), message.author())) {
            throw new Refusal(HttpStatus.CONFLICT, "conversation.author-blocked");
        }
    }

    static Refusal movedOn() {
        return new Refusal(HttpStatus.CONFLICT, "conversation.moved-on");
    }

    private static Refusal unprocessable(String code) {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, code);
    }

    /**
     * @param seen the message's version that whoever releases it had before them
     * @throws Refusal 403 {@code conversation.own-answer} for whoever wrote it; 409 {@code conversation.answer-settled},
     *     {@code conversation.moved-on} and those of {@link #write}
     */
    @Transactional
    public void release(Actor actor, Town town, long answerId, long seen) {
        actor.require(ConversationRights.ANSWER);
        Answer answer = answer(town.id(), answerId);
        if (preferences.of(town.id()).secondPerson() && answer.written().by().equals(actor.person())) {
            throw new Refusal(HttpStatus.FORBIDDEN, "conversation.own-answer");
        }
        if (answer.state() != Answer.State.WAITING) {
            throw settled();
        }
        Message message = messages.find(town.id(), answer.message()).orElseThrow(ModerationDesk::unknown);
        refuseUnanswerable(town, message);
        if (!messages.advance(town.id(), message.id(), seen)) {
            throw movedOn();
        }
        send(actor, town, message, answer);
    }

    private void send(Actor actor, Town town, Message message, Answer answer) {
        Step sent = new Step(clock.instant(), actor.person());
        if (!answers.send(town.id(), answer.id(), sent)) {
            throw settled();
        }
        if (!messages.settle(town.id(), message.id(), sent.at())) {
            // Hidden in this very moment.
            throw new Refusal(HttpStatus.CONFLICT, "conversation.not-answered");
        }
        Answer leaving = answers.find(town.id(), answer.id()).orElseThrow();
        if (!post.carry(town.id(), message, leaving, leaving.text())) {
            messages.unsettle(town.id(), message.id(), sent.at());
        }
        shown.changes(town.id());
        record(actor, "conversation.answered", message.id(), answer);
    }

    /**
     * Once more, where nobody read it: who may answer does so, and who moderates what is told of a removal, or reported.
     *
     * @throws Refusal 409 {@code conversation.answer-settled} for one that may have been read, {@code conversation.appeal-over} for a
     *     statement of what was contested or decided meanwhile, {@code conversation.taken-back} for a report of what is gone; those of {@link #write}
     */
    @Transactional
    public void sendAgain(Actor actor, Town town, long answerId) {
        Answer answer = answer(town.id(), answerId);
        actor.require(answer.kind().right());
        if (answer.state() != Answer.State.SENT
                || !answer.carried().map(Carried::failed).orElse(false)) {
            throw settled();
        }
        Message message = messages.find(town.id(), answer.message()).orElseThrow(ModerationDesk::unknown);
        switch (answer.kind()) {
            case ANSWER -> {
                refuseUnanswerable(town, message);
                if (post.carry(town.id(), message, answer, answer.text())) {
                    messages.settle(town.id(), message.id(), clock.instant());
                }
            }
            case DECISION -> {
                refuseUnreachable(town, message);
                post.carry(town.id(), message, answer, answer.text());
            }
            case STATEMENT -> {
                refuseUnreachable(town, message);
                statements.again(town, message, answer);
            }
            case REPORT -> {
                ModerationDesk.refuseTakenBack(message);
                post.report(town.id(), message, answer);
            }
        }
        boolean report = answer.kind() == Answer.Kind.REPORT;
        record(actor, report ? "conversation.reported" : "conversation.answer-sent-again", message.id(), answer);
    }

    /** @throws Refusal 409 {@code conversation.answer-settled} for one that left, or was dropped, meanwhile */
    @Transactional
    public void discard(Actor actor, Town town, long answerId) {
        actor.require(ConversationRights.ANSWER);
        Answer answer = answer(town.id(), answerId);
        if (!answers.discard(town.id(), answerId)) {
            throw settled();
        }
        messages.advance(town.id(), answer.message());
        record(actor, "conversation.answer-discarded", answer.message(), answer);
    }

    /** @throws Refusal 409 {@code conversation.answer-settled} for one that does not stand, or is not to be taken back */
    @Transactional
    public void takeBack(Actor actor, Town town, long answerId) {
        actor.require(ConversationRights.ANSWER);
        Answer answer = answer(town.id(), answerId);
        if (answer.kind() != Answer.Kind.ANSWER
                || !answers.withdraw(town.id(), answerId, new Step(clock.instant(), actor.person()))) {
            throw settled();
        }
        Message message = messages.find(town.id(), answer.message()).orElseThrow(ModerationDesk::unknown);
        messages.advance(town.id(), message.id());
        post.takeBack(town.id(), message, answers.find(town.id(), answerId).orElseThrow());
        shown.changes(town.id());
        record(actor, "conversation.answer-withdrawn", answer.message(), answer);
    }

    private static Refusal settled() {
        return new Refusal(HttpStatus.CONFLICT, "conversation.answer-settled");
    }

    private Answer answer(TownId town, long id) {
        return answers.find(town, id).orElseThrow(ModerationDesk::unknown);
    }

    private void record(Actor actor, String action, long message, Answer answer) {
        audit.record(new AuditEntry(
                actor.town().value(),
                actor.person().value(),
                action,
                Long.toString(message),
                Map.of("answer", Long.toString(answer.id()), "clarifies", Boolean.toString(answer.clarifies()))));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<TownAnswer> find(TownId town, long id) {
        return answers.find(town, id)
                .filter(Answer::open)
                .flatMap(answer -> messages.find(town, answer.message())
                        .flatMap(message -> Post.of(town, message, answer, answer.text())));
    }
}
