package fr.tambour.operations.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Towns;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** What is believed of the fields that a proxy, or anybody, may send. */
class BelievedProxyTest {

    /** As many guesses as one address has before it is slowed, and one more. */
    private static final int ENOUGH = 51;

    @Test
    void theProxysTwoFieldsAreBelievedAndNoOther() throws Exception {
        try (TambourServer tambour = withTown("--tambour.proxy=true")) {
            HttpResponse<String> last = null;
            for (int i = 0; i < ENOUGH; i++) {
                last = guess(tambour, "X-Forwarded-For", "192.0.2.1", "Forwarded", "for=198.51.100." + i);
            }
            assertThat(last.statusCode())
                    .as("one address, whatever else it says")
                    .isEqualTo(429);
            assertThat(guess(tambour, "X-Forwarded-For", "192.0.2.2").statusCode())
                    .as("another address")
                    .isEqualTo(401);
            assertThat(home(tambour, "X-Forwarded-Host", "nobody.example", "Forwarded", "host=nobody.example")
                            .statusCode())
                    .as("the town is found by Host")
                    .isEqualTo(200);
        }
    }

    @Test
    void withoutAProxyNoneIsBelieved() throws Exception {
        try (TambourServer tambour = withTown()) {
            HttpResponse<String> last = null;
            for (int i = 0; i < ENOUGH; i++) {
                last = guess(tambour, "X-Forwarded-For", "192.0.2." + i, "Forwarded", "for=198.51.100." + i);
            }
            assertThat(last.statusCode()).isEqualTo(429);
            assertThat(home(tambour, "X-Forwarded-Proto", "https").headers().firstValue("Strict-Transport-Security"))
                    .isEmpty();
        }
    }

    /** RFC 6797: only an answer that came by TLS may say so. */
    @Test
    void aTownOfHttpsSaysSoToWhoeverCameByTls() throws Exception {
        try (TambourServer tambour = withTown("--tambour.proxy=true")) {
            assertThat(home(tambour, "X-Forwarded-Proto", "https").headers().firstValue("Strict-Transport-Security"))
                    .contains("max-age=31536000");
            assertThat(home(tambour, "X-Forwarded-Proto", "http").headers().firstValue("Strict-Transport-Security"))
                    .isEmpty();
        }
    }

    private static TambourServer withTown(String... arguments) {
        TambourServer tambour = TambourServer.start(Dialect.SQLITE, arguments);
        tambour.bean(TransactionTemplate.class)
                .executeWithoutResult(status -> tambour.bean(Towns.class)
                        .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false));
        return tambour;
    }

    private static HttpResponse<String> guess(TambourServer tambour, String... headers) throws Exception {
        return get(
                tambour,
                "/api/v1/nothing-here",
                HttpRequest.newBuilder().headers(headers).header("Authorization", "Bearer tbr_guess"));
    }

    private static HttpResponse<String> home(TambourServer tambour, String... headers) throws Exception {
        return get(tambour, "/", HttpRequest.newBuilder().headers(headers));
    }

    /** The server as a proxy of itself: the town's own host needs no resolver then. */
    private static HttpResponse<String> get(TambourServer tambour, String path, HttpRequest.Builder request)
            throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", tambour.port())))
                .build()) {
            return client.send(
                    request.uri(URI.create("http://clairval.example" + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
