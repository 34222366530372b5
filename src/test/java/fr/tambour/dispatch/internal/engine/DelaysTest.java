package fr.tambour.dispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DelaysTest {

    private static Delays of(long... ms) {
        Delays.Collected collected = new Delays.Collected();
        for (long each : ms) {
            collected.add(Duration.ofMillis(each));
        }
        return collected.delays();
    }

    @Test
    void whatIsReadIsWrittenBackAsItWas() {
        String text = of(12, 900, 45_000).text();
        assertThat(Delays.of(text).text()).isEqualTo(text);
        assertThat(Delays.NONE.text()).isEmpty();
        assertThat(Delays.of("")).isSameAs(Delays.NONE);
    }

    @Test
    void whatIsReadAddsUpWithWhatComes() {
        Delays sum = Delays.of(of(10, 20).text())
                .plus(of(30))
                .plus(Delays.NONE)
                .plus(Delays.of(of(90_000).text()));

        assertThat(sum.count()).isEqualTo(4);
        assertThat(Delays.of(sum.text()).count()).isEqualTo(4);
        assertThat(sum.percentile(50)).isEqualTo(Duration.ofMillis(20));
        assertThat(sum.percentile(100)).isBetween(Duration.ofSeconds(89), Duration.ofSeconds(91));
    }

    @Test
    void whatIsNoneIsSaidWhenItIsAskedFor() {
        Delays broken = Delays.of("AAAA");
        assertThatThrownBy(broken::count).isInstanceOf(RuntimeException.class);
    }
}
