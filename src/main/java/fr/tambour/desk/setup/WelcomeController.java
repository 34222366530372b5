package fr.tambour.desk.setup;

import fr.tambour.desk.internal.SetupDrafts;
import fr.tambour.desk.internal.SetupLink;
import fr.tambour.town.Towns;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Where every page leads before there is a town, and where the link from the console opens. */
@Controller
class WelcomeController {

    private final Towns towns;
    private final SetupLink link;
    private final SetupDrafts drafts;

    WelcomeController(Towns towns, SetupLink link, SetupDrafts drafts) {
        this.towns = towns;
        this.link = link;
        this.drafts = drafts;
    }

    @GetMapping("/mise-en-place")
    String notYet() {
        return towns.all().isEmpty() ? "desk/setup/notYet" : "redirect:/studio";
    }

    @GetMapping("/mise-en-place/{token:[A-Za-z0-9_-]{20,64}}")
    String open(@PathVariable String token) {
        link.check(token);
        return "redirect:/mise-en-place/" + token + "/"
                + drafts.current().next().path();
    }
}
