package fr.tambour.fediverse.studio;

import fr.tambour.fediverse.FediverseRights;
import fr.tambour.fediverse.internal.AccountAddress;
import fr.tambour.fediverse.internal.AccountAddress.Wanted;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.FollowerCount;
import fr.tambour.fediverse.internal.FollowerDays;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Few;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The account: what it is called, and how many follow it from where. */
@Controller
class StudioFediverseController {

    static final String PATH = "/studio/fediverse";

    private static final String VIEW = "fediverse/studio/fediverse";
    private static final int WEEKS = 12;
    private static final int WEEK = 7;
    private static final int MOST_SERVERS = 30;

    private final Actors actors;
    private final AccountAddress address;
    private final FollowerCount followers;
    private final FollowerDays days;
    private final Words words;
    private final Clock clock;

    StudioFediverseController(
            Actors actors,
            AccountAddress address,
            FollowerCount followers,
            FollowerDays days,
            Words words,
            Clock clock) {
        this.actors = actors;
        this.address = address;
        this.followers = followers;
        this.days = days;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping(PATH)
    String show(
            Town town,
            Actor actor,
            @RequestParam(name = "fait", required = false) @Nullable String done,
            Locale locale,
            Model model) {
        actor.require(FediverseRights.READ);
        var account = actors.of(town);
        StudioFediversePage.Form form = actor.may(FediverseRights.SETTINGS)
                ? new StudioFediversePage.Form(
                        account.name(), account.domain(), account.base().getRawAuthority())
                : null;
        model.addAttribute("page", page(town, form, null, done != null, words.in(locale)));
        return VIEW;
    }

    /** Asks the other domain first; whoever sends this waits for that, twenty seconds at most. */
    @PostMapping(PATH + "/adresse")
    String call(
            @RequestParam(name = "nom", defaultValue = "") String name,
            @RequestParam(name = "domaine", defaultValue = "") String domain,
            Town town,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        actor.require(FediverseRights.SETTINGS);
        Words said = words.in(locale);
        String own = actors.of(town).base().getRawAuthority();
        StudioFediversePage.Problem problem;
        try {
            Wanted wanted = Wanted.of(name, domain);
            if (address.leadsHere(town, wanted).join()) {
                address.change(town, wanted, actor.person().value());
                return "redirect:" + PATH + "?fait";
            }
            problem = new StudioFediversePage.Problem(
                    said.get("error.fediverse.leads-elsewhere", wanted.domain()), "https://" + own + "/.well-known/");
        } catch (Refusal refusal) {
            problem = new StudioFediversePage.Problem(said.get("error." + refusal.code(), refusal.args()), null);
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("page", page(town, new StudioFediversePage.Form(name, domain, own), problem, false, said));
        return VIEW;
    }

    private StudioFediversePage page(
            Town town,
            StudioFediversePage.@Nullable Form form,
            StudioFediversePage.@Nullable Problem problem,
            boolean saved,
            Words said) {
        var account = actors.of(town);
        LocalDate today = clock.instant().atZone(town.zone()).toLocalDate();
        String held = actors.heldSince(town)
                .map(at -> said.moment(at.atZone(town.zone()), today))
                .orElse(null);
        return new StudioFediversePage(
                "@" + account.handle(),
                account.path(),
                held,
                saved,
                problem,
                held == null ? form : null,
                said.get("fediverse.page.followers", followers.of(account)),
                weeks(days.last(town.id(), WEEKS * WEEK + 1), today, said),
                days.servers(account, MOST_SERVERS).stream()
                        .map(server -> new StudioFediversePage.Line(
                                server.host(),
                                Few.isFew(server.followers())
                                        ? said.get("fediverse.studio.few")
                                        : said.number(server.followers())))
                        .toList());
    }

    /** Each seventh day back from the last that is known. */
    private static List<StudioFediversePage.Week> weeks(List<FollowerDays.Count> known, LocalDate today, Words said) {
        List<FollowerDays.Count> chosen = new ArrayList<>();
        for (FollowerDays.Count count : known) {
            if (chosen.isEmpty() || !count.day().isAfter(chosen.getLast().day().minusDays(WEEK))) {
                chosen.add(count);
            }
        }
        List<StudioFediversePage.Week> weeks = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            FollowerDays.Count count = chosen.get(i);
            weeks.add(new StudioFediversePage.Week(
                    said.date(count.day(), today),
                    said.number(count.followers()),
                    i + 1 < chosen.size()
                            ? change(count.followers() - chosen.get(i + 1).followers(), said)
                            : "",
                    said.number(count.servers())));
        }
        return weeks;
    }

    private static String change(long difference, Words said) {
        return difference == 0 ? "=" : (difference > 0 ? "+" : "−") + said.number(Math.abs(difference));
    }
}
