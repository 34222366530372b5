package fr.tambour.notice.studio;

import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DeskQueries.Selection;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Lifecycle.Standing;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.PublicState;
import fr.tambour.people.Actor;
import fr.tambour.people.PersonId;
import fr.tambour.town.Town;
import fr.tambour.ui.Initials;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** All notices of the town, and the beginning of a new one. */
@Controller
@RequestMapping("/studio/avis")
class NoticesController {

    private static final int ROWS = 40;
    private static final int LONGEST_SEARCH = 100;

    /** What the list can be narrowed to, by the word in the address. */
    private static final Map<String, Selection> STATES = Map.of(
            "brouillons", Selection.drafts(DraftState.DRAFT),
            "a-relire", Selection.drafts(DraftState.SUBMITTED),
            "a-revoir", Selection.drafts(DraftState.CHANGES_ASKED),
            "valides", Selection.drafts(DraftState.APPROVED),
            "programmes", Selection.shown(PublicState.SCHEDULED),
            "en-ligne", Selection.shown(PublicState.PUBLISHED),
            "termines", Selection.shown(PublicState.EXPIRED),
            "retires", Selection.shown(PublicState.WITHDRAWN));

    private static final List<String> ORDER =
            List.of("brouillons", "a-relire", "a-revoir", "valides", "programmes", "en-ligne", "termines", "retires");

    private final NoticeDesk desk;
    private final DeskQueries queries;
    private final Names names;
    private final Words words;
    private final Clock clock;

    NoticesController(NoticeDesk desk, DeskQueries queries, Names names, Words words, Clock clock) {
        this.desk = desk;
        this.queries = queries;
        this.names = names;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping
    String list(
            Actor actor,
            Town town,
            Locale locale,
            @RequestParam(defaultValue = "") String etat,
            @RequestParam(defaultValue = "") String nature,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String apres,
            Model model) {
        actor.require(NoticeRights.READ);
        Words said = words.in(locale);
        Kind kind = kind(nature);
        String text = q.strip().substring(0, Math.min(q.strip().length(), LONGEST_SEARCH));
        Selection state = STATES.getOrDefault(etat, Selection.ALL);
        DeskQueries.Page<DeskQueries.Row> page = queries.list(
                town.id(), new Selection(state.draft(), state.publicState(), kind, null, text), apres, ROWS);
        Map<PersonId, String> people = names.people(
                page.rows().stream().map(DeskQueries.Row::touchedBy).distinct().toList());
        Instant now = clock.instant();
        model.addAttribute(
                "page",
                new NoticesPage(
                        page.rows().stream()
                                .map(row -> row(town, said, row, people.getOrDefault(row.touchedBy(), ""), now))
                                .toList(),
                        options(said, etat),
                        Arrays.stream(Kind.values())
                                .map(k -> new EditorPage.Option(k.name(), said.get(Labels.kind(k)), k == kind))
                                .toList(),
                        text,
                        !etat.isEmpty() || kind != null || !text.isEmpty(),
                        actor.may(NoticeRights.WRITE),
                        actor.may(NoticeRights.EMERGENCY),
                        page.next()
                                .map(next -> address(etat, nature, text, next))
                                .orElse(null),
                        apres == null ? null : address(etat, nature, text, null)));
        return "notice/studio/notices";
    }

    private static List<EditorPage.Option> options(Words said, String chosen) {
        return ORDER.stream()
                .map(state -> new EditorPage.Option(state, said.get("notice.list." + state), state.equals(chosen)))
                .toList();
    }

    private static @Nullable Kind kind(String name) {
        return Stream.of(Kind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static String address(String state, String kind, String text, @Nullable String after) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath("/studio/avis");
        Map.of("etat", state, "nature", kind, "q", text, "apres", after == null ? "" : after)
                .forEach((name, value) -> {
                    if (!value.isEmpty()) {
                        address.queryParam(name, "{" + name + "}");
                    }
                });
        return address.encode()
                .buildAndExpand(Map.of("etat", state, "nature", kind, "q", text, "apres", after == null ? "" : after))
                .toUriString();
    }

    private static NoticesPage.Row row(Town town, Words said, DeskQueries.Row row, String who, Instant now) {
        Standing standing = row.standing();
        return new NoticesPage.Row(
                "/studio/avis/" + row.id().ref(),
                said.get(Labels.kind(row.kind(), row.exercise())),
                Labels.icon(row.kind(), row.exercise()),
                row.kind() == Kind.EMERGENCY && !row.exercise(),
                row.title().isBlank() ? said.get("notice.untitled") : row.title(),
                said.get(Labels.state(standing)),
                Labels.look(standing),
                sub(said, standing),
                when(town, said, row, now),
                Initials.of(who),
                who);
    }

    /** What is being prepared behind what the public sees. */
    private static String sub(Words said, Standing standing) {
        return standing.underCorrection() ? said.get(Labels.behind(standing.draft())) : "";
    }

    private static String when(Town town, Words said, DeskQueries.Row row, Instant now) {
        return switch (row.standing().publicState()) {
            case SCHEDULED -> when(town, said, "notice.list.leaves", row.due(), now);
            case PUBLISHED -> end(town, said, "notice.list.ends", row.until(), now);
            case EXPIRED -> end(town, said, "notice.list.ended", row.until(), now);
            case NONE, WITHDRAWN -> when(town, said, "notice.list.touched", row.touchedAt(), now);
        };
    }

    private static String when(Town town, Words said, String key, @Nullable Instant at, Instant now) {
        return at == null ? "" : said.get(key, Names.moment(town, said, at, now));
    }

    private static String end(Town town, Words said, String key, @Nullable Instant at, Instant now) {
        return at == null ? "" : said.get(key, Names.end(town, said, at, now));
    }

    @GetMapping("/nouveau")
    String choose(Actor actor, Town town, Locale locale, Model model) {
        actor.require(NoticeRights.WRITE);
        Words said = words.in(locale);
        model.addAttribute(
                "page",
                new NewNoticePage(Arrays.stream(Kind.values())
                        .filter(kind -> kind != Kind.EMERGENCY)
                        .map(kind -> new NewNoticePage.Choice(
                                kind.name(),
                                said.get(Labels.kind(kind)),
                                said.get(hint(town, kind, said)),
                                Labels.icon(kind)))
                        .toList()));
        model.addAttribute("mayAlert", actor.may(NoticeRights.EMERGENCY));
        return "notice/studio/newNotice";
    }

    /** A group of communes is no town. */
    private static String hint(Town town, Kind kind, Words said) {
        String any = Labels.kind(kind) + ".hint";
        String ofType = any + "." + town.type().name().toLowerCase(Locale.ROOT);
        return said.has(ofType) ? ofType : any;
    }

    @PostMapping
    String begin(Actor actor, @RequestParam(defaultValue = "") String kind) {
        Kind chosen = kind(kind);
        if (chosen == null) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.kind-missing");
        }
        return "redirect:/studio/avis/" + desk.create(actor, chosen).id().ref();
    }
}
