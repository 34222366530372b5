package fr.tambour.desk.setup;

import fr.tambour.desk.internal.Policies;
import fr.tambour.desk.internal.Problems;
import fr.tambour.desk.internal.SetupDraft;
import fr.tambour.desk.internal.SetupDrafts;
import fr.tambour.desk.internal.SetupPlan;
import fr.tambour.desk.internal.SetupStage;
import fr.tambour.desk.internal.TownFormReader;
import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Kind;
import fr.tambour.ui.Refusal;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Fourth step: districts, themes, and who approves what. */
@Controller
@RequestMapping("/mise-en-place/{token}/quartiers-thematiques")
class ListsController {

    private final SetupDrafts drafts;
    private final SetupPlan plan;

    ListsController(SetupDrafts drafts, SetupPlan plan) {
        this.drafts = drafts;
        this.plan = plan;
    }

    @GetMapping
    ModelAndView show(@PathVariable String token) {
        SetupDraft draft = drafts.current();
        return page(
                token,
                draft,
                String.join("\n", draft.districts()),
                String.join("\n", draft.themes()),
                draft.policies(),
                new Problems());
    }

    @PostMapping
    ModelAndView keep(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String districts,
            @RequestParam(defaultValue = "") String themes,
            @RequestParam Map<String, String> form) {
        Map<Kind, ApprovalPolicy> policies = Policies.chosen(form);
        Problems problems = new Problems();
        List<String> districtNames = lines("districts", districts, problems);
        List<String> themeNames = lines("themes", themes, problems);
        if (!problems.none()) {
            ModelAndView again = page(token, drafts.current(), districts, themes, policies, problems);
            again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return again;
        }
        plan.lists(districtNames, themeNames, policies);
        return new ModelAndView(SetupFrame.after(token, SetupStage.LISTS));
    }

    private static List<String> lines(String field, String typed, Problems problems) {
        try {
            return TownFormReader.lines(typed);
        } catch (Refusal refusal) {
            problems.add(field, refusal);
            return List.of();
        }
    }

    private static ModelAndView page(
            String token,
            SetupDraft draft,
            String districts,
            String themes,
            Map<Kind, ApprovalPolicy> policies,
            Problems problems) {
        SetupFrame frame = SetupFrame.of(token, SetupStage.LISTS, draft);
        return new ModelAndView(
                "desk/setup/lists", "page", new ListsPage(frame, districts, themes, policies, problems));
    }
}
