package fr.tambour.conversation.studio;

import fr.tambour.conversation.ConversationRights;
import fr.tambour.conversation.internal.Block;
import fr.tambour.conversation.internal.BlockListDesk;
import fr.tambour.conversation.internal.Guard;
import fr.tambour.conversation.internal.ModerationDesk;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Who is kept out: found, let in again, and taken over from a list or given out as one. */
@Controller
@RequestMapping(BlocksController.PATH)
class BlocksController {

    static final String PATH = InboxController.PATH + "/blocages";

    private static final int ON_A_PAGE = 50;
    private static final int MOST_PAGES = 1_000;
    private static final int LONGEST_NAME = 200;

    private final Guard guard;
    private final ModerationDesk desk;
    private final BlockListDesk lists;
    private final MessageLines lines;
    private final Words words;
    private final TransactionTemplate reading;

    BlocksController(
            Guard guard,
            ModerationDesk desk,
            BlockListDesk lists,
            MessageLines lines,
            Words words,
            PlatformTransactionManager transactions) {
        this.guard = guard;
        this.desk = desk;
        this.lists = lists;
        this.lines = lines;
        this.words = words;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @GetMapping
    ModelAndView show(
            Actor actor,
            Town town,
            @RequestParam(defaultValue = "") String nom,
            @RequestParam(defaultValue = "1") int page,
            Locale locale) {
        return view(actor, town, nom, page, null, null, locale);
    }

    /** @param problem why something was not done, or null */
    private ModelAndView view(
            Actor actor,
            Town town,
            String nom,
            int page,
            @Nullable String done,
            @Nullable String problem,
            Locale locale) {
        actor.require(ConversationRights.MODERATE);
        Words said = words.in(locale);
        String named = nom.strip().substring(0, Math.min(nom.strip().length(), LONGEST_NAME));
        int number = Math.clamp(page, 1, MOST_PAGES);
        List<Block> found = Objects.requireNonNull(
                reading.execute(status -> guard.blocks(town.id(), named, ON_A_PAGE + 1, (number - 1) * ON_A_PAGE)));
        return new ModelAndView(
                "conversation/studio/blocks",
                "page",
                new BlocksPage(
                        named,
                        found.stream()
                                .limit(ON_A_PAGE)
                                .map(block -> new BlocksPage.Blocked(
                                        block.id(),
                                        block.shown(),
                                        said.get("conversation.block."
                                                + block.scope().name().toLowerCase(Locale.ROOT)),
                                        lines.when(block.at(), town, said),
                                        block.remark()))
                                .toList(),
                        lists.begun(actor).stream()
                                .map(seen -> new BlocksPage.Listed(
                                        BlockListController.title(seen.list(), said),
                                        BlockListController.state(seen, lines, town, said),
                                        BlockListController.path(seen.list().id())))
                                .toList(),
                        done,
                        problem,
                        number > 1 ? address(named, number - 1) : null,
                        found.size() > ON_A_PAGE ? address(named, number + 1) : null));
    }

    private static String address(String named, int number) {
        return PATH + "?page=" + number
                + (named.isEmpty() ? "" : "&nom=" + URLEncoder.encode(named, StandardCharsets.UTF_8));
    }

    @PostMapping("/{id:[0-9]{1,19}}/levee")
    String lift(Actor actor, @PathVariable long id) {
        desk.lift(actor, id);
        return "redirect:" + PATH;
    }

    /** Nothing is blocked by that: the list is looked at first. */
    @PostMapping
    ModelAndView read(Actor actor, Town town, @RequestParam MultipartFile upload, Locale locale) throws IOException {
        boolean large = upload.getSize() > BlockListDesk.MOST_MEGABYTES * 1_000_000L;
        byte[] file = large ? new byte[0] : upload.getBytes();
        return tried(actor, town, locale, said -> {
            if (large) {
                throw new Refusal(
                        HttpStatus.UNPROCESSABLE_CONTENT, "conversation.list-too-large", BlockListDesk.MOST_MEGABYTES);
            }
            String title = Objects.requireNonNullElse(upload.getOriginalFilename(), "");
            return new ModelAndView("redirect:" + BlockListController.path(lists.read(actor, town, title, file)));
        });
    }

    @PostMapping("/serveurs")
    ModelAndView keepOut(Actor actor, Town town, @RequestParam(defaultValue = "") String serveur, Locale locale) {
        return tried(actor, town, locale, said -> {
            boolean added = lists.keepOut(actor, town, serveur);
            String done = said.get(added ? "conversation.blocks.added" : "conversation.blocks.known");
            return view(actor, town, "", 1, done, null, locale);
        });
    }

    private ModelAndView tried(Actor actor, Town town, Locale locale, Function<Words, ModelAndView> act) {
        actor.require(ConversationRights.MODERATE);
        Words said = words.in(locale);
        try {
            return act.apply(said);
        } catch (Refusal refusal) {
            if (refusal.status() != HttpStatus.UNPROCESSABLE_CONTENT) {
                throw refusal;
            }
            ModelAndView view = view(actor, town, "", 1, null, said.get(refusal.key(), refusal.args()), locale);
            view.setStatus(refusal.status());
            return view;
        }
    }

    @GetMapping("/serveurs.csv")
    ResponseEntity<byte[]> give(Actor actor, Town town) {
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("serveurs-bloques-" + town.slug() + ".csv")
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(lists.give(actor));
    }
}
