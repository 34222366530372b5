package fr.tambour.notice.api;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.ToldPhones;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.api.ApiTown.Answer;
import fr.tambour.storage.Dialect;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
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

    abstract static class Contract extends ApiContract {

        Contract(Dialect dialect) {
            super(dialect);
        }

        /** Phones are told by default; nothing runs here that would tell them. */
        @Test
        void whatIsOnItsWayIsHeldBackGoesOnAndIsStoppedForGood() {
            String id =
                    author.post(NOTICES, ApiTown.creation("Le gué est fermé")).text("id");
            JsonNode reach = author.get(of(id, "reach")).json();
            assertThat(reach.path("channels")
                            .valueStream()
                            .map(way -> way.path("channel").asString()))
                    .contains("phone", "website");
            assertThat(reach.path("channels")
                            .valueStream()
                            .filter(way -> way.path("told").asBoolean())
                            .map(way -> way.path("now").asLong(-1)))
                    .containsOnly(0L);
            author.submits(id);
            approver.post(of(id, "approval"), "{\"revision\": 1, \"release\": {\"when\": \"now\"}}");

            String phones = of(id, "channels/phone/");
            assertThat(author.post(phones + "pause", "{}").status()).isEqualTo(403);
            Answer paused = approver.post(phones + "pause", "{\"reason\": \"On vérifie.\"}");
            assertThat(paused.text("publicState")).as("%s", paused).isEqualTo("published");
            assertThat(author.get("/avis/" + id + "/bilan.json")
                            .json()
                            .at("/dispatches")
                            .toString())
                    .contains("\"paused\"");
            assertThat(approver.delete(phones + "pause").status()).isEqualTo(200);
            Answer bare = approver.post(phones + "stop", "{\"reason\": \" \"}");
            assertThat(bare.text("code")).as("%s", bare).isEqualTo("dispatch.reason-missing");
            assertThat(approver.post(phones + "stop", "{\"reason\": \"Fausse heure.\"}")
                            .status())
                    .isEqualTo(200);
            Answer over = approver.delete(phones + "pause");
            assertThat(over.status()).isEqualTo(409);
            assertThat(over.text("code")).isEqualTo("dispatch.nothing-under-way");
        }

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
        void anExerciseIsSaidAtItsBeginningAndNeverChanged() {
            String alert = """
                    {"kind": "emergency", "words": {"fr": {"instruction": "Restez chez vous."}},
                     "emergency": {"severity": "severe", "area": "Rives de l’Orge"%s}}""";
            String exercise = alert.formatted(", \"exercise\": true");
            String real = alert.formatted(", \"exercise\": false");
            String silent = alert.formatted("");
            String correction = "{\"revision\": %d, \"reason\": \"Précision.\", \"content\": %s}";
            Answer out = approver.post("/api/v1/emergencies", exercise);
            assertThat(out.status()).as("%s", out).isEqualTo(201);
            assertThat(out.json().path("exercise").asBoolean()).isTrue();
            String id = out.text("id");
            Answer refused = approver.post("/api/v1/emergencies/" + id + "/correction", correction.formatted(1, real));
            assertThat(refused.status()).as("%s", refused).isEqualTo(409);
            assertThat(refused.text("code")).isEqualTo("notice.exercise-stays");
            Answer corrected =
                    approver.post("/api/v1/emergencies/" + id + "/correction", correction.formatted(1, silent));
            assertThat(corrected.status()).as("%s", corrected).isEqualTo(200);
            assertThat(corrected.json().path("exercise").asBoolean()).isTrue();
            Answer read = approver.get("/api/v1/notices/" + id);
            assertThat(read.json().at("/published/content/emergency/exercise").asBoolean())
                    .isTrue();
            Answer report = approver.get(of(id, "exercise-report"));
            assertThat(report.json().at("/released/at").isString())
                    .as("%s", report)
                    .isTrue();
            assertThat(report.json().path("beginningToReleaseMs").asLong()).isZero();

            Answer alarm = approver.post("/api/v1/emergencies", real);
            assertThat(alarm.json().path("exercise").asBoolean()).isFalse();
            assertThat(approver.post(
                                    "/api/v1/emergencies/" + alarm.text("id") + "/correction",
                                    correction.formatted(1, exercise))
                            .text("code"))
                    .isEqualTo("notice.exercise-stays");
            assertThat(approver.get(of(alarm.text("id"), "exercise-report")).text("code"))
                    .isEqualTo("notice.not-an-exercise");

            Answer draft = author.post("/api/v1/notices", "{\"content\": " + exercise + "}");
            assertThat(draft.json().path("exercise").asBoolean())
                    .as("%s", draft)
                    .isTrue();
            assertThat(author.put(of(draft.text("id"), "draft"), "{\"version\": 1, \"content\": " + real + "}")
                            .text("code"))
                    .isEqualTo("notice.exercise-stays");
        }

        @Test
        void anExerciseIsListedForThoseAloneWhoAskForExercises() {
            String alert = """
                    {"kind": "emergency", "words": {"fr": {"title": "Xérus %s", "instruction": "Restez chez vous."}},
                     "emergency": {"severity": "severe", "area": "Rives de l’Orge", "exercise": %s}}""";
            String real = approver.post("/api/v1/emergencies", alert.formatted("vrai", "false"))
                    .text("id");
            String exercise = approver.post("/api/v1/emergencies", alert.formatted("appris", "true"))
                    .text("id");

            String standing = NOTICES + "?q=xerus&kind=emergency&publicState=published";
            assertThat(ids(approver.get(standing))).containsExactly(real);
            assertThat(ids(approver.get(standing + "&exercise=false"))).containsExactly(real);
            Answer exercises = approver.get(standing + "&exercise=true");
            assertThat(ids(exercises)).containsExactly(exercise);
            assertThat(exercises.json().at("/items/0/exercise").asBoolean()).isTrue();
            assertThat(exercises.json().at("/items/0/title").asString()).startsWith("EXERCICE – ");
            Answer unknown = approver.get(standing + "&exercise=perhaps");
            assertThat(unknown.status()).isEqualTo(400);
            assertThat(unknown.text("code")).isEqualTo("api.unknown-value");
        }

        private static List<String> ids(Answer list) {
            return list.json()
                    .path("items")
                    .valueStream()
                    .map(row -> row.path("id").asString())
                    .toList();
        }

        @Test
        void theReportOfAnExerciseHasItsNumbers() {
            String id = approver.post("/api/v1/emergencies", """
                            {"kind": "emergency", "words": {"fr": {"instruction": "Restez chez vous."}},
                             "emergency": {"severity": "severe", "area": "Rives de l’Orge", "exercise": true}}""").text("id");
            ToldPhones.tell(town.tambour, NoticeId.ofRef(id).orElseThrow(), 23, 3, 1);

            JsonNode phones = approver.get(of(id, "exercise-report"))
                    .json()
                    .path("channels")
                    .valueStream()
                    .filter(way -> way.path("channel").asString().equals("phone"))
                    .findFirst()
                    .orElseThrow();
            assertThat(phones.path("told").asBoolean()).isTrue();
            assertThat(phones.path("accepted").asInt()).isEqualTo(23);
            assertThat(phones.path("gone").asInt()).isEqualTo(3);
            assertThat(phones.path("failed").asInt()).isEqualTo(1);
            assertThat(phones.path("waiting").asInt(-1)).isZero();
            assertThat(phones.path("medianMs").asLong()).isBetween(660L, 700L);
            assertThat(phones.path("p95Ms").asLong()).isBetween(1_000L, 1_120L);
            assertThat(phones.path("beginningToMedianMs").asLong())
                    .isEqualTo(phones.path("medianMs").asLong());
            assertThat(phones.path("settledAt").isString()).isTrue();
        }

        @Test
        void anEmergencyThatLacksSomethingIsNotSaidToBeSaved() {
            long before = count();
            Answer refused = approver.post("/api/v1/emergencies", """
                    {"kind": "emergency", "words": {"fr": {"instruction": ""}},
                     "emergency": {"severity": "severe", "area": "Rives de l’Orge"}}""");
            assertThat(refused.status()).as("%s", refused).isEqualTo(422);
            assertThat(refused.text("code")).isEqualTo("notice.alert-incomplete");
            assertThat(refused.text("detail"))
                    .contains("Rien n’est parti", "rien n’est enregistré")
                    .doesNotContain("tout est enregistré");
            assertThat(refused.json().path("findings").size()).isPositive();
            assertThat(count()).isEqualTo(before);
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
    }
}
