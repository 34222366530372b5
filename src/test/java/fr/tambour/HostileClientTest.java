package fr.tambour;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.people.People;
import fr.tambour.people.Person;
import fr.tambour.people.Role;
import fr.tambour.people.StudioClient;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole application with what nobody should send, and on a machine that lets it down. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileClientTest {

    private static final String PASSWORD = "quatre chats sur le toit";

    private TambourServer server;
    private Town town;
    private StudioClient author;
    private String notice;

    @BeforeAll
    void start() {
        server = TambourServer.start(Dialect.SQLITE, "--tambour.timer.enabled=false", TambourServer.LOCAL_PORT);
        TransactionTemplate writing = server.bean(TransactionTemplate.class);
        town = Objects.requireNonNull(writing.execute(status -> server.bean(Towns.class)
                .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false)));
        Person person = server.bean(People.class)
                .create(town.id(), "author@clairval.fr", "Maëlle Durand", PASSWORD, "fr", Set.of(Role.AUTHOR));
        author = new StudioClient(server, town.slug());
        author.signIn(person.email(), PASSWORD);
        author.get("/studio/avis/nouveau");
        String location = author.post("/studio/avis", "kind", "NEWS")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        notice = location.replaceFirst("^https?://[^/]+", "");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** The page's token, and the version that it shows. */
    private String version;

    @BeforeEach
    void open() {
        version = author.get(notice).body().replaceFirst("(?s).*name=\"version\" value=\"(\\d+)\".*", "$1");
    }

    private HttpResponse<String> save(String title) {
        return author.post(notice, "version", version, "kind", "NEWS", "title.fr", title);
    }

    private String title() {
        return author.get(notice).body().replaceFirst("(?s).*<title>([^<]*) – Atelier.*", "$1");
    }

    @Test
    void aTitleOfAMegabyteAndTenThousandEmojiAreRefusedInWordsAndNothingIsLost() {
        save("Le marché");
        open();

        HttpResponse<String> megabyte = save("A".repeat(1_000_000));
        assertThat(megabyte.statusCode()).isEqualTo(413);
        assertThat(megabyte.body()).contains("C’est trop lourd");
        open();
        HttpResponse<String> emoji = save("🎉".repeat(10_000));
        assertThat(emoji.statusCode()).isEqualTo(422);
        assertThat(emoji.body()).contains("trop long");

        assertThat(title()).isEqualTo("Le marché");
    }

    @Test
    void whatNobodySeesIsNotKept() {
        save("Le \u202Emarché\u0000 de \u2066Noël\u0007");

        assertThat(title()).isEqualTo("Le marché de Noël");
    }

    @Test
    void everyAnswerOfTheStudioIsKeptByNobody() {
        for (String path : List.of("/studio", notice, "/studio/nowhere", "/studio/equipe", "/studio/connexion")) {
            assertThat(author.get(path).headers().firstValue("Cache-Control"))
                    .as(path)
                    .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        }
    }

    @Test
    void aLockedDatabaseIsSaidAndOnceItIsFreeTheSameFormIsSaved() throws Exception {
        Path file = server.folder().path().resolve("tambour.db");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            HttpResponse<String> locked = save("Pendant le verrou");
            assertThat(locked.statusCode()).isEqualTo(503);
            assertThat(locked.headers().firstValue("Retry-After")).isPresent();
            assertThat(locked.body())
                    .contains("Rien n’a été enregistré à moitié")
                    .doesNotContain("SQLITE", "Exception");
            assertThat(title()).isNotEqualTo("Pendant le verrou");
            statement.execute("ROLLBACK");
        }
        open();

        assertThat(save("Après le verrou").statusCode()).isEqualTo(302);
        assertThat(title()).isEqualTo("Après le verrou");
    }

    @Test
    void aFullDiskIsSaidAndOnceThereIsRoomTheSameFormIsSaved() {
        save("Avant");
        open();
        limit("PRAGMA max_page_count = 1");
        try {
            HttpResponse<String> full = author.post(
                    notice,
                    "version",
                    version,
                    "kind",
                    "NEWS",
                    "title.fr",
                    "Sans place",
                    "body.fr",
                    "a b ".repeat(12_000));
            assertThat(full.statusCode()).isEqualTo(507);
            assertThat(full.body()).contains("Le disque du serveur est plein").doesNotContain("SQLITE", "Exception");
            assertThat(title()).isEqualTo("Avant");
        } finally {
            limit("PRAGMA max_page_count = 4294967294");
        }
        open();

        assertThat(save("De nouveau").statusCode()).isEqualTo(302);
        assertThat(title()).isEqualTo("De nouveau");
    }

    @Test
    void theDiskThatHealthWatchesIsThatOfTheDataAndTheClockIsTheMachinesOwnOnSqlite() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String health = http.send(
                            HttpRequest.newBuilder(URI.create(
                                            "http://127.0.0.1:" + server.managementPort() + "/actuator/health"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();

            JsonNode parts = JsonMapper.shared().readTree(health).at("/components");
            assertThat(parts.at("/diskSpace/details/path").asString())
                    .isEqualTo(server.folder().path().toAbsolutePath().toString());
            assertThat(parts.at("/clock/status").asString()).isEqualTo("UP");
            assertThat(parts.at("/clock/details/machineAheadSeconds").asString())
                    .isEqualTo("0");
        }
    }

    @Test
    void aTownsFormWithANumberedFieldIsRefusedAsMalformed() {
        Person admin = server.bean(People.class)
                .create(town.id(), "admin@clairval.fr", "Claude Martin", PASSWORD, "fr", Set.of(Role.ADMINISTRATOR));
        StudioClient client = new StudioClient(server, town.slug());
        client.signIn(admin.email(), PASSWORD);
        client.get("/studio/ville");

        assertThat(client.post(
                                "/studio/ville",
                                "languages[99999]",
                                "en",
                                "une",
                                "#1f4e79",
                                "deux",
                                "#c0392b",
                                "version",
                                "1")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/studio/%0d%0aX:y", "/studio/%5cevil", "/studio/a%2fb", "/studio/%25", "/studio/a;b"})
    void whereSomebodyWantedToGoDoesNotBreakTheirSigningIn(String wanted) {
        StudioClient client = new StudioClient(server, town.slug());
        client.get("/studio/connexion");

        HttpResponse<String> in =
                client.post("/studio/connexion", "email", "author@clairval.fr", "password", PASSWORD, "suite", wanted);

        assertThat(in.statusCode()).isEqualTo(302);
        assertThat(in.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/studio"));
    }

    /** 200 KB of it are 200 MB, which nothing would have asked about before they were there. */
    @Test
    void whatIsSentPackedIsRefusedBeforeAnythingUnpacksIt() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                packing.write(zeros);
            }
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String path :
                    List.of("/fediverse/inbox", "/prevenir/codes/lecture", "/studio/connexion", "/api/v1/notices")) {
                HttpResponse<String> refused = http.send(
                        HttpRequest.newBuilder(server.url(town.slug(), path))
                                .header("Content-Type", "application/activity+json")
                                .header("Content-Encoding", "gzip")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

                assertThat(refused.statusCode()).as(path).isEqualTo(415);
                assertThat(refused.headers().firstValue("Accept-Encoding")).hasValue("identity");
            }
        }
    }

    @Test
    void aPictureFromSomebodyWhoMayNotWriteOrForANoticeThatIsNotThereIsNotEvenRead() throws Exception {
        Person moderator = server.bean(People.class)
                .create(town.id(), "moderator@clairval.fr", "Noé Petit", PASSWORD, "fr", Set.of(Role.MODERATOR));
        StudioClient reader = new StudioClient(server, town.slug());
        reader.signIn(moderator.email(), PASSWORD);
        reader.get(notice);
        byte[] picture = picture();

        for (String path : List.of(notice, notice + "/soumission", notice + "/images")) {
            assertThat(reader.upload(path, picture, "version", version, "kind", "NEWS")
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        String unknown = "/studio/avis/" + "2".repeat(13);
        assertThat(author.upload(unknown, picture, "version", version, "kind", "NEWS")
                        .statusCode())
                .isEqualTo(404);
        assertThat(pictures()).isZero();

        open();
        assertThat(author.upload(notice, picture, "version", version, "kind", "NEWS", "title.fr", "Avec image")
                        .statusCode())
                .isEqualTo(302);
        assertThat(pictures()).isOne();
    }

    @Test
    void whoMayReleaseNoAlertReadsNothingOfTheOneTheySent() {
        HttpResponse<String> refused = author.post("/studio/urgence/crue", "title.area", "quai des Saules");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).doesNotContain("quai des Saules", "L’eau monte", "Montez à l’étage");
    }

    private static byte[] picture() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    private long pictures() {
        return server.bean(JdbcClient.class)
                .sql("SELECT COUNT(*) FROM media_picture")
                .query(Long.class)
                .single();
    }

    /** The database file may not grow: what SQLite says then is what it says of a full disk. */
    private void limit(String pragma) {
        Objects.requireNonNull(server.bean(TransactionTemplate.class)
                .execute(status -> server.bean(JdbcClient.class)
                        .sql(pragma)
                        .query(Long.class)
                        .single()));
    }
}
