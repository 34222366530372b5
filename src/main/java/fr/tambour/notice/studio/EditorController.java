package fr.tambour.notice.studio;

import fr.tambour.media.Picture;
import fr.tambour.notice.Action;
import fr.tambour.notice.Channels;
import fr.tambour.notice.Content;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Incomplete;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.StaffNotice;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/**
 * The writing table of one notice. One form does everything: {@code fragment} says that a script saves and wants only what
 * stands beside the table; without it a browser without script saved, and gets the page again.
 */
@Controller
@RequestMapping("/studio/avis/{ref}")
class EditorController {

    private final NoticeDesk desk;
    private final DeskQueries queries;
    private final Channels channels;
    private final WritingTable table;
    private final ReadingDesk reading;
    private final DraftPictures pictures;
    private final Names names;
    private final Words words;
    private final Clock clock;

    EditorController(
            NoticeDesk desk,
            DeskQueries queries,
            Channels channels,
            WritingTable table,
            ReadingDesk reading,
            DraftPictures pictures,
            Names names,
            Words words,
            Clock clock) {
        this.desk = desk;
        this.queries = queries;
        this.channels = channels;
        this.table = table;
        this.reading = reading;
        this.pictures = pictures;
        this.names = names;
        this.words = words;
        this.clock = clock;
    }

    @ModelAttribute(name = "here", binding = false)
    Here here(Actor actor, Town town, @PathVariable String ref, Locale locale) {
        return new Here(actor, town, NoticeId.ofRef(ref).orElseThrow(EditorController::unknown), words.in(locale));
    }

    /** The table for whoever may write where something is being written, else the reading page. */
    @GetMapping
    String open(@ModelAttribute(name = "here", binding = false) Here here, Model model) {
        here.actor().require(NoticeRights.READ);
        StaffNotice notice = notice(here);
        if (!beingWritten(notice) || !here.actor().may(NoticeRights.WRITE)) {
            model.addAttribute("page", reading.page(here, notice, FormFields.empty(), null));
            return "notice/studio/reading";
        }
        model.addAttribute("page", table.page(here, notice, null));
        return "notice/studio/editor";
    }

    /** Saves; {@code act} is what else to do: {@code up:HASH}, {@code down:HASH}, {@code drop:HASH}, {@code derive:CHANNEL.LANG}. */
    @PostMapping
    String save(
            @ModelAttribute(name = "here", binding = false) Here here,
            @RequestParam MultiValueMap<String, String> values,
            @RequestParam(defaultValue = "") String act,
            @RequestParam(required = false) List<MultipartFile> upload,
            HttpServletResponse response,
            Model model) {
        FormFields form = new FormFields(values);
        FormActs.apply(form, act);
        boolean fragment = form.has("fragment");
        try {
            store(here, form, upload == null ? List.of() : upload);
        } catch (Refusal refusal) {
            return refused(here, form, refusal, fragment, response, model);
        }
        if (!fragment) {
            return here.back();
        }
        model.addAttribute("aside", table.aside(here, notice(here)));
        return "notice/studio/aside";
    }

    /** Saves what the table shows and asks for approval. */
    @PostMapping("/soumission")
    String submit(
            @ModelAttribute(name = "here", binding = false) Here here,
            @RequestParam MultiValueMap<String, String> values,
            @RequestParam(required = false) List<MultipartFile> upload,
            HttpServletResponse response,
            Model model) {
        FormFields form = new FormFields(values);
        try {
            long version = store(here, form, upload == null ? List.of() : upload);
            desk.submit(here.actor(), here.id(), version, form.get("comment"));
        } catch (Refusal refusal) {
            return refused(here, form, refusal, false, response, model);
        }
        return here.back();
    }

    /** Takes a picture in and answers with its row of the form; the script saves the form next. */
    @PostMapping("/images")
    String upload(
            @ModelAttribute(name = "here", binding = false) Here here,
            @RequestParam MultipartFile upload,
            HttpServletResponse response,
            Model model) {
        here.actor().require(NoticeRights.WRITE);
        notice(here);
        try {
            Picture picture = pictures.add(here.actor(), upload);
            model.addAttribute("row", new EditorPage.PictureRow(picture.hash(), pictures.src(picture.hash())));
            model.addAttribute("form", FormFields.empty());
            model.addAttribute("languages", table.languages(here));
            return "notice/studio/picture";
        } catch (Refusal refusal) {
            response.setStatus(refusal.status().value());
            model.addAttribute("problem", sentence(here, refusal));
            return "notice/studio/problem";
        }
    }

    /** @return the version to go on from */
    private long store(Here here, FormFields form, List<MultipartFile> uploads) {
        // Before seconds and space are spent on what was sent along.
        here.actor().require(NoticeRights.WRITE);
        StaffNotice notice = notice(here);
        uploads.stream()
                .filter(file -> !file.isEmpty())
                .forEach(file ->
                        form.add("picture", pictures.add(here.actor(), file).hash()));
        Content content = withChannelsOfKind(notice, sent(here, notice, form));
        String note = form.values().containsKey("note") ? form.get("note") : notice.internalNote();
        return desk.save(here.actor(), here.id(), version(form), content, form.get("reason"), note)
                .version();
    }

    private static Content sent(Here here, StaffNotice notice, FormFields form) {
        return NoticeForm.withUnseenEdits(form, new NoticeForm(here.town()).read(form), notice.content());
    }

    /** Another kind brings its own channels, unless a person has chosen differently. */
    private Content withChannelsOfKind(StaffNotice notice, Content content) {
        Kind before = notice.content().kind();
        if (content.kind() == before || !content.channels().equals(channels.defaults(before))) {
            return content;
        }
        return content.withChannels(channels.defaults(content.kind()));
    }

    private String refused(
            Here here, FormFields form, Refusal refusal, boolean fragment, HttpServletResponse response, Model model) {
        if (refusal.status() == HttpStatus.NOT_FOUND) {
            throw refusal;
        }
        StaffNotice notice = notice(here);
        response.setStatus(refusal.status().value());
        if (refusal.code().equals("notice.conflict") && beingWritten(notice)) {
            model.addAttribute("page", conflict(here, notice, form));
            return fragment ? "notice/studio/conflictPart" : "notice/studio/conflict";
        }
        String problem = sentence(here, refusal);
        if (fragment) {
            model.addAttribute("problem", problem);
            return "notice/studio/problem";
        }
        if (!beingWritten(notice)) {
            model.addAttribute("page", reading.page(here, notice, FormFields.empty(), refusal));
            return "notice/studio/reading";
        }
        model.addAttribute("page", asWritten(here, notice, form, refusal, problem));
        model.addAttribute("comment", form.get("comment"));
        return "notice/studio/editor";
    }

    /** The form with what was typed, as far as it can be read. */
    private EditorPage asWritten(Here here, StaffNotice notice, FormFields form, Refusal refusal, String problem) {
        // What an incomplete notice lacks is listed beside the table; it was saved before it was refused.
        if (refusal instanceof Incomplete) {
            return table.page(here, notice, problem);
        }
        try {
            Content content = sent(here, notice, form);
            return table.page(here, notice, content, form.get("reason"), form.get("note"), problem);
        } catch (Refusal unreadable) {
            return table.page(here, notice, problem);
        }
    }

    private ConflictPage conflict(Here here, StaffNotice notice, FormFields form) {
        StaffNotice.Draft stored = notice.draft().orElseThrow();
        return new ConflictPage(
                here.ref(),
                notice.title(),
                stored.version(),
                names.person(stored.updatedBy()),
                Names.moment(here.town(), here.words(), stored.updatedAt(), clock.instant()),
                differences(here, notice, form),
                form.values());
    }

    /** From what is stored to what was sent, with the two texts that stand beside the content. */
    private List<Difference> differences(Here here, StaffNotice notice, FormFields form) {
        StaffNotice.Draft stored = notice.draft().orElseThrow();
        Content sent = sent(here, notice, form);
        return Difference.between(
                facts(here, stored.content(), stored.reason(), notice.internalNote()),
                facts(here, sent, form.get("reason").strip(), form.get("note").strip()));
    }

    private List<Fact> facts(Here here, Content content, String reason, String note) {
        Stream<Fact> beside = Stream.of(
                        new Fact("reason", List.of("reason"), here.words().get("notice.field.reason"), reason),
                        new Fact("note", List.of("note"), here.words().get("notice.field.note"), note))
                .filter(fact -> !fact.text().isEmpty());
        return Stream.concat(names.facts(here.town(), here.words()).all(content).stream(), beside)
                .toList();
    }

    /** Settles a conflict: what was sent, with the stored text for each fact named in {@code theirs}. */
    @PostMapping("/conflit")
    String settle(
            @ModelAttribute(name = "here", binding = false) Here here,
            @RequestParam MultiValueMap<String, String> values,
            HttpServletResponse response,
            Model model) {
        FormFields form = new FormFields(values);
        StaffNotice notice = notice(here);
        if (beingWritten(notice)) {
            StaffNotice.Draft stored = notice.draft().orElseThrow();
            FormFields theirs = new NoticeForm(here.town()).write(stored.content());
            theirs.add("reason", stored.reason());
            theirs.add("note", notice.internalNote());
            FormActs.take(
                    form,
                    theirs,
                    differences(here, notice, form).stream()
                            .map(Difference::fact)
                            .filter(fact -> form.get("keep." + fact.key()).equals("theirs"))
                            .toList());
        }
        return save(here, form.values(), "", List.of(), response, model);
    }

    private String sentence(Here here, Refusal refusal) {
        return here.words().get(refusal.key(), refusal.args());
    }

    private static long version(FormFields form) {
        try {
            return Long.parseLong(form.get("version"));
        } catch (NumberFormatException e) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.form-unreadable", "version");
        }
    }

    private static boolean beingWritten(StaffNotice notice) {
        DraftState state = notice.standing().draft();
        return notice.legal().contains(Action.EDIT) && (state == DraftState.DRAFT || state == DraftState.CHANGES_ASKED);
    }

    private StaffNotice notice(Here here) {
        return queries.find(here.town().id(), here.id()).orElseThrow(EditorController::unknown);
    }

    static Refusal unknown() {
        return new Refusal(HttpStatus.NOT_FOUND, "notice.unknown");
    }
}
