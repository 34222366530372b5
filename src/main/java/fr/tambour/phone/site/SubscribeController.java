package fr.tambour.phone.site;

import fr.tambour.notice.Kind;
import fr.tambour.phone.internal.Base64Url;
import fr.tambour.phone.internal.PhoneSettings;
import fr.tambour.phone.internal.UsualChoices;
import fr.tambour.phone.internal.VapidKeys;
import fr.tambour.town.Districts;
import fr.tambour.town.Listed;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.ui.Phrase;
import fr.tambour.ui.Words;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** « Être prévenu ». */
@Controller
class SubscribeController {

    private final VapidKeys vapid;
    private final Themes themes;
    private final Districts districts;
    private final PhoneSettings settings;
    private final Words words;

    SubscribeController(VapidKeys vapid, Themes themes, Districts districts, PhoneSettings settings, Words words) {
        this.vapid = vapid;
        this.themes = themes;
        this.districts = districts;
        this.settings = settings;
        this.words = words;
    }

    @GetMapping(PhonePaths.SUBSCRIBE)
    String subscribe(Town town, Locale locale, Model model) {
        return subscribe(town, locale, false, model);
    }

    @GetMapping(PhonePaths.DESK)
    String subscribeDesk(Town town, Locale locale, Model model) {
        return subscribe(town, locale, true, model);
    }

    private String subscribe(Town town, Locale locale, boolean desk, Model model) {
        Words said = words.in(locale);
        String tag = locale.toLanguageTag();
        String language = town.languages().contains(tag) ? tag : town.language();
        model.addAttribute(
                "page",
                new SubscribePage(
                        Base64Url.of(vapid.of(town).publicKey()),
                        tag.equals(town.language()) ? "" : "/" + tag,
                        town.baseUrl().getHost(),
                        Stream.of(Kind.PRACTICAL, Kind.EVENT, Kind.NEWS)
                                .map(kind -> kind(kind, town, language, said))
                                .toList(),
                        picks(themes.of(town.id()), tag, town),
                        picks(districts.of(town.id()), tag, town),
                        IntStream.range(0, 24)
                                .mapToObj(hour -> new SubscribePage.Hour(hour, said.time(LocalTime.of(hour, 0))))
                                .toList(),
                        desk,
                        UsualChoices.QUIET.from(),
                        UsualChoices.QUIET.until(),
                        language,
                        town.languages().stream()
                                .map(known -> new SubscribePage.Language(known, said.capital(said.languageName(known))))
                                .toList(),
                        settings.months()));
        return "phone/site/subscribe";
    }

    private static SubscribePage.Pick kind(Kind kind, Town town, String language, Words said) {
        return new SubscribePage.Pick(
                kind.name(),
                Phrase.own(said.get("phone.kind." + kind)),
                said.get("phone.kind." + kind + ".hint"),
                UsualChoices.of(town, language).kinds().contains(kind));
    }

    private static List<SubscribePage.Pick> picks(List<? extends Listed> list, String language, Town town) {
        return list.stream()
                .map(entry -> new SubscribePage.Pick(
                        Long.toString(entry.id()), entry.named(language, town.language()), "", false))
                .toList();
    }
}
