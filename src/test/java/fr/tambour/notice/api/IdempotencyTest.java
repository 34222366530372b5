package fr.tambour.notice.api;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.api.ApiTown.Answer;
import fr.tambour.notice.api.ApiTown.Program;
import fr.tambour.people.Role;
import fr.tambour.storage.Dialect;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A request sent again, on both engines: after a crash, by another person, after losing the right, with another body. */
class IdempotencyTest {

    @Nested
    class OnSqlite extends Contract {
        OnSqlite() {
            super(Dialect.SQLITE);
        }
    }

    @Nested
    class OnPostgresql extends Contract {
        OnPostgresql() {
            super(Dialect.POSTGRESQL);
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Contract {

        private static final String NOTICES = "/api/v1/notices";
        private static final String KEY = "Idempotency-Key";

        private final Dialect dialect;
        private ApiTown town;

        Contract(Dialect dialect) {
            this.dialect = dialect;
        }

        @BeforeAll
        void start() {
            town = new ApiTown(dialect);
        }

        @AfterAll
        void stop() {
            town.close();
        }

        private static String newKey() {
            return UUID.randomUUID().toString();
        }

        private Answer create(Program program, String title, String key) {
            return program.post(NOTICES, ApiTown.creation(title), KEY, key);
        }

        private long count(String title) {
            return town.tambour
                    .bean(JdbcClient.class)
                    .sql("SELECT COUNT(*) FROM notice WHERE title = :title")
                    .param("title", title)
                    .query(Long.class)
                    .single();
        }

        @Test
        void theFirstAnswerComesAgainAfterARestart() {
            String key = newKey();
            Answer first = create(town.author, "Avant l’arrêt", key);
            town.restart();
            Answer again = create(town.author, "Avant l’arrêt", key);
            assertThat(again.status()).as("%s", again).isEqualTo(201);
            assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(again.response().body()).isEqualTo(first.response().body());
            assertThat(count("Avant l’arrêt")).isOne();
        }

        @Test
        void whoNeverGotTheAnswerGetsItNow() throws IOException {
            String key = newKey();
            // Whoever sends this is gone before the answer: what a crash of the client or of the line looks like.
            try (Socket line = new Socket("localhost", town.tambour.port())) {
                byte[] body = ApiTown.creation("Sans réponse").getBytes(StandardCharsets.UTF_8);
                String head = "POST " + NOTICES + " HTTP/1.1\r\nHost: clairval.localhost:" + town.tambour.port()
                        + "\r\nAuthorization: Bearer " + town.author.token() + "\r\nContent-Type: application/json\r\n"
                        + KEY + ": " + key + "\r\nContent-Length: " + body.length + "\r\n\r\n";
                line.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                line.getOutputStream().write(body);
                line.getOutputStream().flush();
            }
            Answer answer = create(town.author, "Sans réponse", key);
            while (answer.status() == 409) {
                assertThat(answer.text("code")).isEqualTo("api.idempotency-under-way");
                answer = create(town.author, "Sans réponse", key);
            }
            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            assertThat(count("Sans réponse")).isOne();
        }

        @Test
        void whatCrashedBeforeItsCommitMayBeSentAgain() {
            String key = newKey();
            JdbcClient jdbc = town.tambour.bean(JdbcClient.class);
            // The claim without its answer would be what a half-written transaction leaves; there is never one.
            Answer refused = town.author.post(
                    NOTICES,
                    "{\"content\": {\"kind\": \"news\", \"themes\": [\"1\"], \"words\": {\"fr\": {\"title\": \"Demi\"}}}}",
                    KEY,
                    key);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(jdbc.sql("SELECT COUNT(*) FROM notice_idempotency WHERE body IS NULL OR idempotency_key = :key")
                            .param("key", key)
                            .query(Long.class)
                            .single())
                    .isZero();
            assertThat(create(town.author, "Entier", key).status()).isEqualTo(201);
        }

        @Test
        void anotherBodyOrAnotherAddressIsAnotherRequest() {
            String key = newKey();
            String id = create(town.author, "Une", key).text("id");
            assertThat(create(town.author, "Autre", key).text("code")).isEqualTo("api.idempotency-reused");
            Answer elsewhere = town.author.post(NOTICES + "/" + id + "/submission", "{\"version\": 1}", KEY, key);
            assertThat(elsewhere.status()).isEqualTo(422);
            assertThat(elsewhere.text("code")).isEqualTo("api.idempotency-reused");
            assertThat(town.author.get(NOTICES + "/" + id).text("draftState")).isEqualTo("draft");
        }

        @Test
        void keysOfOtherPeopleAndOtherTownsDoNotMeet() {
            String key = newKey();
            Set<String> ids = Set.of(
                    create(town.author, "Chacun", key).text("id"),
                    create(town.approver, "Chacun", key).text("id"),
                    create(town.stranger, "Chacun", key).text("id"));
            assertThat(ids).hasSize(3).doesNotContain("");
        }

        @Test
        void onePersonInTwoTownsHasTwoSetsOfKeys() {
            String key = newKey();
            Program there = town.alsoAtTheOther(town.author);
            String here = create(town.author, "Ici", key).text("id");
            Answer elsewhere = create(there, "Là", key);
            assertThat(elsewhere.status()).as("%s", elsewhere).isEqualTo(201);
            assertThat(elsewhere.text("id")).isNotEqualTo(here);
        }

        @Test
        void whoeverLostTheRightIsNotToldWhatWasAnswered() {
            String key = newKey();
            Program temporary = town.person("lou" + key + "@clairval.example", Role.AUTHOR, Set.of("notices:write"));
            Answer first = create(temporary, "Droit perdu", key);
            assertThat(first.status()).isEqualTo(201);
            town.demote(temporary);
            Answer gone = create(temporary, "Droit perdu", key);
            assertThat(gone.status()).isEqualTo(403);
            assertThat(gone.response().body()).doesNotContain(first.text("id"));
        }

        @Test
        void aWeakerTokenOfTheSamePersonIsNotToldEither() {
            String key = newKey();
            Program strong = town.person("max" + key + "@clairval.example", Role.APPROVER, Set.of("notices:write"));
            Answer first = create(strong, "Jeton plus faible", key);
            Answer refused = create(town.another(strong, Set.of("notices:read")), "Jeton plus faible", key);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("code")).isEqualTo("people.token-right-missing");
            assertThat(refused.response().body()).doesNotContain(first.text("id"));
        }

        @Test
        void aKeyIsForgottenAfterADay() {
            String key = newKey();
            String first = create(town.author, "Hier", key).text("id");
            town.tambour.clock().advance(Duration.ofHours(23));
            assertThat(create(town.author, "Hier", key).text("id")).isEqualTo(first);
            town.tambour.clock().advance(Duration.ofHours(1).plusMillis(1));
            Answer anew = create(town.author, "Aujourd’hui", key);
            assertThat(anew.status()).as("%s", anew).isEqualTo(201);
            assertThat(anew.text("id")).isNotEqualTo(first);
            assertThat(anew.header("Idempotency-Replayed")).isEmpty();
        }

        @Test
        void whatIsOldIsRemovedFromTheDatabase() {
            create(town.author, "À oublier", newKey());
            town.tambour.clock().advance(Duration.ofHours(26));
            create(town.author, "Fait le ménage", newKey());
            long oldest = town.tambour
                    .bean(JdbcClient.class)
                    .sql("SELECT MIN(at) FROM notice_idempotency")
                    .query(Long.class)
                    .single();
            assertThat(oldest)
                    .isGreaterThanOrEqualTo(
                            town.tambour.clock().instant().minus(Once.KEPT).toEpochMilli());
        }

        static Stream<Arguments> badKeys() {
            return Stream.of(
                    Arguments.of("empty", ""),
                    Arguments.of("quotes alone", "\"\""),
                    Arguments.of("too long", "k".repeat(256)),
                    Arguments.of("a space", "a b"),
                    Arguments.of("Latin", "clé"),
                    Arguments.of("an emoji", "🔑"));
        }

        /** By hand: the JDK's client does not send such fields. */
        @ParameterizedTest(name = "{0}")
        @MethodSource("badKeys")
        void aKeyThatIsNoneIsANamedProblem(String what, String key) throws IOException {
            try (Socket line = new Socket("localhost", town.tambour.port())) {
                String request = "POST " + NOTICES + " HTTP/1.1\r\nHost: clairval.localhost:" + town.tambour.port()
                        + "\r\nAuthorization: Bearer " + town.author.token()
                        + "\r\nContent-Type: application/json\r\nConnection: close\r\n" + KEY + ": " + key
                        + "\r\nContent-Length: 2\r\n\r\n{}";
                line.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                String answer = new String(line.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer)
                        .startsWith("HTTP/1.1 400")
                        .contains("application/problem+json")
                        .contains("\"code\":\"api.idempotency-key\"");
            }
        }

        @Test
        void theLongestKeyIsTaken() {
            assertThat(create(town.author, "Longue", "k".repeat(255)).status()).isEqualTo(201);
        }
    }
}
