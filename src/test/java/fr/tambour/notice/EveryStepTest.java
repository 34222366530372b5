package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.tambour.notice.Lifecycle.Standing;
import fr.tambour.notice.NoticeDesk.Release;
import fr.tambour.ui.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The desk and the clock against {@link LegalSteps}: at every pair of states, every action is really taken where the table
 * says so, and elsewhere refused without a trace. Pairs that no step leads to are written into the database.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.notice.DeskTown#onBothEngines")
class EveryStepTest {

    private static final Duration DUE = Duration.ofHours(1);
    private static final Duration END = Duration.ofHours(2);
    private static final Duration PAST_THE_END = Duration.ofHours(3);

    private final DeskTown town;
    private final NoticeDesk desk;
    private final NoticeClock clock;

    EveryStepTest(DeskTown town) {
        this.town = town;
        this.desk = town.desk;
        this.clock = town.tambour.bean(NoticeClock.class);
    }

    private static Stream<Arguments> pairs(boolean legal) {
        return LegalSteps.standings()
                .flatMap(standing -> Arrays.stream(Action.values())
                        .filter(action -> LegalSteps.next(standing, action).isPresent() == legal)
                        .map(action -> Arguments.of(
                                standing,
                                action,
                                LegalSteps.next(standing, action).orElse(standing))));
    }

    static Stream<Arguments> legal() {
        return pairs(true);
    }

    static Stream<Arguments> illegal() {
        return pairs(false);
    }

    @ParameterizedTest(name = "{1} at {0} leads to {2}")
    @MethodSource("legal")
    void whatTheTableAllowsIsDone(Standing from, Action action, Standing to) {
        NoticeId id = at(from);
        int steps = town.history(id).size();
        List<String> journal = journal(id);

        take(action, id, from);

        List<String> told = journal(id).subList(journal.size(), journal(id).size());
        boolean aSave = action == Action.EDIT && from.draft() != DraftState.APPROVED;
        assertThat(told).isEqualTo(aSave ? List.of() : List.of("notice." + word(action)));

        if (action == Action.DISCARD && steps == 0) {
            assertThat(town.queries.find(town.here.id(), id))
                    .as("never submitted, it is gone with its draft")
                    .isEmpty();
            return;
        }
        assertThat(town.notice(id).standing()).isEqualTo(to);
        if (action == Action.EDIT) {
            assertThat(town.draft(id).in("fr").title()).isEqualTo("Changé");
        }
        if (aSave) {
            assertThat(town.history(id)).as("is no step").hasSize(steps);
        } else {
            assertThat(town.history(id)).hasSize(steps + 1).last().satisfies(step -> {
                assertThat(step.action()).isEqualTo(action);
                assertThat(step.reached()).isEqualTo(to);
            });
        }
    }

    @ParameterizedTest(name = "{1} at {0}")
    @MethodSource("illegal")
    void whatTheTableDoesNotAllowIsRefusedAndChangesNothing(Standing at, Action action) {
        NoticeId id = at(at);
        Map<String, Set<Map<String, Object>>> before = stored(id);

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> take(action, id, at));

        assertThat(stored(id)).isEqualTo(before);
        switch (action) {
            case MISS, EXPIRE ->
                assertThat(refusal).as("the clock passes it by").isNull();
            case AMEND -> assertThat(refusal.code()).isIn("notice.illegal-step.publish", "notice.over");
            default -> assertThat(refusal.code()).isEqualTo("notice.illegal-step." + word(action));
        }
    }

    private static String word(Action action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Instant now() {
        return town.tambour.clock().instant();
    }

    private WallTime in(Duration duration) {
        return WallTime.of(now().plus(duration), town.here.zone());
    }

    private Content content(String title) {
        return town.news(title).withUntil(in(END));
    }

    /** A new notice that stands there; its end, and that of its correction, is ahead unless it is expired. */
    private NoticeId at(Standing standing) {
        DraftState draft = standing.draft();
        return switch (standing.publicState()) {
            case NONE -> {
                NoticeId id = town.begun(content("Écrit"));
                lead(id, draft);
                yield id;
            }
            case SCHEDULED -> {
                NoticeId id = at(new Standing(draft, PublicState.NONE));
                if (draft == DraftState.APPROVED) {
                    desk.release(town.approver, id, new Release.At(in(DUE)));
                } else {
                    force(id, PublicState.SCHEDULED);
                }
                yield id;
            }
            case PUBLISHED -> {
                NoticeId id = town.published(content("En ligne"));
                correct(id, draft);
                yield id;
            }
            case EXPIRED -> {
                NoticeId id = town.published(content("Terminé"));
                town.tambour.clock().advance(PAST_THE_END);
                clock.advance(now(), Set.of());
                correct(id, draft);
                yield id;
            }
            case WITHDRAWN -> {
                NoticeId id = at(new Standing(draft, PublicState.PUBLISHED));
                if (draft == DraftState.NONE) {
                    desk.withdraw(town.approver, id, "Une erreur.");
                } else {
                    force(id, PublicState.WITHDRAWN);
                }
                yield id;
            }
        };
    }

    private void correct(NoticeId id, DraftState draft) {
        if (draft != DraftState.NONE) {
            desk.correct(town.author, id);
            desk.save(town.author, id, town.version(id), content("Corrigé"), "Une faute.");
            lead(id, draft);
        }
    }

    /** From a draft to where it is wanted. */
    private void lead(NoticeId id, DraftState wanted) {
        switch (wanted) {
            case NONE -> {
                town.submitted(id);
                desk.takeBack(town.author, id, "");
                desk.discard(town.author, id);
            }
            case DRAFT -> {}
            case SUBMITTED -> town.submitted(id);
            case CHANGES_ASKED -> desk.askChanges(town.approver, id, town.submitted(id), "Plus court.");
            case APPROVED -> desk.approve(town.approver, id, town.submitted(id), "", new Release.Later());
        }
    }

    /** What no step does. */
    private void force(NoticeId id, PublicState shown) {
        town.write(() -> town.tambour
                .bean(JdbcClient.class)
                .sql("UPDATE notice SET public_state = :shown WHERE town_id = :town AND id = :id")
                .param("shown", shown.name())
                .param("town", town.here.id().value())
                .param("id", id.value())
                .update());
    }

    /** As whoever may do it, naming the version or revision that is really there. */
    private void take(Action action, NoticeId id, Standing at) {
        StaffNotice notice = town.notice(id);
        long version = notice.draft().map(StaffNotice.Draft::version).orElse(1L);
        int revision = notice.latestRevision();
        switch (action) {
            case EDIT -> desk.save(town.author, id, version, content("Changé"), "Une faute.");
            case SUBMIT -> desk.submit(town.author, id, version, "");
            case TAKE_BACK -> desk.takeBack(town.author, id, "");
            case ASK_CHANGES -> desk.askChanges(town.approver, id, revision, "Plus court.");
            case APPROVE -> desk.approve(town.approver, id, revision, "", new Release.Later());
            case SCHEDULE -> desk.release(town.approver, id, new Release.At(in(DUE)));
            case UNSCHEDULE -> desk.unschedule(town.author, id, "");
            case PUBLISH -> desk.release(town.approver, id, new Release.Now());
            case AMEND -> {
                town.tambour.clock().advance(PAST_THE_END);
                desk.release(town.approver, id, new Release.Now());
            }
            // What is public would end meanwhile, and that is another step.
            case MISS ->
                clock.advance(now().plus(at.publicState() == PublicState.PUBLISHED ? DUE : PAST_THE_END), Set.of());
            case CORRECT -> desk.correct(town.author, id);
            case DISCARD -> desk.discard(town.author, id);
            // What is due would come out meanwhile, but for the pause.
            case EXPIRE -> clock.advance(now().plus(PAST_THE_END), Set.of(town.here.id()));
            case WITHDRAW -> desk.withdraw(town.approver, id, "Une erreur.");
        }
    }

    /** What the audit says was done to it, in order. */
    private List<String> journal(NoticeId id) {
        return town.write(() -> town.tambour
                .bean(JdbcClient.class)
                .sql("SELECT action FROM audit_entry WHERE subject = :ref ORDER BY number")
                .param("ref", id.ref())
                .query(String.class)
                .list());
    }

    /** Every row that tells of the notice. */
    private Map<String, Set<Map<String, Object>>> stored(NoticeId id) {
        return town.write(() -> Stream.of(
                        "notice WHERE id = :id",
                        "notice_draft WHERE notice_id = :id",
                        "notice_contributor WHERE notice_id = :id",
                        "notice_revision WHERE notice_id = :id",
                        "notice_history WHERE notice_id = :id",
                        "notice_correction WHERE notice_id = :id",
                        "notice_channel WHERE notice_id = :id",
                        "notice_way WHERE notice_id = :id",
                        "audit_entry WHERE subject = :ref")
                .collect(Collectors.toMap(
                        rows -> rows,
                        rows -> Set.copyOf(town.tambour
                                .bean(JdbcClient.class)
                                .sql("SELECT * FROM " + rows)
                                .param("id", id.value())
                                .param("ref", id.ref())
                                .query()
                                .listOfRows()))));
    }
}
