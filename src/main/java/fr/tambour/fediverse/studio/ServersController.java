package fr.tambour.fediverse.studio;

import fr.tambour.fediverse.FediverseRights;
import fr.tambour.fediverse.internal.DeliveryHealth;
import fr.tambour.fediverse.internal.DeliveryHealth.Ailing;
import fr.tambour.fediverse.internal.Failure;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Few;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which servers do not take what is published, since when, and why. */
@Controller
class ServersController {

    static final String PATH = StudioFediverseController.PATH + "/serveurs";

    private static final String ASIDE = "ecartes";
    private static final int ON_A_PAGE = 50;
    private static final int MOST_PAGES = 1_000;

    private final DeliveryHealth health;
    private final Words words;
    private final Clock clock;

    ServersController(DeliveryHealth health, Words words, Clock clock) {
        this.health = health;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping(PATH)
    String show(
            Town town,
            Actor actor,
            @RequestParam(name = "etat", defaultValue = "") String state,
            @RequestParam(defaultValue = "1") int page,
            Locale locale,
            Model model) {
        actor.require(FediverseRights.READ);
        Words said = words.in(locale);
        boolean aside = state.equals(ASIDE);
        int number = Math.clamp(page, 1, MOST_PAGES);
        DeliveryHealth.Sum sum = health.of(town.id());
        List<Ailing> found = health.ailing(town.id(), aside, ON_A_PAGE + 1, (number - 1) * ON_A_PAGE);
        model.addAttribute(
                "page",
                new ServersPage(
                        sum(sum, said),
                        List.of(
                                new ServersPage.Tab(
                                        said.get("fediverse.health.failing", sum.failing()), path(false, 1), !aside),
                                new ServersPage.Tab(
                                        said.get("fediverse.health.aside", sum.aside()), path(true, 1), aside)),
                        aside,
                        found.stream()
                                .limit(ON_A_PAGE)
                                .map(one -> line(one, town, said))
                                .toList(),
                        number > 1 ? path(aside, number - 1) : null,
                        found.size() > ON_A_PAGE ? path(aside, number + 1) : null));
        return "fediverse/studio/servers";
    }

    /** « 212 serveurs reçoivent les avis, 3 sont en difficulté, 1 est mis de côté. » */
    static String sum(DeliveryHealth.Sum sum, Words said) {
        return sum.all() == 0
                ? said.get("fediverse.health.nobody")
                : said.get("fediverse.health.sum", sum.well(), sum.failing(), sum.aside());
    }

    private static String path(boolean aside, int number) {
        return PATH + "?" + (aside ? "etat=" + ASIDE + "&" : "") + "page=" + number;
    }

    private ServersPage.Line line(Ailing one, Town town, Words said) {
        return new ServersPage.Line(
                one.host(),
                Few.isFew(one.followers()) ? said.get("fediverse.studio.few") : said.number(one.followers()),
                moment(Objects.requireNonNullElse(one.asideAt(), one.since()), town, said),
                reason(one.failure(), town, said));
    }

    private String reason(@Nullable Failure failure, Town town, Words said) {
        if (failure == null) {
            return said.get("fediverse.failure.unknown");
        }
        String key = "fediverse.failure." + failure.why().name().toLowerCase(Locale.ROOT);
        String status = failure.status() == 0 ? "" : Integer.toString(failure.status());
        Instant until = failure.until();
        return until != null && until.isAfter(clock.instant())
                ? said.get(key + ".until", status, moment(until, town, said))
                : said.get(key, status);
    }

    private String moment(Instant at, Town town, Words said) {
        LocalDate today = clock.instant().atZone(town.zone()).toLocalDate();
        return said.moment(at.atZone(town.zone()), today);
    }
}
