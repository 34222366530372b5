package fr.tambour.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fr.tambour.audit.AuditEntry;
import fr.tambour.dispatch.Account;
import fr.tambour.dispatch.Account.Stage;
import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatch.Holder;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.Dispatches.Held;
import fr.tambour.dispatch.Dispatches.Left;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.people.Actor;
import fr.tambour.people.PersonId;
import fr.tambour.people.Role;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;

/** What people do to a notice that is on its way, and how far they see that it is. */
@OnBothEngines
class InterventionsTest extends PigeonTown {

    InterventionsTest(Engine engine) {
        super(engine);
    }

    private final Actor approver = new Actor(
            new PersonId(8),
            town,
            "Marc",
            Set.of(Role.APPROVER),
            Set.of(NoticeRights.PUBLISH.name(), NoticeRights.EMERGENCY.name()));

    /** Pages that began so far. */
    private long begun(NoticeId id) {
        return engine.jdbc()
                .sql("""
                        SELECT COALESCE(sum(fence), 0) FROM dispatch_slice
                        WHERE town_id = :town AND dispatch_id IN (SELECT id FROM dispatch WHERE town_id = :town AND notice_id = :notice)
                        """)
                .param("town", town.value())
                .param("notice", id.value())
                .query(Long.class)
                .single();
    }

    private Left left(Account account) {
        return subject.dispatches()
                .left(
                        account,
                        subject.dispatches().accounts(town, account.dispatch().notice()));
    }

    @Test
    void whoIsLeftOfOneTownsDispatchIsNotWhoIsLeftOfAnothersOfTheSameNumber() {
        NoticeId here = published(Duration.ofHours(1));
        assertThat(left(account(here, Purpose.PUBLICATION)).count()).isEqualTo(2_500);
        TownId there = new TownId(town.value() + 1_000_000);
        engine.insertTown(there.value(), "orval-" + there.value());
        engine.insertNotice(there.value(), here.value(), Kind.EMERGENCY.name());
        engine.writing()
                .executeWithoutResult(status -> engine.jdbc()
                        .sql("""
                                INSERT INTO dispatch (town_id, id, notice_id, revision, channel, purpose, state, emergency, exercise,
                                  kind, themes, districts, hours, upper_bound, frontier, held, opened_at, not_before, until_at)
                                SELECT :there, id, notice_id, revision, channel, purpose, state, emergency, exercise, kind, themes,
                                  districts, hours, 10, frontier, 1, opened_at, not_before, until_at
                                FROM dispatch WHERE town_id = :here AND notice_id = :notice
                                """)
                        .param("there", there.value())
                        .param("here", town.value())
                        .param("notice", here.value())
                        .update());

        List<Account> accounts = subject.dispatches().accounts(there, here);
        assertThat(subject.dispatches().left(accounts.getFirst(), accounts).count())
                .isEqualTo(10);
    }

    private NoticeId underWay() {
        pigeons.count = 20_000;
        pigeons.answering = PigeonTown::fromAfar;
        subject.carrier().start();
        NoticeId id = published(Duration.ofHours(1));
        await().atMost(Duration.ofMinutes(1)).until(() -> pigeons.told.size() >= 500);
        return id;
    }

    @Test
    void whatIsPausedBeginsNoFurtherPageAndGoesOnAtItsCursorLosingNobody() {
        NoticeId id = underWay();

        subject.interventions().pause(approver, id, "pigeon", "Une coquille\u00a0?");

        long pages = begun(id);
        assertThat(account(id, Purpose.PUBLICATION).stage(Instant.now())).isEqualTo(Stage.PAUSED);
        // Another one goes out whole meanwhile: had there been anything to do for the first, it would have been done.
        pigeons.count = 2_000;
        settled(published(Duration.ofHours(1)), Purpose.PUBLICATION);
        pigeons.count = 20_000;
        assertThat(begun(id)).isEqualTo(pages);
        Account paused = account(id, Purpose.PUBLICATION);
        assertThat(paused.total()).isLessThan(20_000);
        assertThat(left(paused).count()).isEqualTo(20_000 - paused.total());

        subject.interventions().resume(approver, id, "pigeon", "");

        Account account = settled(id, Purpose.PUBLICATION);
        assertThat(account.accepted()).isEqualTo(20_000);
        assertThat(account.total()).isEqualTo(20_000);
        assertThat(told(id))
                .hasSize(20_000)
                .allSatisfy((key, times) -> assertThat(times).isEqualTo(1));
        assertThat(subject.journal().entries())
                .extracting(AuditEntry::action)
                .containsExactly("dispatch.pause", "dispatch.resume");
        assertThat(subject.journal().entries().getFirst())
                .isEqualTo(new AuditEntry(
                        town.value(),
                        8,
                        "dispatch.pause",
                        id.ref(),
                        Map.of("channel", "pigeon", "reason", "Une coquille\u00a0?")));
    }

    @Test
    void whoChangesSeveralDispatchesHoldsThemInTheOrderOfWhoCarriesThem() {
        withNobodyWaitingForEver(this::withdrawn);
        withNobodyWaitingForEver(id -> subject.interventions().pause(approver, id, "pigeon", ""));
    }

    /** One of those who carry holds the first of a notice's dispatches; somebody begins to change them; it holds the next. */
    private void withNobodyWaitingForEver(Consumer<NoticeId> change) {
        pigeons.waking = Set.of((Instant.now().atZone(ZoneId.of("Europe/Paris")).getHour() + 2) % 24);
        NoticeId id = published(Kind.NEWS, Duration.ofDays(3));
        List<Long> ids = subject.dispatches().of(town, id).stream()
                .map(Dispatch::id)
                .sorted()
                .toList();
        assertThat(ids).hasSize(2);
        if (engine.database().isPostgres()) {
            await().until(() -> liesLast(ids.getFirst(), id));
        }
        try {
            CompletableFuture<Void> changed =
                    Objects.requireNonNull(engine.writing().execute(status -> {
                        hold(ids.getFirst());
                        CompletableFuture<Void> changing =
                                CompletableFuture.runAsync(() -> inTheOrderInWhichTheyLie(() -> change.accept(id)));
                        if (engine.database().isPostgres()) {
                            await().until(engine::isAnybodyWaiting);
                        }
                        hold(ids.getLast());
                        return changing;
                    }));

            assertThat(changed).succeedsWithin(Duration.ofMinutes(1));
        } finally {
            ids.forEach(each -> written("UPDATE dispatch SET settled_at = 1 WHERE town_id = :town AND id = :id", each));
        }
    }

    /** What is written lies elsewhere from then on. */
    private boolean liesLast(long dispatch, NoticeId id) {
        written("UPDATE dispatch SET frontier = frontier WHERE town_id = :town AND id = :id", dispatch);
        return engine.jdbc()
                        .sql(
                                "SELECT id FROM dispatch WHERE town_id = :town AND notice_id = :notice ORDER BY ctid DESC LIMIT 1")
                        .param("town", town.value())
                        .param("notice", id.value())
                        .query(Long.class)
                        .single()
                == dispatch;
    }

    private void inTheOrderInWhichTheyLie(Runnable change) {
        engine.writing().executeWithoutResult(status -> {
            if (engine.database().isPostgres()) {
                for (String how : List.of("enable_indexscan", "enable_bitmapscan")) {
                    engine.jdbc().sql("SET LOCAL " + how + " = off").update();
                }
            }
            change.run();
        });
    }

    private void hold(long id) {
        engine.jdbc()
                .sql("SELECT id FROM dispatch WHERE town_id = :town AND id = :id" + JdbcLedger.held(engine.database()))
                .param("town", town.value())
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private void written(String sql, long id) {
        engine.writing()
                .executeWithoutResult(status -> engine.jdbc()
                        .sql(sql)
                        .param("town", town.value())
                        .param("id", id)
                        .update());
    }

    @Test
    void whatPeopleReleaseOrWithdrawAfterARestoreGoesOutAlthoughTheirTownIsPaused() {
        NoticeId id = underWay();
        restored();
        long pages = begun(id);

        pigeons.count = 2_000;
        NoticeId alert = published(Duration.ofHours(1));
        assertThat(settled(alert, Purpose.PUBLICATION).accepted()).isEqualTo(2_000);
        pigeons.count = 20_000;
        assertThat(begun(id)).isEqualTo(pages);
        assertThat(account(alert, Purpose.PUBLICATION).stage(Instant.now())).isEqualTo(Stage.DONE);
        assertThat(account(id, Purpose.PUBLICATION).stage(Instant.now())).isEqualTo(Stage.PAUSED);

        withdrawn(id);

        Account withdrawal = settled(id, Purpose.WITHDRAWAL);
        Account publication = settled(id, Purpose.PUBLICATION);
        assertThat(publication.stopped()).isPositive();
        goesToAllInThePagesThatHadBegun(withdrawal, publication);
    }

    @Test
    void whatWasUnderWayInTheBackupGoesOnWhenItsTownResumes() {
        NoticeId id = published(Duration.ofHours(1));
        restored();
        subject.carrier().start();
        settled(published(Duration.ofHours(1)), Purpose.PUBLICATION);
        assertThat(told(id)).isEmpty();

        engine.writing().executeWithoutResult(status -> subject.facts().resume(town.value()));

        assertThat(settled(id, Purpose.PUBLICATION).accepted()).isEqualTo(2_500);
    }

    /** As if the backup were that old. */
    private void passed(Duration time) {
        engine.writing()
                .executeWithoutResult(status -> engine.jdbc()
                        .sql("""
                                UPDATE dispatch SET opened_at = opened_at - :ms, not_before = not_before - :ms, until_at = until_at - :ms
                                WHERE town_id = :town
                                """)
                        .param("ms", time.toMillis())
                        .param("town", town.value())
                        .update());
    }

    @Test
    void aWithdrawalThatWasUnderWayInABackupOfLongAgoWaitsForItsTownAndThenGoesToWhomItIsFor() {
        pigeons.count = 100;
        subject.carrier().start();
        NoticeId id = published(Duration.ofHours(1));
        settled(id, Purpose.PUBLICATION);
        subject.carrier().stop();
        withdrawn(id);
        passed(Duration.ofDays(4));
        restored();

        subject.carrier().start();
        settled(published(Duration.ofHours(1)), Purpose.PUBLICATION);

        Account waiting = account(id, Purpose.WITHDRAWAL);
        assertThat(waiting.total()).isZero();
        assertThat(waiting.stage(Instant.now())).isEqualTo(Stage.PAUSED);
        assertThat(subject.dispatches().heldByRestore(town, Instant.now(), 10))
                .extracting(Held::notice)
                .containsExactly(id);

        Instant now = Instant.now();
        engine.writing().executeWithoutResult(status -> {
            subject.dispatches().resumed(town, now);
            subject.facts().resume(town.value());
        });
        Account withdrawal = settled(id, Purpose.WITHDRAWAL);
        assertThat(withdrawal.accepted()).isEqualTo(100);
        assertThat(withdrawal.dispatch().until())
                .isEqualTo(now.plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MILLIS));
    }

    /** Whatever is there is of the backup. */
    private void restored() {
        engine.writing().executeWithoutResult(status -> {
            subject.dispatches().restored();
            subject.facts().pause(town.value(), Instant.now());
        });
    }

    @Test
    void whetherTheClockIsBehindTheBackupOrWasSetBackSinceWhatSomebodyReleasesGoesOutAndNothingElse() {
        Instant ahead = Instant.now().plus(Duration.ofHours(2));
        NoticeId later = published(Kind.EMERGENCY, false, ahead, Duration.ofHours(1));
        restored();
        engine.writing().executeWithoutResult(status -> subject.facts().pause(town.value(), ahead));
        subject.carrier().start();

        NoticeId alert =
                published(Kind.EMERGENCY, false, Instant.now().minus(Duration.ofMinutes(1)), Duration.ofHours(1));

        assertThat(settled(alert, Purpose.PUBLICATION).accepted()).isEqualTo(2_500);
        assertThat(told(later)).isEmpty();
        assertThat(account(later, Purpose.PUBLICATION).dispatch().heldBy()).isEqualTo(Holder.RESTORE);
    }

    @Test
    void whatIsHeldSinceARestoreWhenTheFlagForItIsAddedStaysHeldAndWhatCameOutSinceDoesNot() throws IOException {
        String[] migration = new ClassPathResource("db/migration/common/dispatch/V20__restored.sql")
                .getContentAsString(StandardCharsets.UTF_8)
                .split(";");
        Instant restored = Instant.now();
        NoticeId old = published(Kind.NEWS, false, restored.minusSeconds(60), Duration.ofHours(1));
        NoticeId since = published(Kind.NEWS, false, restored.plusSeconds(1), Duration.ofHours(1));
        engine.writing().executeWithoutResult(status -> {
            subject.facts().pause(town.value(), restored);
            engine.jdbc().sql(migration[1]).update();
        });

        assertThat(account(old, Purpose.PUBLICATION).dispatch().heldBy()).isEqualTo(Holder.RESTORE);
        assertThat(account(since, Purpose.PUBLICATION).dispatch().heldBy()).isNull();
    }

    @Test
    void aRestartDoesNotResumeWhatAPersonPaused() {
        NoticeId id = underWay();
        subject.interventions().pause(approver, id, "pigeon", "");
        subject.carrier().stop();
        long pages = begun(id);

        subject.carrier().start();
        pigeons.count = 2_000;
        settled(published(Duration.ofHours(1)), Purpose.PUBLICATION);

        assertThat(begun(id)).isEqualTo(pages);
    }

    @Test
    void whatAPersonStopsIsCountedAsStoppedAndNeverResumed() {
        NoticeId id = underWay();

        subject.interventions().stop(approver, id, "pigeon", "Mauvaise date");

        Account account = settled(id, Purpose.PUBLICATION);
        assertThat(account.dispatch().state()).isEqualTo(State.STOPPED);
        assertThat(account.stopped()).isPositive();
        assertThat(account.total()).isEqualTo(20_000);
        // Of whom nobody can tell some were told.
        assertThat((long) told(id).size()).isBetween(account.accepted(), 20_000 - account.stopped());
        assertThatThrownBy(() -> subject.interventions().resume(approver, id, "pigeon", ""))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("dispatch.nothing-under-way"));
        assertThat(left(account)).isEqualTo(Left.NONE);

        withdrawn(id);

        Account withdrawal = settled(id, Purpose.WITHDRAWAL);
        goesToAllInThePagesThatHadBegun(withdrawal, account);
    }

    @Test
    void whatIsPausedIsStoppedByAWithdrawalWhichGoesOut() {
        NoticeId id = underWay();
        subject.interventions().pause(approver, id, "pigeon", "");

        withdrawn(id);

        Account withdrawal = settled(id, Purpose.WITHDRAWAL);
        Account publication = settled(id, Purpose.PUBLICATION);
        assertThat(publication.total()).isEqualTo(20_000);
        goesToAllInThePagesThatHadBegun(withdrawal, publication);
    }

    @Test
    void aWithdrawalIsHeldUpByNobodyNorIsACorrectionThatTakesANoticeOffAChannel() {
        NoticeId gone = published(Duration.ofHours(1));
        withdrawn(gone);
        nobodyHoldsUp(gone);

        NoticeId off = published(Kind.NEWS, Duration.ofHours(1));
        corrected(off, 2, Duration.ofHours(1), "website");
        nobodyHoldsUp(off);
    }

    private void nobodyHoldsUp(NoticeId id) {
        assertThatThrownBy(() -> subject.interventions().pause(approver, id, "pigeon", ""))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("dispatch.nothing-under-way"));
        assertThat(subject.journal().entries()).isEmpty();
    }

    @Test
    void aPauseMovesNoEnd() {
        NoticeId id = published(Duration.ofMillis(300));
        subject.interventions().pause(approver, id, "pigeon", "");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Instant.now()
                        .isAfter(account(id, Purpose.PUBLICATION).dispatch().until()));

        subject.carrier().start();

        assertThat(settled(id, Purpose.PUBLICATION).expired()).isEqualTo(2_500);
        assertThat(pigeons.told).isEmpty();
    }

    @Test
    void whoMayNotPublishMayNotInterveneNorMayOneInAnAlertWithoutTheRightToAlert() {
        NoticeId id = published(Duration.ofHours(1));
        for (Set<String> rights : List.of(Set.of(NoticeRights.EMERGENCY.name()), Set.of(NoticeRights.PUBLISH.name()))) {
            Actor other = new Actor(new PersonId(9), town, "Inès", Set.of(Role.AUTHOR), rights);
            assertThatThrownBy(() -> subject.interventions().pause(other, id, "pigeon", ""))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(HttpStatus.FORBIDDEN));
        }
        Actor stranger =
                new Actor(new PersonId(8), new TownId(town.value() + 1), "Zoé", approver.roles(), approver.rights());
        assertThatThrownBy(() -> subject.interventions().stop(stranger, id, "pigeon", "Pour voir"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("dispatch.nothing-under-way"));
    }

    @Test
    void aStopWantsAReasonAndWhatIsPausedAlreadyIsNotWrittenDownAgain() {
        NoticeId id = published(Duration.ofHours(1));
        assertThatThrownBy(() -> subject.interventions().stop(approver, id, "pigeon", " "))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("dispatch.reason-missing"));

        subject.interventions().pause(approver, id, "pigeon", "");
        subject.interventions().pause(approver, id, "pigeon", "");

        assertThat(subject.journal().entries()).hasSize(1);
    }

    @Test
    void whoSleepsIsPartOfTheSameAccountAndIsWaitedFor() {
        ZonedDateTime local = Instant.now().atZone(ZoneId.of("Europe/Paris"));
        int wakes = (local.getHour() + 2) % 24;
        pigeons.waking = Set.of(wakes);
        subject.carrier().start();

        NoticeId id = published(Kind.NEWS, Duration.ofDays(3));

        Account account = await().atMost(Duration.ofMinutes(1))
                .until(() -> account(id, Purpose.PUBLICATION), one -> one.stage(Instant.now()) == Stage.ASLEEP);
        assertThat(subject.dispatches().accounts(town, id)).hasSize(1);
        assertThat(account.parts()).hasSize(2);
        assertThat(account.accepted()).isEqualTo(2_000);
        assertThat(account.next())
                .isEqualTo(local.truncatedTo(ChronoUnit.HOURS).plusHours(2).toInstant());
        assertThat(account.dispatch().settledAt()).isNull();
        assertThat(left(account)).isEqualTo(new Left(500, 2_500, false));

        subject.interventions().stop(approver, id, "pigeon", "Finalement non");
        Account stopped = settled(id, Purpose.PUBLICATION);
        assertThat(stopped.stage(Instant.now())).isEqualTo(Stage.STOPPED);
        assertThat(stopped.stopped()).isEqualTo(500);
    }

    @Test
    void whoSleepsWhenTheEndComesIsCountedThenAndNotInTheMorning() {
        pigeons.waking = Set.of((Instant.now().atZone(ZoneId.of("Europe/Paris")).getHour() + 2) % 24);
        subject.carrier().start();

        NoticeId id = published(Kind.NEWS, Duration.ofSeconds(1));

        Account account = settled(id, Purpose.PUBLICATION);
        assertThat(account.expired()).isGreaterThanOrEqualTo(500);
        assertThat(account.total()).isEqualTo(2_500);
    }

    @Test
    void whatFollowsANoticeSeesThatItMovesAndThatItIsHeld() {
        NoticeId id = published(Duration.ofHours(1));
        OptionalLong first = subject.progress().mark(town, id);
        assertThat(first).isPresent();
        assertThat(subject.progress().mark(town, new NoticeId(7))).isEmpty();
        assertThat(subject.progress().mark(town, id)).isEqualTo(first);

        subject.interventions().pause(approver, id, "pigeon", "");
        OptionalLong held = subject.progress().mark(town, id);
        assertThat(held).isNotEqualTo(first);

        subject.interventions().resume(approver, id, "pigeon", "");
        subject.carrier().start();
        settled(id, Purpose.PUBLICATION);
        assertThat(subject.progress().mark(town, id)).isNotIn(first, held);
    }

    /** Anybody may follow a notice: of an exercise it would else be public in which second the first phone was reached. */
    @Test
    void whatFollowsANoticeDoesNotSeeMoveWhatItsAccountDoesNotShow() {
        subject.carrier().start();
        NoticeId id = published(Duration.ofHours(1));
        long dispatch = settled(id, Purpose.PUBLICATION).dispatch().id();
        written("UPDATE dispatch_slice SET gone = 0 WHERE town_id = :town AND dispatch_id = :id", dispatch);
        OptionalLong none = subject.progress().mark(town, id);

        for (int few : new int[] {1, 2, 9}) {
            gone(dispatch, few);
            assertThat(subject.progress().mark(town, id)).as("%d", few).isEqualTo(none);
        }
        gone(dispatch, 10);
        OptionalLong ten = subject.progress().mark(town, id);
        assertThat(ten).isNotEqualTo(none);
        gone(dispatch, 11);
        assertThat(subject.progress().mark(town, id)).isNotIn(none, ten);
    }

    private void gone(long dispatch, int count) {
        written(
                "UPDATE dispatch_slice SET gone = " + count
                        + " WHERE town_id = :town AND dispatch_id = :id AND number ="
                        + " (SELECT min(number) FROM dispatch_slice WHERE town_id = :town AND dispatch_id = :id)",
                dispatch);
    }
}
