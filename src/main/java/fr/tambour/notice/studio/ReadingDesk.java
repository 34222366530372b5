package fr.tambour.notice.studio;

import fr.tambour.notice.Channels;
import fr.tambour.notice.Content;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Finding;
import fr.tambour.notice.Incomplete;
import fr.tambour.notice.Kind;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.Rendition;
import fr.tambour.notice.StaffNotice;
import fr.tambour.text.Markdown;
import fr.tambour.text.Typography;
import fr.tambour.town.Town;
import fr.tambour.ui.PagePanel;
import fr.tambour.ui.Panels;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Lays out the reading page: the paper and where it stands, beside it what changed. */
@Component
class ReadingDesk {

    private final DeskQueries queries;
    private final Channels channels;
    private final SeenRenditions seen;
    private final FindingLines findings;
    private final ReadingActs acts;
    private final Approvers approvers;
    private final Past past;
    private final DraftPictures pictures;
    private final Names names;
    private final Reaches reaches;
    private final Panels panels;
    private final Clock clock;

    ReadingDesk(
            DeskQueries queries,
            Channels channels,
            SeenRenditions seen,
            FindingLines findings,
            ReadingActs acts,
            Approvers approvers,
            Past past,
            DraftPictures pictures,
            Names names,
            Reaches reaches,
            Panels panels,
            Clock clock) {
        this.queries = queries;
        this.channels = channels;
        this.seen = seen;
        this.findings = findings;
        this.acts = acts;
        this.approvers = approvers;
        this.past = past;
        this.pictures = pictures;
        this.names = names;
        this.reaches = reaches;
        this.panels = panels;
        this.clock = clock;
    }

    /** The notice as it stands. */
    ReadingPage page(Here here, StaffNotice notice, FormFields posted, @Nullable Refusal refusal) {
        Optional<StaffNotice.Revision> read = notice.draft()
                .map(StaffNotice.Draft::revision)
                .or(() -> notice.draft().isPresent()
                        ? Optional.empty()
                        : notice.published().map(PublishedNotice::revision))
                .flatMap(number -> queries.revision(here.town().id(), notice.id(), number));
        Content content = read.map(StaffNotice.Revision::content).orElseGet(notice::content);
        List<Rendition> renditions =
                read.map(StaffNotice.Revision::renditions).orElseGet(() -> derived(here, notice, content));
        int number = read.map(StaffNotice.Revision::number).orElse(0);
        return page(
                here,
                notice,
                content,
                renditions,
                notice.draft().map(StaffNotice.Draft::reason).orElse(""),
                number,
                compared(here, notice, number),
                acts.of(here, notice, content),
                false,
                posted,
                refusal);
    }

    /** An earlier revision, to be read only. */
    ReadingPage revision(Here here, StaffNotice notice, StaffNotice.Revision revision) {
        return page(
                here,
                notice,
                revision.content(),
                revision.renditions(),
                revision.reason(),
                revision.number(),
                queries.revision(here.town().id(), notice.id(), revision.number() - 1),
                ReadingPage.Acts.NONE,
                true,
                FormFields.empty(),
                null);
    }

    private ReadingPage page(
            Here here,
            StaffNotice notice,
            Content content,
            List<Rendition> renditions,
            String reason,
            int number,
            Optional<StaffNotice.Revision> compared,
            ReadingPage.Acts may,
            boolean old,
            FormFields posted,
            @Nullable Refusal refusal) {
        Words words = here.words();
        Town town = here.town();
        Facts facts = names.facts(town, words);
        return new ReadingPage(
                here.ref(),
                number,
                notice.title().isBlank() ? words.get("notice.untitled") : notice.title(),
                words.get(Labels.kind(content.kind(), notice.exercise())),
                Labels.icon(content.kind(), notice.exercise()),
                content.kind() == Kind.EMERGENCY,
                notice.exercise(),
                words.get(Labels.state(Labels.read(notice.standing()))),
                Labels.look(Labels.read(notice.standing())),
                old ? "draft" : Labels.paper(notice.standing()),
                status(here, notice),
                texts(here, content),
                reason,
                facts.besidesWords(content).stream()
                        .filter(fact ->
                                !fact.key().equals("picture") && !fact.key().startsWith("edited."))
                        .toList(),
                content.pictures().stream().map(use -> picture(here, use)).toList(),
                seen.stored(here, content, renditions),
                compared.map(revision -> Difference.between(facts.all(revision.content()), facts.all(content)))
                        .orElse(List.of()),
                compared.map(revision -> since(here, notice, revision)).orElse(""),
                past.steps(here, null),
                past.versions(here, notice, number, null),
                notice.internalNote(),
                old ? null : approvers.of(here, notice, content),
                old,
                may,
                posted,
                question(here, posted, refusal),
                refusal instanceof Incomplete incomplete
                        ? findings.of(here, content, incomplete.findings(), Finding::blocks)
                        : List.of(),
                notice.published()
                        .map(shown -> town.url("/avis/" + here.ref() + "/" + shown.slug()))
                        .orElse(null),
                refusal == null ? null : words.get(refusal.key(), spoken(words, refusal.args())),
                may.approve() || may.publish() ? reaches.of(here, notice, content) : null,
                old ? List.of() : panels(here));
    }

    private List<PagePanel> panels(Here here) {
        Scope scope = new Scope(here.town().id().value(), here.words().locale(), here.path());
        return panels.of(scope, "studio-notice", here.id().value());
    }

    /** Times in a refusal's sentence, in the reader's way. */
    private static Object[] spoken(Words words, Object[] args) {
        return Stream.of(args)
                .map(arg -> arg instanceof LocalDateTime time ? words.time(time.toLocalTime()) : arg)
                .toArray();
    }

    /** With what the reader compares: what is public, else what was submitted before. */
    private Optional<StaffNotice.Revision> compared(Here here, StaffNotice notice, int number) {
        if (notice.draft().isEmpty()) {
            return Optional.empty();
        }
        int before = notice.published()
                .map(PublishedNotice::revision)
                .orElseGet(() -> number == 0 ? notice.latestRevision() : number - 1);
        return queries.revision(here.town().id(), notice.id(), before);
    }

    private static String since(Here here, StaffNotice notice, StaffNotice.Revision revision) {
        return here.words()
                .get(
                        notice.published().isPresent()
                                ? "notice.changes.since-public"
                                : "notice.changes.since-submitted",
                        revision.number());
    }

    private List<Rendition> derived(Here here, StaffNotice notice, Content content) {
        return channels.of(DraftView.of(here.town(), notice, content, clock.instant()));
    }

    private static Aside.Question question(Here here, FormFields posted, @Nullable Refusal refusal) {
        if (refusal == null || !refusal.code().startsWith("notice.time-")) {
            return Aside.Question.NONE;
        }
        ZoneId zone = here.town().zone();
        return ClockQuestions.about(here.words(), "at.choice", new FormTimes(zone).read(posted, "at"), zone);
    }

    private List<ReadingPage.Text> texts(Here here, Content content) {
        Facts facts = names.facts(here.town(), here.words());
        List<ReadingPage.Text> texts = new ArrayList<>();
        for (String tag : here.town().languages()) {
            Content.Words words = content.in(tag);
            if (!words.equals(Content.Words.NONE)) {
                Locale locale = Locale.forLanguageTag(tag);
                List<Fact> more = new ArrayList<>();
                if (!words.price().isBlank()) {
                    more.add(new Fact("price", List.of(), here.words().get("notice.field.price"), words.price()));
                }
                if (!words.accessibility().isBlank()) {
                    more.add(new Fact(
                            "accessibility",
                            List.of(),
                            here.words().get("notice.field.accessibility"),
                            words.accessibility()));
                }
                texts.add(new ReadingPage.Text(
                        tag,
                        here.town().languages().size() > 1 ? facts.language(tag) : "",
                        Typography.of(words.title(), locale),
                        Typography.of(words.summary(), locale),
                        Typography.of(words.instruction(), locale),
                        Markdown.toHtml(words.body(), locale),
                        more));
            }
        }
        return texts;
    }

    private ReadingPage.Picture picture(Here here, Content.PictureUse use) {
        return new ReadingPage.Picture(
                pictures.src(use.hash()),
                use.alternatives().getOrDefault(here.town().language(), ""),
                others(here, use),
                use.decorative(),
                use.credit(),
                use.focus() == Content.Focus.CENTRE ? "" : Labels.remains(here.words(), use.focus()));
    }

    private List<ReadingPage.Alternative> others(Here here, Content.PictureUse use) {
        Facts facts = names.facts(here.town(), here.words());
        return use.alternatives().entrySet().stream()
                .filter(other -> !other.getKey().equals(here.town().language())
                        && !other.getValue().isBlank())
                .map(other ->
                        new ReadingPage.Alternative(other.getKey(), facts.language(other.getKey()), other.getValue()))
                .toList();
    }

    /** One sentence on where it stands and what comes next. */
    private String status(Here here, StaffNotice notice) {
        Words words = here.words();
        Instant now = clock.instant();
        return switch (notice.standing().publicState()) {
            case SCHEDULED -> words.get("notice.status.scheduled", moment(here, notice.due(), now));
            case PUBLISHED -> shown(here, notice, "published", now);
            case EXPIRED -> shown(here, notice, "expired", now);
            case WITHDRAWN ->
                words.get(
                        "notice.status.withdrawn",
                        notice.published()
                                .flatMap(PublishedNotice::withdrawal)
                                .map(withdrawal -> moment(here, withdrawal.at(), now))
                                .orElse(""));
            case NONE ->
                words.get("notice.status." + Labels.name(notice.standing().draft()));
        };
    }

    /** Which version the public sees, where another is being prepared. */
    private static String shown(Here here, StaffNotice notice, String state, Instant now) {
        Words words = here.words();
        return notice.draft()
                .map(draft -> words.get(
                        "notice.status." + state + ".corrected",
                        end(here, notice, now),
                        notice.published().map(PublishedNotice::revision).orElse(0),
                        words.get(Labels.behind(draft.state()))))
                .orElseGet(() -> words.get("notice.status." + state, end(here, notice, now)));
    }

    private static String end(Here here, StaffNotice notice, Instant now) {
        return notice.published()
                .map(published -> Names.end(here.town(), here.words(), published.until(), now))
                .orElse("");
    }

    private static String moment(Here here, @Nullable Instant at, Instant now) {
        return at == null ? "" : Names.moment(here.town(), here.words(), at, now);
    }

    static Refusal noSuchRevision() {
        return new Refusal(HttpStatus.NOT_FOUND, "notice.no-such-revision");
    }
}
