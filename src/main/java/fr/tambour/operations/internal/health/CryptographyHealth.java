package fr.tambour.operations.internal.health;

import java.security.NoSuchAlgorithmException;
import javax.crypto.KeyAgreement;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Who does the cryptography: the JDK, or a native provider where one is installed. */
@Component("cryptographyHealthIndicator")
class CryptographyHealth extends AbstractHealthIndicator {

    @Override
    protected void doHealthCheck(Health.Builder health) throws NoSuchAlgorithmException {
        health.up()
                .withDetail(
                        "provider",
                        KeyAgreement.getInstance("ECDH").getProvider().getName());
    }
}
