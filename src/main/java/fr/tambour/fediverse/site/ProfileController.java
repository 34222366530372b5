package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.Actor;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.FediverseChannel;
import fr.tambour.fediverse.internal.FollowerCount;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicNotices.Filter;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** The account as people see it. */
@Controller
class ProfileController {

    private static final String NAMED = "/@{name:[A-Za-z0-9_.-]+}";
    private static final int POSTS = 10;

    private final Actors actors;
    private final FollowerCount followers;
    private final PublicNotices notices;
    private final Words words;
    private final Clock clock;

    ProfileController(Actors actors, FollowerCount followers, PublicNotices notices, Words words, Clock clock) {
        this.actors = actors;
        this.followers = followers;
        this.notices = notices;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping(NAMED)
    ModelAndView profile(@PathVariable String name, Town town, Locale locale) {
        return page(named(town, name), town, locale);
    }

    private Actor named(Town town, String name) {
        return actors.named(town, name).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
    }

    private ModelAndView page(Actor actor, Town town, Locale locale) {
        Words said = words.in(locale);
        String tag = locale.toLanguageTag();
        Instant now = clock.instant();
        LocalDate today = now.atZone(town.zone()).toLocalDate();
        List<ProfilePage.Post> posts =
                notices.current(town.id(), Filter.ALL.on(FediverseChannel.NAME), now, null, POSTS).stream()
                        .map(notice -> post(notice, town, tag, said, today))
                        .toList();
        return new ModelAndView(
                "fediverse/site/profile",
                "page",
                new ProfilePage(
                        town.fullName(),
                        "@" + actor.handle(),
                        said.get("fediverse.biography", town.fullName()),
                        said.get("fediverse.page.followers", followers.of(actor)),
                        posts));
    }

    private static ProfilePage.Post post(
            PublishedNotice notice, Town town, String language, Words said, LocalDate today) {
        String text =
                notice.content().completeLanguages(town.language()).contains(language) ? language : town.language();
        return new ProfilePage.Post(
                notice.content().in(text).title(),
                text.equals(language) ? null : text,
                "/avis/" + notice.id().ref() + "/" + notice.slug(),
                said.moment(notice.firstPublishedAt().atZone(town.zone()), today));
    }
}
