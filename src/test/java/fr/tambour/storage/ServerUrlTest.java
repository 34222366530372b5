package fr.tambour.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {

    private static ServerUrl of(String url) {
        return ServerUrl.of("TAMBOUR_X", "x://USER:PASSWORD@HOST", url);
    }

    @ParameterizedTest
    @CsvSource({
        "p+w, p+w",
        "p%2Bw, p+w",
        "p%20w, 'p w'",
        "p%40%2F%3A%25w, p@/:%w",
        "a:b, a:b",
        "%C3%A9t%C3%A9, été",
        "été, été",
        "a%00b, 'a\0b'",
        "p!$&'()*;=-._~w, p!$&'()*;=-._~w"
    })
    void onlyPercentEncodingIsDecodedInAPassword(String written, String meant) {
        assertThat(of("x://clairval:" + written + "@db").password()).isEqualTo(meant);
        assertThat(of("x://" + written.replace(":", "%3A") + "@db").user()).isEqualTo(meant);
    }

    @Test
    void anUnderscoreInAHostNameIsOne() {
        ServerUrl url = of("x://u:p@tambour_db_1:5433/notices");

        assertThat(url.host()).isEqualTo("tambour_db_1");
        assertThat(url.portOr(5432)).isEqualTo(5433);
        assertThat(url.path()).isEqualTo("notices");
    }

    @Test
    void whatIsNotSaidIsAbsent() {
        ServerUrl url = of(" x://db ");

        assertThat(url.user()).isNull();
        assertThat(url.password()).isNull();
        assertThat(url.portOr(5432)).isEqualTo(5432);
        assertThat(url.path()).isEmpty();
        assertThat(url.parameters()).isEmpty();
        assertThat(of("x://u@db").password()).isNull();
        assertThat(of("x://u:@db").password()).isEmpty();
    }

    @Test
    void thereMayBeSeveralServersAndParameters() {
        ServerUrl url = of("x://u:p@one:1,[::1]:2,three/d%20b?ssl=true&options=-c%20a%3Db+c");

        assertThat(url.authority()).isEqualTo("one:1,[::1]:2,three");
        assertThat(url.host()).isEqualTo("one");
        assertThat(url.portOr(9)).isEqualTo(1);
        assertThat(of("x://[::1]:2/d").host()).isEqualTo("[::1]");
        assertThat(url.path()).isEqualTo("d b");
        assertThat(url.parameters()).containsEntry("ssl", "true").containsEntry("options", "-c a=b+c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cret",
                "x:s3cret",
                "x:/u:s3cret@db",
                "x://u:s3cret@",
                "x://u:s3cret@db:port",
                "x://u:s3cret@db:123456",
                "x://u:s3cret",
                "x://u:s3cret@da ta",
                "x://u:s3cret%@db",
                "x://u:s3cret%4@db",
                "x://u:s3cret%zz@db",
                "x://u:@s3cret@db",
                "x://u:1/s3cret@db",
                "x://u:1?s3cret@db",
                "x://u:1#s3cret@db",
                "x://u:p@s3cret?w@db",
                "x://u:p@db?s3cret",
                "x://u:p@db/a?=s3cret",
                "x://u:p@db/a?password=s3cret%",
                "x://u:p[s3cret@db@db"
            })
    void whatIsNoAddressIsRefusedWithoutBeingRepeated(String url) {
        assertThatExceptionOfType(SettingsRefused.class)
                .isThrownBy(() -> of(url))
                .withMessageStartingWith("TAMBOUR_X must look like x://USER:PASSWORD@HOST")
                .withNoCause()
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("s3cret"));
    }

    @Test
    void noTextOfItHoldsAPassword() {
        assertThat(of("x://u:s3cret@db/a?password=s3cret")).hasToString("x://u@db/a");
    }
}
