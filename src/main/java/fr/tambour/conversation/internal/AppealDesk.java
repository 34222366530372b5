package fr.tambour.conversation.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.conversation.ConversationRights;
import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.people.PersonId;
import fr.tambour.text.Clean;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Contesting that something was hidden, and deciding about that. Each step is one transaction. */
@Service
public class AppealDesk {

    /** Where it is contested: what follows is known to its author alone. */
    public static final String PATH = "/contestation/";

    /** Graphemes. */
    public static final int LENGTH = 2_000;

    /** UTF-16 units: what the column holds. */
    private static final int UNITS = 8_000;

    private static final int WORDS_UNITS = 2_000;

    private final Appeals appeals;
    private final Messages messages;
    private final Statements statements;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    private final TransactionTemplate reading;
    private final TransactionTemplate writing;

    AppealDesk(
            Appeals appeals,
            Messages messages,
            Statements statements,
            People people,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.appeals = appeals;
        this.messages = messages;
        this.statements = statements;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.writing = new TransactionTemplate(transactions);
    }

    /** What is contested, and what was contested. */
    public record Case(Appeal appeal, Message message) {}

    @Transactional(readOnly = true)
    public Optional<Case> find(TownId town, String token) {
        return appeals.byToken(town, Fingerprint.of(token))
                .flatMap(appeal -> messages.find(town, appeal.message()).map(message -> new Case(appeal, message)));
    }

    /**
     * Whoever has the token contests it. The same once more is no other. Nothing is written, and nobody waits for who writes, before
     * it is known that there is something to be written.
     *
     * @throws Refusal 404 {@code not-found}; 409 {@code conversation.appeal-over} where that was done, decided, or is too late; 422
     *     {@code conversation.empty}, {@code text.too-long}
     */
    public void file(TownId town, String token, String text) {
        Appeal appeal = byToken(town, token).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
        Instant now = clock.instant();
        String clean = Clean.block(text, LENGTH);
        if (isFiled(appeal, clean)) {
            return;
        } else if (!appeal.isOpen(now)) {
            throw over();
        } else if (clean.isEmpty()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "conversation.empty");
        } else if (clean.length() > UNITS) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "text.too-long", LENGTH);
        }
        boolean filed = Boolean.TRUE.equals(
                writing.execute(status -> appeals.file(town, appeal.id(), new Appeal.Filed(now, clean))));
        if (!filed
                && byToken(town, token).filter(other -> isFiled(other, clean)).isEmpty()) {
            throw over();
        }
    }

    private Optional<Appeal> byToken(TownId town, String token) {
        return Objects.requireNonNull(reading.execute(status -> appeals.byToken(town, Fingerprint.of(token))));
    }

    private static boolean isFiled(Appeal appeal, String text) {
        return appeal.filed().filter(filed -> filed.text().equals(text)).isPresent();
    }

    private static Refusal over() {
        return new Refusal(HttpStatus.CONFLICT, "conversation.appeal-over");
    }

    /** Whether somebody may decide: who removed it may not, where anybody else can. In the caller's transaction. */
    public boolean mayDecide(Actor actor, Appeal appeal) {
        PersonId remover = appeal.removal().by();
        return actor.may(ConversationRights.MODERATE)
                && (!remover.equals(actor.person())
                        || people.of(actor.town()).stream()
                                .filter(member -> !member.person().id().equals(remover))
                                .noneMatch(member -> member.roles().stream()
                                        .anyMatch(ConversationRights.MODERATE.defaults()::contains)));
    }

    /**
     * Where its author took it back meanwhile nothing can be shown again, and nobody is told: it is closed without words.
     *
     * @param granted whether the message is shown again
     * @param words told to its author
     * @throws Refusal 404 {@code conversation.unknown}; 403 {@code conversation.own-removal} for who removed it, where anybody else
     *     can decide; 409 {@code conversation.appeal-settled}, {@code conversation.taken-back}; 422 {@code conversation.decision-missing} where it stays hidden, and
     *     no words say why
     */
    @Transactional
    public void decide(Actor actor, Town town, long id, boolean granted, String words) {
        actor.require(ConversationRights.MODERATE);
        Appeal appeal = appeals.find(town.id(), id).orElseThrow(ModerationDesk::unknown);
        if (!mayDecide(actor, appeal)) {
            throw new Refusal(HttpStatus.FORBIDDEN, "conversation.own-removal");
        }
        Message message = messages.find(town.id(), appeal.message()).orElseThrow(ModerationDesk::unknown);
        boolean gone = message.goneAt().isPresent();
        String said = gone ? "" : Clean.block(words, ModerationDesk.NOTE_LENGTH);
        if (granted) {
            ModerationDesk.refuseTakenBack(message);
        }
        if (said.length() > WORDS_UNITS) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "text.too-long", ModerationDesk.NOTE_LENGTH);
        } else if (!granted && !gone && said.isEmpty()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "conversation.decision-missing");
        }
        Appeal.Decision decision = new Appeal.Decision(clock.instant(), actor.person(), granted, said);
        if (!appeal.waits() || !appeals.decide(town.id(), id, decision)) {
            throw new Refusal(HttpStatus.CONFLICT, "conversation.appeal-settled");
        }
        if (granted && message.state() == Message.State.HIDDEN) {
            messages.reopen(town.id(), message.id(), Message.State.HIDDEN, decision.at());
        }
        statements.decided(town, message, appeal, decision);
        record(
                actor,
                granted
                        ? "conversation.appeal-granted"
                        : gone ? "conversation.appeal-moot" : "conversation.appeal-dismissed",
                message.id());
    }

    /** It is shown again by whoever thought better of it: nobody has to contest it any more. In the caller's transaction. */
    void shownAgain(Actor actor, Town town, Message message) {
        Appeal.Decision decision = new Appeal.Decision(clock.instant(), actor.person(), true, "");
        appeals.of(town.id(), message.id()).stream()
                .filter(appeal -> appeal.decision().isEmpty())
                .forEach(appeal -> {
                    if (appeals.decide(town.id(), appeal.id(), decision) && appeal.waits()) {
                        statements.decided(town, message, appeal, decision);
                    }
                });
    }

    private void record(Actor actor, String action, long message) {
        audit.record(
                new AuditEntry(actor.town().value(), actor.person().value(), action, Long.toString(message), Map.of()));
    }
}
