package fr.tambour.desk.studio;

import fr.tambour.desk.DeskRights;
import fr.tambour.desk.internal.TownSettings;
import fr.tambour.desk.studio.ListSettingsPage.Line;
import fr.tambour.people.Actor;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The town's districts and themes. */
@Controller
@RequestMapping(ListSettingsController.PATH)
class ListSettingsController {

    static final String PATH = "/studio/quartiers-thematiques";

    /** Blank lines to add new ones, without JavaScript. */
    private static final int BLANK_LINES = 3;

    private final Districts districts;
    private final Themes themes;
    private final TownSettings settings;
    private final Words words;

    ListSettingsController(Districts districts, Themes themes, TownSettings settings, Words words) {
        this.districts = districts;
        this.themes = themes;
        this.settings = settings;
        this.words = words;
    }

    @GetMapping
    ModelAndView show(Town town, Actor actor, @RequestParam(name = "fait", required = false) @Nullable String done) {
        actor.require(DeskRights.SETTINGS);
        // Read before the lists: a form never claims to know more than it shows.
        String version = settings.listsVersion(town.id());
        List<Line> districtLines = new ArrayList<>();
        for (District district : districts.of(town.id())) {
            districtLines.add(line(districtLines.size(), district.id(), district.names()));
        }
        List<Line> themeLines = new ArrayList<>();
        for (Theme theme : themes.of(town.id())) {
            themeLines.add(line(themeLines.size(), theme.id(), theme.names()));
        }
        return page(town, version, districtLines, themeLines, null, done != null);
    }

    @PostMapping
    ModelAndView save(
            Town town,
            Actor actor,
            @RequestParam(defaultValue = "") String version,
            @RequestParam MultiValueMap<String, String> form,
            Locale locale) {
        actor.require(DeskRights.SETTINGS);
        List<Line> districtLines = ListForm.lines("district", town.languages(), form);
        List<Line> themeLines = ListForm.lines("theme", town.languages(), form);
        try {
            settings.arrange(actor, town, version, ListForm.entries(districtLines), ListForm.entries(themeLines));
        } catch (Refusal refusal) {
            String problem = words.in(locale).get(refusal.key(), refusal.args());
            ModelAndView again = page(town, version, districtLines, themeLines, problem, false);
            again.setStatus(refusal.status());
            return again;
        }
        return new ModelAndView("redirect:" + PATH + "?fait");
    }

    private static Line line(int before, long id, Map<String, String> names) {
        return new Line(Long.toString(id), before + 1, names);
    }

    private static ModelAndView page(
            Town town,
            String version,
            List<Line> districts,
            List<Line> themes,
            @Nullable String problem,
            boolean saved) {
        return new ModelAndView(
                "desk/studio/listSettings",
                "page",
                new ListSettingsPage(
                        town.languages(), version, withBlanks(districts), withBlanks(themes), problem, saved));
    }

    private static List<Line> withBlanks(List<Line> lines) {
        List<Line> all = new ArrayList<>(lines);
        for (int i = 0; i < BLANK_LINES; i++) {
            all.add(new Line("", all.size() + 1, Map.of()));
        }
        return all;
    }
}
