package fr.tambour.conversation.studio;

import fr.tambour.conversation.ConversationRights;
import fr.tambour.conversation.Spread;
import fr.tambour.conversation.internal.Answers;
import fr.tambour.conversation.internal.Appeals;
import fr.tambour.conversation.internal.Guard;
import fr.tambour.conversation.internal.Message;
import fr.tambour.conversation.internal.Message.State;
import fr.tambour.conversation.internal.Messages;
import fr.tambour.conversation.internal.Paces;
import fr.tambour.conversation.internal.Reactions;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.Actor;
import fr.tambour.people.PersonId;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One place for all that came back: by notice, what nobody has opened first. */
@Controller
class InboxController {

    static final String PATH = "/studio/echanges";

    private static final int DISCUSSIONS = 20;
    private static final int OF_A_DISCUSSION = 5;
    private static final int OF_ONE_DISCUSSION = 30;
    private static final int REPORTS = 20;
    private static final int MOST_PAGES = 1_000;
    private static final int DAYS_COUNTED = 7;

    /** In the address, in place of a notice, for what is about none. */
    private static final String NONE = "aucun";

    /** Chosen by whoever chooses nothing. */
    private static final String OPEN = "ouverts";

    private static final String ALL = "tous";

    private static final Map<String, State> STATES =
            Map.of(OPEN, State.OPEN, "traites", State.DONE, "masques", State.HIDDEN);

    private static final List<String> FILTERS = List.of(OPEN, "traites", "masques", ALL);

    private final Messages messages;
    private final Answers answers;
    private final Guard guard;
    private final Appeals appeals;
    private final Paces paces;
    private final Reactions reactions;
    private final DeskQueries queries;
    private final MessageLines lines;
    private final Words words;
    private final Clock clock;
    private final TransactionTemplate reading;

    InboxController(
            Messages messages,
            Answers answers,
            Guard guard,
            Appeals appeals,
            Paces paces,
            Reactions reactions,
            DeskQueries queries,
            MessageLines lines,
            Words words,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.messages = messages;
        this.answers = answers;
        this.guard = guard;
        this.appeals = appeals;
        this.paces = paces;
        this.reactions = reactions;
        this.queries = queries;
        this.lines = lines;
        this.words = words;
        this.clock = clock;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @GetMapping(PATH)
    String list(
            Actor actor,
            Town town,
            Locale locale,
            @RequestParam(defaultValue = OPEN) String etat,
            @RequestParam(defaultValue = "") String avis,
            @RequestParam(defaultValue = "1") int page,
            Model model) {
        actor.require(ConversationRights.READ);
        String chosen = FILTERS.contains(etat) ? etat : OPEN;
        int number = Math.clamp(page, 1, MOST_PAGES);
        Words said = words.in(locale);
        model.addAttribute(
                "page",
                Optional.ofNullable(reading.execute(status -> page(actor, town, said, chosen, avis, number)))
                        .orElseThrow());
        return "conversation/studio/inbox";
    }

    private InboxPage page(Actor actor, Town town, Words said, String chosen, String avis, int number) {
        State state = STATES.get(chosen);
        boolean one = !avis.isEmpty();
        List<InboxPage.Group> groups;
        boolean more;
        if (one) {
            Optional<NoticeId> notice = notice(avis);
            List<Message> found =
                    messages.of(town.id(), notice, state, OF_ONE_DISCUSSION + 1, (number - 1) * OF_ONE_DISCUSSION);
            more = found.size() > OF_ONE_DISCUSSION;
            groups = found.isEmpty()
                    ? List.of()
                    : List.of(group(
                            town,
                            said,
                            notice,
                            titles(town, notice),
                            reactions.spread(town.id(), notice.stream().toList()),
                            "",
                            found,
                            OF_ONE_DISCUSSION,
                            null));
        } else {
            List<Messages.Discussion> found =
                    messages.discussions(town.id(), state, DISCUSSIONS + 1, (number - 1) * DISCUSSIONS);
            more = found.size() > DISCUSSIONS;
            Set<NoticeId> notices = found.stream()
                    .flatMap(discussion -> discussion.notice().stream())
                    .collect(Collectors.toSet());
            Map<NoticeId, String> titles = queries.titles(town.id(), notices);
            Map<NoticeId, Spread> spread = reactions.spread(town.id(), notices);
            groups = found.stream()
                    .limit(DISCUSSIONS)
                    .map(discussion -> group(town, said, titles, spread, discussion, chosen, state))
                    .toList();
        }
        return new InboxPage(
                filters(said, chosen, avis),
                one ? List.of() : dropped(town, said),
                one || number > 1 ? List.of() : reports(actor, town, said, chosen),
                one || number > 1 ? List.of() : appeals(town, said),
                groups,
                number > 1 ? address(chosen, avis, number - 1) : null,
                more ? address(chosen, avis, number + 1) : null,
                !chosen.equals(OPEN) || one);
    }

    private static Optional<NoticeId> notice(String avis) {
        return avis.equals(NONE)
                ? Optional.empty()
                : Optional.of(NoticeId.ofRef(avis)
                        .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "conversation.unknown")));
    }

    private Map<NoticeId, String> titles(Town town, Optional<NoticeId> notice) {
        return notice.map(id -> queries.titles(town.id(), Set.of(id))).orElse(Map.of());
    }

    private InboxPage.Group group(
            Town town,
            Words said,
            Map<NoticeId, String> titles,
            Map<NoticeId, Spread> spread,
            Messages.Discussion discussion,
            String chosen,
            @Nullable State state) {
        List<Message> found = messages.of(town.id(), discussion.notice(), state, OF_A_DISCUSSION, 0);
        return group(
                town,
                said,
                discussion.notice(),
                titles,
                spread,
                said.get("conversation.count", discussion.total(), discussion.unread()),
                found,
                OF_A_DISCUSSION,
                discussion.total() > OF_A_DISCUSSION
                        ? address(chosen, discussion.notice().map(NoticeId::ref).orElse(NONE), 1)
                        : null);
    }

    private InboxPage.Group group(
            Town town,
            Words said,
            Optional<NoticeId> notice,
            Map<NoticeId, String> titles,
            Map<NoticeId, Spread> spread,
            String count,
            List<Message> found,
            int most,
            @Nullable String more) {
        List<Message> shown = found.stream().limit(most).toList();
        List<Long> ids = shown.stream().map(Message::id).toList();
        Set<Long> waiting = answers.waiting(town.id(), ids);
        Set<Long> notArrived = answers.notArrived(town.id(), ids);
        Map<PersonId, String> names = lines.names(
                shown.stream().flatMap(message -> message.assignee().stream()).collect(Collectors.toSet()));
        return new InboxPage.Group(
                notice.map(id -> titles.getOrDefault(id, "")).orElseGet(() -> said.get("conversation.no-notice")),
                notice.map(id -> "/studio/avis/" + id.ref()).orElse(null),
                notice.map(spread::get)
                        .map(far -> MessageLines.spread(far, said))
                        .orElse(null),
                notice.flatMap(id -> paces.of(town.id(), id))
                        .map(paced -> said.get(paced.pace().key() + ".since", lines.when(paced.since(), town, said)))
                        .orElse(null),
                count,
                shown.stream()
                        .map(message -> lines.row(
                                message,
                                waiting.contains(message.id()),
                                notArrived.contains(message.id()),
                                names,
                                town,
                                said))
                        .toList(),
                more);
    }

    private static List<InboxPage.Filter> filters(Words said, String chosen, String avis) {
        return FILTERS.stream()
                .map(state -> new InboxPage.Filter(
                        said.get("conversation.filter." + state), address(state, avis, 1), state.equals(chosen)))
                .toList();
    }

    private List<String> dropped(Town town, Words said) {
        LocalDate since = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(DAYS_COUNTED);
        return Stream.concat(
                        guard.dropped(town.id(), since).entrySet().stream()
                                .map(host -> said.get("conversation.dropped", host.getKey(), host.getValue())),
                        guard.beyond(town.id(), Guard.Arrival.REACTION, since).stream()
                                .map(host -> said.get(
                                        "conversation.dropped.reactions", host, Guard.Arrival.REACTION.mostADay())))
                .toList();
    }

    private List<InboxPage.Reported> appeals(Town town, Words said) {
        return appeals.waiting(town.id(), REPORTS).stream()
                .flatMap(appeal -> messages
                        .find(town.id(), appeal.message())
                        .flatMap(message -> appeal.filed()
                                .map(filed -> new InboxPage.Reported(
                                        said.get("conversation.appeal.of", MessageLines.who(message, said)),
                                        PATH + "/" + message.id() + "#contestation",
                                        filed.text(),
                                        lines.when(filed.at(), town, said),
                                        null)))
                        .stream())
                .toList();
    }

    private List<InboxPage.Reported> reports(Actor actor, Town town, Words said, String chosen) {
        List<Guard.Reported> found = guard.reports(town.id(), chosen.equals(ALL), REPORTS);
        Map<NoticeId, String> titles = queries.titles(
                town.id(),
                found.stream().flatMap(report -> report.notice().stream()).collect(Collectors.toSet()));
        return found.stream()
                .map(report -> new InboxPage.Reported(
                        report.notice()
                                .map(id -> said.get(
                                        "conversation.report.notice", report.host(), titles.getOrDefault(id, "")))
                                .orElseGet(() -> said.get("conversation.report.account", report.host())),
                        report.notice().map(id -> "/studio/avis/" + id.ref()).orElse(null),
                        report.text(),
                        lines.when(report.at(), town, said),
                        report.done() || !actor.may(ConversationRights.MODERATE)
                                ? null
                                : PATH + "/signalements/" + report.id() + "/traite"))
                .toList();
    }

    private static String address(String state, String avis, int number) {
        return PATH + "?etat=" + state + (avis.isEmpty() ? "" : "&avis=" + avis)
                + (number == 1 ? "" : "&page=" + number);
    }
}
