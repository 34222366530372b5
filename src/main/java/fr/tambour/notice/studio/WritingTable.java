package fr.tambour.notice.studio;

import fr.tambour.notice.Action;
import fr.tambour.notice.Channels;
import fr.tambour.notice.Checks;
import fr.tambour.notice.Content;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Finding;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Rendition;
import fr.tambour.notice.RenditionDeriver;
import fr.tambour.notice.StaffNotice;
import fr.tambour.notice.WallTime;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lays out what the editor shows of a draft: its form, and beside it what is missing, the channels, what will be seen. */
@Component
class WritingTable {

    private static final List<String> TIMES = List.of("from", "until", "wished", "event.start", "event.end");

    private final DeskQueries queries;
    private final Channels channels;
    private final Checks checks;
    private final Names names;
    private final DraftPictures pictures;
    private final Clock clock;

    WritingTable(
            DeskQueries queries, Channels channels, Checks checks, Names names, DraftPictures pictures, Clock clock) {
        this.queries = queries;
        this.channels = channels;
        this.checks = checks;
        this.names = names;
        this.pictures = pictures;
        this.clock = clock;
    }

    /** The draft as it is stored. */
    EditorPage page(Here here, StaffNotice notice, @Nullable String problem) {
        StaffNotice.Draft draft = notice.draft().orElseThrow();
        return page(here, notice, draft.content(), draft.reason(), notice.internalNote(), problem);
    }

    /** The draft as somebody wrote it, though it could not be stored. */
    EditorPage page(
            Here here, StaffNotice notice, Content content, String reason, String note, @Nullable String problem) {
        StaffNotice.Draft draft = notice.draft().orElseThrow();
        Words words = here.words();
        boolean correction = notice.published().isPresent();
        return new EditorPage(
                here.ref(),
                notice.title().isBlank() ? words.get("notice.untitled") : notice.title(),
                words.get("notice.state." + Labels.name(draft.state())),
                draft.state() == DraftState.CHANGES_ASKED ? "warn" : "",
                correction,
                reason,
                note,
                correction,
                here.town().zone().getId(),
                Arrays.stream(Kind.values())
                        .map(kind -> new EditorPage.KindChoice(
                                kind.name(), words.get(Labels.kind(kind)), Labels.icon(kind), kind == content.kind()))
                        .toList(),
                languages(here),
                names.districts(here.town(), words, content),
                names.themes(here.town(), words, content),
                new NoticeForm(here.town()).write(content),
                aside(here, notice, content),
                content.pictures().stream()
                        .map(picture -> new EditorPage.PictureRow(picture.hash(), pictures.src(picture.hash())))
                        .toList(),
                notice.legal().contains(Action.DISCARD),
                asked(here, notice),
                problem);
    }

    List<EditorPage.Language> languages(Here here) {
        Facts facts = names.facts(here.town(), here.words());
        return here.town().languages().stream()
                .map(tag -> new EditorPage.Language(
                        tag, facts.language(tag), tag.equals(here.town().language())))
                .toList();
    }

    /** What the approver asked for, as long as it waits for an answer. */
    private EditorPage.@Nullable Asked asked(Here here, StaffNotice notice) {
        if (notice.standing().draft() != DraftState.CHANGES_ASKED) {
            return null;
        }
        return queries.history(here.town().id(), notice.id()).reversed().stream()
                .filter(step -> step.action() == Action.ASK_CHANGES)
                .findFirst()
                .map(step -> new EditorPage.Asked(
                        step.person().map(names::person).orElse(""),
                        Names.moment(here.town(), here.words(), step.at(), clock.instant()),
                        step.reason()))
                .orElse(null);
    }

    /** What stands beside the stored draft. */
    Aside aside(Here here, StaffNotice notice) {
        return aside(here, notice, notice.draft().orElseThrow().content());
    }

    private Aside aside(Here here, StaffNotice notice, Content content) {
        StaffNotice.Draft draft = notice.draft().orElseThrow();
        Words words = here.words();
        Town town = here.town();
        DraftView view = view(town, notice, content);
        List<Finding> findings = checks.of(view);
        return new Aside(
                here.ref(),
                draft.version(),
                words.get(
                        "notice.saved",
                        words.time(draft.updatedAt().atZone(town.zone()).toLocalTime())),
                lines(here, content, findings, Finding::blocks),
                lines(here, content, findings, finding -> !finding.blocks()),
                channels.all().stream()
                        .map(deriver -> new Aside.Channel(
                                deriver.channel(),
                                names.facts(town, words).channel(deriver.channel()),
                                content.channels().contains(deriver.channel()),
                                deriver.always()))
                        .toList(),
                seen(here, view),
                end(here, view),
                settled(town, content));
    }

    private DraftView view(Town town, StaffNotice notice, Content content) {
        return DraftView.of(town, notice, content, clock.instant());
    }

    /** What still stops {@code content}, said for a page other than the editor. */
    List<Aside.Line> blocking(Here here, Content content, List<Finding> findings) {
        return lines(here, content, findings, Finding::blocks);
    }

    private List<Aside.Line> lines(Here here, Content content, List<Finding> findings, Predicate<Finding> which) {
        return findings.stream()
                .filter(which)
                .map(finding -> new Aside.Line(
                        sentence(here, finding),
                        "#" + field(here.town(), content, finding.field()),
                        question(here.words(), finding)))
                .toList();
    }

    private String sentence(Here here, Finding finding) {
        Facts facts = names.facts(here.town(), here.words());
        Object[] args =
                finding.args().stream().map(arg -> said(here, facts, arg)).toArray();
        return here.words().get("notice.finding." + finding.code(), args);
    }

    private static Object said(Here here, Facts facts, Object arg) {
        if (arg instanceof LocalDateTime time) {
            return here.words().time(time.toLocalTime());
        }
        return arg instanceof String tag && here.town().languages().contains(tag) ? facts.language(tag) : arg;
    }

    /** Where the person can mend it: the id of a field. */
    private static String field(Town town, Content content, String field) {
        String first = town.language();
        if (field.startsWith("pictures[")) {
            int index = Integer.parseInt(field.substring("pictures[".length(), field.length() - 1));
            return "picture." + content.pictures().get(index).hash() + ".alt." + first;
        }
        return switch (field) {
            case "title", "summary", "body", "instruction" -> field + "." + first;
            case "event.start", "event.end", "from", "until", "wished" -> field + ".date";
            case "event.repeat" -> "event.repeat.last";
            case "channels" -> "channels";
            default -> field.startsWith("words.") ? "title." + field.substring("words.".length()) : field;
        };
    }

    private static Aside.Question question(Words words, Finding finding) {
        return switch (finding.code()) {
            case "time.twice" ->
                new Aside.Question(
                        finding.field() + ".choice",
                        List.of(
                                choice(
                                        words,
                                        "notice.time.first",
                                        finding.args().get(1)),
                                choice(
                                        words,
                                        "notice.time.second",
                                        finding.args().get(2))));
            case "time.missing" ->
                missing(
                        words,
                        finding.field() + ".choice",
                        (LocalDateTime) finding.args().get(0),
                        (LocalDateTime) finding.args().get(1),
                        (LocalDateTime) finding.args().get(2));
            default -> Aside.Question.NONE;
        };
    }

    private static Aside.Choice choice(Words words, String key, Object offset) {
        return new Aside.Choice(offset.toString(), words.get(key));
    }

    private static Aside.Question missing(
            Words words, String name, LocalDateTime local, LocalDateTime before, LocalDateTime after) {
        return new Aside.Question(
                name,
                NoticeForm.around(local, before, after).stream()
                        .map(time -> new Aside.Choice(time.toString(), words.time(time.toLocalTime())))
                        .toList());
    }

    /** What to ask about a time that a person typed, if anything. */
    static Aside.Question question(Words words, String name, @Nullable WallTime time, ZoneId zone) {
        if (time == null) {
            return Aside.Question.NONE;
        }
        return switch (time.resolve(zone)) {
            case WallTime.Resolution.Once once -> Aside.Question.NONE;
            case WallTime.Resolution.Missing gap -> missing(words, name, time.local(), gap.before(), gap.after());
            case WallTime.Resolution.Twice twice ->
                new Aside.Question(
                        name,
                        List.of(
                                choice(words, "notice.time.first", twice.earlier()),
                                choice(words, "notice.time.second", twice.later())));
        };
    }

    private List<Aside.Seen> seen(Here here, DraftView view) {
        return channels.of(view).stream()
                .map(rendition -> seen(here, view.content(), rendition, derived(view, rendition)))
                .toList();
    }

    private Map<String, String> derived(DraftView view, Rendition rendition) {
        return deriver(rendition.channel())
                .map(deriver -> deriver.derive(view, rendition.language()))
                .orElse(Map.of());
    }

    private Optional<RenditionDeriver> deriver(String channel) {
        return channels.all().stream()
                .filter(deriver -> deriver.channel().equals(channel))
                .findFirst();
    }

    /** A rendition as it will look, stored or only derived. */
    Aside.Seen seen(Here here, Content content, Rendition rendition, Map<String, String> derived) {
        Facts facts = names.facts(here.town(), here.words());
        String key = "notice.seen." + rendition.channel();
        String where = here.words().has(key) ? here.words().get(key) : facts.channel(rendition.channel());
        String place = rendition.channel() + "." + rendition.language();
        List<String> editable =
                deriver(rendition.channel()).map(RenditionDeriver::fields).orElse(List.of());
        return new Aside.Seen(
                rendition.channel(),
                rendition.language(),
                here.town().languages().size() > 1 ? where + " (" + facts.language(rendition.language()) + ")" : where,
                place,
                rendition.edited(),
                rendition.text("title"),
                rendition.text("summary"),
                content.kind() != Kind.EVENT || content.event() == null ? "" : facts.when(content.event()),
                editable.stream()
                        .map(field -> new Aside.Field(
                                place + "." + field,
                                label(here.words(), field),
                                rendition.text(field),
                                derived.getOrDefault(field, "")))
                        .toList());
    }

    private static String label(Words words, String field) {
        String key = "channel.field." + field;
        return words.get(words.has(key) ? key : "notice.field." + field);
    }

    /** « Il disparaîtra le dimanche 6 décembre à 19 h. » */
    private String end(Here here, DraftView view) {
        Content content = view.content();
        Words words = here.words();
        ZoneId zone = here.town().zone();
        Instant now = clock.instant();
        Instant release = Optional.ofNullable(content.wished())
                .map(wished -> wished.instant(zone))
                .filter(wished -> wished.isAfter(now))
                .orElse(now);
        String kind = Labels.name(content.kind());
        return view.end(release)
                .map(end -> {
                    ZonedDateTime at = end.atZone(zone);
                    LocalDate today = LocalDate.ofInstant(now, zone);
                    String moment = Words.closedDay(at.toLocalDateTime())
                            .map(day -> words.get("notice.when.evening", words.day(day, today)))
                            .orElseGet(() -> words.get(
                                    "notice.when.moment",
                                    words.day(at.toLocalDate(), today),
                                    words.time(at.toLocalTime())));
                    return words.get(
                            content.until() == null ? "notice.end.default." + kind : "notice.end.said", moment);
                })
                .orElseGet(() -> words.get("notice.end.unknown." + kind));
    }

    /** Dates and times as they are stored: a date without a time got one, a question was answered. */
    private static Map<String, String> settled(Town town, Content content) {
        FormFields form = new NoticeForm(town).write(content);
        Map<String, String> settled = new LinkedHashMap<>();
        List<String> fields = new ArrayList<>();
        TIMES.forEach(time -> List.of(".date", ".time", ".offset").forEach(part -> fields.add(time + part)));
        fields.forEach(field -> settled.put(field, form.get(field)));
        return settled;
    }
}
