package fr.tambour.live;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.Http2Line;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Towns;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.transaction.support.TransactionTemplate;

/** Where no more can be made at once, whoever asks is told so, with words of ours, and the staff works on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverloadTest {

    private TambourServer server;

    @BeforeAll
    void aTownWhoseServerIsAsBusyAsItMayBe() {
        server = TambourServer.start(Dialect.SQLITE, "--tambour.timer.enabled=false", "--tambour.live.rendering=0");
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(status -> server.bean(Towns.class)
                        .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path, String accept) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.url(path))
                                .header("Accept", accept)
                                .build(),
                        BodyHandlers.ofString());
    }

    @Test
    void aReaderIsToldToComeAgain() throws Exception {
        HttpResponse<String> answer = get("/", "text/html");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(answer.body())
                .contains("<html lang=\"fr\"")
                .contains("href=\"/direct\"")
                .contains("On demande plus de pages");
    }

    /** Alerts come from there: none in another language than the page's. */
    @Test
    void whoReadsEnglishIsToldSoInEnglishAndHearsOfAlertsInEnglish() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.url("/en/agenda"))
                                .header("Accept", "text/html")
                                .header("Accept-Language", "en")
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("<html lang=\"en\"").contains("href=\"/en/direct\"");
    }

    @Test
    void aProgramIsToldToComeAgain() throws Exception {
        HttpResponse<String> answer = get("/flux/avis.json", "application/json");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"overrun\"");
    }

    @Test
    void aReaderOverHttp2IsToldToComeAgain() throws Exception {
        try (Http2Line line = Http2Line.to(server.port())) {
            Http2Line.Answer answer = line.answer(line.get("localhost", "/"));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.fields()).containsEntry("retry-after", "5").containsKey("content-security-policy");
        }
    }

    @Test
    void theStudioAnswers() throws Exception {
        assertThat(get("/studio/connexion", "text/html").statusCode()).isEqualTo(200);
    }
}
