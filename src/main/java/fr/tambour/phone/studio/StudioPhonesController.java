package fr.tambour.phone.studio;

import fr.tambour.dispatch.Choices;
import fr.tambour.notice.Kind;
import fr.tambour.people.Actor;
import fr.tambour.phone.PhoneRights;
import fr.tambour.phone.internal.Phones;
import fr.tambour.phone.internal.Phones.Census;
import fr.tambour.phone.site.PhonePaths;
import fr.tambour.phone.site.QrCode;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.Listed;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.ui.Few;
import fr.tambour.ui.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * About how many phones a town reaches, by service and by choice. Nobody's own shows: all is in tens, so few that one could be
 * found are not counted, and where so few are missing from all of them, all of them it is.
 */
@Controller
class StudioPhonesController {

    static final String PATH = "/studio/telephones";

    private static final List<Kind> KINDS = List.of(Kind.EMERGENCY, Kind.PRACTICAL, Kind.EVENT, Kind.NEWS);

    private final Phones phones;
    private final Themes themes;
    private final Districts districts;
    private final Words words;
    private final TransactionTemplate reading;

    StudioPhonesController(
            Phones phones, Themes themes, Districts districts, Words words, PlatformTransactionManager transactions) {
        this.phones = phones;
        this.themes = themes;
        this.districts = districts;
        this.words = words;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @GetMapping(PATH)
    String show(Town town, Actor actor, Locale locale, Model model) {
        actor.require(PhoneRights.READ);
        Words said = words.in(locale);
        Census census = Optional.ofNullable(reading.execute(status -> phones.census(town.id())))
                .orElseThrow();
        String desk = town.url(PhonePaths.DESK);
        model.addAttribute(
                "page",
                new PhonesPage(
                        census.active() > 0,
                        census.active() >= Few.ENOUGH
                                ? said.get("phone.studio.about", Few.about(census.active()))
                                : said.get("phone.studio.few.sentence"),
                        origins(census, said),
                        choices(census, town, said),
                        posters(town, said),
                        desk,
                        desk.replaceFirst("^https?://", ""),
                        QrCode.of(desk)));
        return "phone/studio/phones";
    }

    /** In another language the poster speaks French: that one stands here once. */
    private List<PhonesPage.Poster> posters(Town town, Words said) {
        Map<String, PhonesPage.Poster> posters = new LinkedHashMap<>();
        for (String language : town.languages()) {
            String spoken = words.in(Locale.forLanguageTag(language)).get("phone.poster.lang");
            String prefix = language.equals(town.language()) ? "" : "/" + language;
            posters.putIfAbsent(
                    spoken, new PhonesPage.Poster(prefix + "/prevenir/affiche.pdf", said.languageName(spoken)));
        }
        return List.copyOf(posters.values());
    }

    /** Small ones are added up, so that none of them shows as what is missing from the sum. */
    private static List<PhonesPage.Line> origins(Census census, Words said) {
        List<PhonesPage.Line> lines = new ArrayList<>();
        int others = 0;
        for (var origin : census.byOrigin().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .toList()) {
            if (origin.getValue() >= Few.ENOUGH) {
                lines.add(new PhonesPage.Line(origin.getKey(), count(origin.getValue(), census, said)));
            } else {
                others += origin.getValue();
            }
        }
        if (others > 0) {
            lines.add(new PhonesPage.Line(said.get("phone.studio.origin.other"), count(others, census, said)));
        }
        return lines;
    }

    private List<PhonesPage.Line> choices(Census census, Town town, Words said) {
        List<PhonesPage.Line> lines = new ArrayList<>();
        for (Kind kind : KINDS) {
            lines.add(line(
                    said.get("phone.kind." + kind),
                    census,
                    choices -> kind == Kind.EMERGENCY
                            || choices.kinds().isEmpty()
                            || choices.kinds().contains(kind),
                    said));
        }
        List<District> here = districts.of(town.id());
        for (Listed district : here) {
            lines.add(line(
                    said.get("phone.studio.district", name(district, town, said)),
                    census,
                    choices -> wants(choices.districts(), district, here),
                    said));
        }
        List<Theme> subjects = themes.of(town.id());
        for (Listed theme : subjects) {
            lines.add(line(
                    said.get("phone.studio.theme", name(theme, town, said)),
                    census,
                    choices -> wants(choices.themes(), theme, subjects),
                    said));
        }
        if (town.languages().size() > 1) {
            for (String language : town.languages()) {
                lines.add(line(
                        said.get("phone.studio.language", said.languageName(language)),
                        census,
                        choices -> choices.language().equals(language),
                        said));
            }
        }
        lines.add(line(said.get("phone.studio.quiet"), census, choices -> choices.quiet() != null, said));
        lines.add(line(said.get("phone.studio.exercises"), census, Choices::exercises, said));
        return lines;
    }

    /** As it decides who is told: whoever chose only what is dropped chose nothing. */
    private static boolean wants(Set<Long> chosen, Listed one, List<? extends Listed> all) {
        return chosen.contains(one.id()) || all.stream().noneMatch(listed -> chosen.contains(listed.id()));
    }

    private static String name(Listed listed, Town town, Words said) {
        return listed.name(said.lang(), town.language());
    }

    private static PhonesPage.Line line(String name, Census census, Predicate<Choices> who, Words said) {
        int count = census.byChoices().entrySet().stream()
                .filter(entry -> who.test(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        return new PhonesPage.Line(name, count(count, census, said));
    }

    private static String count(int count, Census census, Words said) {
        if (count < Few.ENOUGH) {
            // None, too: the first one is somebody.
            return said.get("phone.studio.few");
        }
        boolean nearlyAll = census.active() - count < Few.ENOUGH;
        return said.get("phone.studio.number", Few.about(nearlyAll ? census.active() : count));
    }
}
