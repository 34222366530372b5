package fr.tambour.conversation.studio;

import fr.tambour.conversation.Carried;
import fr.tambour.conversation.ConversationRights;
import fr.tambour.conversation.internal.Answer;
import fr.tambour.conversation.internal.AnswerDesk;
import fr.tambour.conversation.internal.Answers;
import fr.tambour.conversation.internal.Appeal;
import fr.tambour.conversation.internal.AppealDesk;
import fr.tambour.conversation.internal.Appeals;
import fr.tambour.conversation.internal.Guard;
import fr.tambour.conversation.internal.Hints;
import fr.tambour.conversation.internal.Message;
import fr.tambour.conversation.internal.Message.State;
import fr.tambour.conversation.internal.Messages;
import fr.tambour.conversation.internal.ModerationDesk;
import fr.tambour.conversation.internal.Preferences;
import fr.tambour.conversation.internal.RemovalReason;
import fr.tambour.conversation.internal.Tongue;
import fr.tambour.notice.DeskQueries;
import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.people.PersonId;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Lays out one message with what may be done with it. */
@Component
class Messenger {

    /**
     * What was typed, and what became of it. Each is null where nothing was typed there.
     *
     * @param problem null where nothing went wrong
     * @param note for colleagues
     * @param reason why it was to be hidden; {@code words} what was said with it
     * @param decision said with what was decided
     * @param complaint what the moderators of its author's server were to be told
     */
    record Typed(
            @Nullable String problem,
            AnswerDesk.@Nullable Draft draft,
            @Nullable String note,
            @Nullable RemovalReason reason,
            @Nullable String words,
            @Nullable String decision,
            @Nullable String complaint) {

        static final Typed NOTHING = new Typed(null, null, null, null, null, null, null);

        static Typed answering(AnswerDesk.Draft draft) {
            return new Typed(null, draft, null, null, null, null, null);
        }

        static Typed noting(String note) {
            return new Typed(null, null, note, null, null, null, null);
        }

        static Typed hiding(RemovalReason reason, String words) {
            return new Typed(null, null, null, reason, words, null, null);
        }

        static Typed deciding(String words) {
            return new Typed(null, null, null, null, null, words, null);
        }

        static Typed complaining(String words) {
            return new Typed(null, null, null, null, null, null, words);
        }

        Typed told(String why) {
            return new Typed(why, draft, note, reason, words, decision, complaint);
        }
    }

    private final Messages messages;
    private final Answers answers;
    private final Appeals appeals;
    private final AppealDesk appealDesk;
    private final Guard guard;
    private final Preferences preferences;
    private final Hints hints;
    private final ModerationDesk desk;
    private final DeskQueries queries;
    private final People people;
    private final MessageLines lines;
    private final TransactionTemplate reading;

    Messenger(
            Messages messages,
            Answers answers,
            Appeals appeals,
            AppealDesk appealDesk,
            Guard guard,
            Preferences preferences,
            Hints hints,
            ModerationDesk desk,
            DeskQueries queries,
            People people,
            MessageLines lines,
            PlatformTransactionManager transactions) {
        this.messages = messages;
        this.answers = answers;
        this.appeals = appeals;
        this.appealDesk = appealDesk;
        this.guard = guard;
        this.preferences = preferences;
        this.hints = hints;
        this.desk = desk;
        this.queries = queries;
        this.people = people;
        this.lines = lines;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /**
     * @param saved id of the saved reply to begin from, or null
     * @throws Refusal 404 {@code conversation.unknown}
     */
    MessagePage page(Actor actor, Town town, long id, @Nullable Long saved, Typed typed, Words said) {
        return Optional.ofNullable(reading.execute(status -> laidOut(actor, town, id, saved, typed, said)))
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "conversation.unknown"));
    }

    private @Nullable MessagePage laidOut(
            Actor actor, Town town, long id, @Nullable Long saved, Typed typed, Words said) {
        Message message = messages.find(town.id(), id).orElse(null);
        if (message == null) {
            return null;
        }
        List<Answer> given = answers.of(town.id(), id);
        boolean second = preferences.of(town.id()).secondPerson();
        List<Appeal> contested = appeals.of(town.id(), id);
        Map<PersonId, String> names = lines.names(persons(message, given, contested));
        boolean blocked = guard.isBlocked(town.id(), message.author());
        boolean gone = message.goneAt().isPresent();
        String title = message.notice()
                .map(notice -> queries.titles(town.id(), Set.of(notice)).getOrDefault(notice, ""))
                .orElseGet(() -> said.get("conversation.no-notice"));
        String text = Optional.ofNullable(typed.draft())
                .map(AnswerDesk.Draft::text)
                .or(() -> Optional.ofNullable(saved)
                        .flatMap(reply -> preferences.reply(town.id(), reply))
                        .map(Preferences.SavedReply::text))
                .orElse("");
        return new MessagePage(
                id,
                message.version(),
                message.unread(),
                MessageLines.who(message, said),
                message.author().handle().isEmpty() ? "" : message.author().name(),
                message.author().link().isEmpty() ? null : message.author().link(),
                message.link().isEmpty() ? null : message.link(),
                title,
                message.notice().map(notice -> "/studio/avis/" + notice.ref()).orElse(null),
                lines.when(message.writtenAt(), town, said),
                MessageLines.chips(message, false, false, names, said),
                message.language().isEmpty() ? null : message.language(),
                message.text(),
                message.text().isEmptyContent()
                        ? said.get(gone ? "conversation.gone" : "conversation.wordless")
                        : gone ? said.get("conversation.gone.kept") : null,
                message.attachments(),
                hints(message, town, said),
                message.removal()
                        .map(removal -> removed(removal, contested, names, town, said))
                        .orElse(null),
                given.stream()
                        .filter(answer -> answer.kind() == Answer.Kind.REPORT)
                        .map(report -> reported(report, message, actor, names, town, said))
                        .toList(),
                given.stream()
                        .filter(answer -> answer.kind() != Answer.Kind.REPORT)
                        .map(answer -> answered(answer, actor, names, second, town, said))
                        .toList(),
                contested.stream()
                        .filter(appeal -> appeal.filed().isPresent())
                        .map(appeal -> contested(appeal, gone, actor, names, town, said))
                        .toList(),
                typed.problem(),
                blocked ? said.get("conversation.author-blocked") : null,
                acts(actor, message, second, blocked, desk.canReport(message)),
                text,
                typed.draft() != null && typed.draft().clarifies(),
                languages(message, town, typed, said),
                AnswerDesk.LENGTH,
                Objects.requireNonNullElse(typed.note(), message.note()),
                Objects.requireNonNullElse(typed.words(), ""),
                said.languageName(Tongue.spoken(message, town)),
                Objects.requireNonNullElse(typed.decision(), ""),
                typed.complaint(),
                replies(town, id),
                colleagues(town, message, said),
                Arrays.stream(RemovalReason.values())
                        .map(reason ->
                                new MessagePage.Choice(reason.name(), said.get(reason.key()), reason == typed.reason()))
                        .toList(),
                message.author().handle(),
                message.author().host());
    }

    /** Where the town has several: that of the message first. */
    private static List<MessagePage.Choice> languages(Message message, Town town, Typed typed, Words said) {
        String chosen =
                typed.draft() == null ? Tongue.of(message, town) : typed.draft().language();
        return town.languages().size() < 2
                ? List.of()
                : town.languages().stream()
                        .map(tag ->
                                new MessagePage.Choice(tag, said.capital(said.languageName(tag)), tag.equals(chosen)))
                        .toList();
    }

    private MessagePage.Contested contested(
            Appeal appeal, boolean gone, Actor actor, Map<PersonId, String> names, Town town, Words said) {
        Appeal.Filed filed = appeal.filed().orElseThrow();
        boolean may = appeal.waits() && appealDesk.mayDecide(actor, appeal);
        return new MessagePage.Contested(
                said.get("conversation.contested", lines.when(filed.at(), town, said)),
                filed.text(),
                appeal.decision()
                        .map(decision -> decided(decision, appeal.language(), names, town, said))
                        .orElse(null),
                said.languageName(appeal.language()),
                may ? InboxController.PATH + "/contestations/" + appeal.id() + "/decision" : null,
                gone,
                appeal.waits() && !may && actor.may(ConversationRights.MODERATE)
                        ? said.get("conversation.contested.by-another")
                        : null);
    }

    private MessagePage.Told decided(
            Appeal.Decision decision, String language, Map<PersonId, String> names, Town town, Words said) {
        String came = said.get(
                decision.granted()
                        ? "conversation.contested.granted"
                        : decision.isMoot() ? "conversation.contested.moot" : "conversation.contested.dismissed",
                lines.when(decision.at(), town, said),
                names.getOrDefault(decision.by(), ""));
        return new MessagePage.Told(came, decision.words(), language);
    }

    private static Set<PersonId> persons(Message message, List<Answer> given, List<Appeal> contested) {
        Set<PersonId> persons = new HashSet<>();
        contested.stream()
                .flatMap(appeal -> appeal.decision().stream())
                .map(Appeal.Decision::by)
                .forEach(persons::add);
        message.assignee().ifPresent(persons::add);
        message.removal().map(Message.Removal::by).ifPresent(persons::add);
        given.forEach(answer -> {
            persons.add(answer.written().by());
            answer.sent().map(Answer.Step::by).ifPresent(persons::add);
            answer.withdrawn().map(Answer.Step::by).ifPresent(persons::add);
        });
        return persons;
    }

    private static MessagePage.Acts acts(
            Actor actor, Message message, boolean second, boolean blocked, boolean reportable) {
        boolean moderates = actor.may(ConversationRights.MODERATE);
        boolean there = message.goneAt().isEmpty();
        boolean answers = actor.may(ConversationRights.ANSWER) && there && !blocked && message.state() != State.HIDDEN;
        return new MessagePage.Acts(
                answers,
                answers && message.open() && message.notice().isPresent(),
                second,
                moderates,
                moderates && message.state() == State.OPEN,
                moderates && message.state() != State.OPEN && there,
                moderates && message.state() != State.HIDDEN && there,
                moderates && !message.author().id().isEmpty(),
                moderates && reportable);
    }

    private List<String> hints(Message message, Town town, Words said) {
        Hints.Seen seen = hints.of(town.id(), message);
        List<String> lines = new ArrayList<>();
        if (seen.links() > 0) {
            lines.add(said.get("conversation.hint.links", seen.links()));
        }
        if (seen.same() > 1) {
            lines.add(said.get("conversation.hint.same", seen.same()));
        }
        if (!seen.insults().isEmpty()) {
            lines.add(said.get("conversation.hint.insults", String.join(", ", seen.insults())));
        }
        return List.copyOf(lines);
    }

    /** The words are in the language in which its author was told of it; nobody knows which that is where they were not. */
    private MessagePage.Told removed(
            Message.Removal removal, List<Appeal> appeals, Map<PersonId, String> names, Town town, Words said) {
        return new MessagePage.Told(
                said.get(
                        "conversation.removed",
                        lines.when(removal.at(), town, said),
                        names.getOrDefault(removal.by(), ""),
                        said.get(removal.why().key())),
                removal.words(),
                appeals.stream()
                        .filter(appeal -> appeal.removal().equals(removal))
                        .findFirst()
                        .map(Appeal::language)
                        .orElse(null));
    }

    private MessagePage.Reported reported(
            Answer report, Message message, Actor actor, Map<PersonId, String> names, Town town, Words said) {
        Answer.Step sent = report.sent().orElse(report.written());
        boolean failed = report.carried().map(Carried::failed).orElse(false);
        return new MessagePage.Reported(
                said.get(
                        "conversation.reported",
                        message.author().host(),
                        lines.when(sent.at(), town, said),
                        names.getOrDefault(sent.by(), "")),
                report.text(),
                report.language(),
                report.carried()
                        .map(what -> said.get("conversation.reported." + key(what)))
                        .orElse(null),
                failed && actor.may(report.kind().right()) && desk.canReport(message) ? again(report) : null);
    }

    private static String key(Carried what) {
        return what.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String again(Answer answer) {
        return InboxController.PATH + "/reponses/" + answer.id() + "/renvoi";
    }

    private MessagePage.Answered answered(
            Answer answer, Actor actor, Map<PersonId, String> names, boolean second, Town town, Words said) {
        boolean may = actor.may(ConversationRights.ANSWER);
        boolean waits = answer.state() == Answer.State.WAITING;
        boolean own = answer.written().by().equals(actor.person());
        String path = InboxController.PATH + "/reponses/" + answer.id();
        return new MessagePage.Answered(
                answer.id(),
                answer.text(),
                answer.language(),
                state(answer, names, town, said),
                answer.state() == Answer.State.SENT
                        ? answer.carried()
                                .map(what -> said.get("conversation.carried." + key(what)))
                                .orElse(null)
                        : null,
                chips(answer, said),
                may && waits && !(second && own) ? path + "/envoi" : null,
                may && waits ? path + "/abandon" : null,
                may && answer.state() == Answer.State.SENT && answer.kind() == Answer.Kind.ANSWER
                        ? path + "/retrait"
                        : null,
                actor.may(answer.kind().right())
                                && answer.state() == Answer.State.SENT
                                && answer.carried().map(Carried::failed).orElse(false)
                        ? again(answer)
                        : null);
    }

    private static List<InboxPage.Chip> chips(Answer answer, Words said) {
        List<InboxPage.Chip> chips = new ArrayList<>();
        if (answer.clarifies()) {
            chips.add(new InboxPage.Chip(said.get("conversation.clarification"), "live"));
        }
        if (answer.kind() != Answer.Kind.ANSWER) {
            chips.add(new InboxPage.Chip(
                    said.get("conversation.kind." + answer.kind().name().toLowerCase(Locale.ROOT)), "review"));
        }
        if (answer.state() == Answer.State.SENT
                && answer.carried().map(Carried::failed).orElse(false)) {
            chips.add(new InboxPage.Chip(said.get("conversation.not-arrived"), "warn"));
        }
        return List.copyOf(chips);
    }

    private String state(Answer answer, Map<PersonId, String> names, Town town, Words said) {
        Answer.Step step = switch (answer.state()) {
            case WAITING -> answer.written();
            case SENT -> answer.sent().orElse(answer.written());
            case WITHDRAWN -> answer.withdrawn().orElse(answer.written());
        };
        return said.get(
                "conversation.answer." + answer.state().name().toLowerCase(Locale.ROOT),
                lines.when(step.at(), town, said),
                names.getOrDefault(step.by(), ""));
    }

    private List<MessagePage.Reply> replies(Town town, long id) {
        return preferences.replies(town.id()).stream()
                .map(reply -> new MessagePage.Reply(
                        reply.title(), InboxController.PATH + "/" + id + "?modele=" + reply.id() + "#repondre"))
                .toList();
    }

    private List<MessagePage.Choice> colleagues(Town town, Message message, Words said) {
        List<MessagePage.Choice> choices = new ArrayList<>();
        choices.add(new MessagePage.Choice(
                "", said.get("conversation.nobody-yet"), message.assignee().isEmpty()));
        people.of(town.id()).stream()
                .filter(member -> member.roles().stream().anyMatch(ConversationRights.READ.defaults()::contains))
                .forEach(member -> choices.add(new MessagePage.Choice(
                        member.person().id().toString(),
                        member.person().name(),
                        message.assignee().filter(member.person().id()::equals).isPresent())));
        return List.copyOf(choices);
    }
}
