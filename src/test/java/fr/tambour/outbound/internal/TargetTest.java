package fr.tambour.outbound.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be called without TLS: this machine alone, and only where that is configured. */
class TargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:8080/inbox", "http://127.1.39.250/inbox", "http://[::1]/", "http://localhost/"
            })
    void thisMachineMayWhereItIsConfigured(String address) {
        assertThat(Target.of(URI.create(address), true)).isInstanceOf(Target.Callable.class);
        assertThat(Target.of(URI.create(address), false)).isInstanceOf(Target.Forbidden.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1.example.com/",
                "http://127.0.0.1.5/",
                "http://12.0.0.1/",
                "http://127.example/",
                "http://128.0.0.1/",
                "http://push.example/"
            })
    void nobodyElseMay(String address) {
        assertThat(Target.of(URI.create(address), true)).isInstanceOf(Target.Forbidden.class);
    }
}
