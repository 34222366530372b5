package fr.tambour.notice.studio;

import fr.tambour.notice.Action;
import fr.tambour.notice.ApprovalPolicies;
import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Channels;
import fr.tambour.notice.Content;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Incomplete;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.Occurrences;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.Rendition;
import fr.tambour.notice.StaffNotice;
import fr.tambour.notice.WallTime;
import fr.tambour.people.Actor;
import fr.tambour.people.PersonId;
import fr.tambour.text.Markdown;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Lays out the reading page: the paper, what changed, how it came here, and what may be done by who is reading. */
@Component
class ReadingDesk {

    /** Days that can be cancelled one by one; a daily event of two years has more than anyone wants in a list. */
    private static final int MOST_OCCURRENCES = 60;

    private final DeskQueries queries;
    private final Channels channels;
    private final ApprovalPolicies policies;
    private final WritingTable table;
    private final DraftPictures pictures;
    private final Names names;
    private final Clock clock;

    ReadingDesk(
            DeskQueries queries,
            Channels channels,
            ApprovalPolicies policies,
            WritingTable table,
            DraftPictures pictures,
            Names names,
            Clock clock) {
        this.queries = queries;
        this.channels = channels;
        this.policies = policies;
        this.table = table;
        this.pictures = pictures;
        this.names = names;
        this.clock = clock;
    }

    /** The notice as it stands. */
    ReadingPage page(Here here, StaffNotice notice, FormFields posted, @Nullable Refusal refusal) {
        List<StaffNotice.Revision> revisions = queries.revisions(here.town().id(), notice.id());
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
                revisions,
                compared(notice, revisions, number),
                acts(here, notice, content),
                false,
                posted,
                refusal);
    }

    /** An earlier revision, to be read only. */
    ReadingPage revision(Here here, StaffNotice notice, StaffNotice.Revision revision) {
        List<StaffNotice.Revision> revisions = queries.revisions(here.town().id(), notice.id());
        return page(
                here,
                notice,
                revision.content(),
                revision.renditions(),
                revision.reason(),
                revision.number(),
                revisions,
                revisions.stream()
                        .filter(r -> r.number() == revision.number() - 1)
                        .findFirst(),
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
            List<StaffNotice.Revision> revisions,
            Optional<StaffNotice.Revision> compared,
            ReadingPage.Acts acts,
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
                words.get(Labels.kind(content.kind())),
                Labels.icon(content.kind()),
                content.kind() == Kind.EMERGENCY,
                words.get(Labels.state(notice.standing())),
                Labels.look(notice.standing()),
                old ? "draft" : Labels.paper(notice.standing()),
                status(here, notice),
                texts(here, content),
                reason,
                facts.besidesWords(content).stream()
                        .filter(fact ->
                                !fact.key().equals("picture") && !fact.key().startsWith("edited."))
                        .toList(),
                content.pictures().stream().map(use -> picture(here, use)).toList(),
                renditions.stream()
                        .map(rendition -> table.seen(here, content, rendition, Map.of()))
                        .toList(),
                compared.map(revision -> Difference.between(facts.all(revision.content()), facts.all(content)))
                        .orElse(List.of()),
                compared.map(revision -> since(here, notice, revision)).orElse(""),
                history(here, notice),
                revisions.reversed().stream()
                        .map(revision -> version(here, notice, revision, number))
                        .toList(),
                notice.internalNote(),
                old,
                acts,
                posted,
                question(here, posted, refusal),
                refusal instanceof Incomplete incomplete
                        ? table.blocking(here, content, incomplete.findings())
                        : List.of(),
                notice.published()
                        .map(shown -> town.url("/avis/" + here.ref() + "/" + shown.slug()))
                        .orElse(null),
                refusal == null ? null : words.get(refusal.key(), spoken(words, refusal.args())));
    }

    /** Times in a refusal's sentence, in the reader's way. */
    private static Object[] spoken(Words words, Object[] args) {
        return Stream.of(args)
                .map(arg -> arg instanceof java.time.LocalDateTime time ? words.time(time.toLocalTime()) : arg)
                .toArray();
    }

    /** With what the reader compares: what is public, else what was submitted before. */
    private static Optional<StaffNotice.Revision> compared(
            StaffNotice notice, List<StaffNotice.Revision> revisions, int number) {
        if (notice.draft().isEmpty()) {
            return Optional.empty();
        }
        return notice.published()
                .map(PublishedNotice::revision)
                .or(() -> Optional.of(number == 0 ? notice.latestRevision() : number - 1))
                .flatMap(wanted -> revisions.stream()
                        .filter(revision -> revision.number() == wanted)
                        .findFirst());
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
        WallTime asked = new NoticeForm(here.town()).time(posted, "at");
        return WritingTable.question(
                here.words(), "at.choice", asked, here.town().zone());
    }

    private List<ReadingPage.Text> texts(Here here, Content content) {
        Facts facts = names.facts(here.town(), here.words());
        List<ReadingPage.Text> texts = new ArrayList<>();
        for (String tag : here.town().languages()) {
            Content.Words words = content.in(tag);
            if (!words.equals(Content.Words.NONE)) {
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
                        words.title(),
                        words.summary(),
                        words.instruction(),
                        Markdown.toHtml(words.body(), Locale.forLanguageTag(tag)),
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
                use.credit());
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
            case PUBLISHED ->
                words.get(
                        notice.draft().isPresent() ? "notice.status.corrected" : "notice.status.published",
                        end(here, notice, now));
            case EXPIRED -> words.get("notice.status.expired", end(here, notice, now));
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

    private static String end(Here here, StaffNotice notice, Instant now) {
        return notice.published()
                .map(published -> Names.end(here.town(), here.words(), published.until(), now))
                .orElse("");
    }

    private static String moment(Here here, @Nullable Instant at, Instant now) {
        return at == null ? "" : Names.moment(here.town(), here.words(), at, now);
    }

    private List<ReadingPage.Step> history(Here here, StaffNotice notice) {
        List<StaffNotice.HistoryEntry> entries = queries.history(here.town().id(), notice.id());
        Map<PersonId, String> people = names.people(entries.stream()
                .flatMap(entry -> entry.person().stream())
                .distinct()
                .toList());
        Instant now = clock.instant();
        return entries.reversed().stream()
                .map(entry -> new ReadingPage.Step(
                        Names.moment(here.town(), here.words(), entry.at(), now),
                        entry.person()
                                .map(people::get)
                                .orElseGet(() -> here.words().get("notice.by-clock")),
                        here.words().get(Labels.action(entry.action())),
                        entry.reason()))
                .toList();
    }

    private ReadingPage.Version version(Here here, StaffNotice notice, StaffNotice.Revision revision, int read) {
        return new ReadingPage.Version(
                revision.number(),
                Names.moment(here.town(), here.words(), revision.submittedAt(), clock.instant()),
                names.person(revision.submittedBy()),
                notice.published()
                        .map(PublishedNotice::revision)
                        .filter(n -> n == revision.number())
                        .isPresent(),
                revision.number() == read);
    }

    private ReadingPage.Acts acts(Here here, StaffNotice notice, Content content) {
        Actor actor = here.actor();
        Set<Action> legal = notice.legal();
        boolean own = notice.contributors().contains(actor.person())
                && policies.of(here.town().id(), content.kind()) == ApprovalPolicy.FOUR_EYES;
        boolean emergency = notice.kind() == Kind.EMERGENCY;
        boolean ofThisKind = !emergency || actor.may(NoticeRights.EMERGENCY);
        boolean approve = legal.contains(Action.APPROVE) && actor.may(NoticeRights.APPROVE) && ofThisKind;
        boolean write = actor.may(NoticeRights.WRITE);
        boolean publish = actor.may(NoticeRights.PUBLISH) && ofThisKind;
        DraftState draft = notice.standing().draft();
        return new ReadingPage.Acts(
                approve && !own,
                approve && own,
                draft == DraftState.SUBMITTED && legal.contains(Action.ASK_CHANGES) && actor.may(NoticeRights.APPROVE),
                legal.contains(Action.TAKE_BACK) && write,
                draft == DraftState.APPROVED && legal.contains(Action.EDIT) && write,
                draft == DraftState.APPROVED && legal.contains(Action.PUBLISH) && publish,
                legal.contains(Action.SCHEDULE) && publish,
                legal.contains(Action.UNSCHEDULE) && write,
                legal.contains(Action.CORRECT) && write && !emergency,
                legal.contains(Action.EDIT) && draft != DraftState.APPROVED && write,
                legal.contains(Action.WITHDRAW)
                        && actor.may(emergency ? NoticeRights.EMERGENCY : NoticeRights.WITHDRAW),
                legal.contains(Action.CORRECT) && emergency && actor.may(NoticeRights.EMERGENCY),
                legal.contains(Action.DISCARD) && write,
                wished(here, content),
                legal.contains(Action.CORRECT) && write ? occurrences(here, notice, content) : List.of(),
                notice.draft().map(StaffNotice.Draft::version).orElse(0L));
    }

    private String wished(Here here, Content content) {
        WallTime wished = content.wished();
        Instant now = clock.instant();
        return wished != null && wished.instant(here.town().zone()).isAfter(now)
                ? names.facts(here.town(), here.words()).moment(wished)
                : "";
    }

    private List<Aside.Choice> occurrences(Here here, StaffNotice notice, Content content) {
        if (content.event() == null
                || content.event().repeat() == null
                || notice.standing().publicState() != PublicState.PUBLISHED) {
            return List.of();
        }
        Instant now = clock.instant();
        return Occurrences.of(content.event(), here.town().zone()).stream()
                .filter(occurrence -> occurrence.start().isAfter(now))
                .map(occurrence ->
                        LocalDate.ofInstant(occurrence.start(), here.town().zone()))
                .limit(MOST_OCCURRENCES)
                .map(day -> new Aside.Choice(day.toString(), here.words().fullDay(day)))
                .toList();
    }

    static Refusal noSuchRevision() {
        return new Refusal(HttpStatus.NOT_FOUND, "notice.no-such-revision");
    }
}
