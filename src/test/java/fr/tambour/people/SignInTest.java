package fr.tambour.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Getting into the studio, and being kept out, over real connections to the whole application. */
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.people.TwoTowns#onBothEngines")
class SignInTest extends TwoTownsTest {

    SignInTest(TwoTowns towns) {
        super(towns);
    }

    @Test
    void aPageLeadsToTheSignInAndBack() {
        StudioClient client = client();
        HttpResponse<String> asked = client.get("/studio/moi?x=1");
        assertThat(asked.statusCode()).isEqualTo(302);
        assertThat(location(asked)).isEqualTo("/studio/connexion?suite=%2Fstudio%2Fmoi%3Fx%3D1");

        client.get(location(asked));
        HttpResponse<String> in = client.post(
                "/studio/connexion", "email", author.email(), "password", PASSWORD, "suite", "/studio/moi?x=1");

        assertThat(location(in)).isEqualTo("/studio/moi?x=1");
        assertThat(client.get("/studio/moi").body()).contains("Maëlle Durand", "Firefox, Linux");
    }

    @Test
    void theSessionsCookieIsTheStudiosAlone() {
        StudioClient client = client();
        client.get("/studio/connexion");
        List<String> cookies = client.post("/studio/connexion", "email", author.email(), "password", PASSWORD)
                .headers()
                .allValues("Set-Cookie");

        assertThat(cookies)
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("tambour=")
                        .containsIgnoringCase("; Path=/studio")
                        .containsIgnoringCase("; HttpOnly")
                        .containsIgnoringCase("; SameSite=Lax"));
    }

    @Test
    void nobodyGetsASessionForLooking() {
        int before = sessions();
        StudioClient client = client();
        client.get("/studio/connexion");
        client.signIn(author.email(), "this is not the password");

        assertThat(client.cookies()).doesNotContainKey("tambour");
        assertThat(sessions()).isEqualTo(before);
    }

    private int sessions() {
        return server.bean(JdbcClient.class)
                .sql("SELECT COUNT(*) FROM sign_in_session")
                .query(Integer.class)
                .single();
    }

    @Test
    void theDatabaseDoesNotKnowWhatTheCookieHolds() {
        StudioClient client = signedIn(author);

        assertThat(server.bean(JdbcClient.class)
                        .sql("SELECT id_mac FROM sign_in_session")
                        .query(String.class)
                        .list())
                .noneMatch(mac -> mac.contains(client.cookies().get("tambour")));
    }

    @Test
    void aPlantedSessionIsWorthNothing() {
        StudioClient client = client();
        client.cookies().put("tambour", "planted-by-an-attacker");
        client.signIn(author.email(), PASSWORD);
        String first = client.cookies().get("tambour");
        assertThat(first).isNotEqualTo("planted-by-an-attacker");

        StudioClient again = client();
        again.cookies().putAll(client.cookies());
        again.cookies().remove("tambour");
        again.signIn(author.email(), PASSWORD);

        assertThat(again.cookies().get("tambour")).isNotEqualTo(first);
    }

    @Test
    void aFormWithoutItsTokenIsRefused() {
        StudioClient client = signedIn(author);
        assertThat(client.postBare("/studio/moi", "name", "Forged", "language", "fr")
                        .statusCode())
                .isEqualTo(403);
        assertThat(client().postBare("/studio/connexion", "email", author.email(), "password", PASSWORD)
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.get(author.id()).name()).isEqualTo("Maëlle Durand");
    }

    @Test
    void theTokenOfAnotherSessionIsRefused() {
        StudioClient other = signedIn(author);
        String page = other.get("/studio/moi").body();
        Matcher field = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(field.find()).isTrue();

        StudioClient client = signedIn(author);

        assertThat(client.postBare("/studio/moi", "name", "Forged", "language", "fr", "_csrf", field.group(1))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void nobodyLearnsWhoExists() {
        HttpResponse<String> known = client().signIn(author.email(), "this is not the password");
        HttpResponse<String> unknown = client().signIn("nobody-" + author.email(), "this is not the password");

        assertThat(known.statusCode()).isEqualTo(422).isEqualTo(unknown.statusCode());
        assertThat(withoutWhatDiffers(known)).isEqualTo(withoutWhatDiffers(unknown));
        assertThat(known.headers().map().keySet())
                .isEqualTo(unknown.headers().map().keySet());
    }

    @Test
    void wrongPasswordsAreSlowedAndSaidUntilWhenWhetherThereIsAnAccountOrNot() {
        for (String email : List.of(author.email(), "nobody-" + author.email())) {
            StudioClient client = client();
            for (int i = 0; i < 5; i++) {
                assertThat(client.signIn(email, "this is not the password").statusCode())
                        .isEqualTo(422);
            }
            HttpResponse<String> slowed = client.signIn(email, "this is not the password");

            assertThat(slowed.statusCode()).isEqualTo(429);
            assertThat(slowed.headers().firstValue("Retry-After")).contains("1");
            assertThat(slowed.body()).contains("Recommencez dans une seconde");
        }
    }

    @Test
    void aThousandWrongPasswordsDoNotKeepOutTheDeviceThatSignedInBefore() {
        StudioClient theirs = signedIn(author);
        theirs.get("/studio/moi");
        theirs.post("/studio/deconnexion");
        StudioClient attacker = client();
        attacker.get("/studio/connexion");
        int lookedAt = 0;
        for (int i = 0; i < 1_000; i++) {
            HttpResponse<String> answer =
                    attacker.post("/studio/connexion", "email", author.email(), "password", "wrong password " + i);
            lookedAt += answer.statusCode() == 422 ? 1 : 0;
        }

        assertThat(lookedAt).isEqualTo(5);
        assertThat(theirs.signIn(author.email(), PASSWORD).statusCode()).isEqualTo(302);
    }

    @Test
    void someoneOfAnotherTownIsToldWhereTheyBelong() {
        StudioClient elsewhere = new StudioClient(server, vaubrun.slug());
        elsewhere.signIn(author.email(), PASSWORD);
        HttpResponse<String> page = elsewhere.get("/studio");

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("Vous ne travaillez pas pour Vaubrun", "https://clairval.example/studio");
    }

    @Test
    void signingOutEndsTheSessionAndNotOnlyTheCookie() {
        StudioClient client = signedIn(author);
        StudioClient copy = client();
        copy.cookies().putAll(client.cookies());
        client.get("/studio/moi");
        client.post("/studio/deconnexion");

        assertThat(copy.get("/studio/moi").statusCode()).isEqualTo(302);
    }

    @Test
    void signingOutEverywhereKeepsOnlyThisDevice() {
        StudioClient here = signedIn(author);
        StudioClient there = signedIn(author);
        here.get("/studio/moi");
        here.post("/studio/moi/sessions/fin");

        assertThat(here.get("/studio/moi").statusCode()).isEqualTo(200);
        assertThat(there.get("/studio/moi").statusCode()).isEqualTo(302);
    }

    @Test
    void aSessionEndsWhenIdleAndInAnyCaseAfterAWeek() {
        StudioClient idle = signedIn(author);
        server.clock().advance(Duration.ofHours(12));
        assertThat(idle.get("/studio/moi").statusCode()).isEqualTo(302);

        StudioClient busy = signedIn(author);
        for (int i = 0; i < 15; i++) {
            server.clock().advance(Duration.ofHours(11));
            assertThat(busy.get("/studio/moi").statusCode()).isEqualTo(200);
        }
        server.clock().advance(Duration.ofHours(4));
        assertThat(busy.get("/studio/moi").statusCode()).isEqualTo(302);
    }

    @Test
    void aPasswordIsChangedByWhoKnowsItAndEndsTheOtherSessions() {
        StudioClient here = signedIn(author);
        StudioClient there = signedIn(author);
        here.get("/studio/moi");
        assertThat(here.post("/studio/moi/mot-de-passe", "current", "wrong", "password", "fanfare du dimanche")
                        .statusCode())
                .isEqualTo(422);
        assertThat(here.post("/studio/moi/mot-de-passe", "current", PASSWORD, "password", "court")
                        .body())
                .contains("au moins 12 caractères");
        HttpResponse<String> changed =
                here.post("/studio/moi/mot-de-passe", "current", PASSWORD, "password", "fanfare du dimanche");

        assertThat(location(changed)).isEqualTo("/studio/moi?fait=mot-de-passe");
        assertThat(here.get("/studio/moi").statusCode()).isEqualTo(200);
        assertThat(there.get("/studio/moi").statusCode()).isEqualTo(302);
        assertThat(client().signIn(author.email(), "fanfare du dimanche").statusCode())
                .isEqualTo(302);
    }

    @Test
    void aWrongPasswordIsAnsweredWhileSomebodyWrites() {
        server.bean(TransactionTemplate.class).executeWithoutResult(status -> {
            server.bean(JdbcClient.class)
                    .sql("UPDATE town SET slug = slug WHERE id = ?")
                    .param(vaubrun.id().value())
                    .update();
            assertThat(client().signIn(author.email(), "this is not the password")
                            .statusCode())
                    .isEqualTo(422);
        });
    }
}
