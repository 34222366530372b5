package fr.tambour.website.site;

import fr.tambour.text.Markdown;
import fr.tambour.text.SafeHtml;
import fr.tambour.town.Profile;
import fr.tambour.town.Town;
import fr.tambour.town.TownType;
import fr.tambour.ui.Panels;
import fr.tambour.ui.PrivacyParagraph;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import fr.tambour.website.internal.OwnPage;
import fr.tambour.website.internal.OwnTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What the law asks a town's site to say, prefilled with what is known; the town adds its own words to each page. */
@Controller
class StandingController {

    private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");

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
                OwnPage.ABOUT,
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
                OwnPage.ACCESSIBILITY,
                model,
                Stream.of(
                        section(words, "website.accessibility.state", town.url("/")),
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
                OwnPage.LEGAL,
                model,
                Stream.of(
                        section(words, "website.legal.publisher", plain(town.fullName()), contact(town, words)),
                        section(words, "website.legal.director", plain(name)),
                        hosting(reading),
                        section(words, "website.legal.reuse"),
                        section(words, "website.legal.software")));
    }

    @GetMapping("/donnees-personnelles")
    String privacy(Town town, Locale locale, Model model) {
        Reading reading = readings.of(town, locale);
        Words words = reading.words();
        Scope scope = new Scope(town.id().value(), words.locale(), "/donnees-personnelles");
        Stream<StandingPage.Section> said = panels.privacy(scope).stream().map(paragraph -> of(paragraph, words));
        return show(
                reading,
                OwnPage.PRIVACY,
                model,
                Stream.of(
                                Stream.of(
                                        section(words, "website.privacy.reading"),
                                        section(words, "website.privacy.staff")),
                                said,
                                Stream.of(section(
                                        words, "website.privacy.rights", plain(town.fullName()), contact(town, words))))
                        .flatMap(sections -> sections));
    }

    private String show(Reading reading, OwnPage page, Model model, Stream<StandingPage.Section> sections) {
        String key = "website." + page.key();
        model.addAttribute(
                "page",
                new StandingPage(
                        reading.words().get(key),
                        reading.words().get(key + ".lead", reading.town().ofName()),
                        own(reading, page),
                        sections.toList()));
        return "website/site/standing";
    }

    /** In the page's language, else in the town's first. */
    private StandingPage.Own own(Reading reading, OwnPage page) {
        Map<String, String> written = texts.of(reading.town().id(), page);
        String language = written.containsKey(reading.language()) ? reading.language() : reading.first();
        return new StandingPage.Own(
                Markdown.toHtml(written.getOrDefault(language, ""), Locale.forLanguageTag(language)),
                language.equals(reading.language()) ? null : language);
    }

    /** What the bundle holds is Markdown, its paragraphs parted by a line break; {@code args} are made {@link #plain} by the caller where they come from outside. */
    private static StandingPage.Section section(Words words, String key, Object... args) {
        return new StandingPage.Section(words.get(key + ".heading"), html(words, words.get(key, args)), null);
    }

    private static SafeHtml html(Words words, String markdown) {
        return Markdown.toHtml(markdown.replace("\n", "\n\n"), words.locale());
    }

    private static StandingPage.Section of(PrivacyParagraph paragraph, Words words) {
        return new StandingPage.Section(
                paragraph.heading(),
                html(
                        words,
                        paragraph.text().stream().map(StandingController::plain).collect(Collectors.joining("\n"))),
                null);
    }

    private StandingPage.Section hosting(Reading reading) {
        StandingPage.Own own = own(reading, OwnPage.HOSTING);
        StandingPage.Section prepared = section(reading.words(), "website.legal.hosting");
        return own.text().isEmptyContent()
                ? prepared
                : new StandingPage.Section(prepared.heading(), own.text(), own.lang());
    }

    private static String contact(Town town, Words words) {
        Profile.Contact contact = town.profile().contact();
        List<String> ways = new ArrayList<>();
        contact.address()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(StandingController::plain)
                .forEach(ways::add);
        if (!contact.phone().isBlank()) {
            ways.add("[%s](tel:%s)"
                    .formatted(plain(contact.phone()), contact.phone().replaceAll("[^+0-9]", "")));
        }
        if (!contact.mail().isBlank()) {
            ways.add("[%s](mailto:%s)".formatted(plain(contact.mail()), contact.mail()));
        }
        return ways.isEmpty() ? desk(town, words) : String.join(", ", ways);
    }

    /** Where nothing better is known: a group of communes has no town hall. */
    private static String desk(Town town, Words words) {
        return words.get(town.type() == TownType.EPCI ? "website.contact.at-desk" : "website.contact.at-town-hall");
    }

    /** Text that Markdown shows as it is: CommonMark lets any punctuation be escaped. */
    private static String plain(String text) {
        return PUNCTUATION.matcher(text).replaceAll("\\\\$0");
    }
}
