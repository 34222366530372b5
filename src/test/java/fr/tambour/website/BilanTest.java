package fr.tambour.website;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.NoticeId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where a notice went, when, and how fast, as everybody reads it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BilanTest {

    private TestSite site;

    @BeforeAll
    void aTown() {
        site = TestSite.ofAnEmptyTown();
    }

    @AfterAll
    void close() {
        site.close();
    }

    private String text(String path) throws Exception {
        return site.page(path)
                .replaceAll("<[^>]*>", " ")
                .replace("\u00a0", " ")
                .replace("\u202f", " ")
                .replaceAll("\\s+", " ");
    }

    private JsonNode phones(NoticeId id) throws Exception {
        for (JsonNode dispatch : JsonMapper.shared()
                .readTree(site.page("/avis/" + id.ref() + "/bilan.json"))
                .get("dispatches")) {
            if (dispatch.get("channel").asString().equals("phone")) {
                return dispatch;
            }
        }
        throw new AssertionError("No phones");
    }

    @Test
    void itSaysHowManyTheServiceAcceptedHowFastAndWhatBecameOfTheOthers() throws Exception {
        NoticeId id = site.published(site.news("La halle rouvre", "Un résumé.", "Un texte."));
        site.toldToPhones(id, 12_304, 38, 4);

        assertThat(text("/avis/" + id.ref() + "/bilan"))
                .contains("Publié")
                .contains("12 304 acceptés par le service")
                .contains("Le premier en 0,8 s")
                .contains("La moitié en")
                .contains("95 sur 100 en")
                .contains("Le dernier en 38 s")
                .contains("Ne sont plus abonnés 38")
                .contains("Refusés par le service moins de dix")
                .contains("Site Visible dès la publication")
                .contains("Un groupe de moins de dix n’est pas chiffré")
                .contains("« Accepté par le service » veut dire")
                .containsSubsequence("Site Visible dès", "Flux et calendriers Visible dès", "Téléphones 12 304")
                .doesNotContain("reçu");
        assertThat(text("/en/avis/" + id.ref() + "/bilan")).contains("12,304 accepted by the service");

        JsonNode told = phones(id);
        assertThat(told.get("accepted").asInt()).isEqualTo(12_304);
        assertThat(told.get("gone").asInt()).isEqualTo(38);
        assertThat(told.get("failed").isNull()).isTrue();
        assertThat(told.get("expired").asInt()).isZero();
        assertThat(told.get("state").asString()).isEqualTo("done");
        assertThat(told.get("purpose").asString()).isEqualTo("publication");
        Instant began = Instant.parse(told.get("began_at").asString());
        assertThat(Instant.parse(told.get("first_accepted_at").asString())).isEqualTo(began.plusMillis(800));
        assertThat(Instant.parse(told.get("last_accepted_at").asString())).isEqualTo(began.plusSeconds(38));
        assertThat(Instant.parse(told.get("settled_at").asString())).isEqualTo(began.plusSeconds(38));
        assertThat(told.get("median_ms").asLong()).isBetween(1_000L, 38_000L);
        assertThat(told.get("p95_ms").asLong())
                .isGreaterThanOrEqualTo(told.get("median_ms").asLong());
    }

    @Test
    void fewerThanTenAreNotCountedOutNorAreTheirTimesTold() throws Exception {
        NoticeId id = site.published(site.news("Un petit avis", "Un résumé.", "Un texte."));
        site.toldToPhones(id, 9, 1, 0);

        assertThat(text("/avis/" + id.ref() + "/bilan"))
                .contains("moins de dix acceptés par le service")
                .contains("Ne sont plus abonnés moins de dix")
                .doesNotContain("Le premier en");
        JsonNode told = phones(id);
        for (String name : new String[] {
            "accepted", "gone", "settled_at", "first_accepted_at", "last_accepted_at", "median_ms", "p95_ms"
        }) {
            assertThat(told.get(name).isNull()).as(name).isTrue();
        }
        assertThat(told.get("state").asString()).isEqualTo("done");
    }

    @Test
    void aCorrectionAndAWithdrawalHaveTheirOwnParts() throws Exception {
        NoticeId id = site.published(site.news("Le marché", "Un résumé.", "Un texte."));
        site.clock().advance(Duration.ofMinutes(5));
        site.corrected(id, site.news("Le marché déménage", "Un résumé.", "Un texte."), "La place est en travaux.");
        site.clock().advance(Duration.ofMinutes(5));
        site.withdrawn(id, "Une erreur.");

        assertThat(text("/avis/" + id.ref() + "/bilan"))
                .containsSubsequence(
                        "Retiré", "Le changement s’y voit depuis", "Rectificatif publié", "Publié", "Visible dès")
                .as("what it means that a service accepted, where none did")
                .doesNotContain("Accepté par le service");
    }
}
