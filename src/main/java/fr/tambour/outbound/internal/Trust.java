package fr.tambour.outbound.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed: the public authorities', and those of a file. */
final class Trust {

    private Trust() {}

    static TrustManager of(@Nullable Path ca) {
        try {
            X509TrustManager ordinary = managers(null);
            if (ca == null) {
                return ordinary;
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate authority : ordinary.getAcceptedIssuers()) {
                store.setCertificateEntry("ordinary-" + number++, authority);
            }
            try (InputStream in = Files.newInputStream(ca)) {
                for (Certificate own : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    store.setCertificateEntry("own-" + number++, own);
                }
            }
            return managers(store);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    "TAMBOUR_OUTBOUND_CA: the certificates in " + ca + " cannot be read; nothing can be sent", e);
        }
    }

    private static X509TrustManager managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("This Java has no trust manager for certificates.");
    }
}
