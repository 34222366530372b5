package fr.tambour.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private static final Turnstile.Entry IN = Turnstile.Entry.IN;

    private static int tries(Turnstile turnstile, String address, int times) {
        return (int) IntStream.range(0, times)
                .filter(i -> turnstile.enter(address) == IN)
                .count();
    }

    @Test
    void oneAddressHasItsShareAndNoMore() {
        Turnstile turnstile = new Turnstile(100, 50);
        assertThat(tries(turnstile, "one", 100)).isEqualTo(50);
        assertThat(turnstile.enter("one")).isEqualTo(Turnstile.Entry.SHARE_FULL);
    }

    @Test
    void aFewAddressesThatTakeAllTheyCanLeaveRoomForOthers() {
        Turnstile turnstile = new Turnstile(12_000, 3_000);
        for (int address = 0; address < 8; address++) {
            tries(turnstile, "greedy " + address, 12_000);
        }
        assertThat(IntStream.range(0, 15).mapToObj(i -> turnstile.enter("resident " + i)))
                .containsOnly(IN);
    }

    /** Four mobile networks, behind each of which many have one address. */
    @Test
    void fourHeavyNetworksFillTheHouseButForASixteenth() {
        Turnstile turnstile = new Turnstile(12_000, 6_000);
        for (int round = 0; round < 6_000; round++) {
            for (int network = 0; network < 4; network++) {
                turnstile.enter("network " + network);
            }
        }
        assertThat(turnstile.count()).isEqualTo(12_000 - 12_000 / 16);
        turnstile.leave("network 2");
        assertThat(turnstile.enter("network 2")).isEqualTo(IN);
    }

    @Test
    void whoLeavesMakesRoom() {
        Turnstile turnstile = new Turnstile(4, 2);
        assertThat(tries(turnstile, "one", 3)).isEqualTo(2);
        turnstile.leave("one");
        assertThat(turnstile.enter("one")).isEqualTo(IN);
        assertThat(turnstile.count()).isEqualTo(2);
    }

    /** As behind a proxy. */
    @Test
    void whereAllMayComeFromOneAddressItHasAll() {
        assertThat(tries(new Turnstile(10, 10), "proxy", 20)).isEqualTo(10);
    }

    @Test
    void theLastPlaceIsForWhoeverHasNone() {
        Turnstile turnstile = new Turnstile(3, 2);
        tries(turnstile, "one", 3);
        assertThat(turnstile.enter("two")).isEqualTo(IN);
        assertThat(turnstile.enter("three")).isEqualTo(Turnstile.Entry.FULL);
    }
}
