package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.audit.RecordedEntry;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Exercises: the whole way of an alert, and never to be taken for one. */
interface DeskExerciseContract extends DeskContract {

    private NoticeId exercise(String instruction) {
        NoticeId id = town().newId();
        desk().releaseExercise(
                        town().approver,
                        id,
                        town().alert(instruction),
                        town().tambour.clock().instant());
        return id;
    }

    @Test
    default void anExerciseIsReleasedCorrectedProlongedAndEndedLikeAnAlertAndStaysOne() {
        NoticeId id = exercise("Restez chez vous.");
        stands(id, DraftState.NONE, PublicState.PUBLISHED);
        assertThat(town().notice(id).exercise()).isTrue();
        assertThat(town().notice(id).published().orElseThrow().exercise()).isTrue();

        desk().correctEmergency(town().approver, id, 1, town().alert("Montez à l’étage."), "Précision.");
        town().tambour.clock().advance(Duration.ofHours(2));
        Instant later = town().tambour.clock().instant().plus(Duration.ofHours(24));
        desk().prolong(town().approver, id, WallTime.of(later, town().here.zone()), "On continue.");
        assertThat(town().notice(id).exercise()).isTrue();
        refused("people.right-missing", () -> desk().withdraw(town().author, id, "Fin"));
        desk().withdraw(town().approver, id, "Fin de l’exercice.");
        stands(id, DraftState.NONE, PublicState.WITHDRAWN);
        assertThat(town().notice(id).exercise()).isTrue();
    }

    @Test
    default void whatLeftAsAnExerciseDoesNotLeaveAsAnAlertNorTheOtherWayRound() {
        Instant now = town().tambour.clock().instant();
        NoticeId exercise = exercise("Restez chez vous.");
        desk().releaseExercise(town().approver, exercise, town().alert("Restez chez vous."), now);
        refused(
                "notice.alert-already-left",
                () -> desk().releaseEmergency(town().approver, exercise, town().alert("Restez chez vous.")));
        NoticeId alert = town().newId();
        desk().releaseEmergency(town().approver, alert, town().alert("Restez chez vous."));
        refused(
                "notice.alert-already-left",
                () -> desk().releaseExercise(town().approver, alert, town().alert("Restez chez vous."), now));
        assertThat(town().notice(exercise).exercise()).isTrue();
        assertThat(town().notice(alert).exercise()).isFalse();
    }

    @Test
    default void aDraftOfAnExerciseStaysOneStepByStepAndBecomesNothingElse() {
        NoticeId id = desk().createExercise(town().author, town().alert("Restez chez vous."), "")
                .id();
        assertThat(town().notice(id).exercise()).isTrue();
        desk().save(town().author, id, town().version(id), town().alert("Montez à l’étage."), "");
        refused(
                "notice.exercise-stays",
                () -> desk().save(town().author, id, town().version(id), town().news("Une nouvelle"), ""));
        desk().approve(town().approver, id, town().submitted(id), "", new NoticeDesk.Release.Now());
        assertThat(town().notice(id).published().orElseThrow().exercise()).isTrue();

        NoticeId alert = town().begun(town().alert("Restez chez vous."));
        desk().save(town().author, alert, town().version(alert), town().alert("Montez à l’étage."), "");
        assertThat(town().notice(alert).exercise()).isFalse();
    }

    @Test
    default void onlyAnAlertIsPractisedAndOnlyByWhoMayAlert() {
        refused("notice.not-an-emergency", () -> desk().createExercise(town().author, town().news("Bal"), ""));
        refused(
                "notice.not-an-emergency",
                () -> desk().releaseExercise(
                                town().approver,
                                town().newId(),
                                town().news("Bal"),
                                town().tambour.clock().instant()));
        refused(
                "people.right-missing",
                () -> desk().releaseExercise(
                                town().author,
                                town().newId(),
                                town().alert("Restez."),
                                town().tambour.clock().instant()));
    }

    @Test
    default void whatIsShownOfAnExerciseSaysSoWhoeverChangedItByHand() {
        Content content = town().alert("Restez chez vous.");
        TreeMap<String, String> plain = new TreeMap<>();
        plain.put("title", "Alerte rouge");
        plain.put("text", "Fuyez.");
        NoticeId id = town().newId();
        desk().releaseExercise(
                        town().approver,
                        id,
                        content.withEdited("phone", "fr", plain),
                        town().tambour.clock().instant());

        PublishedNotice shown = town().notice(id).published().orElseThrow();
        assertThat(shown.renditions()).isNotEmpty().allSatisfy(rendition -> {
            assertThat(rendition.text("title")).startsWith("EXERCICE – ");
            assertThat(rendition.text(rendition.channel().equals("phone") ? "text" : "summary"))
                    .startsWith("Ceci est un exercice. Il n’y a rien à faire.");
        });
        assertThat(shown.rendition("phone", "fr", "fr").orElseThrow().text("title"))
                .isEqualTo("EXERCICE – Alerte rouge");
        assertThat(shown.content().channels()).doesNotContain("feed");
        assertThat(shown.slug()).startsWith("exercice-");
    }

    @Test
    default void itsReportSaysHowLongEachStepTook() {
        Instant begun = town().tambour.clock().instant();
        NoticeId id = desk().createExercise(town().author, town().alert("Restez chez vous."), "")
                .id();
        assertThat(town().queries
                        .exerciseReport(town().here.id(), id)
                        .orElseThrow()
                        .toRelease())
                .isEmpty();
        town().tambour.clock().advance(Duration.ofMinutes(3));
        int revision = town().submitted(id);
        town().tambour.clock().advance(Duration.ofMinutes(2));
        desk().approve(town().approver, id, revision, "", new NoticeDesk.Release.Now());

        ExerciseReport report =
                town().queries.exerciseReport(town().here.id(), id).orElseThrow();
        assertThat(report.begun().at()).isEqualTo(begun.truncatedTo(ChronoUnit.MILLIS));
        assertThat(report.toRelease()).contains(Duration.ofMinutes(5));
        assertThat(report.submitted().orElseThrow().person())
                .contains(town().author.person());
        assertThat(report.approved().orElseThrow().person())
                .contains(town().approver.person());
        assertThat(Duration.between(
                        report.begun().at(), report.submitted().orElseThrow().at()))
                .isEqualTo(Duration.ofMinutes(3));
        assertThat(report.ways()).extracting(Carriage.Way::channel).contains("website", "phone");
        assertThat(report.withdrawn()).isEmpty();
        NoticeId alert = town().newId();
        desk().releaseEmergency(town().approver, alert, town().alert("Restez chez vous."));
        assertThat(town().queries.exerciseReport(town().here.id(), alert)).isEmpty();
    }

    @Test
    default void itIsMarkedInTheStudiosListsAndStandsAmongExercises() {
        NoticeId id = exercise("Restez chez vous.");
        NoticeId alert = town().newId();
        desk().releaseEmergency(town().approver, alert, town().alert("Restez chez vous."));

        List<DeskQueries.Row> rows = town().queries
                .list(town().here.id(), DeskQueries.Selection.ALL, null, 100)
                .rows();
        assertThat(rows).filteredOn(row -> row.id().equals(id)).singleElement().matches(DeskQueries.Row::exercise);
        assertThat(rows)
                .filteredOn(row -> row.id().equals(alert))
                .singleElement()
                .matches(row -> !row.exercise());
        Instant now = town().tambour.clock().instant();
        assertThat(town().queries.exercises(town().here.id(), now))
                .extracting(DeskQueries.Row::id)
                .contains(id)
                .doesNotContain(alert);
        assertThat(town().queries.titles(town().here.id(), Set.of(id)).get(id)).startsWith("EXERCICE – ");
    }

    @Test
    default void itIsFoundByItsWordAndListedAloneOrNotAtAllAsIsAsked() {
        String word = "zythum" + System.nanoTime();
        NoticeId id = exercise("Restez chez vous. " + word);
        NoticeId alert = town().newId();
        desk().releaseEmergency(town().approver, alert, town().alert("Restez chez vous. " + word));

        assertThat(found(null, "exercice " + word)).containsExactly(id);
        assertThat(found(null, word)).containsExactlyInAnyOrder(id, alert);
        assertThat(found(true, word)).containsExactly(id);
        assertThat(found(false, word)).containsExactly(alert);
    }

    private List<NoticeId> found(@Nullable Boolean exercise, String text) {
        return town()
                .queries
                .list(town().here.id(), new DeskQueries.Selection(null, null, null, exercise, text), null, 100)
                .rows()
                .stream()
                .map(DeskQueries.Row::id)
                .toList();
    }

    @Test
    default void theJournalSaysOfEachStepThatItIsOne() {
        NoticeId id = exercise("Restez chez vous.");
        desk().correctEmergency(town().approver, id, 1, town().alert("Montez à l’étage."), "Précision.");
        desk().withdraw(town().approver, id, "Fin de l’exercice.");
        NoticeId alert = town().newId();
        desk().releaseEmergency(town().approver, alert, town().alert("Restez chez vous."));

        assertThat(journal(id))
                .extracting(AuditEntry::action)
                .contains("notice.create", "notice.approve", "notice.publish", "notice.correct", "notice.withdraw");
        assertThat(journal(id)).allSatisfy(entry -> assertThat(entry.details()).containsEntry("exercise", "true"));
        assertThat(journal(alert))
                .allSatisfy(entry -> assertThat(entry.details()).doesNotContainKey("exercise"));
    }

    private List<AuditEntry> journal(NoticeId id) {
        return town().tambour.bean(Audit.class).page(town().here.id().value(), Long.MAX_VALUE, 100).stream()
                .map(RecordedEntry::entry)
                .filter(entry -> entry.subject().equals(id.ref()))
                .toList();
    }

    @Test
    default void oneThatIsScheduledIsReleasedByTheClockAndStaysOne() {
        NoticeId id = desk().createExercise(town().author, town().alert("Restez chez vous."), "")
                .id();
        Instant at = town().tambour.clock().instant().plus(Duration.ofHours(1));
        desk().approve(
                        town().approver,
                        id,
                        town().submitted(id),
                        "",
                        new NoticeDesk.Release.At(WallTime.of(at, town().here.zone())));
        stands(id, DraftState.APPROVED, PublicState.SCHEDULED);
        town().tambour.clock().advance(Duration.ofHours(1));
        town().tambour.bean(NoticeClock.class).advance(town().tambour.clock().instant(), Set.of());

        stands(id, DraftState.NONE, PublicState.PUBLISHED);
        assertThat(town().notice(id).published().orElseThrow().exercise()).isTrue();
        ExerciseReport report =
                town().queries.exerciseReport(town().here.id(), id).orElseThrow();
        assertThat(report.released().orElseThrow().person()).isEmpty();
        assertThat(report.toRelease().orElseThrow()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
    }

    @Test
    default void itGoesOutInTheLanguagesThatHaveAMarkOfTheirOwn() {
        Towns towns = town().tambour.bean(Towns.class);
        Town bilingual = towns.get(town().here.id());
        town().write(() -> towns.change(
                bilingual.id(),
                bilingual.version(),
                TestTowns.speaking(bilingual.profile(), List.of("fr", "en", "fr-simple", "uk"))));
        Content content = town().alert("Restez chez vous.")
                .withWords("en", new Content.Words("Flood", "", "", "", "", "Stay at home."))
                .withWords("fr-simple", new Content.Words("L’eau monte", "", "", "", "", "Restez à la maison."))
                .withWords("uk", new Content.Words("Повінь", "", "", "", "", "Залишайтеся вдома."));
        NoticeId id = town().newId();
        NoticeId alert = town().newId();
        try {
            desk().releaseExercise(
                            town().approver, id, content, town().tambour.clock().instant());
            desk().releaseEmergency(town().approver, alert, content);
        } finally {
            Town many = towns.get(bilingual.id());
            town().write(() -> towns.change(many.id(), many.version(), bilingual.profile()));
        }

        PublishedNotice shown = town().notice(id).published().orElseThrow();
        assertThat(shown.renditions()).extracting(Rendition::language).containsOnly("fr", "en", "fr-simple");
        assertThat(shown.rendition("phone", "en", "fr").orElseThrow().fields())
                .containsEntry("title", "EXERCISE – Flood")
                .containsEntry(
                        "text",
                        "This is an exercise. There is nothing to do. A real alert would say: “Stay at home.\nWhere: Rives de l’Orge”");
        assertThat(shown.rendition("website", "fr-simple", "fr").orElseThrow().text("title"))
                .isEqualTo("EXERCICE – L’eau monte");
        assertThat(shown.rendition("phone", "uk", "fr").orElseThrow().text("title"))
                .startsWith("EXERCICE – ");
        assertThat(town().notice(alert).published().orElseThrow().renditions())
                .extracting(Rendition::language)
                .contains("uk");
    }
}
