package fr.tambour.town.site;

import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.town.site.ChooserPage.Choice;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** On `localhost`, where several towns might be meant. */
@Controller
class ChooserController {

    private final Towns towns;

    ChooserController(Towns towns) {
        this.towns = towns;
    }

    @GetMapping("/collectivites")
    String choose(
            @RequestParam(name = "vers", defaultValue = "/") String path, HttpServletRequest request, Model model) {
        String port =
                request.getServerPort() == 80 || request.getServerPort() == 443 ? "" : ":" + request.getServerPort();
        String asked = path.startsWith("/") && !path.startsWith("//") ? path : "/";
        model.addAttribute(
                "page",
                new ChooserPage(towns.all().stream()
                        .map(town -> choice(town, request.getScheme(), port, asked))
                        .toList()));
        return "town/site/chooser";
    }

    private static Choice choice(Town town, String scheme, String port, String path) {
        String href = scheme + "://" + town.slug() + ".localhost" + port + path;
        return new Choice(town.fullName(), town.origin().departmentName(), href);
    }
}
