package fr.tambour.fediverse.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.fediverse.internal.Actor;
import fr.tambour.fediverse.internal.ActorDocument;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.FediverseChannel;
import fr.tambour.fediverse.internal.FediversePaths;
import fr.tambour.fediverse.internal.FollowerCount;
import fr.tambour.fediverse.internal.HomeServers;
import fr.tambour.fediverse.internal.Pins;
import fr.tambour.fediverse.internal.Repost;
import fr.tambour.fediverse.internal.RepostDesk;
import fr.tambour.fediverse.site.ProfilePage.Follow;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicNotices.Filter;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.text.Counting;
import fr.tambour.town.PublicForms;
import fr.tambour.town.Town;
import fr.tambour.ui.Network;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Turnstile;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The account as people see it. */
@Controller
class ProfileController {

    private static final String VIEW = "fediverse/site/profile";
    private static final int POSTS = 10;

    /** Graphemes of what somebody else wrote. */
    private static final int BEGINNING = 280;

    /** Questions to other servers, and of one address. */
    private static final int AT_ONCE = 64;

    private static final int AT_ONCE_FROM_ONE = 32;

    /** Of one network, and to one server: nobody asks in our name as often as they like. */
    private static final int MOST_A_MINUTE = 60;

    private final Actors actors;
    private final ActorDocument document;
    private final FollowerCount followers;
    private final PublicNotices notices;
    private final RepostDesk reposts;
    private final Pins pins;
    private final Words words;
    private final HomeServers servers;
    private final PublicForms forms;
    private final Clock clock;
    private final Cache<String, AtomicInteger> askedInAMinute = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();
    private final Turnstile turnstile = new Turnstile(AT_ONCE, AT_ONCE_FROM_ONE);

    ProfileController(
            Actors actors,
            ActorDocument document,
            FollowerCount followers,
            PublicNotices notices,
            RepostDesk reposts,
            Pins pins,
            Words words,
            HomeServers servers,
            PublicForms forms,
            Clock clock) {
        this.servers = servers;
        this.forms = forms;
        this.actors = actors;
        this.document = document;
        this.followers = followers;
        this.notices = notices;
        this.reposts = reposts;
        this.pins = pins;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping(FediversePaths.ACCOUNT)
    ModelAndView profile(@PathVariable String name, Town town, Locale locale) {
        return view(page(named(town, name), town, locale));
    }

    /** Names the page of somebody's own server on which they can follow; nobody is sent anywhere without having read where. */
    @PostMapping(FediversePaths.ACCOUNT + FediversePaths.FOLLOW)
    CompletableFuture<ModelAndView> follow(
            @PathVariable String name,
            @RequestParam(name = "compte", defaultValue = "") String account,
            Town town,
            Locale locale,
            HttpServletRequest request) {
        Actor actor = named(town, name);
        if (actor.state() != Actor.State.ON) {
            throw new Refusal(HttpStatus.CONFLICT, "fediverse.stopped");
        }
        if (forms.isForeign(request, town)) {
            throw new Refusal(HttpStatus.FORBIDDEN, "forbidden");
        }
        Words said = words.in(locale);
        ProfilePage page = page(actor, town, locale);
        Optional<HomeServers.Handle> reader = HomeServers.Handle.of(account);
        if (reader.isEmpty()) {
            return CompletableFuture.completedFuture(
                    view(page.with(new Follow(account, said.get("fediverse.page.follow.unreadable"), null))));
        }
        String address = Network.of(request.getRemoteAddr());
        if (isTooOften("from " + address) || isTooOften("of " + reader.get().host())) {
            throw new Refusal(HttpStatus.TOO_MANY_REQUESTS, "too-many");
        }
        if (turnstile.enter(address) != Turnstile.Entry.IN) {
            throw new Refusal(HttpStatus.TOO_MANY_REQUESTS, "too-many");
        }
        return servers.follows(town, actor, reader.get())
                .whenComplete((found, failure) -> turnstile.leave(address))
                .thenApply(found -> view(page.with(found.map(there -> new Follow(account, null, there))
                        .orElseGet(() -> new Follow(
                                account,
                                said.get(
                                        "fediverse.page.follow.unknown",
                                        reader.get().host()),
                                null)))));
    }

    private boolean isTooOften(String asked) {
        return askedInAMinute.get(asked, none -> new AtomicInteger()).incrementAndGet() > MOST_A_MINUTE;
    }

    private static ModelAndView view(ProfilePage page) {
        ModelAndView view = new ModelAndView(VIEW, "page", page);
        if (page.follow().error() != null) {
            view.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return view;
    }

    private Actor named(Town town, String name) {
        return FediverseMedia.open(
                actors.named(town, name).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found")));
    }

    private ProfilePage page(Actor actor, Town town, Locale locale) {
        Words said = words.in(locale);
        String tag = locale.toLanguageTag();
        Instant now = clock.instant();
        LocalDate today = now.atZone(town.zone()).toLocalDate();
        boolean theme = actor.kind() == Actor.Kind.THEME;
        Filter on = new Filter(null, theme ? actor.theme() : null, null, FediverseChannel.NAME);
        List<PublishedNotice> pinned = theme ? List.of() : pins.of(town.id());
        Set<NoticeId> first = pinned.stream().map(PublishedNotice::id).collect(Collectors.toSet());
        Stream<Dated> own = notices.current(town.id(), on, now, null, POSTS).stream()
                .filter(notice -> !first.contains(notice.id()))
                .filter(notice -> !theme || actors.wasOn(actor, notice.firstPublishedAt()))
                .map(notice -> new Dated(notice.firstPublishedAt(), post(notice, town, tag, said, today, false)));
        Stream<Dated> others = theme
                ? Stream.empty()
                : reposts.standing(town.id(), POSTS).stream()
                        .map(repost -> new Dated(repost.at(), post(repost, town, tag, said, today)));
        List<ProfilePage.Post> posts = Stream.concat(
                        pinned.stream().map(notice -> post(notice, town, tag, said, today, true)),
                        Stream.concat(own, others)
                                .sorted(Comparator.comparing(Dated::at).reversed())
                                .limit(POSTS)
                                .map(Dated::post))
                .toList();
        return new ProfilePage(
                document.name(actor, town, locale),
                "@" + actor.handle(),
                document.biography(actor, town, locale),
                said.get("fediverse.page.followers", followers.of(actor)),
                actor.path(),
                theme,
                actor.state() != Actor.State.ON,
                actor.approves(),
                Follow.NOT_ASKED,
                posts,
                others(actor, town, locale));
    }

    /** The town's other accounts that one can follow. */
    private List<ProfilePage.Account> others(Actor shown, Town town, Locale locale) {
        return actors.followed(town).stream()
                .filter(actor -> actor.id() != shown.id() && actor.state() == Actor.State.ON)
                .map(actor ->
                        new ProfilePage.Account(document.name(actor, town, locale), "@" + actor.handle(), actor.path()))
                .toList();
    }

    private record Dated(Instant at, ProfilePage.Post post) {}

    private static ProfilePage.Post post(
            PublishedNotice notice, Town town, String language, Words said, LocalDate today, boolean pinned) {
        String text =
                notice.content().completeLanguages(town.language()).contains(language) ? language : town.language();
        return new ProfilePage.Post(
                notice.content().in(text).title(),
                text.equals(language) ? null : text,
                "/avis/" + notice.id().ref() + "/" + notice.slug(),
                said.moment(notice.firstPublishedAt().atZone(town.zone()), today),
                null,
                pinned);
    }

    private static ProfilePage.Post post(Repost repost, Town town, String language, Words said, LocalDate today) {
        String line = repost.text().replace('\n', ' ');
        String beginning = Counting.exceeds(line, BEGINNING)
                ? Counting.firstGraphemes(line, BEGINNING).strip() + "…"
                : line;
        return new ProfilePage.Post(
                beginning.isBlank() ? repost.page().getHost() : beginning,
                language.equals(repost.language()) ? null : repost.language(),
                repost.page().toString(),
                said.moment(repost.at().atZone(town.zone()), today),
                new ProfilePage.By(repost.authorName(), repost.authorPage().toString()),
                false);
    }
}
