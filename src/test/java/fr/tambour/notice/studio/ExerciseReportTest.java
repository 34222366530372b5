package fr.tambour.notice.studio;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.ToldPhones;
import fr.tambour.notice.DeskTown;
import fr.tambour.notice.ExerciseReport;
import fr.tambour.notice.NoticeDesk.Release;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.StudioClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the desk reads of an exercise that is over: how many, and how long from the first word on. */
@ParameterizedClass
@MethodSource("fr.tambour.notice.DeskTown#onBothEngines")
class ExerciseReportTest {

    private final DeskTown town;

    ExerciseReportTest(DeskTown town) {
        this.town = town;
    }

    private NoticeId begun() {
        return town.desk
                .createExercise(town.author, town.alert("Restez chez vous."), "")
                .id();
    }

    private String page(NoticeId id) {
        StudioClient client = new StudioClient(town.tambour, town.here.slug());
        client.signIn("marc@clairval.example", "une phrase assez longue");
        return client.get("/studio/avis/" + id.ref() + "/exercice")
                .body()
                .replaceAll("<[^>]*>", " ")
                .replace('\u00a0', ' ')
                .replace('\u202f', ' ')
                .replaceAll("\\s+", " ");
    }

    @Test
    void itCountsExactlyAndTimesEachHalf() {
        NoticeId id = begun();
        town.tambour.clock().advance(Duration.ofSeconds(48));
        town.desk.approve(town.approver, id, town.submitted(id), "", new Release.Now());
        ToldPhones.tell(town.tambour, id, 23, 3, 1);

        ExerciseReport report = town.queries.exerciseReport(town.here.id(), id).orElseThrow();
        var phones = report.ways().stream()
                .filter(way -> way.channel().equals("phone"))
                .findFirst()
                .orElseThrow();
        assertThat(phones.told()).isTrue();
        assertThat(phones.accepted()).isEqualTo(23);
        assertThat(phones.gone()).isEqualTo(3);
        assertThat(phones.failed()).isEqualTo(1);
        assertThat(phones.waiting()).isZero();
        assertThat(phones.others()).isZero();
        assertThat(Duration.between(phones.began(), phones.first())).isEqualTo(Duration.ofMillis(240));
        assertThat(Duration.between(phones.began(), phones.last())).isEqualTo(Duration.ofMillis(1_120));
        assertThat(phones.median()).isBetween(Duration.ofMillis(660), Duration.ofMillis(700));
        assertThat(phones.p95()).isBetween(Duration.ofMillis(1_000), Duration.ofMillis(1_120));
        assertThat(report.toMedian(phones).orElseThrow())
                .isEqualTo(phones.median().plusSeconds(48));
        assertThat(report.ways())
                .filteredOn(way -> way.channel().equals("website"))
                .noneMatch(way -> way.told());

        assertThat(page(id))
                .contains("Rapport de l’exercice")
                .contains("Acceptés par le service 23")
                .contains("Disparus 3")
                .contains("Échecs 1")
                .contains("Première acceptation, depuis le départ 0,2 s")
                .contains("La moitié, depuis le départ 0,7 s")
                .contains("Dernière acceptation, depuis le départ 1,1 s")
                .contains("Du premier mot au départ 48 s")
                .contains("Soumis par ines@clairval.example")
                .contains("En ligne sur sa propre page")
                .doesNotContain("moins de dix");
    }

    @Test
    void ofAnotherDayItSaysTheDayAndOfAnHourThatComesTwiceWhichOfTheTwo() {
        town.tambour.clock().moveTo(Instant.parse("2027-10-30T21:50:00Z"));
        NoticeId id = begun();
        town.tambour.clock().moveTo(Instant.parse("2027-10-31T00:30:00Z"));
        int revision = town.submitted(id);
        town.tambour.clock().moveTo(Instant.parse("2027-10-31T01:30:07Z"));
        town.desk.approve(town.approver, id, revision, "", new Release.Now());

        assertThat(page(id))
                .contains("30 octobre 2027")
                .contains("23 h 50 min 00 s –")
                .contains("31 octobre, 2 h 30 min 00 s (UTC+02:00) 2 h 40")
                .contains("31 octobre, 2 h 30 min 07 s (UTC+01:00) 3 h 40");
    }
}
