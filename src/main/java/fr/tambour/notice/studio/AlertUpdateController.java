package fr.tambour.notice.studio;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Emergency;
import fr.tambour.notice.Content.Emergency.Severity;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.Validity;
import fr.tambour.notice.WallTime;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Something new about an alert that stands: a correction under the same right, public, dated, with its reason. */
@Controller
@RequestMapping("/studio/urgence/point/{ref}")
class AlertUpdateController {

    private final NoticeDesk desk;
    private final DeskQueries queries;
    private final Reaches reaches;
    private final Words words;
    private final Clock clock;

    AlertUpdateController(NoticeDesk desk, DeskQueries queries, Reaches reaches, Words words, Clock clock) {
        this.desk = desk;
        this.queries = queries;
        this.reaches = reaches;
        this.words = words;
        this.clock = clock;
    }

    /** What the form of an update says; the rest of the alert stays as it stands. */
    private record Update(
            int revision, String title, String instruction, Emergency emergency, String reason, boolean prolong) {

        static Update of(int revision, Content content, Town town) {
            Content.Words text = content.in(town.language());
            Emergency emergency = content.emergency() == null ? new Emergency(null, "", "") : content.emergency();
            return new Update(revision, text.title(), text.instruction(), emergency, "", false);
        }

        static Update of(FormFields form) {
            return new Update(
                    revision(form.get("revision")),
                    text(form, "title"),
                    text(form, "instruction"),
                    new Emergency(severity(form.get("severity")), text(form, "area"), text(form, "contact")),
                    form.get("reason"),
                    form.has("prolong"));
        }

        /** Browsers send line breaks otherwise than they are stored. */
        private static String text(FormFields form, String field) {
            return form.get(field).replace("\r\n", "\n").strip();
        }

        /** What this form changed of {@code base}, upon what stands now; where both changed a field, this one's stays. */
        Update upon(Update base, Update standing) {
            return new Update(
                    standing.revision,
                    merged(title, base.title, standing.title),
                    merged(instruction, base.instruction, standing.instruction),
                    new Emergency(
                            merged(emergency.severity(), base.emergency.severity(), standing.emergency.severity()),
                            merged(emergency.area(), base.emergency.area(), standing.emergency.area()),
                            merged(emergency.contact(), base.emergency.contact(), standing.emergency.contact())),
                    reason,
                    prolong);
        }

        private static <T extends @Nullable Object> T merged(T mine, T base, T standing) {
            return Objects.equals(mine, base) ? standing : mine;
        }

        private static int revision(String text) {
            return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        }

        private static @Nullable Severity severity(String name) {
            return Arrays.stream(Severity.values())
                    .filter(value -> value.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        /**
         * The alert with what was changed. Texts in other languages say what was true before: where the words changed they
         * are left out, and their readers get the town's first language, marked.
         */
        Content of(PublishedNotice shown, Town town, Instant now) {
            Content before = shown.content();
            Content.Words told = before.in(town.language());
            boolean reworded =
                    !told.title().equals(title) || !told.instruction().equals(instruction);
            TreeMap<String, Content.Words> texts = new TreeMap<>(before.words());
            if (reworded) {
                texts.keySet().retainAll(List.of(town.language()));
            }
            texts.put(
                    town.language(),
                    new Content.Words(
                            title,
                            reworded ? "" : told.summary(),
                            told.body(),
                            told.price(),
                            told.accessibility(),
                            instruction));
            Content after = before.withAllWords(texts)
                    .withEmergency(emergency)
                    .withUntil(prolong ? WallTime.of(now.plus(Validity.EMERGENCY), town.zone()) : null);
            return reworded ? after.withoutEdits() : after;
        }
    }

    @GetMapping
    String ask(Actor actor, Town town, Locale locale, @PathVariable String ref, Model model) {
        actor.require(NoticeRights.EMERGENCY);
        PublishedNotice shown = standing(town, ref);
        Update update = Update.of(shown.revision(), shown.content(), town);
        model.addAttribute("page", page(town, words.in(locale), shown, update, Map.of(), null));
        return "notice/studio/update";
    }

    @PostMapping
    String publish(
            Actor actor,
            Town town,
            Locale locale,
            @PathVariable String ref,
            @RequestParam MultiValueMap<String, String> values,
            HttpServletResponse response,
            Model model) {
        actor.require(NoticeRights.EMERGENCY);
        Update update = Update.of(new FormFields(values));
        PublishedNotice shown = standing(town, ref);
        try {
            desk.correctEmergency(
                    actor, shown.id(), update.revision(), update.of(shown, town, clock.instant()), update.reason());
            return "redirect:/studio/urgence/partie/" + ref;
        } catch (Refusal refusal) {
            response.setStatus(refusal.status().value());
            Words said = words.in(locale);
            String problem = EmergencyController.problem(refusal, said);
            model.addAttribute(
                    "page",
                    refusal.code().equals("notice.conflict")
                            ? overtaken(town, said, standing(town, ref), update, problem)
                            : page(town, said, shown, update, Map.of(), problem));
            return "notice/studio/update";
        }
    }

    /** Somebody was faster: what they changed is taken over, and what stands is shown beside what this form changed. */
    private EmergencyPages.Update overtaken(
            Town town, Words said, PublishedNotice shown, Update update, String problem) {
        Update stands = Update.of(shown.revision(), shown.content(), town);
        Update base = queries.revision(town.id(), shown.id(), update.revision())
                .map(revision -> Update.of(revision.number(), revision.content(), town))
                .orElse(stands);
        Update merged = update.upon(base, stands);
        return page(town, said, shown, merged, beside(said, stands, merged), problem);
    }

    private static Map<String, String> beside(Words said, Update stands, Update merged) {
        Map<String, String> beside = new HashMap<>();
        beside(beside, "title", stands.title(), merged.title());
        beside(beside, "instruction", stands.instruction(), merged.instruction());
        beside(beside, "area", stands.emergency().area(), merged.emergency().area());
        beside(
                beside,
                "contact",
                stands.emergency().contact(),
                merged.emergency().contact());
        beside(
                beside,
                "severity",
                severity(said, stands.emergency().severity()),
                severity(said, merged.emergency().severity()));
        return beside;
    }

    private static void beside(Map<String, String> beside, String field, String stands, String merged) {
        if (!stands.equals(merged)) {
            beside.put(field, stands);
        }
    }

    private static String severity(Words said, @Nullable Severity severity) {
        return severity == null ? "" : said.get("notice.severity." + Labels.name(severity));
    }

    private EmergencyPages.Update page(
            Town town,
            Words said,
            PublishedNotice shown,
            Update update,
            Map<String, String> stands,
            @Nullable String problem) {
        Instant now = clock.instant();
        return new EmergencyPages.Update(
                AlertMode.of(shown.exercise()),
                shown.id().ref(),
                update.revision(),
                town.language(),
                update.title(),
                update.instruction(),
                update.emergency().area(),
                update.emergency().contact(),
                update.reason(),
                Arrays.stream(Severity.values())
                        .map(value -> new EditorPage.Option(
                                value.name(),
                                severity(said, value),
                                value == update.emergency().severity()))
                        .toList(),
                Names.end(town, said, shown.until(), now),
                Names.end(town, said, now.plus(Validity.EMERGENCY), now),
                update.prolong(),
                reaches.ofUpdate(town, said, shown, update.of(shown, town, now)),
                stands,
                problem);
    }

    /** What stands or is over can be updated, and prolonged; what was taken back asks for a new alert. */
    private PublishedNotice standing(Town town, String ref) {
        PublishedNotice shown = NoticeId.ofRef(ref)
                .flatMap(id -> queries.find(town.id(), id))
                .filter(notice -> notice.kind() == Kind.EMERGENCY)
                .flatMap(notice -> notice.published())
                .orElseThrow(EditorController::unknown);
        if (shown.state() == PublicState.WITHDRAWN) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.alert-not-standing");
        }
        return shown;
    }
}
