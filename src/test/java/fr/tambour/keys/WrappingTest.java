package fr.tambour.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WrappingTest {

    private static final byte[] SECRET = "a private key".getBytes(StandardCharsets.UTF_8);

    /** Another key for each purpose, as a master key derives them. */
    private static Keys master(String seed) {
        return purpose ->
                new MacKey(new SecretKeySpec((seed + purpose).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    }

    private final Wrapping wrapping = new Wrapping(master("one"), "phone.vapid");

    @Test
    void whatIsWrappedOpensAgainAndLooksDifferentEachTime() {
        String once = wrapping.wrap(SECRET, "town 1");
        String again = wrapping.wrap(SECRET, "town 1");

        assertThat(once).isNotEqualTo(again).matches("[A-Za-z0-9_-]+");
        assertThat(wrapping.unwrap(once, "town 1")).isEqualTo(SECRET);
        assertThat(wrapping.unwrap(again, "town 1")).isEqualTo(SECRET);
    }

    @Test
    void itOpensForNoOtherContextPurposeOrMasterKey() {
        String wrapped = wrapping.wrap(SECRET, "town 1");

        assertThatThrownBy(() -> wrapping.unwrap(wrapped, "town 2")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Wrapping(master("one"), "actor").unwrap(wrapped, "town 1"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Wrapping(master("two"), "phone.vapid").unwrap(wrapped, "town 1"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatWasTamperedWithOrCutOpensNothing() {
        String wrapped = wrapping.wrap(SECRET, "town 1");
        String other = (wrapped.charAt(0) == 'A' ? "B" : "A") + wrapped.substring(1);

        assertThatThrownBy(() -> wrapping.unwrap(other, "town 1")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> wrapping.unwrap("AAAA", "town 1")).isInstanceOf(IllegalStateException.class);
    }
}
