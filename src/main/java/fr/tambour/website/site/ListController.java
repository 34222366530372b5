package fr.tambour.website.site;

import fr.tambour.notice.Kind;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicNotices.Filter;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.ui.Phrase;
import fr.tambour.ui.Refusal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** News, practical notices, and all that stands about a theme or for a district. */
@Controller
class ListController {

    private static final int SIZE = 20;

    private final Readings readings;
    private final PublicNotices notices;
    private final Themes themes;
    private final Districts districts;
    private final Shots shots;

    ListController(Readings readings, PublicNotices notices, Themes themes, Districts districts, Shots shots) {
        this.readings = readings;
        this.notices = notices;
        this.themes = themes;
        this.districts = districts;
        this.shots = shots;
    }

    @GetMapping("/actualites")
    String news(
            @RequestParam(name = "avant", required = false) @Nullable String before,
            Town town,
            Locale locale,
            Model model) {
        return list(
                readings.of(town, locale),
                "/actualites",
                Filter.of(Kind.NEWS),
                before,
                "news",
                null,
                "nature/actualites",
                model);
    }

    @GetMapping("/pratique")
    String practical(
            @RequestParam(name = "avant", required = false) @Nullable String before,
            Town town,
            Locale locale,
            Model model) {
        return list(
                readings.of(town, locale),
                "/pratique",
                Filter.of(Kind.PRACTICAL),
                before,
                "practical",
                null,
                "nature/pratique",
                model);
    }

    @GetMapping("/thematiques/{slug:[a-z0-9-]{1,120}}")
    String theme(
            @PathVariable String slug,
            @RequestParam(name = "avant", required = false) @Nullable String before,
            Town town,
            Locale locale,
            Model model) {
        Reading reading = readings.of(town, locale);
        Theme theme = themes.bySlug(town.id(), slug).orElseThrow(ListController::unknown);
        String path = "/thematiques/" + slug;
        Filter filter = new Filter(null, theme.id(), null, null);
        return list(reading, path, filter, before, "theme", reading.named(theme), path.substring(1), model);
    }

    @GetMapping("/quartiers/{slug:[a-z0-9-]{1,120}}")
    String district(
            @PathVariable String slug,
            @RequestParam(name = "avant", required = false) @Nullable String before,
            Town town,
            Locale locale,
            Model model) {
        Reading reading = readings.of(town, locale);
        District district = districts.bySlug(town.id(), slug).orElseThrow(ListController::unknown);
        String path = "/quartiers/" + slug;
        Filter filter = new Filter(null, null, district.id(), null);
        return list(reading, path, filter, before, "district", reading.named(district), path.substring(1), model);
    }

    private static Refusal unknown() {
        return new Refusal(HttpStatus.NOT_FOUND, "not-found");
    }

    private String list(
            Reading reading,
            String path,
            Filter filter,
            @Nullable String before,
            String words,
            @Nullable Phrase name,
            String feed,
            Model model) {
        List<PublishedNotice> found =
                notices.current(reading.town().id(), filter, reading.now(), Paging.cursor(before), SIZE + 1);
        List<PublishedNotice> shown = found.stream().limit(SIZE).toList();
        String key = "website.list." + words;
        Phrase title = name == null ? Phrase.own(reading.words().get(key)) : name;
        model.addAttribute(
                "page",
                new ListPage(
                        title,
                        reading.words().get(key + ".intro"),
                        filter.kind() == Kind.PRACTICAL,
                        Cards.with(shots, reading).of(shown),
                        reading.words().get(key + ".nothing"),
                        before == null,
                        Paging.older(reading.path(path), found, SIZE),
                        "/flux/" + feed + ".rss"));
        return "website/site/list";
    }
}
