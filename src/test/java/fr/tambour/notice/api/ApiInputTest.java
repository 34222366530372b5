package fr.tambour.notice.api;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.api.ApiTown.Answer;
import fr.tambour.storage.Dialect;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What programs send that will not do, and lists asked for wrongly, over HTTP, on both engines. */
class ApiInputTest {

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
                    Arguments.of(
                            "{\"content\": {\"kind\": \"news\", \"" + "a".repeat(60_000) + "\": 1}}",
                            400,
                            "api.json-too-long",
                            ""),
                    Arguments.of("{\"content\": {\"kind\": \"news\", \"pictures\": " + deep + "}}", 400, null, null));
        }

        @Test
        void aNumberOfFiveThousandDigitsIsToldToBeTooLong() {
            Answer refused = approver.post(
                    of(author.begins("Un avis"), "approval"), "{\"revision\": " + "9".repeat(5_000) + "}");
            assertThat(refused.status()).as("%s", refused).isEqualTo(400);
            assertThat(refused.text("code")).isEqualTo("api.json-too-long");
            assertThat(refused.text("detail")).contains("trop long", "chiffres");
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
