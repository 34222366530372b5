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
import fr.tambour.notice.StaffNotice;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lays out what the editor shows of a draft: its form, and beside it what is missing, the channels, what will be seen. */
@Component
class WritingTable {

    private static final List<String> TIMES = List.of("from", "until", "wished", "event.start", "event.end");

    private final DeskQueries queries;
    private final Channels channels;
    private final Checks checks;
    private final FindingLines lines;
    private final SeenRenditions seen;
    private final Names names;
    private final DraftPictures pictures;
    private final Clock clock;

    WritingTable(
            DeskQueries queries,
            Channels channels,
            Checks checks,
            FindingLines lines,
            SeenRenditions seen,
            Names names,
            DraftPictures pictures,
            Clock clock) {
        this.queries = queries;
        this.channels = channels;
        this.checks = checks;
        this.lines = lines;
        this.seen = seen;
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
                correction || notice.exercise(),
                notice.exercise(),
                here.town().zone().getId(),
                Arrays.stream(Kind.values())
                        .map(kind -> new EditorPage.KindChoice(
                                kind.name(),
                                words.get(Labels.kind(kind, notice.exercise() && kind == content.kind())),
                                Labels.icon(kind, notice.exercise() && kind == content.kind()),
                                kind == content.kind()))
                        .toList(),
                languages(here),
                names.districts(here.town(), words, content),
                names.themes(here.town(), words, content),
                new NoticeForm(here.town()).write(content),
                aside(here, notice, content, reason),
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
        return queries.lastStep(here.town().id(), notice.id(), Action.ASK_CHANGES)
                .map(step -> new EditorPage.Asked(
                        step.person().map(names::person).orElse(""),
                        Names.moment(here.town(), here.words(), step.at(), clock.instant()),
                        step.reason()))
                .orElse(null);
    }

    /** What stands beside the stored draft. */
    Aside aside(Here here, StaffNotice notice) {
        StaffNotice.Draft draft = notice.draft().orElseThrow();
        return aside(here, notice, draft.content(), draft.reason());
    }

    private Aside aside(Here here, StaffNotice notice, Content content, String reason) {
        StaffNotice.Draft draft = notice.draft().orElseThrow();
        Words words = here.words();
        Town town = here.town();
        DraftView view = DraftView.of(town, notice, content, reason, clock.instant());
        List<Finding> findings = checks.of(view);
        return new Aside(
                here.ref(),
                draft.version(),
                words.get(
                        "notice.saved",
                        words.time(draft.updatedAt().atZone(town.zone()).toLocalTime())),
                lines.of(here, content, findings, Finding::blocks),
                lines.of(here, content, findings, finding -> !finding.blocks()),
                channels.all().stream()
                        .map(deriver -> new Aside.Channel(
                                deriver.channel(),
                                names.facts(town, words).channel(deriver.channel()),
                                content.channels().contains(deriver.channel()),
                                deriver.always()))
                        .toList(),
                seen.derived(here, view),
                end(here, view),
                settled(town, content));
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
