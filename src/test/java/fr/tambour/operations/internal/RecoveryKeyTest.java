package fr.tambour.operations.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.operations.RecoveryKey.Confirmation;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnBothEngines
class RecoveryKeyTest {

    private final Engine engine;
    private final StoredRecoveryKey key;

    RecoveryKeyTest(Engine engine) {
        this.engine = engine;
        this.key = engine.makeWith(StoredRecoveryKey.class, "keys", "audit");
    }

    @BeforeEach
    void forgetAll() {
        engine.jdbc().sql("DELETE FROM instance WHERE name LIKE 'recovery.%'").update();
    }

    @Test
    void thereIsNoneUntilItWasTypedBack() {
        String shown = key.create();
        assertThat(key.confirmedAt()).isEmpty();
        assertThat(key.get()).isEmpty();

        assertThat(key.confirm(shown)).isEqualTo(Confirmation.CONFIRMED);
        assertThat(key.confirmedAt()).contains(engine.clock().instant());
        assertThat(key.get())
                .hasValueSatisfying(recipient -> assertThat(recipient).startsWith("age1"));
    }

    @Test
    void itIsNotKept() {
        String shown = key.create();
        key.confirm(shown);
        assertThat(engine.jdbc()
                        .sql("SELECT value FROM instance")
                        .query(String.class)
                        .list())
                .noneMatch(value -> value.contains(shown.substring(16)));
    }

    @Test
    void caseAndSpacesOfAPrintedPageDoNotMatter() {
        String shown = key.create();
        String typed = " " + shown.toLowerCase(Locale.ROOT).replaceAll("(.{8})", "$1 \n") + "\u00a0";
        assertThat(key.confirm(typed)).isEqualTo(Confirmation.CONFIRMED);
    }

    @Test
    void anyMistypedLetterIsNoticed() {
        String shown = key.create();
        IntStream.range("AGE-SECRET-KEY-1".length(), shown.length()).forEach(at -> {
            char other = shown.charAt(at) == 'Q' ? 'P' : 'Q';
            String typed = shown.substring(0, at) + other + shown.substring(at + 1);
            assertThat(key.confirm(typed)).as(typed).isEqualTo(Confirmation.MISTYPED);
        });
        assertThat(key.confirm(shown.substring(1))).isEqualTo(Confirmation.MISTYPED);
        assertThat(key.confirm("")).isEqualTo(Confirmation.MISTYPED);
        assertThat(key.confirm("clé de secours 🥁")).isEqualTo(Confirmation.MISTYPED);
        assertThat(key.confirm("A".repeat(100_000))).isEqualTo(Confirmation.MISTYPED);
        assertThat(key.confirm(shown)).isEqualTo(Confirmation.CONFIRMED);
    }

    @Test
    void anEarlierKeyIsNotTheOneShownLast() {
        String first = key.create();
        String second = key.create();
        assertThat(key.confirm(first)).isEqualTo(Confirmation.ANOTHER_KEY);
        assertThat(key.confirm(second)).isEqualTo(Confirmation.CONFIRMED);
        assertThat(key.confirm(second)).isEqualTo(Confirmation.NOTHING_SHOWN);
    }

    @Test
    void aNewKeyReplacesTheOldOneOnlyOnceConfirmed() {
        key.confirm(key.create());
        String before = key.get().orElseThrow();
        String replacement = key.create();
        assertThat(key.get()).contains(before);
        key.confirm(replacement);
        assertThat(key.get()).isPresent().get().isNotEqualTo(before);
    }
}
