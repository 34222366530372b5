package fr.tambour.desk.setup;

import fr.tambour.desk.internal.Problems;
import fr.tambour.desk.internal.SetupDraft;
import fr.tambour.desk.internal.SetupDrafts;
import fr.tambour.desk.internal.SetupPlan;
import fr.tambour.desk.internal.SetupStage;
import fr.tambour.desk.internal.TownForm;
import fr.tambour.desk.internal.TownFormReader;
import fr.tambour.desk.internal.TownFormReader.Reading;
import fr.tambour.town.HostName;
import fr.tambour.town.Profile;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Second step: what the directory says, to be confirmed, and what it cannot know. */
@Controller
@RequestMapping("/mise-en-place/{token}/identite")
class IdentityController {

    private final SetupDrafts drafts;
    private final SetupPlan plan;

    IdentityController(SetupDrafts drafts, SetupPlan plan) {
        this.drafts = drafts;
        this.plan = plan;
    }

    @GetMapping
    ModelAndView show(@PathVariable String token) {
        SetupDraft draft = drafts.current();
        return page(token, draft, TownForm.of(profile(draft)), new Problems());
    }

    @PostMapping
    ModelAndView confirm(@PathVariable String token, @ModelAttribute TownForm form, HttpServletRequest request) {
        SetupDraft draft = drafts.current();
        Set<String> here = Set.of(HostName.ofHeader(request.getServerName()));
        Reading reading = TownFormReader.read(form, profile(draft), here);
        if (reading.profile() == null) {
            ModelAndView again = page(token, draft, form, reading.problems());
            again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return again;
        }
        plan.profile(reading.profile(), SetupStage.IDENTITY);
        return new ModelAndView(SetupFrame.after(token, SetupStage.IDENTITY));
    }

    private static Profile profile(SetupDraft draft) {
        return Objects.requireNonNull(draft.profile());
    }

    private static ModelAndView page(String token, SetupDraft draft, TownForm form, Problems problems) {
        return new ModelAndView(
                "desk/setup/identity",
                "page",
                new IdentityPage(SetupFrame.of(token, SetupStage.IDENTITY, draft), form, problems));
    }
}
