package fr.tambour.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.Decoder;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeTown;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Http2Line;
import fr.tambour.testing.Http2Line.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP/2 all is as over HTTP/1.1, and what HTTP/2 adds for whoever means harm is bounded. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class Http2Test {

    private static final String HOST = "localhost";
    private static final int MORE_THAN_STREAMS = 101;

    private NoticeTown town;
    private NoticeId notice;

    @BeforeAll
    void start() {
        town = NoticeTown.on(Dialect.SQLITE);
        notice = town.publish(town.news("La halle rouvre", "Un résumé.", "Un texte."));
    }

    @AfterAll
    void othersWereServedThroughoutAndItStops() throws IOException {
        othersAreServed();
        town.close();
    }

    private Http2Line line() {
        return Http2Line.to(town.server().port());
    }

    private void othersAreServed() throws IOException {
        try (Http2Line other = line()) {
            assertThat(other.answer(other.get(HOST, "/archives")).status()).isEqualTo(200);
        }
    }

    @Test
    void aPageIsTheSameInEveryEncodingWholeUnchangedOrOnlyItsHead() throws IOException {
        try (Http2Line line = line()) {
            Answer plain = line.answer(line.get(HOST, "/actualites"));
            Answer packed = line.answer(line.get(HOST, "/actualites", "accept-encoding", "gzip"));
            Answer small = line.answer(line.get(HOST, "/actualites", "accept-encoding", "br"));
            Answer head = line.answer(line.ask("HEAD", HOST, "/actualites", true));
            String tag = plain.fields().get("etag");
            Answer unchanged = line.answer(line.get(HOST, "/actualites", "if-none-match", tag));

            assertThat(plain.status()).isEqualTo(200);
            assertThat(plain.text()).contains(notice.ref());
            assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.bytes())).readAllBytes())
                    .isEqualTo(plain.bytes());
            assertThat(Brotli4jLoader.isAvailable()).isTrue();
            assertThat(Decoder.decompress(small.bytes()).getDecompressedData()).isEqualTo(plain.bytes());
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.fields()).containsEntry("content-length", String.valueOf(plain.bytes().length));
            assertThat(head.bytes()).isEmpty();
            assertThat(unchanged.status()).isEqualTo(304);
            assertThat(unchanged.fields()).containsEntry("etag", tag).doesNotContainKey("content-length");
            assertThat(unchanged.bytes()).isEmpty();
        }
    }

    @Test
    void aPageThatTheServletsMakeIsAnsweredAsWell() throws IOException {
        try (Http2Line line = line()) {
            Answer door = line.answer(line.get(HOST, "/studio/connexion"));
            assertThat(door.status()).isEqualTo(200);
            assertThat(door.fields()).containsKey("content-security-policy");
        }
    }

    @Test
    void aConnectionIsNotUpgradedFromHttp11() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", town.server().port())) {
            socket.getOutputStream()
                    .write(
                            ("GET /archives HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings, close\r\n"
                                            + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void aTownIsFoundByTheAuthorityAndByNothingElse() throws IOException {
        try (Http2Line line = line()) {
            assertThat(line.answer(line.get("nobody.example", "/")).status()).isEqualTo(421);
            assertThat(line.answer(line.get("nobody.example", "/direct")).status())
                    .isEqualTo(421);
            assertThat(line.answer(line.get("nobody.example", "/", "host", HOST))
                            .status())
                    .as("two names for one town")
                    .isNotEqualTo(200);
        }
    }

    @Test
    void aRequestWithoutAnyHostIsRefused() throws IOException {
        try (Http2Line line = line()) {
            int stream = line.nextStream();
            line.frame(
                    Http2Line.HEADERS,
                    Http2Line.END_HEADERS | Http2Line.END_STREAM,
                    stream,
                    line.block(stream, ":method", "GET", ":scheme", "http", ":path", "/"));
            assertThat(line.answer(stream).status()).isEqualTo(400);
            assertThat(line.answer(line.get(HOST, "/archives")).status()).isEqualTo(200);
        }
    }

    @Test
    void fieldsWithoutEndAreRefused() throws IOException {
        try (Http2Line line = line()) {
            assertThat(line.answer(line.get(HOST, "/", "x-long", "x".repeat(9_000)))
                            .status())
                    .isNotEqualTo(200);
        }
    }

    @Test
    void anEventReachesAStreamBesideWhichOthersAreAsked() throws IOException {
        try (Http2Line line = line()) {
            int stream = line.get(HOST, "/direct");
            assertThat(line.until(stream, soFar -> soFar.text().contains("\n\n"))
                            .fields())
                    .containsEntry("content-type", "text/event-stream;charset=utf-8")
                    .containsEntry("cache-control", "no-store");
            assertThat(line.answer(line.get(HOST, "/archives")).status()).isEqualTo(200);
            NoticeId id = town.publish(town.news("Une nouvelle", "Un résumé.", "Un texte."));
            assertThat(line.until(stream, soFar -> soFar.text().contains(id.ref()))
                            .text())
                    .contains("\"step\":\"published\"", id.ref());
        }
    }

    @Test
    void whatAStreamsRequestBringsIsThrownAway() throws IOException {
        try (Http2Line line = line()) {
            byte[] piece = new byte[16_384];
            for (int streams = 0; streams < 2; streams++) {
                int stream = line.ask("GET", HOST, "/direct", false);
                line.until(stream, soFar -> soFar.text().contains("\n\n"));
                for (int i = 0; i < 7; i++) {
                    line.frame(Http2Line.DATA, 0, stream, piece);
                }
                assertThat(line.answer(line.get(HOST, "/archives")).status()).isEqualTo(200);
            }
            // In all, more than may lie unread on one connection.
            int other = line.ask("POST", HOST, "/nulle-part", false, "content-type", "application/json");
            for (int i = 0; i < 7; i++) {
                line.frame(Http2Line.DATA, i == 6 ? Http2Line.END_STREAM : 0, other, piece);
            }
            assertThat(line.answer(other).status()).isEqualTo(404);
        }
    }

    @Test
    void moreStreamsThanOneConnectionMayHaveAreRefusedAndTheOthersGoOn() throws IOException {
        try (Http2Line line = line()) {
            int last = 0;
            int first = line.get(HOST, "/direct");
            line.begun(first);
            for (int i = 1; i < MORE_THAN_STREAMS; i++) {
                last = line.get(HOST, "/direct");
            }
            assertThat(line.answer(last).reset()).isEqualTo(Http2Line.REFUSED_STREAM);
            assertThat(line.isOver()).isFalse();
            line.reset(first);
            assertThat(line.answer(line.get(HOST, "/archives")).status()).isEqualTo(200);
        }
    }

    @Test
    void whoOpensStreamsOnlyToResetThemIsAskedToCalmDown() throws IOException {
        try (Http2Line line = line()) {
            askedToCalmDown(line, () -> line.reset(line.get(HOST, "/recherche?q=halle")));
        }
        othersAreServed();
    }

    /** "MadeYouReset": the server is had to reset the streams by frames that are wrong. */
    @Test
    void whoHasUsResetStreamsIsLeftToo() throws IOException {
        try (Http2Line line = line()) {
            untilItIsOver(line, () -> line.windowUpdate(line.get(HOST, "/recherche?q=halle"), 0));
            assertThat(line.isOver()).isTrue();
        }
        othersAreServed();
    }

    @Test
    void whoFloodsWithSettingsIsAskedToCalmDown() throws IOException {
        byte[] setting =
                ByteBuffer.allocate(6).putShort((short) 4).putInt(65_535).array();
        try (Http2Line line = line()) {
            askedToCalmDown(line, () -> line.frame(Http2Line.SETTINGS, 0, 0, setting));
        }
    }

    @Test
    void whoFloodsWithPingsIsAskedToCalmDown() throws IOException {
        try (Http2Line line = line()) {
            askedToCalmDown(line, () -> line.frame(Http2Line.PING, 0, 0, new byte[8]));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000})
    void fieldsThatAreContinuedWithoutEndEndTheConnection(int bytes) throws IOException {
        try (Http2Line line = line()) {
            int stream = line.nextStream();
            byte[] block = line.block(stream, ":method", "GET", ":scheme", "http", ":authority", HOST, ":path", "/");
            line.frame(Http2Line.HEADERS, Http2Line.END_STREAM, stream, block);
            byte[] more = new byte[bytes];
            // Literal fields without name and value.
            Arrays.fill(more, (byte) 0);
            assertThat(untilItIsOver(line, () -> line.frame(Http2Line.CONTINUATION, 0, stream, more)))
                    .isNotZero();
            assertThat(line.isOver()).isTrue();
        }
        othersAreServed();
    }

    /** Whoever goes on sending loses, with the connection, what was not read yet: the reason as well (-1). */
    private static void askedToCalmDown(Http2Line line, Harm harm) throws IOException {
        assertThat(untilItIsOver(line, harm)).isIn(Http2Line.ENHANCE_YOUR_CALM, -1);
        assertThat(line.isOver()).isTrue();
    }

    private interface Harm {
        void once() throws IOException;
    }

    /** Does it again and again, as fast as it goes, and returns the code that the connection is ended with. */
    private static int untilItIsOver(Http2Line line, Harm harm) throws IOException {
        Thread hostile = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 100_000; i++) {
                    harm.once();
                }
            } catch (IOException e) {
                // It is over.
            }
        });
        int code = line.goAway();
        hostile.interrupt();
        return code;
    }
}
