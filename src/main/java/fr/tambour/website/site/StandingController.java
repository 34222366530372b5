package fr.tambour.website.site;

import fr.tambour.text.Markdown;
import fr.tambour.text.SafeHtml;
import fr.tambour.town.Profile;
import fr.tambour.town.Town;
import fr.tambour.ui.Panels;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import fr.tambour.website.internal.OwnTexts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What the law asks a town's site to say, prefilled with what is known; the town adds its own words to each page. */
@Controller
class StandingController {

    private final Readings readings;
    private final Panels panels;
    private final OwnTexts texts;

    StandingController(Readings readings, Panels panels, OwnTexts texts) {
        this.readings = readings;
        this.panels = panels;
        this.texts = texts;
    }

    @GetMapping("/a-propos")
    String about(Town town, Locale locale, Model model) {
        Reading reading = readings.of(town, locale);
        Words words = reading.words();
        return show(
                reading,
                "about",
                model,
                Stream.of(
                        section(words, "website.about.notices"),
                        section(words, "website.about.corrections"),
                        section(words, "website.about.follow"),
                        section(words, "website.about.tambour")));
    }

    @GetMapping("/accessibilite")
    String accessibility(Town town, Locale locale, Model model) {
        Reading reading = readings.of(town, locale);
        Words words = reading.words();
        return show(
                reading,
                "accessibility",
                model,
                Stream.of(
                        section(words, "website.accessibility.state", town.fullName(), town.url("/")),
                        section(words, "website.accessibility.done"),
                        section(words, "website.accessibility.contact", contact(town, words)),
                        section(words, "website.accessibility.remedy")));
    }

    @GetMapping("/mentions-legales")
    String legal(Town town, Locale locale, Model model) {
        Reading reading = readings.of(town, locale);
        Words words = reading.words();
        Profile.Director director = town.profile().director();
        String name = director.name().isBlank()
                ? words.get("website.legal.director.unnamed", director.function())
                : director.name() + ", " + director.function();
        return show(
                reading,
                "legal",
                model,
                Stream.of(
                        section(words, "website.legal.publisher", town.fullName(), contact(town, words)),
                        section(words, "website.legal.director", name),
                        section(words, "website.legal.hosting", town.fullName()),
                        section(words, "website.legal.reuse"),
                        section(words, "website.legal.software")));
    }

    @GetMapping("/donnees-personnelles")
    String privacy(Town town, Locale locale, Model model) {
        Reading reading = readings.of(town, locale);
        Words words = reading.words();
        Scope scope = new Scope(town.id().value(), words.locale(), "/donnees-personnelles");
        Stream<StandingPage.Section> said = panels.privacy(scope).stream()
                .map(paragraph -> new StandingPage.Section(paragraph.heading(), paragraph.text()));
        return show(
                reading,
                "privacy",
                model,
                Stream.of(
                                Stream.of(
                                        section(words, "website.privacy.reading"),
                                        section(words, "website.privacy.staff")),
                                said,
                                Stream.of(section(
                                        words, "website.privacy.rights", town.fullName(), contact(town, words))))
                        .flatMap(sections -> sections));
    }

    private String show(Reading reading, String page, Model model, Stream<StandingPage.Section> sections) {
        SafeHtml own = texts.of(reading.town().id(), page, reading.language())
                .or(() -> texts.of(reading.town().id(), page, reading.first()))
                .map(text -> Markdown.toHtml(text, reading.words().locale()))
                .orElse(SafeHtml.EMPTY);
        model.addAttribute(
                "page",
                new StandingPage(
                        reading.words().get("website." + page),
                        reading.words()
                                .get("website." + page + ".lead", reading.town().fullName()),
                        own,
                        sections.toList()));
        return "website/site/standing";
    }

    /** Paragraphs of a section are parted by a line break in the bundle. */
    private static StandingPage.Section section(Words words, String key, Object... args) {
        return new StandingPage.Section(
                words.get(key + ".heading"),
                Arrays.stream(words.get(key, args).split("\n"))
                        .map(String::strip)
                        .filter(paragraph -> !paragraph.isEmpty())
                        .toList());
    }

    private static String contact(Town town, Words words) {
        Profile.Contact contact = town.profile().contact();
        List<String> ways = new ArrayList<>();
        contact.address()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(ways::add);
        if (!contact.phone().isBlank()) {
            ways.add(contact.phone());
        }
        if (!contact.mail().isBlank()) {
            ways.add(contact.mail());
        }
        return ways.isEmpty() ? words.get("website.contact.at-town-hall") : String.join(", ", ways);
    }
}
