package fr.tambour.ui.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EofException;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void whoLeftOrFellSilentIsNoIncident() {
        assertThat(Failure.gone(new EofException())).isTrue();
        assertThat(Failure.gone(new IOException(new TimeoutException("Idle timeout expired: 30000/30000 ms"))))
                .isTrue();
    }

    @Test
    void whatTakesTooLongOnOurSideIsOne() {
        assertThat(Failure.gone(new IllegalStateException(new TimeoutException("no connection"))))
                .isFalse();
    }
}
