package fr.tambour.fediverse.studio;

import fr.tambour.fediverse.FediverseRights;
import fr.tambour.fediverse.internal.Aliases;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Accounts elsewhere that the town had before. */
@Controller
class AliasesController {

    private static final String PATH = StudioFediverseController.PATH + "/anciens";

    private final Aliases aliases;
    private final StudioFediverseView view;

    AliasesController(Aliases aliases, StudioFediverseView view) {
        this.aliases = aliases;
        this.view = view;
    }

    /** Whoever sends this waits for the other server, half a minute at most. */
    @PostMapping(PATH)
    String add(
            @RequestParam(name = "ancien", defaultValue = "") String written,
            Town town,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        actor.require(FediverseRights.SETTINGS);
        try {
            aliases.add(town, found(town, written), actor.person().value());
            return done("alias-added");
        } catch (Refusal refusal) {
            return view.refused(
                    refusal,
                    sentence -> StudioFediversePage.Problem.ofAlias(sentence, written),
                    town,
                    actor,
                    locale,
                    model,
                    response);
        }
    }

    @PostMapping(PATH + "/retrait")
    String remove(@RequestParam(name = "ancien", defaultValue = "") String account, Town town, Actor actor) {
        actor.require(FediverseRights.SETTINGS);
        aliases.remove(town, account, actor.person().value());
        return done("alias-removed");
    }

    private URI found(Town town, String written) {
        try {
            return aliases.find(town, written).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Refusal refusal ? refusal : e;
        }
    }

    private static String done(String what) {
        return "redirect:" + StudioFediverseController.PATH + "?fait=" + what + "#anciens";
    }
}
