package fr.tambour.fediverse.studio;

import fr.tambour.fediverse.FediverseRights;
import fr.tambour.fediverse.internal.FollowRequests;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which accounts approve who follows them, and who is let in. */
@Controller
class FollowRequestsController {

    private static final String PATH = StudioFediverseController.PATH + "/demandes";
    private static final String ONE = PATH + "/{id:[0-9]{1,19}}";

    private final FollowRequests requests;
    private final StudioFediverseView view;

    FollowRequestsController(FollowRequests requests, StudioFediverseView view) {
        this.requests = requests;
        this.view = view;
    }

    @PostMapping(PATH + "/comptes")
    String approve(@RequestParam(name = "compte", defaultValue = "") List<String> names, Town town, Actor actor) {
        actor.require(FediverseRights.SETTINGS);
        requests.approve(town, Set.copyOf(names), actor.person().value());
        return done("approval");
    }

    @PostMapping(ONE + "/accord")
    String accept(
            @PathVariable long id, Town town, Actor actor, Locale locale, Model model, HttpServletResponse response) {
        actor.require(FediverseRights.FOLLOWERS);
        try {
            return done(requests.accept(town, id, actor.person().value()) ? "accepted" : "refused");
        } catch (Refusal refusal) {
            return refused(refusal, town, actor, locale, model, response);
        }
    }

    @PostMapping(ONE + "/refus")
    String refuse(
            @PathVariable long id, Town town, Actor actor, Locale locale, Model model, HttpServletResponse response) {
        actor.require(FediverseRights.FOLLOWERS);
        try {
            requests.refuse(town, id, actor.person().value());
            return done("refused");
        } catch (Refusal refusal) {
            return refused(refusal, town, actor, locale, model, response);
        }
    }

    private String refused(
            Refusal refusal, Town town, Actor actor, Locale locale, Model model, HttpServletResponse response) {
        return view.refused(
                refusal, sentence -> StudioFediversePage.Problem.of(sentence), town, actor, locale, model, response);
    }

    private static String done(String what) {
        return "redirect:" + StudioFediverseController.PATH + "?fait=" + what + "#demandes";
    }
}
