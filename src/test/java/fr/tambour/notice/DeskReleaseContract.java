package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.audit.Audit;
import fr.tambour.audit.RecordedEntry;
import fr.tambour.notice.NoticeDesk.Release;
import fr.tambour.people.Actor;
import fr.tambour.people.Role;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Approval and the schedule: who may, what voids it, and of two at once one. */
interface DeskReleaseContract extends DeskContract {

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
}
