package fr.tambour.people.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fr.tambour.ui.Refusal;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @ParameterizedTest
    @ValueSource(strings = {"quatre chats sur le toit", "correct-cheval-pile", "fanfare du dimanche", "éàüçœßñøåæîô"})
    void aSentenceDoesWithoutCapitalsOrSigns(String password) {
        assertThatCode(() -> passwords.check(password, "maelle@clairval.fr", "Maëlle Durand", "Clairval"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "onze signes, people.password-short",
        "motdepasse2026, people.password-common",
        "Mot de passe 2026!, people.password-common",
        "AZERTYUIOP12, people.password-common",
        "aaaaaaaaaaaaaa, people.password-common",
        "ababababababab, people.password-common",
        "maelle@clairval.fr, people.password-guessable",
        "Maëlle Durand, people.password-guessable",
        "maelle.durand 1987, people.password-guessable",
        "Clairval-sur-Orge, people.password-guessable",
        "clairvalsurorge91, people.password-guessable",
    })
    void whatIsTriedFirstIsRefused(String password, String code) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() ->
                        passwords.check(password, "maelle@clairval.fr", "maelle", "Maëlle Durand", "Clairval-sur-Orge"))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void whatBcryptWouldCutOffIsRefused() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> passwords.check("une phrase qui n’en finit pas ".repeat(4)))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("people.password-long"));
    }

    @Test
    void theSameCharactersMatchHoweverTheyWereTyped() {
        String encoded = passwords.encode("fe\u0302te au village");

        assertThat(encoded).startsWith("{bcrypt}$2a$11$");
        assertThat(passwords.matches("f\u00eate au village", encoded)).isTrue();
        assertThat(passwords.matches("fete au village", encoded)).isFalse();
    }

    @Test
    void nobodysPasswordIsAsSlowAsAnybodys() {
        int algorithmAndStrength = "{bcrypt}$2a$11$".length();

        assertThat(passwords.encode("fanfare du dimanche"))
                .startsWith(Passwords.NOBODYS.substring(0, algorithmAndStrength));
    }

    @Test
    void whatCannotBeAPasswordTakesAsLongAsWhatCould() {
        long possible = work("nobody has this password");

        assertThat(work("")).isGreaterThan(possible / 2);
        assertThat(work("x".repeat(73))).isGreaterThan(possible / 2);
    }

    /** Nanoseconds of this thread alone: what else runs on the machine does not count. The least of three. */
    private long work(String password) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return LongStream.range(0, 3)
                .map(i -> {
                    long before = threads.getCurrentThreadCpuTime();
                    passwords.matches(password, null);
                    return threads.getCurrentThreadCpuTime() - before;
                })
                .min()
                .orElseThrow();
    }

    @Test
    void nobodysPasswordMatchesNothing() {
        assertThat(passwords.matches("nobody has this password", null)).isFalse();
        assertThat(passwords.matches("x".repeat(10_000), null)).isFalse();
        assertThat(passwords.matches("", passwords.encode("fanfare du dimanche")))
                .isFalse();
    }
}
