package fr.tambour.live.site;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The alerts that stand, as open pages put them above what is being read. */
@Controller
class AlertsController {

    @GetMapping("/alertes")
    String alerts() {
        return "live/site/alerts";
    }
}
