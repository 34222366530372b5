package fr.tambour.notice.studio;

import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeDesk.Release;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.StaffNotice;
import fr.tambour.notice.WallTime;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The reading page and every step that is taken from it; one that is refused shows the page again with the reason. */
@Controller
@RequestMapping("/studio/avis/{ref}")
class StepsController {

    private final NoticeDesk desk;
    private final DeskQueries queries;
    private final ReadingDesk reading;
    private final Words words;

    StepsController(NoticeDesk desk, DeskQueries queries, ReadingDesk reading, Words words) {
        this.desk = desk;
        this.queries = queries;
        this.reading = reading;
        this.words = words;
    }

    @ModelAttribute(name = "here", binding = false)
    Here here(Actor actor, Town town, @PathVariable String ref, Locale locale) {
        actor.require(NoticeRights.READ);
        return new Here(actor, town, NoticeId.ofRef(ref).orElseThrow(EditorController::unknown), words.in(locale));
    }

    /** The draft as its approver will read it. */
    @GetMapping("/lecture")
    String read(@ModelAttribute(name = "here", binding = false) Here here, Model model) {
        model.addAttribute("page", reading.page(here, notice(here), FormFields.empty(), null));
        return "notice/studio/reading";
    }

    @GetMapping("/versions/{number}")
    String revision(@ModelAttribute(name = "here", binding = false) Here here, @PathVariable int number, Model model) {
        StaffNotice.Revision revision =
                queries.revision(here.town().id(), here.id(), number).orElseThrow(ReadingDesk::noSuchRevision);
        model.addAttribute("page", reading.revision(here, notice(here), revision));
        return "notice/studio/reading";
    }

    @PostMapping("/reprise")
    String takeBack(
            @ModelAttribute(name = "here", binding = false) Here here,
            @RequestParam(defaultValue = "") String comment,
            HttpServletResponse response,
            Model model) {
        return step(here, FormFields.empty(), response, model, () -> desk.takeBack(here.actor(), here.id(), comment));
    }

    @PostMapping("/demande")
    String askChanges(
            @ModelAttribute(name = "here", binding = false) Here here,
            @RequestParam int revision,
            @RequestParam MultiValueMap<String, String> values,
            HttpServletResponse response,
            Model model) {
        FormFields form = new FormFields(values);
        return step(
                here,
                form,
                response,
                model,
                () -> desk.askChanges(here.actor(), here.id(), revision, form.get("comment")));
    }

    @PostMapping("/approbation")
    String approve(
            @ModelAttribute(name = "here", binding = false) Here here,
            @RequestParam int revision,
            @RequestParam MultiValueMap<String, String> values,
            HttpServletResponse response,
            Model model) {
        FormFields form = new FormFields(values);
        return step(
                here,
                form,
                response,
                model,
                () -> desk.approve(here.actor(), here.id(), revision, form.get("comment"), release(here, form)));
    }

    /** Releases what is approved: now or at a time. */
    @PostMapping("/publication")
    String release(
            @ModelAttribute(name = "here", binding = false) Here here,
            @RequestParam MultiValueMap<String, String> values,
            HttpServletResponse response,
            Model model) {
        FormFields form = new FormFields(values);
        return step(here, form, response, model, () -> desk.release(here.actor(), here.id(), release(here, form)));
    }

    @PostMapping("/deprogrammation")
    String unschedule(
            @ModelAttribute(name = "here", binding = false) Here here, HttpServletResponse response, Model model) {
        return step(here, FormFields.empty(), response, model, () -> desk.unschedule(here.actor(), here.id(), ""));
    }

    /** Takes an approved draft up again as it is; the approval is void from then on. */
    @PostMapping("/brouillon")
    String takeUp(
            @ModelAttribute(name = "here", binding = false) Here here, HttpServletResponse response, Model model) {
        return step(here, FormFields.empty(), response, model, () -> {
            StaffNotice.Draft draft = notice(here).draft().orElseThrow(StepsController::nothingToWrite);
            desk.save(here.actor(), here.id(), draft.version(), draft.content(), draft.reason());
        });
    }

    @PostMapping("/rectificatif")
    String correct(
            @ModelAttribute(name = "here", binding = false) Here here,
            @RequestParam(defaultValue = "") String champ,
            HttpServletResponse response,
            Model model) {
        String next = step(here, FormFields.empty(), response, model, () -> desk.correct(here.actor(), here.id()));
        return next.equals(here.back()) && champ.equals("until") ? next + "#until.date" : next;
    }

    /** Cancels one occurrence: a correction with that day excepted, ready to be submitted. */
    @PostMapping("/seance")
    String cancelOccurrence(
            @ModelAttribute(name = "here", binding = false) Here here,
            @RequestParam LocalDate day,
            @RequestParam(defaultValue = "") String reason,
            HttpServletResponse response,
            Model model) {
        return step(
                here,
                FormFields.empty(),
                response,
                model,
                () -> desk.cancelOccurrence(here.actor(), here.id(), day, reason));
    }

    @GetMapping("/retrait")
    String askWithdrawal(@ModelAttribute(name = "here", binding = false) Here here, Model model) {
        StaffNotice notice = notice(here);
        model.addAttribute("page", new WithdrawalPage(here.ref(), notice.title(), "", null));
        return "notice/studio/withdrawal";
    }

    @PostMapping("/retrait")
    String withdraw(
            @ModelAttribute(name = "here", binding = false) Here here,
            @RequestParam(defaultValue = "") String reason,
            HttpServletResponse response,
            Model model) {
        StaffNotice notice = notice(here);
        try {
            desk.withdraw(here.actor(), here.id(), reason);
            return here.back();
        } catch (Refusal refusal) {
            response.setStatus(refusal.status().value());
            model.addAttribute(
                    "page",
                    new WithdrawalPage(
                            here.ref(), notice.title(), reason, here.words().get(refusal.key(), refusal.args())));
            return "notice/studio/withdrawal";
        }
    }

    /** Throws the draft away; what was never submitted is gone with it, so the list is where to go on. */
    @PostMapping("/abandon")
    String discard(
            @ModelAttribute(name = "here", binding = false) Here here, HttpServletResponse response, Model model) {
        boolean published = notice(here).published().isPresent();
        String next = step(here, FormFields.empty(), response, model, () -> desk.discard(here.actor(), here.id()));
        return next.equals(here.back()) && !published ? "redirect:/studio/avis" : next;
    }

    private Release release(Here here, FormFields form) {
        boolean typed = form.has("at.date") || form.has("at.time");
        if (typed && !form.get("release").equals("at")) {
            // Without a script nothing chooses the time that is typed: which of the two is meant, only a person knows.
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.release-or-time");
        }
        return switch (form.get("release")) {
            case "now" -> new Release.Now();
            case "wished" -> new Release.AsWished();
            case "at" -> {
                WallTime time = new FormTimes(here.town().zone()).read(form, "at");
                if (time == null) {
                    throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.schedule-without-time");
                }
                yield new Release.At(time);
            }
            default -> new Release.Later();
        };
    }

    private String step(Here here, FormFields posted, HttpServletResponse response, Model model, Runnable step) {
        try {
            step.run();
            return here.back();
        } catch (Refusal refusal) {
            if (refusal.status() == HttpStatus.NOT_FOUND) {
                throw refusal;
            }
            response.setStatus(refusal.status().value());
            model.addAttribute("page", reading.page(here, notice(here), posted, refusal));
            return "notice/studio/reading";
        }
    }

    private StaffNotice notice(Here here) {
        return queries.find(here.town().id(), here.id()).orElseThrow(EditorController::unknown);
    }

    private static Refusal nothingToWrite() {
        return new Refusal(HttpStatus.CONFLICT, "notice.illegal-step.edit");
    }
}
