package fr.tambour.live.studio;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The alerts that stand, as open staff pages show them: with the way to take them back. */
@Controller
class StudioAlertsController {

    @GetMapping("/studio/alertes")
    String alerts() {
        return "live/studio/alerts";
    }
}
