package fr.tambour.operations.internal.doctor;

import fr.tambour.operations.internal.InstanceNumber;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * By which the doctor knows its own installation again behind an address, and behind several nodes and a proxy: whoever is
 * asked with a word answers with its hash together with the installation's number, which is not told.
 */
@Component
class Countersign {

    /** Holds the word, 1 to 64 characters. */
    static final String ASKED = "Tambour-Doctor";

    static final String ANSWERED = "Tambour-Installation";

    private final InstanceNumber number;
    private final TransactionTemplate read;
    private volatile @Nullable String known;

    Countersign(InstanceNumber number, PlatformTransactionManager transactions) {
        this.number = number;
        this.read = new TransactionTemplate(transactions);
        this.read.setReadOnly(true);
    }

    String of(String word) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((word + " " + number()).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Asked for once: strangers can ask for it, and a restore is another process. */
    private String number() {
        String once = known;
        if (once == null) {
            once = read.execute(status -> number.get());
            known = once;
        }
        return once;
    }
}
