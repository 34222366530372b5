package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.ui.Refusal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointCheckTest {

    private static final String KEY = Base64Url.of(TestKeys.publicKey());
    private static final String SECRET = Base64Url.of(TestKeys.secret(1));
    private static final String FINE = "https://fcm.googleapis.com/fcm/send/abc";

    private final EndpointCheck check = new EndpointCheck(false);

    @ParameterizedTest
    @CsvSource({
        "https://fcm.googleapis.com/fcm/send/abc:def, true",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA, true",
        "https://autopush.prod.push.services.mozilla.com/wpush/v2/gAAA, true",
        "https://web.push.apple.com/QGuQ, true",
        "https://wns2-par02p.notify.windows.com/w/?token=BQY, true",
        "https://ntfy.sh/upABC?up=1, false",
        "https://push.clairval.example:443/wpush/1, false",
        "https://push.apple.com.evil.example/x, false",
        "https://fcm.googleapis.com.evil.example/x, false",
    })
    void aPublicNameBehindHttpsIsTakenAndTheServicesOfBrowsersAreKnown(String endpoint, boolean known) {
        assertThat(check.check(endpoint, KEY, SECRET).known()).isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "http://fcm.googleapis.com/fcm/send/abc",
                "ftp://fcm.googleapis.com/x",
                "https:///x",
                "https://localhost/x",
                "https://push.localhost/x",
                "https://127.0.0.1/x",
                "https://10.0.0.8/x",
                "https://[::1]/x",
                "https://0x7f000001/x",
                "https://2130706433/x",
                "https://printer/x",
                "https://nas.local/x",
                "https://db.internal/x",
                "https://1.0.0.10.in-addr.arpa/x",
                "https://user:pw@fcm.googleapis.com/x",
                "https://fcm.googleapis.com@evil.example/x",
                "https://fcm.googleapis.com/x#y",
                "https://fcm.googleapis.com/\u00e9",
                "https://fcm.googleapis.com/a b",
                "https://-a.example/x",
                "https://push.clairval.example:8443/wpush/1",
            })
    void anAddressThatIsNoPublicOneIsRefused(String endpoint) {
        assertThatThrownBy(() -> check.check(endpoint, KEY, SECRET))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("phone.endpoint");
    }

    @Test
    void anAddressMayHave1024Characters() {
        String longest = FINE + "x".repeat(1_024 - FINE.length());
        assertThat(check.check(longest, KEY, SECRET).origin()).isEqualTo("fcm.googleapis.com");
        assertThatThrownBy(() -> check.check(longest + "x", KEY, SECRET)).hasMessageStartingWith("phone.endpoint");
    }

    @Test
    void aKeyThatIsNoPointOfTheCurveIsRefused() {
        byte[] off = TestKeys.publicKey();
        off[64] ^= 1;
        byte[] compressed = Arrays.copyOf(TestKeys.publicKey(), 33);
        byte[] otherForm = TestKeys.publicKey();
        otherForm[0] = 3;
        byte[] beyond = new byte[65];
        Arrays.fill(beyond, (byte) 0xff);
        beyond[0] = 4;
        byte[] zero = new byte[65];
        zero[0] = 4;
        for (byte[] bad : new byte[][] {off, compressed, otherForm, beyond, zero, {}, new byte[66]}) {
            assertThatThrownBy(() -> check.check(FINE, Base64Url.of(bad), SECRET))
                    .hasMessageStartingWith("phone.keys");
        }
        assertThatThrownBy(() -> check.check(FINE, "not base64!", SECRET)).hasMessageStartingWith("phone.keys");
    }

    @Test
    void aSecretOfAnotherLengthIsRefused() {
        for (int length : new int[] {0, 15, 17, 1_000}) {
            assertThatThrownBy(() -> check.check(FINE, KEY, Base64Url.of(new byte[length])))
                    .hasMessageStartingWith("phone.keys");
        }
        assertThat(check.check(FINE, KEY, SECRET + "==").endpoint().secret()).hasSize(16);
    }

    @Test
    void aServiceOnThisMachineIsForTestsOnly() {
        assertThat(new EndpointCheck(true)
                        .check("http://127.0.0.1:1234/x", KEY, SECRET)
                        .known())
                .isFalse();
        assertThatThrownBy(() -> new EndpointCheck(true).check("http://10.0.0.8/x", KEY, SECRET))
                .hasMessageStartingWith("phone.endpoint");
    }
}
