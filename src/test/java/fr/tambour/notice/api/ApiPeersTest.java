package fr.tambour.notice.api;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.api.ApiTown.Answer;
import fr.tambour.notice.api.ApiTown.Program;
import fr.tambour.storage.Dialect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may what, and programs that ask twice or at the same time, over HTTP, on both engines. */
class ApiPeersTest {

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

    abstract static class Contract extends ApiContract {

        Contract(Dialect dialect) {
            super(dialect);
        }

        @Test
        void aConflictTellsWhoWasFasterAndWhen() {
            String id = author.begins("À deux");
            approver.put(of(id, "draft"), "{\"version\": 1, \"content\": " + ApiTown.content("À deux mains") + "}");
            Answer stale = author.put(
                    of(id, "draft"),
                    "{\"content\": " + ApiTown.content("Trop tard") + "}",
                    "If-Match",
                    "\"1\"",
                    "Accept-Language",
                    "en");
            assertThat(stale.status()).isEqualTo(412);
            assertThat(stale.text("code")).isEqualTo("notice.conflict");
            assertThat(stale.json().path("changedBy").path("name").asString()).isEqualTo("Marc Valide");
            assertThat(stale.text("changedAt")).startsWith("2026-11-");
            assertThat(stale.json().path("version").asLong()).isEqualTo(2);
            assertThat(stale.text("detail")).startsWith("Marc Valide changed this notice on");
            Answer submission = author.post(of(id, "submission"), "{\"version\": 1}");
            assertThat(submission.status()).isEqualTo(409);
            assertThat(submission.json().path("changedBy").path("name").asString())
                    .isEqualTo("Marc Valide");
            assertThat(author.delete(of(id, "draft"), "If-Match", "\"1\"").status())
                    .isEqualTo(412);
            assertThat(author.delete(of(id, "draft"), "If-Match", "\"2\"").status())
                    .isEqualTo(204);
        }

        @Test
        void rightsOfTheTokenAndFourEyesHold() {
            String id = author.begins("Par qui ?");
            author.submits(id);
            Answer refused = author.post(of(id, "approval"), "{\"revision\": 1}");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("code")).isEqualTo("people.right-missing");
            assertThat(town.another(approver, Set.of("notices:write"))
                            .post(of(id, "approval"), "{\"revision\": 1}")
                            .text("code"))
                    .isEqualTo("people.token-right-missing");
            String own = approver.begins("De ma main");
            approver.submits(own);
            assertThat(approver.post(of(own, "approval"), "{\"revision\": 1}").text("code"))
                    .isEqualTo("notice.four-eyes");
        }

        @Test
        void actionsAreThoseThatThisPersonMayTakeNowWithThisToken() {
            String id = author.begins("Que puis-je ?");
            author.submits(id);
            assertThat(actions(author, id)).containsExactly("take-back");
            assertThat(actions(approver, id)).containsExactlyInAnyOrder("take-back", "ask-changes", "approve");
            assertThat(actions(town.another(approver, Set.of("notices:read")), id))
                    .isEmpty();
            String own = approver.begins("De ma main, encore");
            approver.submits(own);
            assertThat(actions(approver, own)).containsExactlyInAnyOrder("take-back", "ask-changes");
            assertThat(actions(approver, town.published("Et maintenant ?")))
                    .as("its end comes by itself")
                    .containsExactlyInAnyOrder("correct", "withdraw");
        }

        private static List<String> actions(Program who, String id) {
            List<String> actions = new ArrayList<>();
            who.get(NOTICES + "/" + id).json().path("actions").forEach(action -> actions.add(action.asString()));
            return actions;
        }

        @Test
        void nothingCrossesFromTownToTown() {
            String id = author.begins("Chez nous");
            assertThat(town.stranger.get(NOTICES + "/" + id).status()).isEqualTo(404);
            assertThat(town.stranger.delete(of(id, "draft")).status()).isEqualTo(404);
            Answer refused = town.stranger.at(author).get(NOTICES + "/" + id);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(town.stranger
                            .get(NOTICES + "?q=nous")
                            .json()
                            .path("items")
                            .size())
                    .isZero();
            Answer foreign = town.stranger.post(
                    NOTICES, "{\"content\": {\"kind\": \"news\", \"themes\": [\"" + town.theme + "\"]}}");
            assertThat(foreign.text("code")).isEqualTo("notice.unknown-theme");
        }

        @Test
        void aTokenSaysWhoItIsAndTheTownWhatThereIsToChoose() {
            JsonNode me = author.get("/api/v1/me").json();
            assertThat(me.path("person").path("name").asString()).isEqualTo("Inès Auteur");
            assertThat(me.path("town").path("zone").asString()).isEqualTo("Europe/Paris");
            assertThat(author.get("/api/v1/themes")
                            .json()
                            .path("items")
                            .path(0)
                            .path("id")
                            .asString())
                    .isEqualTo(town.theme);
            assertThat(author.get("/api/v1/districts").status()).isEqualTo(200);
            assertThat(author.get("/api/v1/channels").json().path("items").size())
                    .isPositive();
        }

        @Test
        void theSameKeyHasOneEffectAndOneAnswer() {
            Answer first = author.post(NOTICES, ApiTown.creation("Une fois"), "Idempotency-Key", "\"une-fois\"");
            Answer again = author.post(NOTICES, " " + ApiTown.creation("Une fois"), "Idempotency-Key", "une-fois");
            assertThat(again.status()).isEqualTo(201);
            assertThat(again.response().body()).isEqualTo(first.response().body());
            assertThat(again.header("Location")).isEqualTo(first.header("Location"));
            assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
            Answer other = author.post(NOTICES, ApiTown.creation("Autre chose"), "Idempotency-Key", "une-fois");
            assertThat(other.status()).isEqualTo(422);
            assertThat(other.text("code")).isEqualTo("api.idempotency-reused");
            // Keys are a person's own.
            assertThat(approver.post(NOTICES, ApiTown.creation("Une fois"), "Idempotency-Key", "une-fois")
                            .text("id"))
                    .isNotEqualTo(first.text("id"));
        }

        @Test
        void aRefusalKeepsNoAnswer() {
            String id = author.begins("Pas encore");
            Answer refused = approver.post(of(id, "publication"), null, "Idempotency-Key", "k-" + id);
            assertThat(refused.status()).isEqualTo(409);
            author.submits(id);
            approver.post(of(id, "approval"), "{\"revision\": 1, \"release\": {\"when\": \"later\"}}");
            assertThat(approver.post(of(id, "publication"), null, "Idempotency-Key", "k-" + id)
                            .text("publicState"))
                    .isEqualTo("published");
        }

        @Test
        void twentyAtOnceWithOneKeyMakeOneNotice() throws Exception {
            List<Answer> answers =
                    atOnce(20, n -> author.post(NOTICES, ApiTown.creation("Vingt fois"), "Idempotency-Key", "vingt"));
            assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 409));
            Set<String> ids = new HashSet<>();
            answers.stream().filter(answer -> answer.status() == 201).forEach(answer -> ids.add(answer.text("id")));
            assertThat(ids).hasSize(1);
            assertThat(author.get(NOTICES + "?q=Vingt%20fois")
                            .json()
                            .path("items")
                            .size())
                    .isOne();
        }

        @Test
        void ofTwoProgramsThatEditOneWinsAndTheOtherIsTold() throws Exception {
            String id = author.begins("Disputé");
            String tag = author.get(of(id, "draft")).header("ETag");
            List<Answer> answers = atOnce(
                    2,
                    n -> author.put(
                            of(id, "draft"),
                            "{\"content\": " + ApiTown.content("Disputé " + n) + "}",
                            "If-Match",
                            tag));
            assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(200, 412);
            Answer stale =
                    author.put(of(id, "draft"), "{\"version\": 1, \"content\": " + ApiTown.content("Trop tard") + "}");
            assertThat(stale.status()).isEqualTo(409);
            Answer blind = author.put(of(id, "draft"), "{\"content\": " + ApiTown.content("À l’aveugle") + "}");
            assertThat(blind.status()).isEqualTo(428);
        }

        private static List<Answer> atOnce(int programs, java.util.function.IntFunction<Answer> request)
                throws Exception {
            try (ExecutorService threads = Executors.newFixedThreadPool(programs)) {
                List<Callable<Answer>> calls = IntStream.range(0, programs)
                        .<Callable<Answer>>mapToObj(n -> () -> request.apply(n))
                        .toList();
                List<Answer> answers = new ArrayList<>();
                for (Future<Answer> answer : threads.invokeAll(calls)) {
                    answers.add(answer.get());
                }
                return answers;
            }
        }

        @Test
        void stepsOutOfOrderAreRefused() {
            String id = author.begins("Dans le désordre");
            assertThat(approver.post(of(id, "publication"), null).status()).isEqualTo(409);
            assertThat(approver.post(of(id, "approval"), "{\"revision\": 1}").text("code"))
                    .isEqualTo("notice.illegal-step.approve");
            assertThat(author.delete(of(id, "submission")).status()).isEqualTo(409);
            assertThat(approver.post(of(id, "withdrawal"), "{\"reason\": \"Non\"}")
                            .status())
                    .isEqualTo(409);
            author.submits(id);
            assertThat(author.post(of(id, "submission"), "{\"version\": 1}").status())
                    .isEqualTo(409);
            assertThat(approver.post(of(id, "approval"), "{\"revision\": 7}").text("code"))
                    .isEqualTo("notice.conflict");
        }

        @Test
        void pagesStayInPlaceWhileNoticesAreAdded() {
            for (int i = 0; i < 7; i++) {
                author.begins("Pagination " + i);
            }
            Set<String> seen = new HashSet<>();
            List<String> all = new ArrayList<>();
            String next = NOTICES + "?q=pagination&limit=3";
            while (!next.isEmpty()) {
                Answer page = author.get(next);
                page.json().path("items").forEach(row -> all.add(row.path("id").asString()));
                next = page.text("next");
                assertThat(page.header("Link")).isEqualTo(next.isEmpty() ? "" : "<" + next + ">; rel=\"next\"");
                author.begins("Pagination, ajouté entre deux pages");
            }
            seen.addAll(all);
            assertThat(all).hasSize(7);
            assertThat(seen).hasSize(7);
        }

        @Test
        void historyAndRevisionsAreFollowedToTheEnd() {
            String id = author.begins("Souvent repris");
            for (int i = 0; i < 4; i++) {
                author.submits(id);
                author.delete(of(id, "submission"));
            }
            assertThat(followed(of(id, "history") + "?limit=3", "action"))
                    .containsExactly(
                            "submit", "take-back", "submit", "take-back", "submit", "take-back", "submit", "take-back");
            assertThat(followed(of(id, "revisions") + "?limit=3", "number")).containsExactly("1", "2", "3", "4");

            assertThat(author.get(of(id, "revisions") + "?limit=51").text("code"))
                    .isEqualTo("api.number");
            assertThat(author.get(of(id, "history") + "?cursor=%27;drop").text("code"))
                    .isEqualTo("page.cursor");
        }

        /** What {@code field} says on all pages, each of which leads to the next in its body and in its header. */
        private List<String> followed(String first, String field) {
            List<String> all = new ArrayList<>();
            String next = first;
            while (!next.isEmpty()) {
                Answer page = author.get(next);
                assertThat(page.json().path("items").size()).isBetween(1, 3);
                page.json()
                        .path("items")
                        .forEach(item -> all.add(item.path(field).asString()));
                next = page.text("next");
                assertThat(page.header("Link")).isEqualTo(next.isEmpty() ? "" : "<" + next + ">; rel=\"next\"");
            }
            return all;
        }
    }
}
