package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditReport;
import fr.tambour.audit.AuditVerifier;
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
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Drafts, and how they are found again. */
interface DeskDraftContract extends DeskContract {

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

    private List<NoticeId> found(Actor actor, String text) {
        return town()
                .queries
                .list(actor.town(), new DeskQueries.Selection(null, null, null, null, text), null, 10)
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
