package fr.tambour.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of our own and its key in PEM files.
 *
 * @param certificate PEM file
 * @param key PEM file (PKCS#8)
 */
public record Pem(Path certificate, Path key) {

    static final Duration IN_FORCE = Duration.ofDays(30);

    /** Written over what an earlier call left there, as a renewal does. */
    public static Pem forHost(String host, Path folder) {
        try {
            return written(
                    server(host, Instant.now()).setIsCertificateAuthority(true).buildSelfSigned(),
                    new Pem(folder.resolve("fullchain.pem"), folder.resolve("privkey.pem")));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a server, in force for a month. */
    static CertificateBuilder server(String host, Instant from) {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=" + host)
                .addSanDnsName(host)
                .notBefore(from)
                .notAfter(from.plus(IN_FORCE));
    }

    static Pem written(X509Bundle made, Pem files) throws IOException {
        Files.writeString(files.certificate(), made.getCertificatePEM());
        Files.writeString(files.key(), made.getPrivateKeyPEM());
        return files;
    }

    /** Trusts this certificate and no other. */
    public SSLContext trusting() {
        try (InputStream in = Files.newInputStream(certificate)) {
            Certificate trusted = CertificateFactory.getInstance("X.509").generateCertificate(in);
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("trusted", trusted);
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
