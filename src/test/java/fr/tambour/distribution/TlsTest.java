package fr.tambour.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.Http2Line;
import fr.tambour.testing.Pem;
import fr.tambour.testing.TambourServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS from two PEM files, which may change while Tambour runs. */
class TlsTest {

    @TempDir
    private Path folder;

    @Test
    void aRenewedCertificateIsServedWithoutARestart() throws Exception {
        Pem first = Pem.forHost("localhost", folder);
        var trustingFirst = first.trusting();
        try (TambourServer tambour = TambourServer.start(
                Dialect.SQLITE,
                "--tambour.tls.certificate=" + first.certificate(),
                "--tambour.tls.key=" + first.key(),
                "--spring.ssl.bundle.watch.file.quiet-period=1s")) {
            URI address = URI.create("https://localhost:" + tambour.port() + "/robots.txt");
            assertThat(asked(trustingFirst, address).version()).isEqualTo(HttpClient.Version.HTTP_2);

            Pem renewed = Pem.forHost("localhost", folder);
            awaitServed(renewed, address);
            assertThatThrownBy(() -> status(trustingFirst, address)).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void whoDoesNotNegotiateGetsHttp11AndWhoNegotiatesHttp2GetsStreams() throws Exception {
        Pem pem = Pem.forHost("localhost", folder);
        try (TambourServer tambour = TambourServer.start(
                Dialect.SQLITE, "--tambour.tls.certificate=" + pem.certificate(), "--tambour.tls.key=" + pem.key())) {
            SSLSocketFactory sockets = pem.trusting().getSocketFactory();
            try (Socket plain = sockets.createSocket("localhost", tambour.port())) {
                plain.getOutputStream()
                        .write("GET /robots.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(plain.getInputStream().readNBytes(9), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 ");
            }
            try (SSLSocket negotiating = (SSLSocket) sockets.createSocket("localhost", tambour.port())) {
                SSLParameters parameters = negotiating.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
                negotiating.setSSLParameters(parameters);
                negotiating.startHandshake();
                assertThat(negotiating.getApplicationProtocol()).isEqualTo("h2");
                try (Http2Line line = Http2Line.over(negotiating, 65_535)) {
                    assertThat(line.answer(line.get("localhost", "/robots.txt")).status())
                            .isPositive();
                }
            }
        }
    }

    @Test
    void aCertificateWithoutItsKeyIsRefusedInOneSentence() {
        assertThatThrownBy(() -> TambourServer.start(Dialect.SQLITE, "--tambour.tls.certificate=/etc/cert.pem"))
                .hasMessage("TAMBOUR_TLS_CERTIFICATE and TAMBOUR_TLS_KEY belong together: set both, or neither.");
    }

    /** The files are watched; a change is taken up once they are quiet, here for one second. */
    private static void awaitServed(Pem renewed, URI address) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (true) {
            try {
                status(renewed.trusting(), address);
                return;
            } catch (SSLHandshakeException e) {
                if (Instant.now().isAfter(end)) {
                    throw new AssertionError("The renewed certificate was not taken up", e);
                }
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        }
    }

    private static int status(SSLContext trust, URI address) throws IOException, InterruptedException {
        return asked(trust, address).statusCode();
    }

    private static HttpResponse<Void> asked(SSLContext trust, URI address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding());
        }
    }
}
