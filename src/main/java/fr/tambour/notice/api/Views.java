package fr.tambour.notice.api;

import fr.tambour.notice.Correction;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.ExerciseReport;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.Permitted;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.Rendition;
import fr.tambour.notice.StaffNotice;
import fr.tambour.notice.api.NoticeView.PersonView;
import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.people.PersonId;
import fr.tambour.town.Town;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Domain to API. Times carry the offset that the town's clock had. */
@Component
class Views {

    private final People people;
    private final ContentMapping contents;
    private final Permitted permitted;

    Views(People people, ContentMapping contents, Permitted permitted) {
        this.people = people;
        this.contents = contents;
        this.permitted = permitted;
    }

    NoticeView notice(Town town, Actor actor, StaffNotice notice) {
        Names names = names(Stream.concat(
                        Stream.of(notice.createdBy()),
                        Stream.concat(
                                notice.contributors().stream(),
                                notice.draft().stream().flatMap(Views::persons)))
                .toList());
        ZoneId zone = town.zone();
        return new NoticeView(
                notice.id().ref(),
                Vocabulary.same(Vocabulary.Kind.class, notice.kind()),
                notice.exercise(),
                Vocabulary.same(Vocabulary.DraftState.class, notice.standing().draft()),
                Vocabulary.same(Vocabulary.PublicState.class, notice.standing().publicState()),
                actions(permitted.of(actor, notice)),
                notice.title(),
                notice.latestRevision(),
                notice.internalNote(),
                at(notice.createdAt(), zone),
                names.of(notice.createdBy()),
                notice.contributors().stream().map(names::of).toList(),
                atOrNull(notice.due(), zone),
                notice.draft()
                        .map(draft -> draft(town, notice.exercise(), draft, names))
                        .orElse(null),
                notice.published().map(shown -> published(town, shown)).orElse(null));
    }

    NoticeView.DraftVersion draft(Town town, boolean exercise, StaffNotice.Draft draft) {
        return draft(town, exercise, draft, names(persons(draft).toList()));
    }

    private static Stream<PersonId> persons(StaffNotice.Draft draft) {
        return Stream.of(draft.updatedBy(), draft.submittedBy(), draft.approvedBy())
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    private NoticeView.DraftVersion draft(Town town, boolean exercise, StaffNotice.Draft draft, Names names) {
        return new NoticeView.DraftVersion(
                Vocabulary.same(Vocabulary.DraftState.class, draft.state()),
                draft.version(),
                contents.write(town, exercise, draft.content()),
                draft.reason(),
                draft.revision(),
                at(draft.updatedAt(), town.zone()),
                names.of(draft.updatedBy()),
                names.ofOrNull(draft.submittedBy()),
                names.ofOrNull(draft.approvedBy()),
                atOrNull(draft.approvedAt(), town.zone()));
    }

    private NoticeView.Published published(Town town, PublishedNotice shown) {
        ZoneId zone = town.zone();
        return new NoticeView.Published(
                shown.revision(),
                page(town, shown),
                at(shown.firstPublishedAt(), zone),
                at(shown.publishedAt(), zone),
                at(shown.changedAt(), zone),
                at(shown.until(), zone),
                contents.write(town, shown.exercise(), shown.content()),
                shown.corrections().stream()
                        .map(correction -> correction(correction, zone))
                        .toList(),
                shown.withdrawal()
                        .map(it -> new NoticeView.WithdrawalMade(at(it.at(), zone), it.reason()))
                        .orElse(null));
    }

    private static NoticeView.CorrectionMade correction(Correction correction, ZoneId zone) {
        return new NoticeView.CorrectionMade(
                correction.revision(),
                at(correction.at(), zone),
                correction.reason(),
                correction.changes().stream()
                        .map(change -> new NoticeView.Change(
                                change.field(), change.language(), change.before(), change.after()))
                        .toList());
    }

    NoticeStanding standing(Town town, Actor actor, StaffNotice notice) {
        return new NoticeStanding(
                notice.id().ref(),
                Vocabulary.same(Vocabulary.Kind.class, notice.kind()),
                notice.exercise(),
                Vocabulary.same(Vocabulary.DraftState.class, notice.standing().draft()),
                Vocabulary.same(Vocabulary.PublicState.class, notice.standing().publicState()),
                actions(permitted.of(actor, notice)),
                notice.latestRevision(),
                notice.draft().map(StaffNotice.Draft::version).orElse(null),
                atOrNull(notice.due(), town.zone()),
                notice.published().map(shown -> page(town, shown)).orElse(null));
    }

    /** Who changed a notice last: its draft, or where it stands. */
    Conflict.Newer newer(Town town, StaffNotice notice, Supplier<StaffNotice.HistoryEntry> lastStep) {
        return notice.draft()
                .map(draft -> new Conflict.Newer(
                        names(List.of(draft.updatedBy())).of(draft.updatedBy()),
                        at(draft.updatedAt(), town.zone()),
                        draft.version(),
                        notice.latestRevision()))
                .orElseGet(() -> {
                    StaffNotice.HistoryEntry last = lastStep.get();
                    PersonId by = last.person().orElse(null);
                    return new Conflict.Newer(
                            by == null ? null : names(List.of(by)).of(by),
                            at(last.at(), town.zone()),
                            null,
                            notice.latestRevision());
                });
    }

    private static String page(Town town, PublishedNotice shown) {
        return town.url("/avis/" + shown.id().ref() + "/" + shown.slug());
    }

    List<NoticeList.Row> rows(Town town, List<DeskQueries.Row> rows) {
        Names names = names(rows.stream().map(DeskQueries.Row::touchedBy).toList());
        return rows.stream()
                .map(row -> new NoticeList.Row(
                        row.id().ref(),
                        Vocabulary.same(Vocabulary.Kind.class, row.kind()),
                        row.exercise(),
                        Vocabulary.same(
                                Vocabulary.DraftState.class, row.standing().draft()),
                        Vocabulary.same(
                                Vocabulary.PublicState.class, row.standing().publicState()),
                        row.title(),
                        at(row.touchedAt(), town.zone()),
                        names.of(row.touchedBy()),
                        atOrNull(row.due(), town.zone()),
                        atOrNull(row.until(), town.zone()),
                        atOrNull(row.publishedAt(), town.zone()),
                        row.revision()))
                .toList();
    }

    List<Details.History.Entry> history(Town town, List<StaffNotice.HistoryEntry> entries) {
        Names names =
                names(entries.stream().flatMap(entry -> entry.person().stream()).toList());
        return entries.stream()
                .map(entry -> new Details.History.Entry(
                        at(entry.at(), town.zone()),
                        entry.person().map(names::of).orElse(null),
                        Vocabulary.same(Vocabulary.Action.class, entry.action()),
                        Vocabulary.same(
                                Vocabulary.DraftState.class, entry.reached().draft()),
                        Vocabulary.same(
                                Vocabulary.PublicState.class, entry.reached().publicState()),
                        entry.revision(),
                        entry.reason()))
                .toList();
    }

    List<Details.Revision> revisions(Town town, boolean exercise, List<StaffNotice.Revision> revisions) {
        Names names =
                names(revisions.stream().map(StaffNotice.Revision::submittedBy).toList());
        return revisions.stream()
                .map(revision -> revision(town, exercise, revision, names))
                .toList();
    }

    Details.Revision revision(Town town, boolean exercise, StaffNotice.Revision revision) {
        return revision(town, exercise, revision, names(List.of(revision.submittedBy())));
    }

    private Details.Revision revision(Town town, boolean exercise, StaffNotice.Revision revision, Names names) {
        return new Details.Revision(
                revision.number(),
                contents.write(town, exercise, revision.content()),
                renditions(revision.renditions()),
                revision.hash(),
                revision.reason(),
                at(revision.submittedAt(), town.zone()),
                names.of(revision.submittedBy()),
                atOrNull(revision.publishedAt(), town.zone()));
    }

    Details.ExerciseTimes exercise(Town town, ExerciseReport report) {
        ZoneId zone = town.zone();
        Names names = names(Stream.of(
                        Optional.of(report.begun()),
                        report.submitted(),
                        report.approved(),
                        report.released(),
                        report.withdrawn())
                .flatMap(Optional::stream)
                .flatMap(step -> step.person().stream())
                .toList());
        return new Details.ExerciseTimes(
                report.notice().ref(),
                step(Optional.of(report.begun()), names, zone),
                step(report.submitted(), names, zone),
                step(report.approved(), names, zone),
                step(report.released(), names, zone),
                step(report.withdrawn(), names, zone),
                report.toRelease().map(Duration::toMillis).orElse(null),
                report.ways().stream()
                        .map(way -> new Details.ExerciseTimes.Way(
                                way.channel(),
                                way.told(),
                                at(way.began(), zone),
                                atOrNull(way.settled(), zone),
                                way.told() ? way.accepted() : null,
                                way.told() ? way.gone() : null,
                                way.told() ? way.failed() : null,
                                way.told() ? way.waiting() : null,
                                way.told() ? way.others() : null,
                                atOrNull(way.first(), zone),
                                atOrNull(way.last(), zone),
                                way.median() == null ? null : way.median().toMillis(),
                                way.p95() == null ? null : way.p95().toMillis(),
                                report.toMedian(way).map(Duration::toMillis).orElse(null)))
                        .toList());
    }

    private static Details.ExerciseTimes.@Nullable Step step(
            Optional<ExerciseReport.Step> step, Names names, ZoneId zone) {
        return step.map(taken -> new Details.ExerciseTimes.Step(
                        at(taken.at(), zone), taken.person().map(names::of).orElse(null)))
                .orElse(null);
    }

    List<Details.Shown> renditions(List<Rendition> renditions) {
        return renditions.stream()
                .map(rendition -> new Details.Shown(
                        rendition.channel(), rendition.language(), rendition.written(), rendition.edited()))
                .toList();
    }

    private static List<Vocabulary.Action> actions(Set<fr.tambour.notice.Action> permitted) {
        return permitted.stream()
                .map(action -> Vocabulary.same(Vocabulary.Action.class, action))
                .toList();
    }

    private static OffsetDateTime at(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toOffsetDateTime();
    }

    private static @Nullable OffsetDateTime atOrNull(@Nullable Instant instant, ZoneId zone) {
        return instant == null ? null : at(instant, zone);
    }

    private Names names(Collection<PersonId> persons) {
        return new Names(people.namesOf(new HashSet<>(persons)));
    }

    /** The names of everybody in one answer, asked for once. */
    private record Names(Map<PersonId, String> names) {

        PersonView of(PersonId person) {
            return new PersonView(person.toString(), names.getOrDefault(person, ""));
        }

        @Nullable
        PersonView ofOrNull(@Nullable PersonId person) {
            return person == null ? null : of(person);
        }
    }

    /** An id as it stands in an address; anything else names no notice. */
    static NoticeId id(String ref) {
        return NoticeId.ofRef(ref).orElseThrow(() -> new ApiRefusal(HttpStatus.NOT_FOUND, "notice.unknown"));
    }
}
