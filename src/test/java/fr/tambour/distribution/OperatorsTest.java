package fr.tambour.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.DataFolder;
import fr.tambour.testing.Distribution;
import fr.tambour.testing.Distribution.Answer;
import fr.tambour.testing.Distribution.Running;
import fr.tambour.testing.Engines;
import fr.tambour.testing.Ports;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator types, against the distribution: beside a running instance and without one. */
class OperatorsTest {

    private static final String ADMINISTRATOR = "maire@alencon.example";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    @TempDir
    private Path folder;

    @Test
    void aTownItsPeopleTheirTokensAndAPowerCut() throws Exception {
        int local = Ports.free();
        Distribution tambour = Distribution.unpacked()
                .on(Engines.empty(Dialect.SQLITE))
                .with("TAMBOUR_MANAGEMENT_PORT", Integer.toString(local));
        String base;
        String token;
        String body = "{\"content\": {\"kind\": \"news\", \"words\": {\"fr\": {\"title\": \"Avant la coupure\"}}}}";
        String id;
        try (Running running = tambour.start()) {
            base = running.url("").toString();
            Answer added = tambour.run("town", "add", "61001", "--url", base, "--administrator", ADMINISTRATOR);
            assertThat(added.status()).as("%s", added).isZero();
            accept(link(added));
            assertThat(tambour.run("town", "list").out()).contains(base).contains("Alençon");
            refused(tambour.run("town", "add", "00000", "--url", base, "--administrator", ADMINISTRATOR));
            refused(tambour.run("town", "add", "61001", "--url", "nowhere", "--administrator", ADMINISTRATOR));
            refused(tambour.run("token", "alencon", "personne@alencon.example"));
            refused(tambour.run("token", "ailleurs", ADMINISTRATOR));
            refused(tambour.run("token", "alencon", ADMINISTRATOR, "--right", "everything"));
            refused(tambour.run("token", "alencon", ADMINISTRATOR, "--days", "-1"));

            Answer made = tambour.run("token", "alencon", ADMINISTRATOR, "--right", "notices:read,notices:write");
            assertThat(made.status()).as("%s", made).isZero();
            token = made.out().strip();
            assertThat(token).as("the secret alone, to be piped").matches("tbr_\\S+");
            assertThat(made.err()).contains("notices:write").contains("Alençon");
            HttpResponse<String> created = post(base, token, body);
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
            id = created.body();

            assertThat(tambour.run("audit", "verify").status()).isZero();
            assertThat(get("http://127.0.0.1:" + local + "/actuator/health").statusCode())
                    .isEqualTo(200);
            assertThat(get("http://127.0.0.1:" + local + "/actuator/prometheus").body())
                    .contains("jvm_memory_used_bytes");
            assertThat(get(base + "/actuator/health").statusCode())
                    .as("health and metrics are on the local port alone")
                    .isEqualTo(404);
            running.kill();
        }
        // Whoever sent it never learnt what became of it, and sends it again after the restart.
        try (Running again = tambour.start()) {
            HttpResponse<String> replayed = post(base, token, body);
            assertThat(replayed.statusCode()).isEqualTo(201);
            assertThat(replayed.headers().firstValue("Idempotency-Replayed")).contains("true");
            assertThat(replayed.body()).isEqualTo(id);
            assertThat(again.log()).doesNotContain("ERROR");
        }
        // Without one the data are opened here.
        assertThat(tambour.run("town", "list").out()).contains("Alençon");
        assertThat(tambour.run("audit", "verify").status()).isZero();
        Answer other = tambour.run("token", "alencon", ADMINISTRATOR, "--right", "notices:read");
        assertThat(other.out().strip()).matches("tbr_\\S+").isNotEqualTo(token);
        Answer doctor = tambour.run("doctor");
        assertThat(doctor.out()).contains("Tambour ne tourne pas").contains("recovery-key create");
        assertThat(doctor.status())
                .as("no recovery key: nothing could be restored")
                .isNotZero();
    }

    @Test
    void aBackupOpensWithTheKeyAloneAndTheCopySaysThatItIsOne() throws Exception {
        Distribution tambour = Distribution.unpacked().on(Engines.empty(Dialect.SQLITE));
        Path archive = folder.resolve("tambour.backup");
        String key;
        try (Running running = tambour.start()) {
            String base = running.url("").toString();
            accept(link(tambour.run("town", "add", "61001", "--url", base, "--administrator", ADMINISTRATOR)));
            refused(tambour.run("backup", archive.toString()));
            key = tambour.run("recovery-key", "create").out().strip();
            refused(tambour.fed("AGE-SECRET-KEY-1NOT\n", "recovery-key", "confirm"));
            assertThat(tambour.fed(key + "\n", "recovery-key", "confirm").status())
                    .isZero();
            assertThat(tambour.run("doctor").status()).as("all is well now").isZero();
            Answer backup = tambour.run("backup", archive.toString());
            assertThat(backup.status()).as("%s", backup).isZero();
            refused(tambour.run("backup", archive.toString()));
        }
        Path file = folder.resolve("key");
        // As it is handed out and printed: among words, in groups, on several lines.
        Files.writeString(
                file,
                "Clé de secours\n\n" + key.replaceAll("(.{4})(?=.)", "$1 ").replaceAll("(.{40}) ", "$1\n")
                        + "\n\nÀ garder.\n");
        Distribution copy = Distribution.unpacked().on(Engines.empty(Dialect.SQLITE));
        Answer restored = copy.run("restore", archive.toString(), "--key-file", file.toString());
        assertThat(restored.status()).as("%s", restored).isZero();
        refused(copy.run("restore", archive.toString(), "--key-file", file.toString()));
        Answer demonstration = copy.run("demo");
        assertThat(demonstration.status())
                .as("a demonstration does not begin on a real town's data")
                .isNotZero();
        Answer doctor = copy.run("doctor");
        assertThat(doctor.status()).isNotZero();
        assertThat(doctor.out()).contains("Copie").contains("suspendues");
    }

    @Test
    void aDemonstrationSaysSoAndIsNoRealTown() throws Exception {
        DataFolder data = Engines.empty(Dialect.SQLITE);
        Distribution demo = Distribution.unpacked().on(data);
        try (Running running = demo.start("demo")) {
            assertThat(get(running.url("/").toString()).body()).contains("band--demo");
        }
        Answer real = demo.run("start");
        assertThat(real.status())
                .as("a real town does not begin on a demonstration's data")
                .isNotZero();
        assertThat(real.out() + real.err())
                .contains("holds a demonstration: start on another")
                .doesNotContain("\tat ");
    }

    /** Else each start after a move would take twice as long, and make another. */
    @Test
    void theClassCacheFitsTheSameTambourInAnotherFolder() throws Exception {
        Path classes = Path.of("target/class-cache");
        assumeTrue(Files.isDirectory(classes), "./check classes makes one");
        List<String> made = names(classes);
        Distribution elsewhere = Distribution.unpacked().on(Engines.empty(Dialect.SQLITE));

        elsewhere.start().close();
        assertThat(elsewhere.run("prepare").status()).isZero();

        assertThat(names(classes)).isEqualTo(made).hasSize(1);
    }

    @Test
    void whereNoClassCacheCanBeMadeThatIsSaidAndNothingIsLeft() throws Exception {
        DataFolder data = Engines.empty(Dialect.SQLITE);
        Path classes = folder.resolve("classes");
        Distribution tambour = Distribution.unpacked().on(data).with("TAMBOUR_CLASS_CACHE", classes.toString());

        refused(tambour.with("TAMBOUR_JAVA_OPTIONS", "-XX:NoSuchOption").run("prepare"));

        assertThat(names(classes)).isEmpty();
        assertThat(names(data.path())).as("nothing was started on the data").isEmpty();
        refused(tambour.with("TAMBOUR_CLASS_CACHE", "/dev/null/classes").run("prepare"));
    }

    /** Some machines forbid programs in /tmp, and each start that was killed would leave a copy of SQLite there. */
    @Test
    void nothingIsCopiedToATemporaryFolderForTheDatabase() throws Exception {
        Distribution tambour = Distribution.unpacked()
                .on(Engines.empty(Dialect.SQLITE))
                .with("TAMBOUR_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -Dorg.sqlite.tmpdir=/dev/null");

        try (Running running = tambour.start()) {
            assertThat(get(running.url("/robots.txt").toString()).statusCode()).isLessThan(400);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatIsNotUnderstoodIsAnsweredWithTheUsage() {
        Distribution tambour = Distribution.unpacked().on(Engines.empty(Dialect.SQLITE));
        Answer help = tambour.run("help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("backup", "restore", "town", "token", "audit", "doctor");
        refused(tambour.run("tambourine"));
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isNotZero();
        assertThat(answer.err()).as("%s", answer).isNotBlank();
        assertThat(answer.out() + answer.err()).doesNotContain("\tat ").doesNotContain("Exception");
    }

    private static String link(Answer added) {
        return added.out()
                .lines()
                .filter(line -> line.startsWith("http"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(added));
    }

    /** As a browser would: opens the invitation, fills it in, sends it. */
    private static void accept(String link) throws Exception {
        try (HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            String page = browser.send(
                            HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher csrf = CSRF.matcher(page);
            assertThat(csrf.find()).as(page).isTrue();
            String form = "_csrf=" + encoded(csrf.group(1)) + "&name=" + encoded("Anne Maire") + "&password="
                    + encoded("une phrase assez longue");
            HttpResponse<String> accepted = browser.send(
                    HttpRequest.newBuilder(URI.create(link))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(accepted.statusCode()).as(accepted.body()).isBetween(300, 399);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> post(String base, String token, String json) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(base + "/api/v1/notices"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "avant-la-coupure")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    private static HttpResponse<String> get(String address) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(address)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
