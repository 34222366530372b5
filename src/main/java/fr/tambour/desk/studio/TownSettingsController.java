package fr.tambour.desk.studio;

import fr.tambour.desk.DeskRights;
import fr.tambour.desk.internal.ArmsShelf;
import fr.tambour.desk.internal.Problems;
import fr.tambour.desk.internal.TownForm;
import fr.tambour.desk.internal.TownFormReader;
import fr.tambour.desk.internal.TownFormReader.Reading;
import fr.tambour.desk.internal.TownSettings;
import fr.tambour.people.Actor;
import fr.tambour.town.ColourCheck;
import fr.tambour.town.HostName;
import fr.tambour.town.Profile;
import fr.tambour.town.Profile.Arms;
import fr.tambour.town.Profile.Colours;
import fr.tambour.town.Town;
import fr.tambour.town.TownPaths;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** The town's facts, hosts, languages, colours and arms. */
@Controller
@RequestMapping(TownSettingsController.PATH)
class TownSettingsController {

    static final String PATH = "/studio/ville";

    private final Towns towns;
    private final TownSettings settings;
    private final ArmsShelf shelf;

    TownSettingsController(Towns towns, TownSettings settings, ArmsShelf shelf) {
        this.towns = towns;
        this.settings = settings;
        this.shelf = shelf;
    }

    @GetMapping
    ModelAndView show(
            Town town,
            Actor actor,
            @RequestParam(required = false) @Nullable String une,
            @RequestParam(required = false) @Nullable String deux,
            @RequestParam(name = "fait", required = false) @Nullable String done) {
        actor.require(DeskRights.SETTINGS);
        Problems problems = new Problems();
        Colours kept = town.profile().colours();
        Colours picked = new Colours(
                une == null ? kept.first() : colour("une", une, kept.first(), problems),
                deux == null ? kept.second() : colour("deux", deux, kept.second(), problems));
        return page(town, TownForm.of(town.profile()), picked, town.version(), problems, done != null);
    }

    @PostMapping
    ModelAndView save(
            Town town,
            Actor actor,
            @ModelAttribute TownForm form,
            @RequestParam String une,
            @RequestParam String deux,
            @RequestParam long version,
            @RequestParam(required = false) @Nullable MultipartFile armes,
            @RequestParam(defaultValue = "false") boolean retirer,
            HttpServletRequest request) {
        actor.require(DeskRights.SETTINGS);
        Reading reading = TownFormReader.read(form, town.profile(), here(request));
        Problems problems = reading.problems();
        Colours kept = town.profile().colours();
        Colours picked =
                new Colours(colour("une", une, kept.first(), problems), colour("deux", deux, kept.second(), problems));
        Arms arms = town.profile().arms();
        try {
            arms = shelf.after(town.id(), arms, armes, retirer);
        } catch (Refusal refusal) {
            problems.add("armes", refusal);
        }
        Profile profile = reading.profile();
        if (profile != null && problems.none()) {
            try {
                settings.change(
                        actor, town, version, profile.withColours(picked).withArms(arms));
                return new ModelAndView("redirect:" + PATH + "?fait");
            } catch (Refusal refusal) {
                switch (refusal.code()) {
                    case "town.host-taken" -> problems.add("hosts", refusal);
                    case "desk.first-language-in-use" -> problems.add("language", refusal);
                    case "town.changed-meanwhile" -> {
                        problems.add(TownSettingsPage.WHOLE, refusal);
                        // Told of the change, the person may save what they typed over it.
                        Town now = towns.get(town.id());
                        return again(page(now, form, picked, now.version(), problems, false), HttpStatus.CONFLICT);
                    }
                    default -> throw refusal;
                }
            }
        }
        return again(page(town, form, picked, version, problems, false), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private static ModelAndView again(ModelAndView page, HttpStatus status) {
        page.setStatus(status);
        return page;
    }

    /** Nobody locks themselves out: the name by which the page is used goes on working. */
    private static Set<String> here(HttpServletRequest request) {
        return Set.of(HostName.ofHeader(request.getServerName()));
    }

    private static String colour(String field, String typed, String before, Problems problems) {
        return ColourCheck.typed(typed).orElseGet(() -> {
            problems.add(field, "error.town.colour-unreadable");
            return before;
        });
    }

    private static ModelAndView page(
            Town town, TownForm form, Colours picked, long version, Problems problems, boolean saved) {
        return new ModelAndView(
                "desk/studio/townSettings",
                "page",
                new TownSettingsPage(
                        form,
                        picked,
                        town.fullName(),
                        TownPaths.arms(town),
                        town.profile().arms() != null,
                        version,
                        problems,
                        saved));
    }
}
