package fr.tambour.desk.setup;

import fr.tambour.desk.internal.SetupDraft;
import fr.tambour.desk.internal.SetupDrafts;
import fr.tambour.desk.internal.SetupPlan;
import fr.tambour.desk.internal.SetupStage;
import fr.tambour.town.Commune;
import fr.tambour.town.Communes;
import fr.tambour.town.TownType;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** First step: which of the communes and EPCIs of France. */
@Controller
@RequestMapping("/mise-en-place/{token}/collectivite")
class TownChoiceController {

    private static final int SHOWN = 12;

    private final SetupDrafts drafts;
    private final SetupPlan plan;
    private final Communes communes;

    TownChoiceController(SetupDrafts drafts, SetupPlan plan, Communes communes) {
        this.drafts = drafts;
        this.plan = plan;
        this.communes = communes;
    }

    @GetMapping
    String search(@PathVariable String token, @RequestParam(name = "q", defaultValue = "") String query, Model model) {
        SetupDraft draft = drafts.current();
        List<Commune> found = query.isBlank() ? List.of() : communes.search(query, SHOWN);
        String chosen = draft.origin() == null ? null : draft.origin().code();
        model.addAttribute(
                "page", new TownChoicePage(SetupFrame.of(token, SetupStage.TOWN, draft), query, found, chosen));
        return "desk/setup/townChoice";
    }

    @PostMapping
    String choose(
            @PathVariable String token,
            @RequestParam TownType type,
            @RequestParam String code,
            HttpServletRequest request) {
        Commune commune = communes.byCode(type, code)
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "desk.town-unknown", code));
        plan.choose(commune, asOpened(request));
        return SetupFrame.after(token, SetupStage.TOWN);
    }

    /** The address by which the set-up was opened is a good guess for the public one, and always works meanwhile. */
    private static URI asOpened(HttpServletRequest request) {
        return UriComponentsBuilder.fromUriString(request.getRequestURL().toString())
                .replacePath(null)
                .replaceQuery(null)
                .build()
                .toUri();
    }
}
