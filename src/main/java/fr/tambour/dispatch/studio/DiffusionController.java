package fr.tambour.dispatch.studio;

import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.Interventions;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.StaffNotice;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The block « Diffusion » anew, for a page that is open, and its buttons. */
@Controller
@RequestMapping("/studio/avis/{ref}/diffusion")
class DiffusionController {

    private final DeskQueries queries;
    private final DiffusionBlock block;
    private final Interventions interventions;
    private final Words words;

    DiffusionController(DeskQueries queries, DiffusionBlock block, Interventions interventions, Words words) {
        this.queries = queries;
        this.block = block;
        this.interventions = interventions;
        this.words = words;
    }

    @GetMapping
    String block(Actor actor, Town town, Locale locale, @PathVariable String ref, Model model) {
        actor.require(NoticeRights.READ);
        StaffNotice notice = queries.find(town.id(), id(ref)).orElseThrow(DiffusionController::unknown);
        model.addAttribute("page", block.of(town, actor, notice, words.in(locale)));
        return "dispatch/studio/diffusion";
    }

    @PostMapping("/{channel}/pause")
    String pause(
            Actor actor,
            @PathVariable String ref,
            @PathVariable String channel,
            @RequestParam(defaultValue = "") String reason) {
        interventions.pause(actor, id(ref), channel, reason);
        return back(ref);
    }

    @PostMapping("/{channel}/reprise")
    String resume(
            Actor actor,
            @PathVariable String ref,
            @PathVariable String channel,
            @RequestParam(defaultValue = "") String reason) {
        interventions.resume(actor, id(ref), channel, reason);
        return back(ref);
    }

    @PostMapping("/{channel}/arret")
    String stop(
            Actor actor,
            @PathVariable String ref,
            @PathVariable String channel,
            @RequestParam(defaultValue = "") String reason) {
        interventions.stop(actor, id(ref), channel, reason);
        return back(ref);
    }

    private static String back(String ref) {
        return "redirect:/studio/avis/" + ref + "#diffusion";
    }

    private static NoticeId id(String ref) {
        return NoticeId.ofRef(ref).orElseThrow(DiffusionController::unknown);
    }

    private static Refusal unknown() {
        return new Refusal(HttpStatus.NOT_FOUND, "notice.unknown");
    }
}
