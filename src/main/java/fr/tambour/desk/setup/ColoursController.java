package fr.tambour.desk.setup;

import fr.tambour.desk.internal.ArmsShelf;
import fr.tambour.desk.internal.Problems;
import fr.tambour.desk.internal.SetupDraft;
import fr.tambour.desk.internal.SetupDrafts;
import fr.tambour.desk.internal.SetupPlan;
import fr.tambour.desk.internal.SetupStage;
import fr.tambour.town.ColourCheck;
import fr.tambour.town.Profile;
import fr.tambour.town.Profile.Arms;
import fr.tambour.town.Profile.Colours;
import fr.tambour.ui.Refusal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Third step: two colours, and the arms. */
@Controller
@RequestMapping("/mise-en-place/{token}/couleurs")
class ColoursController {

    private final SetupDrafts drafts;
    private final SetupPlan plan;
    private final ArmsShelf shelf;

    ColoursController(SetupDrafts drafts, SetupPlan plan, ArmsShelf shelf) {
        this.drafts = drafts;
        this.plan = plan;
        this.shelf = shelf;
    }

    /** Colours in the address are looked at without being kept: without JavaScript, this is the preview. */
    @GetMapping
    ModelAndView show(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String une,
            @RequestParam(required = false) @Nullable String deux) {
        SetupDraft draft = drafts.current();
        Colours kept = profile(draft).colours();
        Problems problems = new Problems();
        Colours picked = new Colours(
                une == null ? kept.first() : colour("une", une, kept.first(), problems),
                deux == null ? kept.second() : colour("deux", deux, kept.second(), problems));
        return page(token, draft, picked, problems);
    }

    @PostMapping
    ModelAndView keep(
            @PathVariable String token,
            @RequestParam String une,
            @RequestParam String deux,
            @RequestParam(required = false) @Nullable MultipartFile armes,
            @RequestParam(defaultValue = "false") boolean retirer) {
        SetupDraft draft = drafts.current();
        Profile profile = profile(draft);
        Problems problems = new Problems();
        Colours picked = new Colours(
                colour("une", une, profile.colours().first(), problems),
                colour("deux", deux, profile.colours().second(), problems));
        Arms arms = profile.arms();
        try {
            arms = shelf.after(draft.town(), profile.arms(), armes, retirer);
        } catch (Refusal refusal) {
            problems.add("armes", refusal);
        }
        if (!problems.none()) {
            ModelAndView again = page(token, draft, picked, problems);
            again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return again;
        }
        plan.profile(profile.withColours(picked).withArms(arms), SetupStage.COLOURS);
        return new ModelAndView(SetupFrame.after(token, SetupStage.COLOURS));
    }

    private static String colour(String field, String typed, String before, Problems problems) {
        Optional<String> colour = ColourCheck.typed(typed);
        if (colour.isEmpty()) {
            problems.add(field, "error.town.colour-unreadable");
        }
        return colour.orElse(before);
    }

    private static Profile profile(SetupDraft draft) {
        return Objects.requireNonNull(draft.profile());
    }

    private static ModelAndView page(String token, SetupDraft draft, Colours picked, Problems problems) {
        SetupFrame frame = SetupFrame.of(token, SetupStage.COLOURS, draft);
        return new ModelAndView("desk/setup/colours", "page", new ColoursPage(frame, picked, problems));
    }
}
