package fr.tambour.dispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Measures that make no sense together. */
class PolicyTest {

    private static final Duration SHORT = Duration.ofMillis(250);
    private static final Duration LONG = Duration.ofSeconds(25);

    @Test
    void aPageIsNoLargerThanItsSlice() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy.Sizes(2_500, 250, 25_000));
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy.Sizes(25_000, 25_000, 250));
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy.Sizes(0, 2_500, 25_000));
    }

    @Test
    void someOfThePagesAreForWhatIsNotUrgent() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy.Pages(2, 8, 12, SHORT, LONG));
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy.Pages(8, 8, 12, SHORT, LONG));
    }

    @Test
    void aTimeThatIsPartOfAnotherIsNoLonger() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy.Pages(8, 2, 12, LONG, SHORT));
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy.Pacing(64, LONG, SHORT));
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy.Outages(SHORT, LONG, 500));
    }
}
