package fr.tambour.fediverse.studio;

import fr.tambour.conversation.Spread;
import fr.tambour.conversation.Spreads;
import fr.tambour.fediverse.FediverseRights;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.Asking;
import fr.tambour.fediverse.internal.DeliveryHealth;
import fr.tambour.fediverse.internal.DomainWatch;
import fr.tambour.fediverse.internal.FollowRequests;
import fr.tambour.fediverse.internal.FollowerCount;
import fr.tambour.fediverse.internal.FollowerDays;
import fr.tambour.fediverse.internal.Gate;
import fr.tambour.fediverse.internal.Pins;
import fr.tambour.fediverse.internal.QuoteDesk;
import fr.tambour.fediverse.internal.Repost;
import fr.tambour.fediverse.internal.RepostDesk;
import fr.tambour.people.Actor;
import fr.tambour.text.Counting;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.ui.Few;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;

/** The page of the account, as whoever looks at it may see it. */
@Component
class StudioFediverseView {

    static final String VIEW = "fediverse/studio/fediverse";

    private static final Set<String> DONE = Set.of(
            "opened",
            "stopped",
            "resumed",
            "closed",
            "reposted",
            "undone",
            "unpinned",
            "keys",
            "accepted",
            "refused",
            "approval",
            "gate",
            "alias-added",
            "alias-removed");
    private static final Duration MONTH = Duration.ofDays(30);
    private static final int WEEKS = 12;
    private static final int WEEK = 7;
    private static final int MOST_SERVERS = 30;
    private static final int MOST_REPOSTS = 20;
    private static final int MOST_REQUESTS = 50;

    /** Graphemes. */
    private static final int BEGINNING = 140;

    private final Actors actors;
    private final Themes themes;
    private final FollowerCount followers;
    private final FollowerDays days;
    private final Spreads spreads;
    private final DomainWatch domains;
    private final DeliveryHealth health;
    private final RepostDesk reposts;
    private final Pins pins;
    private final FollowRequests requests;
    private final QuoteDesk quotes;
    private final Gate gate;
    private final Words words;
    private final Clock clock;
    private final TransactionTemplate reading;

    StudioFediverseView(
            Actors actors,
            Themes themes,
            FollowerCount followers,
            FollowerDays days,
            Spreads spreads,
            DomainWatch domains,
            DeliveryHealth health,
            RepostDesk reposts,
            Pins pins,
            FollowRequests requests,
            QuoteDesk quotes,
            Gate gate,
            Words words,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.actors = actors;
        this.themes = themes;
        this.followers = followers;
        this.days = days;
        this.spreads = spreads;
        this.domains = domains;
        this.health = health;
        this.reposts = reposts;
        this.pins = pins;
        this.requests = requests;
        this.quotes = quotes;
        this.gate = gate;
        this.words = words;
        this.clock = clock;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    StudioFediversePage.@Nullable Form form(Town town, Actor actor) {
        var account = actors.of(town);
        return actor.may(FediverseRights.SETTINGS)
                ? new StudioFediversePage.Form(
                        account.name(), account.domain(), account.base().getRawAuthority())
                : null;
    }

    /**
     * The same page, which says why something was not done.
     *
     * @param problem of the sentence that says it
     */
    String refused(
            Refusal refusal,
            Function<String, StudioFediversePage.Problem> problem,
            Town town,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        response.setStatus(refusal.status().value());
        String sentence = words.in(locale).get(refusal.key(), refusal.args());
        model.addAttribute("page", page(town, actor, form(town, actor), problem.apply(sentence), null, locale));
        return VIEW;
    }

    /** @param done what was done, or null */
    StudioFediversePage page(
            Town town,
            Actor actor,
            StudioFediversePage.@Nullable Form form,
            StudioFediversePage.@Nullable Problem problem,
            @Nullable String done,
            Locale locale) {
        Words said = words.in(locale);
        var account = actors.of(town);
        LocalDate today = clock.instant().atZone(town.zone()).toLocalDate();
        String held = actors.heldSince(town)
                .map(at -> said.moment(at.atZone(town.zone()), today))
                .orElse(null);
        return new StudioFediversePage(
                "@" + account.handle(),
                account.path(),
                held,
                done(done, said),
                problem,
                held == null ? form : null,
                domains.lost(town)
                        .map(lost -> said.get(
                                "fediverse.studio.lost",
                                lost.domain(),
                                said.moment(lost.since().atZone(town.zone()), today),
                                lost.handle()))
                        .orElse(null),
                Redirects.to("https://" + account.base().getRawAuthority()),
                said.get("fediverse.page.followers", followers.of(account)),
                spread(town, said),
                weeks(days.last(town.id(), WEEKS * WEEK + 1), today, said),
                days.servers(account, MOST_SERVERS).stream()
                        .map(server -> new StudioFediversePage.Line(
                                server.host(),
                                Few.isFew(server.followers())
                                        ? said.get("fediverse.studio.few")
                                        : said.number(server.followers())))
                        .toList(),
                ServersController.sum(health.of(town.id()), said),
                said.get("fediverse.quotes.sum", quotes.count(town.id(), null)),
                accounts(town, locale, said),
                actor.may(FediverseRights.SETTINGS),
                reposts.standing(town.id(), MOST_REPOSTS).stream()
                        .map(repost -> shared(repost, town, today, said))
                        .toList(),
                pins.of(town.id()).stream()
                        .map(notice -> new StudioFediversePage.Pinned(
                                notice.id().ref(),
                                notice.content().in(town.language()).title()))
                        .toList(),
                actor.may(FediverseRights.SHARE),
                actor.may(FediverseRights.FOLLOWERS) ? requests(town, today, said) : null,
                actor.may(FediverseRights.SETTINGS)
                        ? actors.followed(town).stream()
                                .map(one -> new StudioFediversePage.Approval(
                                        one.name(), "@" + one.handle(), one.approves()))
                                .toList()
                        : null,
                gate.isShut(town.id()),
                actors.aliases(town).stream().map(URI::toString).toList());
    }

    /** « Depuis trente jours : partagés 14 fois, depuis 9 serveurs ; 31 mentions « J’aime ». », and the same of a year. */
    private List<String> spread(Town town, Words said) {
        Instant now = clock.instant();
        Map<String, Spread> all = Objects.requireNonNull(reading.execute(status -> {
            Map<String, Spread> spread = new LinkedHashMap<>();
            spread.put("fediverse.studio.spread.month", spreads.since(town.id(), now.minus(MONTH)));
            spread.put("fediverse.studio.spread.year", spreads.since(town.id(), now.minus(Spreads.KEPT)));
            return spread;
        }));
        return all.values().stream().allMatch(Spread.NONE::equals)
                ? List.of(said.get("fediverse.studio.spread.none"))
                : all.entrySet().stream()
                        .map(one -> said.get(
                                one.getKey(),
                                said.get(
                                        "fediverse.studio.spread.of",
                                        one.getValue().reposts(),
                                        one.getValue().servers(),
                                        one.getValue().likes())))
                        .toList();
    }

    private StudioFediversePage.Requests requests(Town town, LocalDate today, Words said) {
        Map<Long, fr.tambour.fediverse.internal.Actor> accounts = actors.followed(town).stream()
                .collect(Collectors.toMap(fr.tambour.fediverse.internal.Actor::id, one -> one));
        List<Asking> oldest = requests.oldest(town.id(), MOST_REQUESTS);
        int more = requests.count(town.id()) - oldest.size();
        return new StudioFediversePage.Requests(
                oldest.stream()
                        .filter(asking -> accounts.containsKey(asking.account()))
                        .map(asking -> request(asking, accounts.get(asking.account()), town, today, said))
                        .toList(),
                more > 0 ? said.get("fediverse.studio.requests.more", more) : null);
    }

    private static StudioFediversePage.Request request(
            Asking asking, fr.tambour.fediverse.internal.Actor account, Town town, LocalDate today, Words said) {
        String handle = "@" + asking.handle();
        return new StudioFediversePage.Request(
                asking.id(),
                asking.displayed().isBlank() ? handle : asking.displayed(),
                handle,
                asking.page().toString(),
                asking.host(),
                "@" + account.handle(),
                said.moment(asking.at().atZone(town.zone()), today),
                account.state() == fr.tambour.fediverse.internal.Actor.State.ON);
    }

    private static StudioFediversePage.Shared shared(Repost repost, Town town, LocalDate today, Words said) {
        String line = repost.text().replace('\n', ' ');
        return new StudioFediversePage.Shared(
                repost.id(),
                repost.authorName(),
                Counting.exceeds(line, BEGINNING)
                        ? Counting.firstGraphemes(line, BEGINNING).strip() + "…"
                        : line,
                repost.language(),
                said.moment(repost.at().atZone(town.zone()), today),
                repost.page().toString());
    }

    private static @Nullable String done(@Nullable String done, Words said) {
        if (done == null) {
            return null;
        }
        return DONE.contains(done) ? said.get("fediverse.studio.done." + done) : said.get("fediverse.studio.saved");
    }

    /** The town's themes, and those of which an account is left. */
    private List<StudioFediversePage.ThemeAccount> accounts(Town town, Locale locale, Words said) {
        List<fr.tambour.fediverse.internal.Actor> known = actors.themes(town);
        List<Theme> listed = themes.of(town.id());
        Stream<Theme> dropped = known.stream()
                .map(fr.tambour.fediverse.internal.Actor::theme)
                .distinct()
                .flatMap(id -> themes.byId(town.id(), id).stream())
                .filter(theme -> !theme.active());
        return Stream.concat(listed.stream(), dropped)
                .map(theme -> account(
                        theme,
                        known.stream()
                                .filter(actor -> actor.theme() == theme.id())
                                .reduce((older, newer) -> newer)
                                .orElse(null),
                        theme.name(locale.toLanguageTag(), town.language()),
                        said))
                .toList();
    }

    private StudioFediversePage.ThemeAccount account(
            Theme theme, fr.tambour.fediverse.internal.@Nullable Actor actor, String name, Words said) {
        return new StudioFediversePage.ThemeAccount(
                theme.id(),
                name,
                theme.active(),
                suggested(theme),
                actor == null ? null : actor.name(),
                actor == null ? null : "@" + actor.handle(),
                actor == null ? null : actor.path(),
                actor == null ? null : actor.state(),
                actor == null ? "" : said.get("fediverse.page.followers", followers.of(actor)));
    }

    /** Its name in addresses, as an account may be called. */
    private static String suggested(Theme theme) {
        String plain = theme.slug().replace('-', '_');
        return plain.substring(0, Math.min(plain.length(), 30));
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
