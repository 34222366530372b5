package fr.tambour.ui.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.testing.Http2Line;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final int LARGE = 64 << 20;
    private static final long TOO_LONG_SECONDS = 20;

    private final Server server = new Server();
    private final CompletableFuture<Void> written = new CompletableFuture<>();

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void whoTakesNothingOfAnAnswerIsLeft() throws Exception {
        try (Socket reader = asking(new Pace(Duration.ofMillis(200), LARGE))) {
            assertThatThrownBy(() -> written.get(TOO_LONG_SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(EofException.class)
                    .satisfies(thrown -> assertThat(Failure.gone(thrown)).isTrue());
        }
    }

    @Test
    void whoReadsGetsAllOfIt() throws Exception {
        try (Socket reader = asking(Pace.SLOWEST)) {
            assertThat(reader.getInputStream().readNBytes(LARGE)).hasSize(LARGE);
            written.get(TOO_LONG_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void overHttp2TheStreamOfWhoTakesNothingIsResetAndTheConnectionGoesOn() throws Exception {
        try (Http2Line line = Http2Line.to(serving(new Pace(Duration.ofMillis(200), LARGE)))) {
            int stream = line.get("localhost", "/");
            assertThat(line.answer(stream).reset()).isEqualTo(Http2Line.CANCEL);
            assertThatThrownBy(() -> written.get(TOO_LONG_SECONDS, TimeUnit.SECONDS))
                    .satisfies(thrown -> assertThat(Failure.gone(thrown)).isTrue());
            assertThat(line.begun(line.get("localhost", "/")).status()).isEqualTo(200);
        }
    }

    private Socket asking(Pace pace) throws Exception {
        return ask(serving(pace));
    }

    private int serving(Pace pace) throws Exception {
        HttpConfiguration configuration = new HttpConfiguration();
        ServerConnector connector = new ServerConnector(
                server, new HttpConnectionFactory(configuration), new HTTP2CServerConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        PacedAnswers answers = new PacedAnswers(pace);
        answers.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.write(
                        true,
                        ByteBuffer.allocate(LARGE),
                        Callback.from(
                                () -> {
                                    written.complete(null);
                                    callback.succeeded();
                                },
                                failure -> {
                                    written.completeExceptionally(failure);
                                    callback.failed(failure);
                                }));
                return true;
            }
        });
        server.setHandler(answers);
        server.start();
        return connector.getLocalPort();
    }

    private static Socket ask(int port) throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
