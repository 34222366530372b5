package fr.tambour.notice.studio;

import fr.tambour.notice.Channels;
import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Emergency;
import fr.tambour.notice.Content.Emergency.Severity;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.Incomplete;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.StaffNotice;
import fr.tambour.notice.Validity;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The emergency in the hand: two screens and it is out; one tap and one confirmation and it is taken back. An exercise has
 * the same screens at addresses of its own: which of the two it is, is chosen before anything is written, and for good.
 */
@Controller
class EmergencyController {

    private static final String EITHER = "/studio/{what:urgence|exercice}";
    private static final String STANDING = "/studio/urgence";

    private final NoticeDesk desk;
    private final DeskQueries queries;
    private final Channels channels;
    private final Names names;
    private final Reaches reaches;
    private final Words words;
    private final AlertTickets tickets;
    private final Clock clock;

    EmergencyController(
            NoticeDesk desk,
            DeskQueries queries,
            Channels channels,
            Names names,
            Reaches reaches,
            Words words,
            AlertTickets tickets,
            Clock clock) {
        this.desk = desk;
        this.queries = queries;
        this.channels = channels;
        this.names = names;
        this.reaches = reaches;
        this.words = words;
        this.tickets = tickets;
        this.clock = clock;
    }

    @GetMapping(EITHER)
    String choose(Actor actor, Locale locale, @PathVariable String what, Model model) {
        actor.require(NoticeRights.EMERGENCY);
        AlertMode mode = AlertMode.of(what);
        Words said = words.in(locale);
        model.addAttribute(
                "page",
                new EmergencyPages.Situations(
                        mode,
                        Stream.of(Situation.values())
                                .map(situation -> new EmergencyPages.Choice(
                                        mode.path() + "/" + situation.slug(),
                                        said.get(situation.key("name")),
                                        said.get(situation.key("hint")),
                                        situation.icon()))
                                .toList()));
        return "notice/studio/situations";
    }

    @GetMapping(EITHER + "/{slug}")
    String readBack(
            Actor actor, Town town, Locale locale, @PathVariable String what, @PathVariable String slug, Model model) {
        actor.require(NoticeRights.EMERGENCY);
        AlertMode mode = AlertMode.of(what);
        Situation situation = situation(slug);
        model.addAttribute(
                "page",
                readback(
                        town,
                        words.in(locale),
                        mode,
                        situation,
                        prepared(town, situation, "title"),
                        prepared(town, situation, "instruction"),
                        tickets.next(town, mode, clock.instant()),
                        null));
        return "notice/studio/readback";
    }

    @PostMapping(EITHER + "/{slug}")
    String release(
            Actor actor,
            Town town,
            Locale locale,
            @PathVariable String what,
            @PathVariable String slug,
            @RequestParam MultiValueMap<String, String> values,
            HttpServletResponse response,
            Model model) {
        actor.require(NoticeRights.EMERGENCY);
        AlertMode mode = AlertMode.of(what);
        Situation situation = situation(slug);
        FormFields form = new FormFields(values);
        PreparedText title = prepared(town, situation, "title").with(name -> form.get("title." + name));
        PreparedText instruction =
                prepared(town, situation, "instruction").with(name -> form.get("instruction." + name));
        try {
            if (title.hasEmpty() || instruction.hasEmpty()) {
                throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.emergency-word-missing");
            }
            String area = title.word("area").or(() -> instruction.word("area")).orElse(town.name());
            Content content = content(town, mode, situation.severity(), title.text(), instruction.text(), area);
            AlertTickets.Ticket ticket = tickets.read(town, mode, form.get("alert"))
                    .orElseThrow(() -> new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.alert-page-unknown"));
            switch (mode) {
                case REAL -> desk.releaseEmergency(actor, ticket.id(), content);
                case EXERCISE -> desk.releaseExercise(actor, ticket.id(), content, ticket.since());
            }
            return "redirect:/studio/urgence/partie/" + ticket.id().ref();
        } catch (Refusal refusal) {
            response.setStatus(refusal.status().value());
            Words said = words.in(locale);
            model.addAttribute(
                    "page",
                    readback(
                            town,
                            said,
                            mode,
                            situation,
                            title,
                            instruction,
                            again(town, mode, form, refusal),
                            problem(refusal, said)));
            return "notice/studio/readback";
        }
    }

    /** With everything that is missing: this page has no other place for it. */
    static String problem(Refusal refusal, Words said) {
        String sentence = said.get(refusal.key(), refusal.args());
        return refusal instanceof Incomplete incomplete
                ? incomplete.findings().stream()
                        .map(finding -> finding.sentence(said))
                        .collect(Collectors.joining(" ", sentence + " ", ""))
                : sentence;
    }

    /** A page that can release nothing any more becomes a new one; otherwise it goes on naming the same alert. */
    private String again(Town town, AlertMode mode, FormFields form, Refusal refusal) {
        return switch (refusal.code()) {
            case "notice.alert-already-left", "notice.alert-page-unknown" -> tickets.next(town, mode, clock.instant());
            default -> form.get("alert");
        };
    }

    /** Marked words may not be left out; the residents read the town's language, whoever sends. */
    private PreparedText prepared(Town town, Situation situation, String part) {
        return PreparedText.of(words.in(town.locale()).get(situation.key(part)));
    }

    private EmergencyPages.Readback readback(
            Town town,
            Words said,
            AlertMode mode,
            Situation situation,
            PreparedText title,
            PreparedText instruction,
            String alert,
            @Nullable String problem) {
        Facts facts = names.facts(town, said);
        Instant now = clock.instant();
        return new EmergencyPages.Readback(
                mode,
                mode.path() + "/" + situation.slug(),
                alert,
                said.get(situation.key("name")),
                town.language(),
                parts(said, "title", title),
                parts(said, "instruction", instruction),
                situation == Situation.OTHER,
                said.get("notice.severity." + Labels.name(situation.severity())),
                Names.moment(town, said, now.plus(Validity.EMERGENCY), now),
                channels(mode).stream().map(facts::channel).collect(Collectors.joining(", ")),
                reaches.ofAlert(town, said, mode.exercise(), content(town, mode, situation.severity(), "", "", "")),
                problem);
    }

    private static List<EmergencyPages.Part> parts(Words said, String field, PreparedText text) {
        return text.parts().stream()
                .map(part -> part.marked()
                        ? new EmergencyPages.Part(
                                field + "." + part.name(),
                                said.get("notice.emergency.word." + part.name()),
                                part.text())
                        : new EmergencyPages.Part("", "", part.text()))
                .toList();
    }

    private SortedSet<String> channels(AlertMode mode) {
        return mode.exercise() ? channels.ofExercise() : channels.defaults(Kind.EMERGENCY);
    }

    private Content content(
            Town town, AlertMode mode, @Nullable Severity severity, String title, String instruction, String area) {
        return Content.blank(Kind.EMERGENCY, town.language(), channels(mode))
                .withWords(town.language(), new Content.Words(title, "", "", "", "", instruction))
                .withEmergency(new Emergency(severity, area, ""));
    }

    @GetMapping(STANDING + "/partie/{ref}")
    String sent(Actor actor, Town town, Locale locale, @PathVariable String ref, Model model) {
        actor.require(NoticeRights.READ);
        Words said = words.in(locale);
        StaffNotice notice = emergency(town, ref);
        PublishedNotice shown = notice.published().orElseThrow(EditorController::unknown);
        if (shown.state() != PublicState.PUBLISHED) {
            return "redirect:/studio/avis/" + ref;
        }
        AlertMode mode = AlertMode.of(notice.exercise());
        Facts facts = names.facts(town, said);
        Instant now = clock.instant();
        List<String> told =
                shown.content().channels().stream().filter(reaches::isTold).toList();
        model.addAttribute(
                "page",
                new EmergencyPages.Sent(
                        mode,
                        ref,
                        said.get(
                                mode.key("left"),
                                said.time(
                                        shown.publishedAt().atZone(town.zone()).toLocalTime())),
                        notice.title(),
                        shown.content().emergency() == null
                                ? ""
                                : shown.content().emergency().area(),
                        shown.content().channels().stream()
                                .map(channel -> new EmergencyPages.Went(
                                        facts.channel(channel),
                                        said.get(
                                                told.contains(channel)
                                                        ? "notice.emergency.leaving"
                                                        : "notice.emergency.shown")))
                                .toList(),
                        !told.isEmpty(),
                        Names.end(town, said, shown.until(), now),
                        town.url("/avis/" + ref + "/" + shown.slug())));
        return "notice/studio/sent";
    }

    @GetMapping(STANDING + "/annulation/{ref}")
    String askCancel(Actor actor, Town town, @PathVariable String ref, Model model) {
        actor.require(NoticeRights.EMERGENCY);
        StaffNotice notice = emergency(town, ref);
        model.addAttribute(
                "page", new EmergencyPages.Cancel(AlertMode.of(notice.exercise()), ref, notice.title(), "", null));
        return "notice/studio/cancel";
    }

    /** {@code prepared} is a button with a ready reason: one tap. The reason is public, so it is in the town's language. */
    @PostMapping(STANDING + "/annulation/{ref}")
    String cancel(
            Actor actor,
            Town town,
            Locale locale,
            @PathVariable String ref,
            @RequestParam(defaultValue = "") String prepared,
            @RequestParam(defaultValue = "") String reason,
            HttpServletResponse response,
            Model model) {
        actor.require(NoticeRights.EMERGENCY);
        StaffNotice notice = emergency(town, ref);
        AlertMode mode = AlertMode.of(notice.exercise());
        Words inTown = words.in(town.locale());
        String said = switch (prepared) {
            case "error", "over" -> inTown.get(mode.key("cancelled." + prepared));
            default -> reason;
        };
        try {
            desk.withdraw(actor, notice.id(), said);
            return "redirect:/studio/avis/" + ref;
        } catch (Refusal refusal) {
            response.setStatus(refusal.status().value());
            model.addAttribute(
                    "page",
                    new EmergencyPages.Cancel(
                            mode, ref, notice.title(), reason, words.in(locale).get(refusal.key(), refusal.args())));
            return "notice/studio/cancel";
        }
    }

    private StaffNotice emergency(Town town, String ref) {
        return NoticeId.ofRef(ref)
                .flatMap(id -> queries.find(town.id(), id))
                .filter(notice -> notice.kind() == Kind.EMERGENCY)
                .orElseThrow(EditorController::unknown);
    }

    private static Situation situation(String slug) {
        return Situation.of(slug).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "notice.unknown-situation"));
    }
}
