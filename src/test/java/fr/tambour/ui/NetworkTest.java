package fr.tambour.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkTest {

    @Test
    void oneSubscriberOfIpv6IsOneNetwork() {
        assertThat(Network.of("2001:db8:1:2::1")).isEqualTo(Network.of("2001:db8:1:ff:ffff::9"));
        assertThat(Network.of("2001:db8:1:2::1")).isNotEqualTo(Network.of("2001:db8:1:102::1"));
    }

    @Test
    void anAddressOfIpv4IsItself() {
        assertThat(Network.of("192.0.2.7")).isNotEqualTo(Network.of("192.0.2.8"));
    }

    @Test
    void whatIsNoAddressIsNotLookedUp() {
        assertThat(Network.of("unknown.example")).isEqualTo("unknown.example");
    }
}
