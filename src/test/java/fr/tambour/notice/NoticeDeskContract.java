package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditReport;
import fr.tambour.audit.AuditVerifier;
import fr.tambour.audit.RecordedEntry;
import fr.tambour.desk.internal.TownSettings;
import fr.tambour.notice.DeskQueries.Order;
import fr.tambour.notice.NoticeDesk.Release;
import fr.tambour.people.Actor;
import fr.tambour.people.Role;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.ListEntry;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the desk promises to whoever uses it, studio or program, on any database. */
interface NoticeDeskContract {

    DeskTown town();

    private NoticeDesk desk() {
        return town().desk;
    }

    private static void refused(String code, ThrowingCallable step) {
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private void stands(NoticeId id, DraftState draft, PublicState shown) {
        assertThat(town().notice(id).standing()).isEqualTo(new Lifecycle.Standing(draft, shown));
    }

    // --- From the draft to the town ---

    @Test
    default void aNoticeGoesFromTheDraftToTheTown() {
        NoticeId id = town().begun(town().news("Fête du livre"));
        stands(id, DraftState.DRAFT, PublicState.NONE);
        int revision = town().submitted(id);
        assertThat(revision).isOne();
        stands(id, DraftState.SUBMITTED, PublicState.NONE);
        desk().approve(town().approver, id, revision, "Bien", new Release.Now());
        stands(id, DraftState.NONE, PublicState.PUBLISHED);
        StaffNotice notice = town().notice(id);
        assertThat(notice.published().orElseThrow().content().in("fr").title()).isEqualTo("Fête du livre");
        assertThat(notice.contributors()).as("counted anew after a publication").isEmpty();
        assertThat(town().history(id))
                .extracting(StaffNotice.HistoryEntry::action)
                .containsExactly(Action.SUBMIT, Action.APPROVE, Action.PUBLISH);
    }

    @Test
    default void whatIsSubmittedIsFrozenWithItsRenditions() {
        NoticeId id = town().begun(town().news("Version une"));
        town().submitted(id);
        StaffNotice.Revision first =
                town().queries.revision(town().here.id(), id, 1).orElseThrow();
        desk().askChanges(town().approver, id, 1, "Plus court");
        desk().save(town().author, id, town().version(id), town().news("Version deux"), "");
        town().submitted(id);
        StaffNotice.Revision kept =
                town().queries.revision(town().here.id(), id, 1).orElseThrow();
        assertThat(kept).isEqualTo(first);
        assertThat(kept.renditions()).isNotEmpty();
        assertThat(town().queries
                        .revision(town().here.id(), id, 2)
                        .orElseThrow()
                        .hash())
                .isNotEqualTo(first.hash());
    }

    @Test
    default void whatIsMissingBlocksAndChangesNothing() {
        NoticeId id = desk().create(town().author, Kind.PRACTICAL).id();
        assertThatThrownBy(() -> desk().submit(town().author, id, 1, ""))
                .isInstanceOfSatisfying(
                        Incomplete.class,
                        incomplete -> assertThat(incomplete.findings())
                                .allMatch(Finding::blocks)
                                .extracting(Finding::code)
                                .contains("title.missing", "summary.missing", "until.missing"));
        stands(id, DraftState.DRAFT, PublicState.NONE);
        assertThat(town().version(id)).isOne();
        assertThat(town().revisions(id)).isEmpty();
    }

    /** All pages of a list, one after the other. */
    private static <T> List<T> walked(Function<String, DeskQueries.Page<T>> pages) {
        List<T> all = new ArrayList<>();
        String cursor = null;
        do {
            DeskQueries.Page<T> page = pages.apply(cursor);
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(2);
            all.addAll(page.rows());
            cursor = page.next().orElse(null);
        } while (cursor != null);
        return all;
    }

    @Test
    default void whatHappenedToANoticeIsReadInPagesFromEitherEnd() {
        NoticeId id = town().begun(town().news("Longue histoire"));
        for (int n = 0; n < 5; n++) {
            town().submitted(id);
            desk().takeBack(town().author, id, "Pour la fois " + n);
        }
        TownId here = town().here.id();
        DeskQueries queries = town().queries;
        List<StaffNotice.HistoryEntry> steps = town().history(id);
        List<StaffNotice.Revision> revisions = town().revisions(id);
        assertThat(steps).hasSize(10);
        assertThat(revisions).extracting(StaffNotice.Revision::number).containsExactly(1, 2, 3, 4, 5);

        assertThat(walked(cursor -> queries.history(here, id, Order.OLDEST_FIRST, cursor, 2)))
                .isEqualTo(steps);
        assertThat(walked(cursor -> queries.history(here, id, Order.NEWEST_FIRST, cursor, 2)))
                .isEqualTo(steps.reversed());
        assertThat(walked(cursor -> queries.revisions(here, id, Order.OLDEST_FIRST, cursor, 2)))
                .isEqualTo(revisions);
        assertThat(walked(cursor -> queries.revisions(here, id, Order.NEWEST_FIRST, cursor, 2)))
                .isEqualTo(revisions.reversed());
        assertThat(queries.lastStep(here, id, Action.TAKE_BACK))
                .hasValueSatisfying(step -> assertThat(step.reason()).isEqualTo("Pour la fois 4"));
        assertThat(queries.lastStep(here, id, Action.APPROVE)).isEmpty();
        refused("page.cursor", () -> queries.history(here, id, Order.OLDEST_FIRST, "';", 2));
        refused("page.cursor", () -> queries.revisions(here, id, Order.OLDEST_FIRST, "';", 2));
    }

    @Test
    default void aTownHasNoticesFromTheFirstOnUntilTheLastIsThrownAway() {
        Town orgeval = town().write(() -> town().tambour
                .bean(Towns.class)
                .add(
                        new Town.Origin(town().here.type(), "91997", "91", "Essonne"),
                        TestTowns.profile("Orgeval", "orgeval.example"),
                        false));
        Actor author = town().person(orgeval, "lou@orgeval.example", Role.AUTHOR);
        assertThat(town().queries.any(orgeval.id())).isFalse();

        NoticeDesk.Saved only = desk().create(author, town().news("Le premier"));
        assertThat(town().queries.any(orgeval.id())).isTrue();

        desk().submit(author, only.id(), only.version(), "");
        desk().takeBack(author, only.id(), "");
        desk().discard(author, only.id());
        assertThat(town().queries.find(orgeval.id(), only.id()))
                .as("keeps its history")
                .isPresent();
        assertThat(town().queries.any(orgeval.id())).isFalse();
    }

    @Test
    default void aSaveAnswersTheVersionThatIsStoredWhereverTheNoticeStands() {
        NoticeDesk.Saved begun = desk().create(town().author, town().news("Une"));
        NoticeId id = begun.id();
        assertThat(begun.version()).isEqualTo(town().version(id));
        assertThat(desk().save(town().author, id, begun.version(), town().news("Deux"), "")
                        .version())
                .isEqualTo(town().version(id));
        desk().approve(town().approver, id, town().submitted(id), "", new Release.Later());
        assertThat(desk().save(town().author, id, town().version(id), town().news("Trois"), "")
                        .version())
                .as("an approval was voided")
                .isEqualTo(town().version(id));
        desk().approve(town().approver, id, town().submitted(id), "", new Release.Now());
        assertThat(desk().correct(town().author, id).version()).isEqualTo(town().version(id));
    }

    // --- Two at once ---

    @Test
    default void aSaveFromAnOlderVersionIsAConflictAndChangesNothing() {
        NoticeId id = town().begun(town().news("Une"));
        desk().save(town().author, id, 1, town().news("Deux"), "");
        refused("notice.conflict", () -> desk().save(town().approver, id, 1, town().news("Trois"), ""));
        refused("notice.conflict", () -> desk().submit(town().author, id, 1, ""));
        assertThat(town().draft(id).in("fr").title()).isEqualTo("Deux");
        assertThat(town().notice(id).contributors())
                .containsExactly(town().author.person());
    }

    @Test
    default void aRevisionThatWasNotReadIsNotApproved() {
        NoticeId id = town().begun(town().news("Lue ?"));
        town().submitted(id);
        refused("notice.conflict", () -> desk().approve(town().approver, id, 2, "", new Release.Later()));
        refused("notice.conflict", () -> desk().askChanges(town().approver, id, 2, "Non"));
        stands(id, DraftState.SUBMITTED, PublicState.NONE);
    }

    @Test
    default void ofTwoWhoApproveAtOnceOneWins() throws Exception {
        Actor other = town().person(town().here, "lea" + System.nanoTime() + "@clairval.example", Role.APPROVER);
        NoticeId id = town().begun(town().news("Deux valideurs"));
        int revision = town().submitted(id);
        List<String> outcomes = atOnce(
                () -> desk().approve(town().approver, id, revision, "", new Release.Now()),
                () -> desk().approve(other, id, revision, "", new Release.Now()));
        assertThat(outcomes).containsExactlyInAnyOrder("done", "notice.illegal-step.approve");
        stands(id, DraftState.NONE, PublicState.PUBLISHED);
        assertThat(town().history(id))
                .extracting(StaffNotice.HistoryEntry::action)
                .containsOnlyOnce(Action.APPROVE, Action.PUBLISH);
    }

    @Test
    default void ofASaveAndASubmissionAtOnceOneWins() throws Exception {
        NoticeId id = town().begun(town().news("Course"));
        List<String> outcomes = atOnce(
                () -> desk().save(town().author, id, 1, town().news("Course, suite"), ""),
                () -> desk().submit(town().author, id, 1, ""));
        assertThat(outcomes).isIn(List.of("done", "notice.conflict"), List.of("notice.illegal-step.edit", "done"));
    }

    private static List<String> atOnce(Runnable... steps) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(steps.length)) {
            List<Callable<String>> calls = Arrays.stream(steps)
                    .<Callable<String>>map(step -> () -> {
                        try {
                            step.run();
                            return "done";
                        } catch (Refusal refusal) {
                            return refusal.code();
                        }
                    })
                    .toList();
            List<String> outcomes = new ArrayList<>();
            for (Future<String> outcome : threads.invokeAll(calls)) {
                outcomes.add(outcome.get());
            }
            return outcomes;
        }
    }

    // --- Approval ---

    @Test
    default void whoChangedItDoesNotApproveItUnderFourEyes() {
        NoticeId id = town().begun(town().news("De deux mains"));
        desk().save(town().approver, id, 1, town().news("De quatre mains"), "");
        int revision = town().submitted(id);
        refused("notice.four-eyes", () -> desk().approve(town().approver, id, revision, "", new Release.Now()));
        stands(id, DraftState.SUBMITTED, PublicState.NONE);
    }

    @Test
    default void oneAuthorisedPersonMayWhereTheTownSaysSo() {
        NoticeId id = town().scheduledThere(town().news("La secrétaire"), LocalDateTime.of(2026, 12, 1, 8, 0));
        assertThat(town().publicState(town().there.id(), id)).isEqualTo(PublicState.SCHEDULED);
    }

    /** « seule », of her own text; nobody is said to be alone who approves what others wrote. */
    @Test
    default void theJournalSaysThatOnePersonAloneWroteAndApproved() {
        NoticeId own = town().scheduledThere(town().news("De sa main"), LocalDateTime.of(2026, 12, 1, 8, 0));
        NoticeId others = town().published(town().news("D’une autre main"));
        NoticeId alert = town().newId();
        desk().releaseEmergency(town().approver, alert, town().alert("Restez chez vous."));

        assertThat(approval(town().there.id(), own)).containsEntry("alone", "true");
        assertThat(approval(town().here.id(), others)).doesNotContainKey("alone");
        assertThat(approval(town().here.id(), alert)).containsEntry("alone", "true");
    }

    /** What the journal says of how a notice was approved. */
    private Map<String, String> approval(TownId of, NoticeId id) {
        return town().tambour.bean(Audit.class).page(of.value(), Long.MAX_VALUE, 100).stream()
                .map(RecordedEntry::entry)
                .filter(entry ->
                        entry.subject().equals(id.ref()) && entry.action().equals("notice.approve"))
                .findFirst()
                .orElseThrow()
                .details();
    }

    @Test
    default void aLaterChangeVoidsTheApprovalButTheNoteDoesNot() {
        NoticeId id = town().begun(town().news("Validé"));
        desk().approve(town().approver, id, town().submitted(id), "", new Release.Later());
        desk().note(town().author, id, "Vu avec le maire");
        stands(id, DraftState.APPROVED, PublicState.NONE);
        desk().save(town().author, id, town().version(id), town().news("Changé"), "");
        stands(id, DraftState.DRAFT, PublicState.NONE);
        assertThat(town().notice(id).draft().orElseThrow().approvedBy()).isNull();
        refused("notice.illegal-step.publish", () -> desk().release(town().approver, id, new Release.Now()));
    }

    // --- The schedule ---

    @Test
    default void aScheduledNoticeIsTakenOffToBeEditedAndKeepsItsTimeAsAWish() {
        LocalDateTime at = LocalDateTime.of(2026, 12, 1, 8, 0);
        NoticeId id = town().scheduled(town().news("Programmé"), at);
        refused(
                "notice.illegal-step.edit",
                () -> desk().save(town().author, id, town().version(id), town().news("Non"), ""));
        desk().unschedule(town().author, id, "Un mot à changer");
        stands(id, DraftState.DRAFT, PublicState.NONE);
        assertThat(town().draft(id).wished().local()).isEqualTo(at);
        desk().approve(town().approver, id, town().submitted(id), "", new Release.AsWished());
        stands(id, DraftState.APPROVED, PublicState.SCHEDULED);
    }

    @Test
    default void aWishThatIsPastLeavesTheChoice() {
        NoticeId id =
                town().begun(town().news("Trop tard").withWished(WallTime.of(LocalDateTime.of(2026, 1, 1, 8, 0))));
        desk().approve(town().approver, id, town().submitted(id), "", new Release.AsWished());
        stands(id, DraftState.APPROVED, PublicState.NONE);
    }

    @Test
    default void timesThatCannotBeAreRefusedAndTheApprovalWithThem() {
        NoticeId id = town().begun(town().news("Quand ?"));
        int revision = town().submitted(id);
        for (var time : List.of(
                List.of("2026-01-01T08:00", "notice.schedule-past"),
                List.of("2027-03-28T02:30", "notice.time-missing"),
                List.of("2027-10-31T02:30", "notice.time-twice"))) {
            Release at = new Release.At(WallTime.of(LocalDateTime.parse(time.getFirst())));
            refused(time.getLast(), () -> desk().approve(town().approver, id, revision, "", at));
            stands(id, DraftState.SUBMITTED, PublicState.NONE);
        }
    }

    @Test
    default void theClockPublishesWhatIsDueAndEndsWhatIsOver() {
        NoticeClock clock = town().tambour.bean(NoticeClock.class);
        NoticeId id = town().scheduled(town().news("À l’heure"), LocalDateTime.of(2026, 12, 1, 8, 0));
        Instant due = Instant.parse("2026-12-01T07:00:00Z");
        clock.advance(due.minusMillis(1), Set.of());
        assertThat(town().publicState(town().here.id(), id)).isEqualTo(PublicState.SCHEDULED);
        clock.advance(due, Set.of());
        assertThat(town().publicState(town().here.id(), id)).isEqualTo(PublicState.PUBLISHED);
        clock.advance(due.plus(Validity.NEWS).minusMillis(1), Set.of());
        assertThat(town().publicState(town().here.id(), id)).isEqualTo(PublicState.PUBLISHED);
        clock.advance(due.plus(Validity.NEWS), Set.of());
        assertThat(town().publicState(town().here.id(), id)).isEqualTo(PublicState.EXPIRED);
    }

    @Test
    default void whatIsOverBeforeItsTimeComesIsNotPublished() {
        Content short1 = town().news("Manqué").withUntil(WallTime.of(LocalDateTime.of(2026, 12, 2, 8, 0)));
        NoticeId id = town().scheduled(short1, LocalDateTime.of(2026, 12, 1, 8, 0));
        town().tambour.bean(NoticeClock.class).advance(Instant.parse("2026-12-02T07:00:00Z"), Set.of());
        stands(id, DraftState.DRAFT, PublicState.NONE);
    }

    // --- What is public already ---

    @Test
    default void aCorrectionStandsBesideWhatIsPublishedUntilItIsPublishedItself() {
        NoticeId id = town().published(town().news("Samedi"));
        desk().correct(town().author, id);
        desk().save(town().author, id, 1, town().news("Dimanche"), "");
        refused("notice.correction-without-reason", () -> desk().submit(town().author, id, 2, ""));
        desk().save(town().author, id, 2, town().news("Dimanche"), "Le jour a changé.");
        int revision = town().submitted(id);
        assertThat(town().notice(id)
                        .published()
                        .orElseThrow()
                        .content()
                        .in("fr")
                        .title())
                .isEqualTo("Samedi");
        desk().approve(town().approver, id, revision, "", new Release.AsWished());
        PublishedNotice shown = town().notice(id).published().orElseThrow();
        assertThat(shown.content().in("fr").title()).isEqualTo("Dimanche");
        assertThat(shown.corrections())
                .singleElement()
                .satisfies(correction -> assertThat(correction.reason()).isEqualTo("Le jour a changé."));
    }

    @Test
    default void itsKindDoesNotChangeOnceItIsPublic() {
        NoticeId id = town().published(town().news("Nature"));
        desk().correct(town().author, id);
        refused("notice.kind-is-public", () -> desk().save(town().author, id, 1, town().yoga(), "Autre nature"));
    }

    @Test
    default void prolongingIsACorrectionAndOnlyEverLonger() {
        NoticeId id = town().published(town().news("Exposition"));
        Instant end = town().notice(id).published().orElseThrow().until();
        WallTime sooner = WallTime.of(end.minus(Duration.ofDays(1)), town().here.zone());
        refused("notice.not-longer", () -> desk().prolong(town().author, id, sooner, "Non"));
        stands(id, DraftState.NONE, PublicState.PUBLISHED);
        WallTime later = WallTime.of(end.plus(Duration.ofDays(7)), town().here.zone());
        desk().prolong(town().author, id, later, "Une semaine de plus.");
        desk().approve(town().approver, id, town().submitted(id), "", new Release.Now());
        assertThat(town().notice(id).published().orElseThrow().until())
                .isEqualTo(later.instant(town().here.zone()));
    }

    @Test
    default void oneDayOfARepeatedEventIsCalledOff() {
        NoticeId id = town().published(town().yoga());
        refused(
                "notice.no-such-occurrence",
                () -> desk().cancelOccurrence(town().author, id, LocalDate.of(2026, 12, 13), "Non"));
        desk().cancelOccurrence(town().author, id, LocalDate.of(2026, 12, 12), "La salle est prise.");
        desk().approve(town().approver, id, town().submitted(id), "", new Release.Now());
        Content shown = town().notice(id).published().orElseThrow().content();
        assertThat(Occurrences.of(shown.event(), town().here.zone())).hasSize(3);
    }

    @Test
    default void aWithdrawalNeedsAReasonAndEndsEveryDraft() {
        NoticeId id = town().published(town().news("Annulé"));
        desk().correct(town().author, id);
        refused("notice.reason-missing", () -> desk().withdraw(town().approver, id, " \u202e "));
        desk().withdraw(town().approver, id, "La place est inondée.");
        stands(id, DraftState.NONE, PublicState.WITHDRAWN);
        assertThat(town().notice(id).legal()).isEmpty();
        assertThat(town().notice(id)
                        .published()
                        .orElseThrow()
                        .withdrawal()
                        .orElseThrow()
                        .reason())
                .isEqualTo("La place est inondée.");
    }

    @Test
    default void aDraftIsThrownAwayWithItsNoticeOnlyIfNothingIsPublic() {
        NoticeId draft = town().begun(town().news("Pour rien"));
        desk().discard(town().author, draft);
        assertThat(town().queries.find(town().here.id(), draft)).isEmpty();
        NoticeId shown = town().published(town().news("Reste"));
        desk().correct(town().author, shown);
        desk().discard(town().author, shown);
        stands(shown, DraftState.NONE, PublicState.PUBLISHED);
    }

    // --- Emergencies ---

    @Test
    default void anEmergencyIsReleasedCorrectedProlongedAndEndedByOnePerson() {
        NoticeId id = town().newId();
        desk().releaseEmergency(town().approver, id, town().alert("Restez chez vous."));
        stands(id, DraftState.NONE, PublicState.PUBLISHED);
        desk().correctEmergency(town().approver, id, 1, town().alert("Montez à l’étage."), "Précision.");
        town().tambour.clock().advance(Duration.ofHours(2));
        Instant now = town().tambour.clock().instant();
        desk().prolong(
                        town().approver,
                        id,
                        WallTime.of(now.plus(Duration.ofHours(24)), town().here.zone()),
                        "L’eau monte.");
        assertThat(town().notice(id).published().orElseThrow().until()).isEqualTo(now.plus(Duration.ofHours(24)));
        assertThat(town().notice(id).published().orElseThrow().corrections()).hasSize(2);
        refused("people.right-missing", () -> desk().withdraw(town().author, id, "Fin"));
        desk().withdraw(town().approver, id, "Fin de l’alerte.");
        stands(id, DraftState.NONE, PublicState.WITHDRAWN);
    }

    @Test
    default void otherWordsUnderTheIdOfAnAlertThatLeftAreRefusedNotSwallowed() {
        NoticeId id = town().newId();
        desk().releaseEmergency(town().approver, id, town().alert("Restez chez vous."));
        desk().releaseEmergency(town().approver, id, town().alert("Restez chez vous."));
        refused(
                "notice.alert-already-left",
                () -> desk().releaseEmergency(town().approver, id, town().alert("Montez à l’étage.")));
        desk().withdraw(town().approver, id, "Fin de l’alerte.");
        refused(
                "notice.alert-already-left",
                () -> desk().releaseEmergency(town().approver, id, town().alert("Restez chez vous.")));
        assertThat(town().revisions(id)).hasSize(1);
    }

    @Test
    default void anAlertsDayDoesNotBeginAnewWithACorrection() {
        NoticeId id = town().newId();
        desk().releaseEmergency(town().approver, id, town().alert("Restez chez vous."));
        Instant end = town().notice(id).published().orElseThrow().until();
        town().tambour.clock().advance(Duration.ofHours(3));
        desk().correctEmergency(town().approver, id, 1, town().alert("Montez à l’étage."), "Précision.");
        assertThat(town().notice(id).published().orElseThrow().until()).isEqualTo(end);
        Instant tooLate = town().tambour.clock().instant().plus(Duration.ofHours(25));
        assertThatThrownBy(() -> desk().prolong(
                                town().approver,
                                id,
                                WallTime.of(tooLate, town().here.zone()),
                                "L’eau monte."))
                .isInstanceOfSatisfying(
                        Incomplete.class,
                        incomplete -> assertThat(incomplete.findings())
                                .extracting(Finding::code)
                                .containsExactly("until.too-long"));
    }

    @Test
    default void anAlertThatIsOverIsCorrectedWithoutComingBackAndProlonged() {
        NoticeId id = town().newId();
        desk().releaseEmergency(town().approver, id, town().alert("Restez chez vous."));
        town().tambour.clock().advance(Duration.ofHours(25));
        town().tambour.bean(NoticeClock.class).advance(town().tambour.clock().instant(), Set.of());
        stands(id, DraftState.NONE, PublicState.EXPIRED);
        desk().correctEmergency(town().approver, id, 1, town().alert("Restiez chez vous."), "Une faute.");
        stands(id, DraftState.NONE, PublicState.EXPIRED);
        Instant now = town().tambour.clock().instant();
        desk().prolong(
                        town().approver,
                        id,
                        WallTime.of(now.plus(Duration.ofHours(12)), town().here.zone()),
                        "L’eau revient.");
        stands(id, DraftState.NONE, PublicState.PUBLISHED);
    }

    @Test
    default void whatATownDroppedStaysWhereItIsAndDoesNotComeAnew() {
        Districts districts = town().tambour.bean(Districts.class);
        District mill = town().write(() -> districts
                .arrange(town().here.id(), List.of(new ListEntry(null, Map.of("fr", "Le Moulin"))))
                .getFirst());
        Content yoga = town().yoga();
        Content there = new Content(
                yoga.kind(),
                yoga.words(),
                yoga.pictures(),
                new TreeSet<>(Set.of(mill.id())),
                yoga.themes(),
                yoga.from(),
                yoga.until(),
                yoga.source(),
                yoga.event(),
                yoga.emergency(),
                yoga.channels(),
                yoga.edited(),
                yoga.wished());
        NoticeId id = town().published(there.withWords("en", Content.Words.of("Yoga", "A summary.", "A text.")));
        Towns towns = town().tambour.bean(Towns.class);
        Town bilingual = towns.get(town().here.id());
        town().write(() -> districts.arrange(town().here.id(), List.of()));
        try {
            town().write(() -> towns.change(
                    bilingual.id(), bilingual.version(), TestTowns.speaking(bilingual.profile(), List.of("fr"))));
            desk().cancelOccurrence(town().author, id, LocalDate.of(2026, 12, 12), "Pas de yoga.");
            assertThat(town().draft(id).in("en").title()).isEqualTo("Yoga");
            refused("notice.unknown-district", () -> desk().create(town().author, there));
            refused(
                    "notice.unknown-language",
                    () -> desk().create(
                                    town().author,
                                    town().news("Nouvelle").withWords("en", Content.Words.of("News", "", ""))));
        } finally {
            Town french = towns.get(bilingual.id());
            town().write(() -> towns.change(french.id(), french.version(), bilingual.profile()));
        }
    }

    @Test
    default void theFirstLanguageStaysWhileThereAreNotices() {
        town().begun(town().news("Écrit en français"));
        Town here = town().tambour.bean(Towns.class).get(town().here.id());
        refused(
                "desk.first-language-in-use",
                () -> town().tambour
                        .bean(TownSettings.class)
                        .change(
                                town().approver,
                                here,
                                here.version(),
                                TestTowns.speaking(here.profile(), List.of("en", "fr"))));
        assertThat(town().tambour.bean(Towns.class).get(here.id()).language()).isEqualTo("fr");
    }

    @Test
    default void aRefusedNoteSavesNothingAndAnotherPersonsNoteIsAConflict() {
        NoticeId id = town().begun(town().news("Une"));
        NoticeDesk.Saved saved = desk().save(town().author, id, 1, town().news("Deux"), "", "Note d’Inès");
        assertThat(town().notice(id).internalNote()).isEqualTo("Note d’Inès");
        assertThat(town().version(id)).isEqualTo(saved.version());
        assertThatThrownBy(() ->
                        desk().save(town().author, id, saved.version(), town().news("Trois"), "", "x".repeat(4_001)))
                .isInstanceOf(Refusal.class);
        assertThat(town().version(id)).isEqualTo(saved.version());
        assertThat(town().draft(id).in("fr").title()).isEqualTo("Deux");
        desk().note(town().approver, id, "Note de Marc");
        refused(
                "notice.conflict",
                () -> desk().save(town().author, id, saved.version(), town().news("Trois"), "", "Note d’Inès"));
        assertThat(town().notice(id).internalNote()).isEqualTo("Note de Marc");
    }

    @Test
    default void aDraftKeepsItsEventThroughAnotherKindAndARevisionDoesNot() {
        NoticeId id = town().begun(town().yoga());
        Content asNews = town().news("Yoga").withEvent(town().yoga().event());
        desk().save(town().author, id, 1, asNews, "");
        assertThat(town().draft(id).event()).isEqualTo(town().yoga().event());
        town().submitted(id);
        assertThat(town().queries
                        .revision(town().here.id(), id, 1)
                        .orElseThrow()
                        .content()
                        .event())
                .isNull();
    }

    @Test
    default void anEmergencyWithoutItsInstructionDoesNotExistAtAll() {
        int before = town().queries.count(town().here.id(), DeskQueries.Selection.ALL);
        assertThatThrownBy(() -> desk().releaseEmergency(town().approver, town().newId(), town().alert(" ")))
                .isInstanceOf(Incomplete.class);
        refused(
                "notice.not-an-emergency",
                () -> desk().releaseEmergency(town().approver, town().newId(), town().news("Pas urgent")));
        assertThat(town().queries.count(town().here.id(), DeskQueries.Selection.ALL))
                .isEqualTo(before);
    }

    // --- Who may ---

    @Test
    default void everyStepNeedsItsRightAndNothingHappensWithoutIt() {
        Actor nobody = new Actor(town().author.person(), town().here.id(), "Sans droit", Set.of(), Set.of());
        NoticeId draft = town().begun(town().news("Droits"));
        NoticeId shown = town().published(town().yoga());
        NoticeId standing = town().newId();
        desk().releaseEmergency(town().approver, standing, town().alert("Restez."));
        List<StaffNotice> before = List.of(town().notice(draft), town().notice(shown), town().notice(standing));
        int all = town().queries.count(town().here.id(), DeskQueries.Selection.ALL);
        Content content = town().news("Non");
        List<ThrowingCallable> steps = List.of(
                () -> desk().create(nobody, Kind.NEWS),
                () -> desk().save(nobody, draft, 1, content, ""),
                () -> desk().note(nobody, draft, "Non"),
                () -> desk().submit(nobody, draft, 1, ""),
                () -> desk().takeBack(nobody, draft, ""),
                () -> desk().askChanges(nobody, draft, 1, "Non"),
                () -> desk().approve(nobody, draft, 1, "", new Release.Now()),
                () -> desk().release(nobody, draft, new Release.Now()),
                () -> desk().unschedule(nobody, draft, ""),
                () -> desk().correct(nobody, shown),
                () -> desk().prolong(nobody, shown, WallTime.of(LocalDateTime.of(2027, 5, 1, 0, 0)), "Non"),
                () -> desk().cancelOccurrence(nobody, shown, LocalDate.of(2026, 12, 12), "Non"),
                () -> desk().discard(nobody, draft),
                () -> desk().withdraw(nobody, shown, "Non"),
                () -> desk().releaseEmergency(nobody, town().newId(), town().alert("Non")),
                () -> desk().correctEmergency(nobody, standing, 1, town().alert("Non"), "Non"),
                () -> desk().withdraw(nobody, standing, "Non"));
        steps.forEach(step -> refused("people.right-missing", step));
        assertThat(List.of(town().notice(draft), town().notice(shown), town().notice(standing)))
                .isEqualTo(before);
        assertThat(town().queries.count(town().here.id(), DeskQueries.Selection.ALL))
                .isEqualTo(all);
    }

    private List<NoticeId> found(Actor actor, String text) {
        return town()
                .queries
                .list(actor.town(), new DeskQueries.Selection(null, null, null, text), null, 10)
                .rows()
                .stream()
                .map(DeskQueries.Row::id)
                .toList();
    }

    @Test
    default void aNoticeIsFoundByTheBeginningsOfItsWordsAsTheyAreNow() {
        NoticeId id = town().begun(town().news("L’Œuvre « café-théâtre » à 20h40"));
        NoticeId theirs = desk().create(town().stranger, town().news("Café-théâtre d’Orval"))
                .id();

        assertThat(found(town().author, "CAFE thé")).containsExactly(id);
        assertThat(found(town().author, "oeuv")).containsExactly(id);
        assertThat(found(town().author, "20h")).containsExactly(id);
        assertThat(found(town().author, "theatre lecture")).isEmpty();
        assertThat(found(town().author, "héâtre")).as("the middle of a word").isEmpty();
        assertThat(found(town().author, "%\" * : ( ) & | ! -- ’")).as("signs").isEmpty();
        assertThat(found(town().author, "cafe\" OR \"orval & !"))
                .as("operators")
                .isEmpty();
        assertThat(found(town().stranger, "café-théâtre")).containsExactly(theirs);

        desk().save(town().author, id, 1, town().news("Lecture à voix haute"), "");
        assertThat(found(town().author, "cafe")).isEmpty();
        assertThat(found(town().author, "voix lecture")).containsExactly(id);

        desk().discard(town().author, id);
        assertThat(found(town().author, "voix")).isEmpty();
    }

    @Test
    default void anotherTownsNoticeDoesNotExist() {
        NoticeId id = town().published(town().news("Chez nous"));
        Actor other = town().stranger;
        List<ThrowingCallable> steps = List.of(
                () -> desk().save(other, id, 1, town().news("Non"), ""),
                () -> desk().note(other, id, "Non"),
                () -> desk().submit(other, id, 1, ""),
                () -> desk().approve(other, id, 1, "", new Release.Now()),
                () -> desk().correct(other, id),
                () -> desk().prolong(other, id, WallTime.of(LocalDateTime.of(2027, 5, 1, 0, 0)), "Non"),
                () -> desk().discard(other, id),
                () -> desk().withdraw(other, id, "Non"));
        steps.forEach(step -> refused("notice.unknown", step));
        assertThat(town().queries.find(town().there.id(), id)).isEmpty();
        stands(id, DraftState.NONE, PublicState.PUBLISHED);
    }

    @Test
    default void everyStepIsInTheJournalWhichHoldsTogether() {
        NoticeId id = town().published(town().news("Journal"));
        assertThat(town().tambour.bean(Audit.class).page(town().here.id().value(), Long.MAX_VALUE, 4))
                .extracting(
                        entry -> entry.entry().subject(),
                        entry -> entry.entry().action(),
                        entry -> entry.entry().personId())
                .containsExactly(
                        tuple(
                                id.ref(),
                                "notice.publish",
                                town().approver.person().value()),
                        tuple(
                                id.ref(),
                                "notice.approve",
                                town().approver.person().value()),
                        tuple(id.ref(), "notice.submit", town().author.person().value()),
                        tuple(id.ref(), "notice.create", town().author.person().value()));
        assertThat(town().tambour.bean(AuditVerifier.class).verify()).isInstanceOf(AuditReport.Intact.class);
    }
}
