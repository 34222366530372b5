package fr.tambour.fediverse.studio;

import fr.tambour.fediverse.FediverseRights;
import fr.tambour.fediverse.internal.AccountAddress;
import fr.tambour.fediverse.internal.AccountAddress.Wanted;
import fr.tambour.fediverse.internal.AccountKeys;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.Gate;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The account: what it is called, and how many follow it from where. */
@Controller
class StudioFediverseController {

    static final String PATH = "/studio/fediverse";

    private final Actors actors;
    private final AccountAddress address;
    private final AccountKeys keys;
    private final Gate gate;
    private final StudioFediverseView view;
    private final Words words;

    StudioFediverseController(
            Actors actors, AccountAddress address, AccountKeys keys, Gate gate, StudioFediverseView view, Words words) {
        this.gate = gate;
        this.actors = actors;
        this.address = address;
        this.keys = keys;
        this.view = view;
        this.words = words;
    }

    @GetMapping(PATH)
    String show(
            Town town,
            Actor actor,
            @RequestParam(name = "fait", required = false) @Nullable String done,
            Locale locale,
            Model model) {
        actor.require(FediverseRights.READ);
        model.addAttribute("page", view.page(town, actor, view.form(town, actor), null, done, locale));
        return StudioFediverseView.VIEW;
    }

    /** Asks the other domain first; whoever sends this waits for that, twenty seconds at most. */
    @PostMapping(PATH + "/adresse")
    String call(
            @RequestParam(name = "nom", defaultValue = "") String name,
            @RequestParam(name = "domaine", defaultValue = "") String domain,
            Town town,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        actor.require(FediverseRights.SETTINGS);
        Words said = words.in(locale);
        String own = actors.of(town).base().getRawAuthority();
        StudioFediversePage.Problem problem;
        try {
            Wanted wanted = Wanted.of(name, domain);
            if (address.leadsHere(town, wanted).join()) {
                address.change(town, wanted, actor.person().value());
                return "redirect:" + PATH + "?fait";
            }
            problem = StudioFediversePage.Problem.ofElsewhere(
                    said.get("error.fediverse.leads-elsewhere", wanted.domain()));
        } catch (Refusal refusal) {
            problem = StudioFediversePage.Problem.of(said.get("error." + refusal.code(), refusal.args()));
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute(
                "page", view.page(town, actor, new StudioFediversePage.Form(name, domain, own), problem, null, locale));
        return StudioFediverseView.VIEW;
    }

    @PostMapping(PATH + "/lecture")
    String gate(@RequestParam(name = "signee", defaultValue = "false") boolean signed, Town town, Actor actor) {
        actor.require(FediverseRights.SETTINGS);
        gate.set(town, signed, actor.person().value());
        return "redirect:" + PATH + "?fait=gate#lecture";
    }

    @PostMapping(PATH + "/cles")
    String renewKeys(Town town, Actor actor) {
        actor.require(FediverseRights.SETTINGS);
        keys.renew(town, actor.person().value());
        return "redirect:" + PATH + "?fait=keys#cles";
    }
}
