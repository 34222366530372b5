package fr.tambour.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Signs certificates, also such as nobody should believe. */
public final class Authority {

    private static final Duration LONG_OVER = Pem.IN_FORCE.multipliedBy(2);

    private final Path folder;
    private final X509Bundle root;
    private int made;

    private Authority(Path folder, X509Bundle root) {
        this.folder = folder;
        this.root = root;
    }

    public static Authority in(Path folder) {
        try {
            X509Bundle root = new CertificateBuilder()
                    .ecp256()
                    .subject("CN=ca")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            Authority authority = new Authority(folder, root);
            Files.writeString(authority.certificate(), root.getCertificatePEM());
            return authority;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its own: PEM. */
    public Path certificate() {
        return folder.resolve("ca.pem");
    }

    /** In force for a month from today. */
    public Pem valid(String host) {
        return signed(host, Instant.now());
    }

    /** Over since a month ago. */
    public Pem expired(String host) {
        return signed(host, Instant.now().minus(LONG_OVER));
    }

    private Pem signed(String host, Instant from) {
        int number = ++made;
        try {
            return Pem.written(
                    Pem.server(host, from).buildIssuedBy(root),
                    new Pem(folder.resolve(number + ".pem"), folder.resolve(number + ".key")));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
