package fr.tambour.conversation.studio;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.internal.BlockListDesk;
import fr.tambour.conversation.internal.BlockListDesk.Seen;
import fr.tambour.conversation.internal.KnownList;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Few;
import fr.tambour.ui.Words;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** One list of whom to keep out: looked at before it does anything, taken over, and let in again as a whole. */
@Controller
@RequestMapping(BlockListController.PATH)
class BlockListController {

    static final String PATH = BlocksController.PATH + "/listes";

    private static final String ONE = "/{id:[0-9]{1,19}}";

    private final BlockListDesk desk;
    private final MessageLines lines;
    private final Words words;

    BlockListController(BlockListDesk desk, MessageLines lines, Words words) {
        this.desk = desk;
        this.lines = lines;
        this.words = words;
    }

    static String path(long id) {
        return PATH + "/" + id;
    }

    @GetMapping(ONE)
    ModelAndView show(Actor actor, Town town, @PathVariable long id, Locale locale) {
        return new ModelAndView(
                "conversation/studio/blockList", "page", page(desk.look(actor, id), town, words.in(locale)));
    }

    @PostMapping(ONE + "/import")
    String take(Actor actor, @PathVariable long id) {
        desk.take(actor, id);
        return "redirect:" + path(id);
    }

    @PostMapping(ONE + "/levee")
    String lift(Actor actor, @PathVariable long id) {
        desk.lift(actor, id);
        return "redirect:" + path(id);
    }

    @PostMapping(ONE + "/abandon")
    String forget(Actor actor, @PathVariable long id) {
        desk.forget(actor, id);
        return "redirect:" + BlocksController.PATH;
    }

    /** « spam.csv », or that it has no name. */
    static String title(KnownList list, Words said) {
        return list.title().isEmpty() ? said.get("conversation.list.nameless") : list.title();
    }

    private BlockListPage page(Seen seen, Town town, Words said) {
        KnownList list = seen.list();
        KnownList.State state = list.state();
        boolean looked = state == KnownList.State.READ;
        int others = (looked ? seen.fresh() + seen.known() : seen.blocked())
                - seen.names().size();
        return new BlockListPage(
                list.id(),
                title(list, said),
                state(seen, lines, town, said),
                switch (state) {
                    case READ -> "";
                    case BEGUN -> "warn";
                    case DONE, LIFTED -> seen.blocked() > 0 == (state == KnownList.State.DONE) ? "ok" : "warn";
                },
                looked ? facts(seen, said) : List.of(),
                said.get("conversation.list.hint." + scope(list)),
                seen.names(),
                others > 0 ? said.get("conversation.list.others", others) : null,
                take(seen, said),
                !looked && seen.blocked() > 0,
                looked);
    }

    /** What became of it so far. */
    static String state(Seen seen, MessageLines lines, Town town, Words said) {
        KnownList list = seen.list();
        String when = lines.when(
                Objects.requireNonNullElse(first(list.lifted(), list.done(), list.begun()), list.read()), town, said);
        String key = "conversation.list.state." + list.state().name().toLowerCase(Locale.ROOT);
        return said.get(key + "." + scope(list), seen.blocked(), when);
    }

    private static @Nullable Instant first(@Nullable Instant... all) {
        for (Instant one : all) {
            if (one != null) {
                return one;
            }
        }
        return null;
    }

    private static String scope(KnownList list) {
        return list.scope() == Scope.HOST ? "servers" : "accounts";
    }

    private static List<BlockListPage.Fact> facts(Seen seen, Words said) {
        return List.of(
                fact("fresh." + scope(seen.list()), said.number(seen.fresh()), said),
                fact("known", said.number(seen.known()), said),
                fact("left", said.number(seen.list().leftOut()), said),
                fact(
                        "following",
                        Few.isFew(seen.following()) ? said.get("conversation.list.few") : said.number(seen.following()),
                        said));
    }

    private static BlockListPage.Fact fact(String key, String value, Words said) {
        return new BlockListPage.Fact(said.get("conversation.list.fact." + key), value);
    }

    private static @Nullable String take(Seen seen, Words said) {
        return switch (seen.list().state()) {
            case READ ->
                seen.fresh() == 0 ? null : said.get("conversation.list.take." + scope(seen.list()), seen.fresh());
            case BEGUN -> said.get("conversation.list.go-on");
            case DONE, LIFTED -> null;
        };
    }
}
