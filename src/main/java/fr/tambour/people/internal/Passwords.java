package fr.tambour.people.internal;

import fr.tambour.ui.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * What a password must be (ANSSI and NIST SP 800-63B: long, not common, no composition rules), and how it is kept: bcrypt,
 * with its name in front so that another can follow. A hash takes about a tenth of a second of one core: {@link Lines} says
 * whose turn it is to have one compared, and new ones are made a few at a time.
 */
@Component
class Passwords {

    static final int SHORTEST = 12;

    /** What bcrypt looks at. */
    static final int LONGEST_BYTES = 72;

    private static final int STRENGTH = 11;

    /** Compared with where there is no person: as slow as anybody's, and not made anew at each start. */
    static final String NOBODYS = "{bcrypt}$2a$11$MGocPEPS0WvYCShQ3W37Ie8pgMNW/GQIp5cKOVfK0eZcZuc0jqlEa";

    private final PasswordEncoder encoder;
    private final Semaphore atATime =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
    private final Set<String> common = common();

    Passwords() {
        this(new BCryptPasswordEncoder(STRENGTH));
    }

    /** @param other that tests of anything else bring, who make people by the hundred */
    @Autowired
    Passwords(ObjectProvider<BCryptPasswordEncoder> other) {
        this(other.getIfAvailable(() -> new BCryptPasswordEncoder(STRENGTH)));
    }

    private Passwords(BCryptPasswordEncoder bcrypt) {
        this.encoder = new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", bcrypt));
    }

    /**
     * @param others what it may not be or begin with: the e-mail, the name, the town
     * @throws Refusal 422 {@code people.password-short}, {@code -long}, {@code -common} or {@code -guessable}
     */
    void check(String password, String... others) {
        String normal = normal(password);
        if (normal.codePointCount(0, normal.length()) < SHORTEST) {
            throw refusal("people.password-short", SHORTEST);
        }
        if (normal.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            throw refusal("people.password-long", LONGEST_BYTES);
        }
        String plain = plain(normal);
        if (common.contains(plain)
                || common.contains(withoutDigits(plain))
                || plain.codePoints().distinct().count() < 4) {
            throw refusal("people.password-common");
        }
        for (String other : others) {
            String known = plain(other);
            if (!known.isEmpty() && (plain.equals(known) || withoutDigits(plain).equals(withoutDigits(known)))) {
                throw refusal("people.password-guessable");
            }
        }
    }

    String encode(String password) {
        return slowly(() -> Objects.requireNonNull(encoder.encode(normal(password))));
    }

    /** Takes the same time whether there is a person or not. */
    boolean matches(String password, @Nullable String encoded) {
        String normal = normal(password);
        // What cannot be anybody's password is compared all the same: another in its place, since the encoder answers
        // at
        // once where there is nothing to hash.
        boolean possible = !normal.isEmpty() && normal.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES;
        String candidate = possible ? normal : "nothing";
        boolean same = encoder.matches(candidate, encoded == null ? NOBODYS : encoded);
        return same && possible && encoded != null;
    }

    private <T> T slowly(Supplier<T> hash) {
        atATime.acquireUninterruptibly();
        try {
            return hash.get();
        } finally {
            atATime.release();
        }
    }

    /** The same characters however the keyboard composed them. */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("[^\\p{L}\\p{N}@]", "")
                .toLowerCase(Locale.ROOT);
    }

    private static String withoutDigits(String text) {
        return text.replaceAll("\\p{N}", "");
    }

    private static Refusal refusal(String code, Object... args) {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, code, args);
    }

    private static Set<String> common() {
        InputStream list =
                Objects.requireNonNull(Passwords.class.getResourceAsStream("/fr/tambour/people/common-passwords.txt"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Passwords::plain)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
