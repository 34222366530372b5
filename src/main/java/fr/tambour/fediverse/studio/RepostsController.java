package fr.tambour.fediverse.studio;

import fr.tambour.fediverse.FediverseRights;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.FollowerCount;
import fr.tambour.fediverse.internal.RepostDesk;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Reposting what others wrote: it is looked at first as it will be seen. */
@Controller
class RepostsController {

    private static final String PATH = StudioFediverseController.PATH + "/partages";
    private static final String VIEW = "fediverse/studio/repost";

    private final RepostDesk desk;
    private final Actors actors;
    private final FollowerCount followers;
    private final StudioFediverseView view;
    private final Words words;

    RepostsController(RepostDesk desk, Actors actors, FollowerCount followers, StudioFediverseView view, Words words) {
        this.desk = desk;
        this.actors = actors;
        this.followers = followers;
        this.view = view;
        this.words = words;
    }

    /** Whoever sends this waits for the other server, half a minute at most. */
    @PostMapping(PATH + "/apercu")
    String look(
            @RequestParam(name = "adresse", defaultValue = "") String address,
            Town town,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        actor.require(FediverseRights.SHARE);
        try {
            return preview(address, seen(town, address), null, town, locale, model);
        } catch (Refusal refusal) {
            return refused(refusal, address, town, actor, locale, model, response);
        }
    }

    @PostMapping(PATH)
    String repost(
            @RequestParam(name = "adresse", defaultValue = "") String address,
            @RequestParam(name = "vu", defaultValue = "") String digest,
            Town town,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        actor.require(FediverseRights.SHARE);
        try {
            RepostDesk.Seen seen = seen(town, address);
            if (!seen.digest().equals(digest)) {
                response.setStatus(409);
                String changed = words.in(locale).get("error.fediverse.post-changed");
                return preview(address, seen, changed, town, locale, model);
            }
            desk.repost(town, seen, digest, actor.person().value());
            return done("reposted");
        } catch (Refusal refusal) {
            return refused(refusal, address, town, actor, locale, model, response);
        }
    }

    @PostMapping(PATH + "/{id:[0-9]{1,19}}/retrait")
    String undo(@PathVariable long id, Town town, Actor actor) {
        actor.require(FediverseRights.SHARE);
        desk.undo(town, id, actor.person().value());
        return done("undone");
    }

    private RepostDesk.Seen seen(Town town, String address) {
        try {
            return desk.look(town, address).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Refusal refusal ? refusal : e;
        }
    }

    private String preview(
            String address, RepostDesk.Seen seen, @Nullable String problem, Town town, Locale locale, Model model) {
        var own = actors.of(town);
        model.addAttribute(
                "page",
                new RepostPage(
                        address.strip(),
                        seen.digest(),
                        seen.repost().authorName(),
                        "@" + seen.handle(),
                        seen.repost().page().toString(),
                        seen.repost()
                                .text()
                                .lines()
                                .filter(line -> !line.isBlank())
                                .toList(),
                        seen.repost().language(),
                        "@" + own.handle(),
                        words.in(locale).get("fediverse.page.followers", followers.of(own)),
                        problem));
        return VIEW;
    }

    private String refused(
            Refusal refusal,
            String address,
            Town town,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        return view.refused(
                refusal,
                sentence -> StudioFediversePage.Problem.ofPost(sentence, address),
                town,
                actor,
                locale,
                model,
                response);
    }

    private static String done(String what) {
        return "redirect:" + StudioFediverseController.PATH + "?fait=" + what + "#partages";
    }
}
