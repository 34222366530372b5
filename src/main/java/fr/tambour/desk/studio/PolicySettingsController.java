package fr.tambour.desk.studio;

import fr.tambour.desk.DeskRights;
import fr.tambour.desk.internal.Policies;
import fr.tambour.desk.internal.TownSettings;
import fr.tambour.notice.ApprovalPolicies;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who approves what. */
@Controller
@RequestMapping(PolicySettingsController.PATH)
class PolicySettingsController {

    static final String PATH = "/studio/accord";

    private final ApprovalPolicies policies;
    private final TownSettings settings;

    PolicySettingsController(ApprovalPolicies policies, TownSettings settings) {
        this.policies = policies;
        this.settings = settings;
    }

    @GetMapping
    String show(
            Town town, Actor actor, @RequestParam(name = "fait", required = false) @Nullable String done, Model model) {
        actor.require(DeskRights.SETTINGS);
        model.addAttribute("page", new PolicySettingsPage(policies.of(town.id()), done != null));
        return "desk/studio/policySettings";
    }

    @PostMapping
    String save(Town town, Actor actor, @RequestParam Map<String, String> form) {
        actor.require(DeskRights.SETTINGS);
        settings.decide(actor, town, Policies.chosen(form));
        return "redirect:" + PATH + "?fait";
    }
}
