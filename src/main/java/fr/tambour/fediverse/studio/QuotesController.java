package fr.tambour.fediverse.studio;

import fr.tambour.conversation.ConversationRights;
import fr.tambour.fediverse.FediverseRights;
import fr.tambour.fediverse.internal.Quote;
import fr.tambour.fediverse.internal.QuoteDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who quotes notices, and that they may no more. */
@Controller
class QuotesController {

    static final String PATH = StudioFediverseController.PATH + "/citations";

    private static final String VIEW = "fediverse/studio/quotes";
    private static final String REVOKED = "revoked";
    private static final int ON_A_PAGE = 50;
    private static final int MOST_PAGES = 1_000;

    private final QuoteDesk quotes;
    private final PublicNotices notices;
    private final Words words;
    private final Clock clock;

    QuotesController(QuoteDesk quotes, PublicNotices notices, Words words, Clock clock) {
        this.quotes = quotes;
        this.notices = notices;
        this.words = words;
        this.clock = clock;
    }

    /** @param ref of a notice; empty: of any */
    static String of(String ref) {
        return PATH + (ref.isEmpty() ? "" : "?avis=" + ref);
    }

    private static String of(String ref, String more) {
        return of(ref) + (ref.isEmpty() ? "?" : "&") + more;
    }

    @GetMapping(PATH)
    String show(
            Town town,
            Actor actor,
            @RequestParam(name = "avis", defaultValue = "") String ref,
            @RequestParam(name = "fait", defaultValue = "") String done,
            @RequestParam(defaultValue = "1") int page,
            Locale locale,
            Model model) {
        actor.require(FediverseRights.READ);
        Words said = words.in(locale);
        String now = done.equals(REVOKED) ? said.get("fediverse.quotes.done") : null;
        model.addAttribute("page", page(town, actor, ref, page, now, null, said));
        return VIEW;
    }

    @PostMapping(PATH + "/{id:[0-9]{1,19}}/retrait")
    String revoke(
            @PathVariable long id,
            @RequestParam(name = "avis", defaultValue = "") String ref,
            Town town,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        actor.require(ConversationRights.MODERATE);
        try {
            quotes.revoke(town, id, actor.person().value());
            return "redirect:" + of(ref.isEmpty() ? "" : notice(ref).ref(), "fait=" + REVOKED);
        } catch (Refusal refusal) {
            response.setStatus(refusal.status().value());
            Words said = words.in(locale);
            String why = said.get(refusal.key(), refusal.args());
            model.addAttribute("page", page(town, actor, ref, 1, null, why, said));
            return VIEW;
        }
    }

    private static NoticeId notice(String ref) {
        return NoticeId.ofRef(ref).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
    }

    private QuotesPage page(
            Town town, Actor actor, String ref, int page, @Nullable String done, @Nullable String problem, Words said) {
        NoticeId about = ref.isEmpty() ? null : notice(ref);
        int number = Math.clamp(page, 1, MOST_PAGES);
        List<Quote> found = quotes.standing(town.id(), about, ON_A_PAGE + 1, (number - 1) * ON_A_PAGE);
        Map<NoticeId, String> titles = new HashMap<>();
        return new QuotesPage(
                done,
                problem,
                about == null ? null : title(town, about),
                said.get("fediverse.quotes.sum", quotes.count(town.id(), about)),
                found.stream()
                        .limit(ON_A_PAGE)
                        .map(quote -> new QuotesPage.Line(
                                quote.id(),
                                quote.who(),
                                quote.post().toString(),
                                titles.computeIfAbsent(quote.notice(), id -> title(town, id)),
                                quote.notice().ref(),
                                said.moment(
                                        quote.at().atZone(town.zone()),
                                        clock.instant().atZone(town.zone()).toLocalDate())))
                        .toList(),
                actor.may(ConversationRights.MODERATE),
                number > 1 ? of(ref, "page=" + (number - 1)) : null,
                found.size() > ON_A_PAGE ? of(ref, "page=" + (number + 1)) : null);
    }

    private String title(Town town, NoticeId id) {
        return Optional.of(id)
                .flatMap(one -> notices.find(town.id(), one))
                .map(notice -> notice.content().in(town.language()).title())
                .orElse(id.ref());
    }
}
