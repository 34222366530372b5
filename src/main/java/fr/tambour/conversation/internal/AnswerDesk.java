package fr.tambour.conversation.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.conversation.AnswerCarrier;
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
import java.util.List;
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
    private final List<AnswerCarrier> carriers;
    private final Audit audit;
    private final Shown shown;
    private final Ids ids;
    private final Clock clock;

    AnswerDesk(
            Messages messages,
            Answers answers,
            Preferences preferences,
            List<AnswerCarrier> carriers,
            Audit audit,
            Shown shown,
            Ids ids,
            Clock clock) {
        this.messages = messages;
        this.answers = answers;
        this.preferences = preferences;
        this.carriers = List.copyOf(carriers);
        this.audit = audit;
        this.shown = shown;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param clarifies whether it is to stand on the notice's page
     * @return whether it has left; else a second person releases it
     * @throws Refusal 404 {@code conversation.unknown}; 409 {@code conversation.not-answered} for what is hidden or gone; 422
     *     for a text that is empty or too long, and {@code conversation.private} where a private message would be clarified
     *     in public, {@code conversation.no-notice} where there is no notice to clarify
     */
    @Transactional
    public boolean write(Actor actor, Town town, long id, String text, boolean clarifies) {
        actor.require(ConversationRights.ANSWER);
        Message message = messages.find(town.id(), id).orElseThrow(ModerationDesk::unknown);
        String clean = Clean.block(text, LENGTH);
        if (message.state() == Message.State.HIDDEN || message.goneAt().isPresent()) {
            throw new Refusal(HttpStatus.CONFLICT, "conversation.not-answered");
        } else if (clean.isEmpty()) {
            throw unprocessable("conversation.empty");
        } else if (clean.length() > UNITS) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "text.too-long", LENGTH);
        } else if (clarifies && !message.open()) {
            throw unprocessable("conversation.private");
        } else if (clarifies && message.notice().isEmpty()) {
            throw unprocessable("conversation.no-notice");
        }
        Step written = new Step(clock.instant(), actor.person());
        Answer answer = new Answer(
                ids.next(),
                id,
                message.notice(),
                clean,
                town.language(),
                message.open(),
                clarifies,
                Answer.State.WAITING,
                written,
                Optional.empty(),
                Optional.empty());
        answers.add(town.id(), answer);
        if (preferences.of(town.id()).secondPerson()) {
            record(actor, "conversation.answer-written", id, answer);
            return false;
        }
        send(actor, town, message, answer);
        return true;
    }

    private static Refusal unprocessable(String code) {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, code);
    }

    /** @throws Refusal 403 {@code conversation.own-answer} for whoever wrote it; 409 {@code conversation.answer-settled} */
    @Transactional
    public void release(Actor actor, Town town, long answerId) {
        actor.require(ConversationRights.ANSWER);
        Answer answer = answer(town.id(), answerId);
        if (preferences.of(town.id()).secondPerson() && answer.written().by().equals(actor.person())) {
            throw new Refusal(HttpStatus.FORBIDDEN, "conversation.own-answer");
        }
        Message message = messages.find(town.id(), answer.message()).orElseThrow(ModerationDesk::unknown);
        if (message.state() == Message.State.HIDDEN || message.goneAt().isPresent()) {
            throw new Refusal(HttpStatus.CONFLICT, "conversation.not-answered");
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
        carried(town.id(), message, answers.find(town.id(), answer.id()).orElseThrow())
                .ifPresent(told -> carrier(told).ifPresent(carrier -> carrier.carry(told)));
        shown.changes(town.id());
        record(actor, "conversation.answered", message.id(), answer);
    }

    /** @throws Refusal 409 {@code conversation.answer-settled} for one that left, or was dropped, meanwhile */
    @Transactional
    public void discard(Actor actor, Town town, long answerId) {
        actor.require(ConversationRights.ANSWER);
        Answer answer = answer(town.id(), answerId);
        if (!answers.discard(town.id(), answerId)) {
            throw settled();
        }
        record(actor, "conversation.answer-discarded", answer.message(), answer);
    }

    /** @throws Refusal 409 {@code conversation.answer-settled} for one that does not stand */
    @Transactional
    public void takeBack(Actor actor, Town town, long answerId) {
        actor.require(ConversationRights.ANSWER);
        Answer answer = answer(town.id(), answerId);
        if (!answers.withdraw(town.id(), answerId, new Step(clock.instant(), actor.person()))) {
            throw settled();
        }
        Message message = messages.find(town.id(), answer.message()).orElseThrow(ModerationDesk::unknown);
        carried(town.id(), message, answers.find(town.id(), answerId).orElseThrow())
                .ifPresent(told -> carrier(told).ifPresent(carrier -> carrier.takeBack(told)));
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

    private Optional<AnswerCarrier> carrier(TownAnswer answer) {
        return carriers.stream()
                .filter(one -> one.channel().equals(answer.channel()))
                .findFirst();
    }

    private static Optional<TownAnswer> carried(TownId town, Message message, Answer answer) {
        return answer.sent()
                .map(sent -> new TownAnswer(
                        town,
                        answer.id(),
                        message.channel(),
                        answer.notice(),
                        answer.text(),
                        answer.language(),
                        answer.open(),
                        message.name(),
                        message.author(),
                        sent.at(),
                        answer.withdrawn().map(Step::at)));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<TownAnswer> find(TownId town, long id) {
        return answers.find(town, id)
                .filter(Answer::open)
                .flatMap(answer ->
                        messages.find(town, answer.message()).flatMap(message -> carried(town, message, answer)));
    }
}
