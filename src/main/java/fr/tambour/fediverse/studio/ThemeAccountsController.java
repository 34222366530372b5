package fr.tambour.fediverse.studio;

import fr.tambour.fediverse.FediverseRights;
import fr.tambour.fediverse.internal.ThemeAccounts;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which themes have accounts of their own. */
@Controller
class ThemeAccountsController {

    private static final String PATH = StudioFediverseController.PATH + "/thematiques";
    private static final String ONE = PATH + "/{name:[a-z0-9_]{1,30}}";

    private final ThemeAccounts accounts;
    private final StudioFediverseView view;

    ThemeAccountsController(ThemeAccounts accounts, StudioFediverseView view) {
        this.accounts = accounts;
        this.view = view;
    }

    @PostMapping(PATH)
    String open(
            @RequestParam("thematique") long theme,
            @RequestParam(name = "nom", defaultValue = "") String name,
            Town town,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        actor.require(FediverseRights.SETTINGS);
        try {
            accounts.open(town, theme, name, actor.person().value());
            return done("opened");
        } catch (Refusal refusal) {
            return view.refused(
                    refusal,
                    sentence -> StudioFediversePage.Problem.ofTheme(sentence, theme, name),
                    town,
                    actor,
                    locale,
                    model,
                    response);
        }
    }

    @PostMapping(ONE + "/suspension")
    String stop(@PathVariable String name, Town town, Actor actor) {
        actor.require(FediverseRights.SETTINGS);
        accounts.stop(town, name, actor.person().value());
        return done("stopped");
    }

    @PostMapping(ONE + "/retablissement")
    String resume(@PathVariable String name, Town town, Actor actor) {
        actor.require(FediverseRights.SETTINGS);
        accounts.resume(town, name, actor.person().value());
        return done("resumed");
    }

    @PostMapping(ONE + "/fermeture")
    String close(@PathVariable String name, Town town, Actor actor) {
        actor.require(FediverseRights.SETTINGS);
        accounts.close(town, name, actor.person().value());
        return done("closed");
    }

    private static String done(String what) {
        return "redirect:" + StudioFediverseController.PATH + "?fait=" + what + "#thematiques";
    }
}
