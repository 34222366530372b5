package fr.tambour.notice.studio;

import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.StaffNotice;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The older steps and versions of a notice, where the reading page shows only the newest. */
@Controller
@RequestMapping("/studio/avis/{ref}")
class PastController {

    private final DeskQueries queries;
    private final Past past;
    private final Words words;

    PastController(DeskQueries queries, Past past, Words words) {
        this.queries = queries;
        this.past = past;
        this.words = words;
    }

    @ModelAttribute(name = "here", binding = false)
    Here here(Actor actor, Town town, @PathVariable String ref, Locale locale) {
        actor.require(NoticeRights.READ);
        return new Here(actor, town, NoticeId.ofRef(ref).orElseThrow(EditorController::unknown), words.in(locale));
    }

    @GetMapping("/historique")
    String steps(
            @ModelAttribute(name = "here", binding = false) Here here,
            @RequestParam(required = false) @Nullable String apres,
            Model model) {
        return page(
                here,
                notice(here),
                "notice.history",
                past.steps(here, apres),
                Stretch.none(),
                apres == null ? null : Past.stepsPath(here),
                model);
    }

    @GetMapping("/versions")
    String versions(
            @ModelAttribute(name = "here", binding = false) Here here,
            @RequestParam(required = false) @Nullable String apres,
            Model model) {
        StaffNotice notice = notice(here);
        return page(
                here,
                notice,
                "notice.versions",
                Stretch.none(),
                past.versions(here, notice, 0, apres),
                apres == null ? null : Past.versionsPath(here),
                model);
    }

    private static String page(
            Here here,
            StaffNotice notice,
            String heading,
            Stretch<ReadingPage.Step> steps,
            Stretch<ReadingPage.Version> versions,
            @Nullable String newest,
            Model model) {
        String title = notice.title().isBlank() ? here.words().get("notice.untitled") : notice.title();
        model.addAttribute("page", new PastPage(here.ref(), title, here.words().get(heading), steps, versions, newest));
        return "notice/studio/past";
    }

    private StaffNotice notice(Here here) {
        return queries.find(here.town().id(), here.id()).orElseThrow(EditorController::unknown);
    }
}
