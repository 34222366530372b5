package fr.tambour.town;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostNameTest {

    @Test
    void aHeaderIsReadWithoutPortCaseAndFinalDot() {
        assertThat(HostName.ofHeader("Avis.Clairval.FR:8443")).isEqualTo("avis.clairval.fr");
        assertThat(HostName.ofHeader("avis.clairval.fr.")).isEqualTo("avis.clairval.fr");
        assertThat(HostName.ofHeader("[::1]:8080")).isEqualTo("[::1]");
        assertThat(HostName.ofHeader("[::1]")).isEqualTo("[::1]");
    }

    @Test
    void whatIsPastedAsAnAddressIsUnderstood() {
        assertThat(HostName.typed(" https://Avis.Clairval.fr/actualites ")).contains("avis.clairval.fr");
        assertThat(HostName.typed("avis.évry.fr")).contains("avis.xn--vry-9la.fr");
        assertThat(HostName.typed("localhost:8080")).contains("localhost");
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertThat(HostName.typed("")).isEmpty();
        assertThat(HostName.typed("avis clairval.fr")).isEmpty();
        assertThat(HostName.typed("avis..fr")).isEmpty();
        assertThat(HostName.typed("-avis.fr")).isEmpty();
        assertThat(HostName.typed("a".repeat(64) + ".fr")).isEmpty();
        assertThat(HostName.typed("avis.fr\r\nX: y")).isEmpty();
        assertThat(HostName.typed("*.fr")).isEmpty();
    }
}
