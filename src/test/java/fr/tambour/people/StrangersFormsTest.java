package fr.tambour.people;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.NoticeRights;
import fr.tambour.people.internal.Register;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is sent by who may not send it is neither read nor kept: the answer comes while it is still being announced.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrangersFormsTest {

    private static final String PASSWORD = "quatre chats sur le toit";
    private static final int ANNOUNCED = 20_000_000;
    private static final int PATIENCE_MS = 20_000;

    private TambourServer server;
    private Town town;
    private Person author;

    @BeforeAll
    void start() {
        server = TambourServer.start(Dialect.SQLITE);
        town = Objects.requireNonNull(server.bean(TransactionTemplate.class)
                .execute(status -> server.bean(Towns.class)
                        .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false)));
        author = server.bean(People.class)
                .create(town.id(), "author@clairval.fr", "Maëlle Durand", PASSWORD, "fr", Set.of(Role.AUTHOR));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/studio/avis, 403",
        "/studio/nulle-part, 403",
        "/en/studio/avis, 404",
        "/studio/connexion, 403",
        "/studio/invitation/inconnue, 403",
        "/api/v1/pictures, 401",
        "/api/v1/nulle-part, 401",
        "/agenda, 405",
        "/nulle-part, 404",
        "/mise-en-place/inconnu/couleurs, 410"
    })
    void aStrangerIsAnsweredBeforeTwentyMegabytesAreSent(String path, int status) throws IOException {
        assertThat(status(announcing(path))).isEqualTo(status);
        assertThat(status(announcing(path, "Cookie: tambour=invented")))
                .as("by a session that is none")
                .isEqualTo(status);
        assertThat(status(announcing(path, "Expect: 100-continue")))
                .as("and is not told to go on")
                .isEqualTo(status);
    }

    @Test
    void aTokenThatIsNoneOpensNothing() throws IOException {
        assertThat(status(announcing("/api/v1/pictures", "Authorization: Bearer tbr_invented")))
                .isEqualTo(401);
        assertThat(status(announcing("/api/v1/pictures", "Authorization: Basic YTpi")))
                .isEqualTo(401);
    }

    @Test
    void whoNoLongerWorksForTheTownIsAStranger() throws IOException {
        Person former = server.bean(People.class)
                .create(town.id(), "former@clairval.fr", "Yann Petit", PASSWORD, "fr", Set.of(Role.AUTHOR));
        StudioClient client = new StudioClient(server, town.slug());
        client.signIn(former.email(), PASSWORD);
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(status -> server.bean(Register.class)
                        .changeRoles(town.id(), author.id(), Set.of(Role.ADMINISTRATOR), PersonId.SYSTEM));
        server.bean(Register.class).remove(town.id(), former.id(), PersonId.SYSTEM);

        assertThat(status(announcing(
                        "/studio/avis", "Cookie: tambour=" + client.cookies().get("tambour"))))
                .isEqualTo(403);
    }

    @Test
    void manyStrangersAtOnceKeepNobodyFromWorking() throws IOException {
        StudioClient client = new StudioClient(server, town.slug());
        client.signIn(author.email(), PASSWORD);
        client.get("/studio/moi");
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                strangers.add(announcing("/api/v1/pictures"));
            }
            assertThat(client.post("/studio/moi", "name", "Maëlle Durand", "language", "fr")
                            .statusCode())
                    .isLessThan(400);
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void whoMayBringAPictureStillDoes() throws IOException {
        String token = server.bean(Tokens.class)
                .create(
                        author.id(),
                        town.id(),
                        "Photos",
                        Set.of(NoticeRights.WRITE.name()),
                        server.clock().instant().plus(Duration.ofDays(1)))
                .secret();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(ascii("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
                + "Content-Type: image/png\r\n\r\n"));
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", body);
        body.writeBytes(ascii("\r\n--x--\r\n"));

        try (Socket socket = beginning("/api/v1/pictures", body.size(), "Authorization: Bearer " + token)) {
            socket.getOutputStream().write(body.toByteArray());
            assertThat(status(socket)).isEqualTo(201);
        }
    }

    /** Says that much will come, and sends the first bytes of it. */
    private Socket announcing(String path, String... fields) throws IOException {
        Socket socket = beginning(path, ANNOUNCED, fields);
        if (!List.of(fields).contains("Expect: 100-continue")) {
            socket.getOutputStream().write(ascii("--x\r\n"));
        }
        return socket;
    }

    private Socket beginning(String path, int length, String... fields) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(PATIENCE_MS);
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        socket.getOutputStream()
                .write(ascii("POST " + path + " HTTP/1.1\r\nHost: " + town.slug() + ".localhost:" + server.port()
                        + "\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: " + length + "\r\n"
                        + more
                        + "\r\n"));
        return socket;
    }

    private static int status(Socket socket) throws IOException {
        try (socket) {
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return Integer.parseInt(String.valueOf(line).split(" ")[1]);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
