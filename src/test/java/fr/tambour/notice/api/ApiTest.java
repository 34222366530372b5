package fr.tambour.notice.api;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.api.ApiTown.Answer;
import fr.tambour.notice.api.ApiTown.Program;
import fr.tambour.storage.Dialect;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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
import tools.jackson.databind.JsonNode;

/** What programs can do to a notice, over HTTP, on both engines. */
class ApiTest {

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

        private final Dialect dialect;
        private ApiTown town;
        private Program author;
        private Program approver;

        Contract(Dialect dialect) {
            this.dialect = dialect;
        }

        @BeforeAll
        void start() {
            town = new ApiTown(dialect);
            author = town.author;
            approver = town.approver;
        }

        @AfterAll
        void stop() {
            town.close();
        }

        private static String of(String id, String what) {
            return NOTICES + "/" + id + "/" + what;
        }

        // --- The way out ---

        @Test
        void aNoticeGoesFromDraftToTown() {
            Answer begun = author.post(NOTICES, ApiTown.creation("Fête du livre"));
            assertThat(begun.status()).as("%s", begun).isEqualTo(201);
            String id = begun.text("id");
            assertThat(begun.header("Location")).isEqualTo(NOTICES + "/" + id);
            assertThat(begun.text("draftState")).isEqualTo("draft");

            Answer submitted = author.submits(id);
            assertThat(submitted.status()).as("%s", submitted).isEqualTo(200);
            assertThat(submitted.text("draftState")).isEqualTo("submitted");
            assertThat(submitted.json().path("revision").asInt()).isEqualTo(1);

            Answer asked = approver.post(of(id, "change-request"), "{\"revision\": 1, \"comment\": \"Plus court\"}");
            assertThat(asked.text("draftState")).as("%s", asked).isEqualTo("changes-asked");

            String tag = author.get(of(id, "draft")).header("ETag");
            Answer changed = author.put(
                    of(id, "draft"), "{\"content\": " + ApiTown.content("Fête du livre samedi") + "}", "If-Match", tag);
            assertThat(changed.status()).as("%s", changed).isEqualTo(200);
            assertThat(author.submits(id).json().path("revision").asInt()).isEqualTo(2);

            Answer approved = approver.post(of(id, "approval"), "{\"revision\": 2, \"release\": {\"when\": \"now\"}}");
            assertThat(approved.status()).as("%s", approved).isEqualTo(200);
            assertThat(approved.text("publicState")).isEqualTo("published");
            assertThat(approved.text("page"))
                    .isEqualTo("https://clairval.example/avis/" + id + "/fete-du-livre-samedi");

            JsonNode notice = approver.get(NOTICES + "/" + id).json();
            assertThat(notice.path("published")
                            .path("content")
                            .path("words")
                            .path("fr")
                            .path("title")
                            .asString())
                    .isEqualTo("Fête du livre samedi");
            List<String> steps = new ArrayList<>();
            approver.get(of(id, "history"))
                    .json()
                    .path("items")
                    .forEach(step -> steps.add(step.path("action").asString()));
            assertThat(steps).containsExactly("submit", "ask-changes", "submit", "approve", "publish");
            assertThat(approver.get(of(id, "revisions")).json().path("items").size())
                    .isEqualTo(2);
            assertThat(approver.get(of(id, "revisions/1"))
                            .json()
                            .path("renditions")
                            .size())
                    .isPositive();
        }

        @Test
        void anApprovedNoticeIsScheduledTakenOffAndPublished() {
            String id = author.begins("Travaux rue du Lavoir");
            author.submits(id);
            Answer later = approver.post(of(id, "approval"), "{\"revision\": 1, \"release\": {\"when\": \"later\"}}");
            assertThat(later.text("draftState")).as("%s", later).isEqualTo("approved");

            Answer due = approver.post(of(id, "schedule"), "{\"time\": {\"local\": \"2026-12-01T08:00\"}}");
            assertThat(due.text("publicState")).as("%s", due).isEqualTo("scheduled");
            assertThat(due.text("due")).isEqualTo("2026-12-01T08:00:00+01:00");

            Answer off = author.delete(of(id, "schedule"));
            assertThat(off.text("draftState")).as("%s", off).isEqualTo("draft");
            assertThat(author.get(of(id, "draft"))
                            .json()
                            .path("content")
                            .path("wished")
                            .path("local")
                            .asString())
                    .isEqualTo("2026-12-01T08:00");

            author.submits(id);
            Answer wished = approver.post(of(id, "approval"), "{\"revision\": 2}");
            assertThat(wished.text("publicState")).as("%s", wished).isEqualTo("scheduled");
            Answer out = approver.post(of(id, "publication"), null);
            assertThat(out.text("publicState")).as("%s", out).isEqualTo("published");
        }

        @Test
        void aCorrectionAndAWithdrawalSayWhy() {
            String id = town.published("Marché samedi");
            Answer begun = author.post(of(id, "correction"), null);
            assertThat(begun.status()).as("%s", begun).isEqualTo(201);
            assertThat(begun.header("Location")).isEqualTo(of(id, "draft"));
            Answer saved = author.put(
                    of(id, "draft"),
                    "{\"version\": 1, \"reason\": \"Le jour a changé.\", \"content\": "
                            + ApiTown.content("Marché dimanche") + "}");
            assertThat(saved.status()).as("%s", saved).isEqualTo(200);
            author.submits(id);
            approver.post(of(id, "approval"), "{\"revision\": 2}");
            JsonNode correction = approver.get(NOTICES + "/" + id)
                    .json()
                    .path("published")
                    .path("corrections")
                    .path(0);
            assertThat(correction.path("reason").asString()).isEqualTo("Le jour a changé.");
            assertThat(correction.path("changes").path(0).path("after").asString())
                    .isEqualTo("Marché dimanche");

            assertThat(approver.post(of(id, "withdrawal"), "{\"reason\": \"  \"}")
                            .text("code"))
                    .isEqualTo("notice.reason-missing");
            Answer withdrawn = approver.post(of(id, "withdrawal"), "{\"reason\": \"Annulé.\"}");
            assertThat(withdrawn.text("publicState")).as("%s", withdrawn).isEqualTo("withdrawn");
            assertThat(withdrawn.json().path("actions").size()).isZero();
        }

        @Test
        void anEmergencyGoesOutAtOnceIsCorrectedAndEnds() {
            String alert = """
                    {"kind": "emergency", "words": {"fr": {"instruction": "%s"}},
                     "emergency": {"severity": "severe", "area": "Rives de l’Orge"}}""";
            Answer out = approver.post("/api/v1/emergencies", alert.formatted("Restez chez vous."));
            assertThat(out.status()).as("%s", out).isEqualTo(201);
            assertThat(out.text("publicState")).isEqualTo("published");
            String id = out.text("id");
            Answer begun = approver.post(of(id, "correction"), null);
            assertThat(begun.text("code")).as("%s", begun).isEqualTo("notice.correct-at-once");
            Answer corrected = approver.post(
                    "/api/v1/emergencies/" + id + "/correction",
                    "{\"revision\": 1, \"reason\": \"Précision.\", \"content\": " + alert.formatted("Montez à l’étage.")
                            + "}");
            assertThat(corrected.json().path("revision").asInt())
                    .as("%s", corrected)
                    .isEqualTo(2);
            assertThat(author.post("/api/v1/emergencies", alert.formatted("Restez."))
                            .status())
                    .isEqualTo(403);
            assertThat(approver.post(of(id, "withdrawal"), "{\"reason\": \"Fin de l’alerte.\"}")
                            .text("publicState"))
                    .isEqualTo("withdrawn");
        }

        @Test
        void aSubmissionIsTakenBackAndADraftThrownAway() {
            String id = author.begins("Pour rien");
            author.submits(id);
            assertThat(author.delete(of(id, "submission")).text("draftState")).isEqualTo("draft");
            assertThat(author.put(of(id, "note"), "{\"text\": \"À revoir\"}").status())
                    .isEqualTo(200);
            assertThat(author.get(NOTICES + "/" + id).text("internalNote")).isEqualTo("À revoir");
            assertThat(author.delete(of(id, "draft")).status()).isEqualTo(204);
            // Submitted once, it keeps its history; it is on no list any more.
            assertThat(author.get(NOTICES + "/" + id).text("draftState")).isEqualTo("none");
            assertThat(author.get(NOTICES + "?text=Pour+rien")
                            .json()
                            .path("items")
                            .size())
                    .isZero();
        }

        @Test
        void aDraftThatNobodyReadIsGoneWhenItIsThrownAway() {
            String id = author.begins("Jamais soumis");
            assertThat(author.delete(of(id, "draft")).status()).isEqualTo(204);
            assertThat(author.get(NOTICES + "/" + id).text("code")).isEqualTo("notice.unknown");
        }

        @Test
        void whatIsMissingIsListedAndBlocks() {
            String id =
                    author.post(NOTICES, "{\"content\": {\"kind\": \"event\"}}").text("id");
            JsonNode findings =
                    author.get(of(id, "findings"), "Accept-Language", "en").json();
            assertThat(findings.path("complete").asBoolean()).isFalse();
            assertThat(findings.path("items")
                            .valueStream()
                            .map(it -> it.path("field").asString()))
                    .contains("title", "summary", "event.start");
            Answer refused = author.submits(id);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
            assertThat(refused.text("code")).isEqualTo("notice.incomplete");
            assertThat(refused.text("type")).isEqualTo("/api#problem-notice.incomplete");
            assertThat(refused.json().path("findings").path(0).path("message").asString())
                    .isNotBlank();
            assertThat(author.get(of(id, "renditions")).status()).isEqualTo(200);
        }

        @Test
        void aRenditionIsEditedAndDerivedAgain() {
            String id = author.begins("Travaux rue du Lavoir");
            String feed = of(id, "renditions/feed/fr");
            assertThat(author.put(feed, "{\"fields\": {\"title\": \"Lavoir\"}}").status())
                    .isEqualTo(428);
            Answer edited = author.put(feed, "{\"fields\": {\"title\": \"Lavoir\"}}", "If-Match", "\"1\"");
            assertThat(edited.status()).as("%s", edited).isEqualTo(200);
            assertThat(edited.header("ETag")).isEqualTo("\"2\"");
            assertThat(rendition(id, "feed").path("fields").path("title").asString())
                    .isEqualTo("Lavoir");
            assertThat(rendition(id, "feed").path("edited").asBoolean()).isTrue();
            Answer stale = author.delete(feed, "If-Match", "\"1\"");
            assertThat(stale.status()).isEqualTo(412);
            assertThat(author.delete(feed + "?version=2").status()).isEqualTo(200);
            assertThat(rendition(id, "feed").path("fields").path("title").asString())
                    .isEqualTo("Travaux rue du Lavoir");
            assertThat(rendition(id, "feed").path("edited").asBoolean()).isFalse();

            Answer field = author.put(feed, "{\"version\": 3, \"fields\": {\"titel\": \"x\"}}");
            assertThat(field.text("code")).isEqualTo("api.unknown-name");
            assertThat(field.text("pointer")).isEqualTo("#/fields/titel");
            assertThat(author.put(of(id, "renditions/pigeon/fr"), "{\"version\": 3, \"fields\": {}}")
                            .text("code"))
                    .isEqualTo("api.no-rendition");
        }

        private JsonNode rendition(String id, String channel) {
            return author.get(of(id, "renditions"))
                    .json()
                    .path("items")
                    .valueStream()
                    .filter(it -> it.path("channel").asString().equals(channel))
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void prolongingIsACorrectionAndOnlyEverLonger() {
            String id = town.published("Exposition");
            Answer shorter = author.post(
                    of(id, "prolongation"), "{\"until\": {\"local\": \"2026-11-25T10:00\"}, \"reason\": \"Non\"}");
            assertThat(shorter.text("code")).isEqualTo("notice.not-longer");
            assertThat(author.get(NOTICES + "/" + id).text("draftState")).isEqualTo("none");
            Answer longer = author.post(
                    of(id, "prolongation"),
                    "{\"until\": {\"local\": \"2027-02-01T10:00\"}, \"reason\": \"Prolongée.\"}");
            assertThat(longer.text("draftState")).as("%s", longer).isEqualTo("draft");
            author.submits(id);
            approver.post(of(id, "approval"), "{\"revision\": 2}");
            assertThat(author.get(NOTICES + "/" + id)
                            .json()
                            .path("published")
                            .path("until")
                            .asString())
                    .isEqualTo("2027-02-01T10:00:00+01:00");
        }

        @Test
        void onlyADayOnWhichItTakesPlaceCanBeCalledOff() {
            String event = """
                    {"content": {"kind": "event", "words": {"fr": {"title": "Yoga", "summary": "Au gymnase."}},
                     "event": {"start": {"local": "2026-12-05T18:30"}, "place": "Gymnase",
                       "repeat": {"frequency": "weekly", "last": "2026-12-26"}}}}""";
            String id = author.post(NOTICES, event).text("id");
            author.submits(id);
            approver.post(of(id, "approval"), "{\"revision\": 1, \"release\": {\"when\": \"now\"}}");
            Answer none =
                    author.post(of(id, "cancelled-occurrences"), "{\"day\": \"2026-12-13\", \"reason\": \"Vote\"}");
            assertThat(none.text("code")).as("%s", none).isEqualTo("notice.no-such-occurrence");
            Answer bad =
                    author.post(of(id, "cancelled-occurrences"), "{\"day\": \"2026-12-32\", \"reason\": \"Vote\"}");
            assertThat(bad.text("pointer")).isEqualTo("#/day");
            Answer off =
                    author.post(of(id, "cancelled-occurrences"), "{\"day\": \"2026-12-12\", \"reason\": \"Vote\"}");
            assertThat(off.text("draftState")).as("%s", off).isEqualTo("draft");
            author.submits(id);
            assertThat(approver.post(of(id, "approval"), "{\"revision\": 2}").text("publicState"))
                    .isEqualTo("published");
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
        void parametersThatNobodyKnowsAreRefusedEverywhere() {
            String id = author.begins("Paramètres");
            assertThat(author.get(NOTICES + "/" + id + "?fields=title").text("code"))
                    .isEqualTo("api.unknown-parameter");
            assertThat(author.post(NOTICES + "?dry-run=true", ApiTown.creation("Essai"))
                            .text("code"))
                    .isEqualTo("api.unknown-parameter");
            assertThat(author.delete(of(id, "submission") + "?komment=x").text("code"))
                    .isEqualTo("api.unknown-parameter");
        }

        // --- Who may what ---

        @Test
        void rightsOfTheTokenAndFourEyesHold() {
            String id = author.begins("Par qui ?");
            author.submits(id);
            Answer refused = author.post(of(id, "approval"), "{\"revision\": 1}");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("code")).isEqualTo("people.right-missing");
            String own = approver.begins("De ma main");
            approver.submits(own);
            assertThat(approver.post(of(own, "approval"), "{\"revision\": 1}").text("code"))
                    .isEqualTo("notice.four-eyes");
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

        // --- Twice, and at the same time ---

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

        // --- Lists ---

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

        @Test
        void listsAreFilteredAndBadFiltersNamed() {
            author.begins("Filtrable");
            assertThat(author.get(NOTICES + "?kind=event&q=filtrable")
                            .json()
                            .path("items")
                            .size())
                    .isZero();
            assertThat(author.get(NOTICES + "?kind=news&draftState=draft&publicState=none&q=filtrable")
                            .json()
                            .path("items")
                            .size())
                    .isOne();
            assertThat(author.get(NOTICES + "?kind=EVENT").text("code")).isEqualTo("api.unknown-value");
            assertThat(author.get(NOTICES + "?knid=event").text("code")).isEqualTo("api.unknown-parameter");
            assertThat(author.get(NOTICES + "?limit=0").text("code")).isEqualTo("api.number");
            assertThat(author.get(NOTICES + "?cursor=%27;drop").text("code")).isEqualTo("page.cursor");
            assertThat(author.get(NOTICES + "?q=a&q=b").text("code")).isEqualTo("api.parameter-twice");
        }

        // --- Bad input ---

        static Stream<Arguments> badCreations() {
            String deep = "[".repeat(60) + "]".repeat(60);
            return Stream.of(
                    Arguments.of("", 400, "api.body-missing", ""),
                    Arguments.of("null", 400, "api.body-missing", ""),
                    Arguments.of("{", 400, "api.not-json", ""),
                    Arguments.of("[]", 400, "api.not-json", ""),
                    Arguments.of("{}", 400, "api.missing-field", "content"),
                    Arguments.of("{\"content\": null}", 400, "api.missing-field", "content"),
                    Arguments.of("{\"content\": {}}", 400, "api.missing-field", "content.kind"),
                    Arguments.of("{\"content\": {\"kind\": \"rumour\"}}", 400, "api.wrong-type", "content.kind"),
                    Arguments.of("{\"content\": {\"kind\": 3}}", 400, "api.wrong-type", "content.kind"),
                    Arguments.of(
                            "{\"content\": {\"kind\": \"news\", \"titel\": \"x\"}}",
                            400,
                            "api.unknown-field",
                            "content.titel"),
                    Arguments.of(
                            "{\"content\": {\"kind\": \"news\", \"kind\": \"event\"}}", 400, "api.duplicate-field", ""),
                    Arguments.of(
                            "{\"content\": {\"kind\": \"news\", \"words\": {\"fr\": {\"title\": 7}}}}",
                            400,
                            "api.wrong-type",
                            "content.words.fr.title"),
                    Arguments.of(
                            "{\"content\": {\"kind\": \"news\", \"words\": {\"fr\": null}}}",
                            400,
                            "api.wrong-type",
                            "content.words.fr"),
                    Arguments.of(
                            "{\"content\": {\"kind\": \"news\", \"themes\": [null]}}",
                            400,
                            "api.wrong-type",
                            "content.themes[0]"),
                    Arguments.of(
                            "{\"content\": {\"kind\": \"news\", \"themes\": [\"un\"]}}",
                            422,
                            "api.bad-value",
                            "content.themes[0]"),
                    Arguments.of(
                            "{\"content\": {\"kind\": \"news\", \"words\": {\"xx\": {\"title\": \"x\"}}}}",
                            422,
                            "notice.unknown-language",
                            ""),
                    Arguments.of(
                            "{\"content\": {\"kind\": \"news\", \"channels\": [\"feed\", \"pigeon\"]}}",
                            422,
                            "api.unknown-name",
                            "content.channels[1]"),
                    Arguments.of(
                            "{\"content\": {\"kind\": \"news\", \"edited\": {\"feed\": {\"xx\": {}}}}}",
                            422,
                            "api.unknown-name",
                            "content.edited.feed.xx"),
                    Arguments.of(
                            "{\"content\": {\"kind\": \"news\", \"until\": {\"local\": \"2026-02-30T10:00\"}}}",
                            422,
                            "api.bad-value",
                            "content.until.local"),
                    Arguments.of(
                            "{\"content\": {\"kind\": \"news\", \"until\": {\"local\": \"2026-12-01T10:00\", \"zone\": \"America/Cayenne\"}}}",
                            422,
                            "api.other-zone",
                            "content.until.zone"),
                    Arguments.of(
                            "{\"content\": {\"kind\": \"news\", \"until\": {\"local\": \"9999-12-01T10:00\"}}}",
                            422,
                            "notice.year",
                            ""),
                    Arguments.of(
                            "{\"content\": {\"kind\": \"news\", \"words\": {\"fr\": {\"title\": \""
                                    + "😀".repeat(10_000) + "\"}}}}",
                            422,
                            "text.too-long",
                            ""),
                    Arguments.of(
                            "{\"content\": {\"kind\": \"news\", \"words\": {\"fr\": {\"title\": \""
                                    + "a".repeat(1_000_000) + "\"}}}}",
                            413,
                            "api.too-large",
                            ""),
                    Arguments.of("{\"content\": {\"kind\": \"news\", \"pictures\": " + deep + "}}", 400, null, null));
        }

        @ParameterizedTest
        @MethodSource("badCreations")
        void badInputIsNamedAndNothingIsHalfWritten(String json, int status, String code, String field) {
            long before = count();
            Answer refused = author.post(NOTICES, json);
            assertThat(refused.status()).as("%s", refused).isEqualTo(status);
            assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
            if (code != null) {
                assertThat(refused.text("code")).as("%s", refused).isEqualTo(code);
                assertThat(refused.text("field")).as("%s", refused).isEqualTo(field);
                String pointer = "/" + field.replace("[", "/").replace("]", "").replace('.', '/');
                assertThat(refused.text("pointer")).as("%s", refused).isEqualTo(field.isEmpty() ? "" : "#" + pointer);
            }
            assertThat(refused.text("detail")).isNotBlank();
            assertThat(refused.response().body())
                    .doesNotContain("tools.jackson")
                    .doesNotContain("fr.tambour")
                    .doesNotContain("Exception");
            assertThat(count()).isEqualTo(before);
        }

        private long count() {
            return town.tambour
                    .bean(JdbcClient.class)
                    .sql("SELECT COUNT(*) FROM notice")
                    .query(Long.class)
                    .single();
        }

        @Test
        void whatNobodyCanSeeIsTakenOutOfTexts() {
            String id = author.post(
                            NOTICES,
                            "{\"content\": {\"kind\": \"news\", \"words\": {\"fr\": {\"title\": \"Pay\\u202Eé\\u0000 \\uD83D\"}}}}")
                    .text("id");
            assertThat(author.get(NOTICES + "/" + id).text("title")).isEqualTo("Payé");
        }

        @Test
        void theNightThatHasAnHourTwiceAsksWhich() {
            String content =
                    "{\"kind\": \"news\", \"words\": {\"fr\": {\"title\": \"Nuit\", \"summary\": \"S\"}}, \"until\": %s}";
            for (String time : List.of("{\"local\": \"2027-10-31T02:30\"}", "{\"local\": \"2027-03-28T02:30\"}")) {
                String id = author.post(NOTICES, "{\"content\": " + content.formatted(time) + "}")
                        .text("id");
                Answer refused = author.submits(id);
                assertThat(refused.json().path("findings").path(0).path("code").asString())
                        .as("%s", refused)
                        .isIn("time.twice", "time.missing");
            }
            String said = "{\"local\": \"2027-10-31T02:30\", \"offset\": \"+01:00\"}";
            String id = author.post(NOTICES, "{\"content\": " + content.formatted(said) + "}")
                    .text("id");
            assertThat(author.submits(id).status()).isEqualTo(200);
        }

        @Test
        void protocolErrorsAreProblemsInTheLanguageAskedFor() {
            assertThat(author.post(NOTICES, "kind=news", "Content-Type", "text/plain")
                            .status())
                    .isEqualTo(415);
            assertThat(author.get(NOTICES, "Accept", "application/xml").status())
                    .isEqualTo(406);
            Answer method = author.send("PATCH", NOTICES, "{}");
            assertThat(method.status()).isEqualTo(405);
            assertThat(method.header("Allow")).contains("GET").contains("POST");
            Answer french = author.get(NOTICES + "/rien", "Accept-Language", "fr");
            Answer english = author.get(NOTICES + "/rien", "Accept-Language", "en");
            assertThat(french.status()).isEqualTo(404);
            assertThat(french.text("detail")).isNotEqualTo(english.text("detail"));
            assertThat(english.text("detail")).contains("notice");
            Answer nobody = author.with("tbr_nothing").get("/api/v1/me");
            assertThat(nobody.status()).isEqualTo(401);
            assertThat(nobody.header("WWW-Authenticate")).contains("Bearer");
        }

        @Test
        void aPictureIsBroughtOnceAndGarbageRefused() throws Exception {
            byte[] png = png();
            Answer first = upload(png);
            assertThat(first.status()).as("%s", first).isEqualTo(201);
            assertThat(upload(png).text("hash")).isEqualTo(first.text("hash"));
            assertThat(author.get("/api/v1/pictures/" + first.text("hash"))
                            .json()
                            .path("width")
                            .asInt())
                    .isPositive();
            Answer garbage = upload("not a picture".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(garbage.status()).as("%s", garbage).isEqualTo(415);
            assertThat(garbage.text("code")).isEqualTo("media.not-a-picture");
        }

        private Answer upload(byte[] bytes) {
            String head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
                    + "Content-Type: image/png\r\n\r\n";
            HttpRequest request = HttpRequest.newBuilder(town.tambour.url("clairval", "/api/v1/pictures"))
                    .header("Authorization", "Bearer " + author.token())
                    .header("Content-Type", "multipart/form-data; boundary=x")
                    .POST(HttpRequest.BodyPublishers.concat(
                            HttpRequest.BodyPublishers.ofString(head),
                            HttpRequest.BodyPublishers.ofByteArray(bytes),
                            HttpRequest.BodyPublishers.ofString("\r\n--x--\r\n")))
                    .build();
            return author.exchange(request);
        }

        private static byte[] png() throws Exception {
            var image = new java.awt.image.BufferedImage(320, 200, java.awt.image.BufferedImage.TYPE_INT_RGB);
            var out = new java.io.ByteArrayOutputStream();
            javax.imageio.ImageIO.write(image, "png", out);
            return out.toByteArray();
        }
    }
}
