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
        Turnstile turnstile = new Turnstile(1_200, 600);
        for (int address = 0; address < 5; address++) {
            tries(turnstile, "greedy " + address, 1_200);
        }
        assertThat(IntStream.range(0, 15).mapToObj(i -> turnstile.enter("resident " + i)))
                .containsOnly(IN);
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
