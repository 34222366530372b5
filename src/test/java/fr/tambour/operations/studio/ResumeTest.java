package fr.tambour.operations.studio;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.DeskTown;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Lifecycle.Standing;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicState;
import fr.tambour.operations.internal.Resumption;
import fr.tambour.people.Role;
import fr.tambour.people.StudioClient;
import fr.tambour.storage.InstanceFacts;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** After a restore the desk lists what would go out, and a person releases or settles each. */
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.notice.DeskTown#onBothEngines")
class ResumeTest {

    private static final String PATH = "/studio/reprise";

    private final DeskTown town;
    private NoticeId first;
    private NoticeId second;
    private NoticeId later;

    ResumeTest(DeskTown town) {
        this.town = town;
    }

    /** Restored two hours ago, with two notices overdue since and one for the next day. */
    @BeforeEach
    void restored() {
        first = scheduled("Collecte des sapins", Duration.ofHours(1));
        second = scheduled("Piscine fermée", Duration.ofHours(1));
        later = scheduled("Vœux du maire", Duration.ofDays(1));
        town.write(() -> {
            InstanceFacts facts = town.tambour.bean(InstanceFacts.class);
            facts.pause(town.here.id().value(), now());
            return facts;
        });
        town.tambour.clock().advance(Duration.ofHours(2));
    }

    /** Nothing waits in the next test but its own. */
    @AfterEach
    void settled() {
        for (NoticeId id : List.of(first, second, later)) {
            if (standing(id).publicState() == PublicState.SCHEDULED) {
                town.desk.unschedule(town.approver, id, "");
            }
        }
    }

    private NoticeId scheduled(String title, Duration ahead) {
        return town.scheduled(town.news(title), LocalDateTime.ofInstant(now().plus(ahead), town.here.zone()));
    }

    private Instant now() {
        return town.tambour.clock().instant();
    }

    private StudioClient signedIn(String email) {
        StudioClient client = new StudioClient(town.tambour, town.here.slug());
        assertThat(client.signIn(email, "une phrase assez longue").statusCode()).isEqualTo(302);
        return client;
    }

    private Standing standing(NoticeId id) {
        return town.notice(id).standing();
    }

    private static String button(NoticeId id, String verb) {
        return PATH + "/" + id.ref() + "/" + verb;
    }

    private static void assertBack(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith(PATH);
    }

    @Test
    void whoMayPublishReleasesOneSettlesTheOtherAndTheRestGoesOnAsPlanned() {
        StudioClient approver = signedIn("marc@clairval.example");
        String page = approver.get(PATH).body();
        int ahead = page.indexOf("À venir");
        assertThat(page.substring(page.indexOf("Aurait dû sortir"), ahead))
                .contains("Collecte des sapins", "Piscine fermée")
                .contains(button(first, "publication"), button(second, "retrait-du-programme"))
                .doesNotContain("Vœux du maire");
        assertThat(page.substring(ahead)).contains("Vœux du maire").doesNotContain("Collecte des sapins");

        HttpResponse<String> early = approver.post(PATH);
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(early.body()).contains("2 avis attendent");

        approver.get(PATH);
        assertBack(approver.post(button(first, "publication")));
        assertThat(standing(first)).isEqualTo(new Standing(DraftState.NONE, PublicState.PUBLISHED));
        assertBack(approver.post(button(second, "retrait-du-programme")));
        assertThat(standing(second)).isEqualTo(new Standing(DraftState.DRAFT, PublicState.NONE));
        assertThat(approver.post(button(first, "publication")).statusCode())
                .as("once more")
                .isEqualTo(409);

        assertThat(approver.get(PATH).body())
                .contains("Aucun avis n’attend de décision.", "Vœux du maire")
                .doesNotContain("Collecte des sapins", "Piscine fermée");
        assertThat(approver.post(PATH).statusCode()).isEqualTo(302);
        assertThat(town.tambour.bean(Resumption.class).pausedSince(town.here.id()))
                .isEmpty();
        assertThat(standing(later)).isEqualTo(new Standing(DraftState.APPROVED, PublicState.SCHEDULED));
        assertThat(approver.get(PATH).body()).contains("partent normalement");
    }

    @Test
    void whoMayNotPublishSeesWhatWaitsAndIsRefused() {
        town.person(town.here, "lea@clairval.example", Role.MODERATOR);
        StudioClient moderator = signedIn("lea@clairval.example");
        assertThat(moderator.get(PATH).body())
                .contains("Collecte des sapins", "Vœux du maire", "Qui peut publier décide")
                .doesNotContain("/publication\"", "/retrait-du-programme\"");
        moderator.get("/studio/moi");

        for (String path : List.of(PATH, button(first, "publication"), button(second, "retrait-du-programme"))) {
            HttpResponse<String> refused = moderator.post(path);
            assertThat(refused.statusCode()).as(path).isEqualTo(403);
            assertThat(refused.body()).as(path).contains("Vos rôles ne vous donnent pas ce droit");
        }
        StudioClient elsewhere = new StudioClient(town.tambour, town.there.slug());
        elsewhere.signIn("zoe@orval.example", "une phrase assez longue");
        elsewhere.get("/studio/moi");
        assertThat(elsewhere.post(button(first, "publication")).statusCode())
                .as("from another town")
                .isEqualTo(404);
        assertThat(standing(first).publicState()).isEqualTo(PublicState.SCHEDULED);
        assertThat(standing(second).publicState()).isEqualTo(PublicState.SCHEDULED);
        assertThat(town.tambour.bean(Resumption.class).pausedSince(town.here.id()))
                .isPresent();
    }
}
