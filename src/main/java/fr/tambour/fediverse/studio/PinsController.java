package fr.tambour.fediverse.studio;

import fr.tambour.fediverse.FediverseRights;
import fr.tambour.fediverse.internal.Pins;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Which notices stand first on the account. */
@Controller
class PinsController {

    private static final String OF_NOTICE = "/studio/avis/{ref}/epingle";

    private final Pins pins;

    PinsController(Pins pins) {
        this.pins = pins;
    }

    @PostMapping(OF_NOTICE)
    String pin(@PathVariable String ref, Town town, Actor actor) {
        actor.require(FediverseRights.SHARE);
        pins.pin(town, id(ref), actor.person().value());
        return "redirect:/studio/avis/" + ref;
    }

    @PostMapping(OF_NOTICE + "/retrait")
    String unpin(@PathVariable String ref, Town town, Actor actor) {
        actor.require(FediverseRights.SHARE);
        pins.unpin(town, id(ref), actor.person().value());
        return "redirect:/studio/avis/" + ref;
    }

    @PostMapping(StudioFediverseController.PATH + "/epingles/{ref}/retrait")
    String unpinHere(@PathVariable String ref, Town town, Actor actor) {
        actor.require(FediverseRights.SHARE);
        pins.unpin(town, id(ref), actor.person().value());
        return "redirect:" + StudioFediverseController.PATH + "?fait=unpinned#epingles";
    }

    private static NoticeId id(String ref) {
        return NoticeId.ofRef(ref).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
    }
}
