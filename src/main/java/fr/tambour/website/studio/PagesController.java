package fr.tambour.website.studio;

import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import fr.tambour.website.WebsiteRights;
import fr.tambour.website.internal.OwnPage;
import fr.tambour.website.internal.OwnPages;
import fr.tambour.website.internal.OwnTexts;
import fr.tambour.website.internal.OwnTexts.Version;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The town's own words on the pages that the law asks for. */
@Controller
@RequestMapping(PagesController.PATH)
class PagesController {

    static final String PATH = "/studio/pages";

    /** Form fields are {@code texte-fr}, {@code texte-en}. */
    private static final String FIELD = "texte-";

    private static final int VERSIONS = 30;

    private final OwnTexts texts;
    private final OwnPages pages;
    private final People people;
    private final Words words;
    private final Clock clock;

    PagesController(OwnTexts texts, OwnPages pages, People people, Words words, Clock clock) {
        this.texts = texts;
        this.pages = pages;
        this.people = people;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping
    String list(Town town, Actor actor, Locale locale, Model model) {
        actor.require(WebsiteRights.PAGES);
        Words said = words.in(locale);
        model.addAttribute(
                "page",
                new PagesPage(Arrays.stream(OwnPage.values())
                        .map(page -> entry(town, page, said))
                        .toList()));
        return "website/studio/pages";
    }

    private PagesPage.Entry entry(Town town, OwnPage page, Words said) {
        boolean written = !texts.of(town.id(), page).isEmpty();
        List<Version> newest = texts.versions(town.id(), page, 1);
        return new PagesPage.Entry(
                said.get("website.pages." + page.key()),
                said.get("website.pages." + page.key() + ".about"),
                PATH + "/" + page.key(),
                newest.isEmpty()
                        ? said.get("website.pages.nothing")
                        : said.get(
                                written ? "website.pages.written" : "website.pages.removed",
                                moment(town, newest.getFirst(), said)),
                written);
    }

    @GetMapping("/{key:[a-z]{1,32}}")
    String show(
            @PathVariable String key,
            Town town,
            Actor actor,
            @RequestParam(name = "fait", required = false) @Nullable String done,
            Locale locale,
            Model model) {
        actor.require(WebsiteRights.PAGES);
        OwnPage page = page(key);
        // Read before the texts: a form never claims to be made from a version that it does not show.
        long base = pages.newest(town, page);
        model.addAttribute(
                "page", form(town, page, base, texts.of(town.id(), page), words.in(locale), null, done != null));
        return "website/studio/ownWords";
    }

    private OwnWordsPage form(
            Town town,
            OwnPage page,
            long base,
            Map<String, String> standing,
            Words said,
            @Nullable String problem,
            boolean saved) {
        return new OwnWordsPage(
                page.key(),
                said.get("website.pages." + page.key()),
                said.get("website.pages." + page.key() + ".about"),
                page.path(),
                base,
                problem,
                saved,
                town.languages().stream()
                        .map(language -> new OwnWordsPage.Text(
                                language,
                                said.capital(said.languageName(language)),
                                standing.getOrDefault(language, "")))
                        .toList(),
                past(town, texts.versions(town.id(), page, VERSIONS), said));
    }

    private List<OwnWordsPage.Past> past(Town town, List<Version> versions, Words said) {
        var names = people.namesOf(versions.stream().map(Version::by).distinct().toList());
        return versions.stream()
                .map(version -> new OwnWordsPage.Past(
                        version.at().toString(),
                        said.get(
                                "website.pages.version",
                                said.capital(said.languageName(version.language())),
                                moment(town, version, said),
                                names.getOrDefault(version.by(), "")),
                        version.text()))
                .toList();
    }

    private String moment(Town town, Version version, Words said) {
        LocalDate today = clock.instant().atZone(town.zone()).toLocalDate();
        return said.moment(version.at().atZone(town.zone()), today);
    }

    @PostMapping("/{key:[a-z]{1,32}}")
    String write(
            @PathVariable String key,
            Town town,
            Actor actor,
            @RequestParam long base,
            @RequestParam Map<String, String> form,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        actor.require(WebsiteRights.PAGES);
        OwnPage page = page(key);
        Map<String, String> written = form.entrySet().stream()
                .filter(field -> field.getKey().startsWith(FIELD))
                .collect(Collectors.toMap(field -> field.getKey().substring(FIELD.length()), Map.Entry::getValue));
        try {
            pages.write(actor, town, page, base, written);
        } catch (Refusal refusal) {
            // What was typed stays in the form; what stands is among the versions below it.
            long shown = refusal.status() == HttpStatus.CONFLICT ? pages.newest(town, page) : base;
            Words said = words.in(locale);
            String problem = said.get(refusal.key(), refusal.args());
            model.addAttribute("page", form(town, page, shown, written, said, problem, false));
            response.setStatus(refusal.status().value());
            return "website/studio/ownWords";
        }
        return "redirect:" + PATH + "/" + key + "?fait";
    }

    private static OwnPage page(String key) {
        return OwnPage.ofKey(key).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
    }
}
