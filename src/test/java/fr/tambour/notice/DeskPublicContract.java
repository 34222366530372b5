package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.notice.NoticeDesk.Release;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is public already: corrections, withdrawals, alerts. */
interface DeskPublicContract extends DeskContract {

    @Test
    default void aCorrectionStandsBesideWhatIsPublishedUntilItIsPublishedItself() {
        NoticeId id = town().published(town().news("Samedi"));
        desk().correct(town().author, id);
        desk().save(town().author, id, 1, town().news("Dimanche"), "");
        refused("notice.incomplete", () -> desk().submit(town().author, id, 2, ""));
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
}
