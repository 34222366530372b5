package fr.tambour.operations.internal.doctor;

import fr.tambour.operations.OperationsSettings;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where Tambour itself speaks HTTPS: is its certificate good today, and for every town? */
@Component
@Order(4)
class CertificateCheck implements Check {

    /** What renews certificates does so a month ahead: this late, it has failed for two weeks. */
    private static final Duration SOON = Duration.ofDays(14);

    /** RFC 5280 §4.2.1.6: dNSName. */
    private static final int DNS_NAME = 2;

    private final OperationsSettings settings;
    private final Towns towns;
    private final Clock clock;

    CertificateCheck(OperationsSettings settings, Towns towns, Clock clock) {
        this.settings = settings;
        this.towns = towns;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Finding> look() {
        Path file = settings.tls().certificate();
        if (file == null) {
            return List.of();
        }
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            return chain.isEmpty()
                    ? List.of(Finding.wrong("tls-unreadable", file, "-"))
                    : look(file, chain.iterator().next());
        } catch (IOException | CertificateException e) {
            return List.of(Finding.wrong("tls-unreadable", file, String.valueOf(e.getMessage())));
        }
    }

    private List<Finding> look(Path file, X509Certificate certificate) throws CertificateException {
        List<Finding> findings = new ArrayList<>();
        findings.add(validity(file, certificate));
        Collection<String> names = names(certificate);
        for (Town town : towns.all()) {
            String host = town.baseUrl().getHost();
            if ("https".equals(town.baseUrl().getScheme()) && names.stream().noneMatch(name -> covers(name, host))) {
                findings.add(Finding.wrong("tls-other-name", file, host, String.join(", ", names)));
            }
        }
        return findings;
    }

    private Finding validity(Path file, X509Certificate certificate) {
        Instant now = clock.instant();
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isBefore(from)) {
            return Finding.wrong("tls-not-yet", file, from);
        }
        if (!now.isBefore(until)) {
            return Finding.wrong("tls-expired", file, until);
        }
        return until.isBefore(now.plus(SOON))
                ? Finding.advice("tls-expires", file, until)
                : Finding.well("tls", file, until);
    }

    private static Collection<String> names(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        return alternatives == null
                ? List.of()
                : alternatives.stream()
                        .filter(name -> name.getFirst().equals(DNS_NAME))
                        .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
                        .toList();
    }

    /** RFC 6125 §6.4.3: a star stands for one label, the first. */
    static boolean covers(String name, String host) {
        return name.startsWith("*.")
                ? host.indexOf('.') > 0 && host.substring(host.indexOf('.')).equals(name.substring(1))
                : name.equals(host);
    }
}
