package fr.tambour.conversation.internal;

import fr.tambour.conversation.AnswerCarrier;
import fr.tambour.conversation.Carried;
import fr.tambour.conversation.Complaint;
import fr.tambour.conversation.TownAnswer;
import fr.tambour.conversation.internal.Answer.Step;
import fr.tambour.town.TownId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Hands what the town answers to the channel that carries it. In the caller's transaction. */
@Component
class Post {

    private final List<AnswerCarrier> carriers;
    private final Answers answers;
    private final Clock clock;

    Post(List<AnswerCarrier> carriers, Answers answers, Clock clock) {
        this.carriers = List.copyOf(carriers);
        this.answers = answers;
        this.clock = clock;
    }

    /**
     * @param text as it leaves: it may say more than what is kept of it
     * @return whether it does
     */
    boolean carry(TownId town, Message message, Answer sent, String text) {
        boolean leaves = of(town, message, sent, text)
                .flatMap(told -> carrier(told).map(carrier -> carrier.carry(told)))
                .orElse(false);
        answers.carried(town, sent.id(), leaves ? Carried.UNDERWAY : Carried.NOT_SENT, clock.instant());
        return leaves;
    }

    void takeBack(TownId town, Message message, Answer withdrawn) {
        of(town, message, withdrawn, withdrawn.text())
                .ifPresent(told -> carrier(told).ifPresent(carrier -> carrier.takeBack(told)));
    }

    /** Whether the moderators of its author's server can be told of it. */
    boolean reports(Message message) {
        return carrier(message.channel())
                .filter(carrier -> carrier.reports(message.author()))
                .isPresent();
    }

    /** @return whether it leaves */
    boolean report(TownId town, Message message, Answer report) {
        Complaint complaint =
                new Complaint(town, report.id(), message.channel(), message.author(), message.name(), report.text());
        boolean leaves = carrier(message.channel())
                .map(carrier -> carrier.report(complaint))
                .orElse(false);
        answers.carried(town, report.id(), leaves ? Carried.UNDERWAY : Carried.NOT_SENT, clock.instant());
        return leaves;
    }

    private Optional<AnswerCarrier> carrier(TownAnswer answer) {
        return carrier(answer.channel());
    }

    private Optional<AnswerCarrier> carrier(String channel) {
        return carriers.stream().filter(one -> one.channel().equals(channel)).findFirst();
    }

    static Optional<TownAnswer> of(TownId town, Message message, Answer answer, String text) {
        return answer.sent()
                .map(sent -> new TownAnswer(
                        town,
                        answer.id(),
                        message.channel(),
                        answer.notice(),
                        text,
                        answer.language(),
                        answer.open(),
                        message.name(),
                        message.author(),
                        sent.at(),
                        answer.withdrawn().map(Step::at),
                        answer.kind() != Answer.Kind.ANSWER));
    }
}
