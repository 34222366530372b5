package fr.tambour.desk.setup;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.desk.internal.SetupLink;
import fr.tambour.operations.RecoveryKey;
import fr.tambour.storage.Dialect;
import fr.tambour.town.Towns;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.system.CapturedOutput;

/** What is forged, mistyped or out of order, whatever the database. */
class SetupInputTest extends SetupPages {

    SetupInputTest() {
        super(Dialect.SQLITE);
    }

    @Test
    void aLinkThatIsNotTheOneOnTheConsoleOpensNothing() throws Exception {
        String forged = link.substring(0, link.length() - 32) + "A".repeat(32);

        assertThat(get(forged).statusCode()).isEqualTo(410);
        assertThat(post(forged + "/collectivite", "type", "COMMUNE", "code", "91692")
                        .statusCode())
                .isEqualTo(410);
    }

    @Test
    void aStepIsNotReachedBeforeThoseBeforeIt() throws Exception {
        assertThat(get(link + "/administrateur").uri().getPath()).endsWith("/collectivite");
        chooseTown();
        assertThat(get(link + "/administrateur").uri().getPath()).endsWith("/identite");
        assertThat(finish(PASSWORD).uri().getPath()).endsWith("/identite");
        assertThat(tambour.bean(Towns.class).all()).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidAtItsFieldAndWhatWasTypedIsKept() throws Exception {
        chooseTown();

        HttpResponse<String> again = confirmIdentity("hosts", "pas un hôte..fr", "address", "1 place de la Mairie");

        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body())
                .contains("hosts-error")
                .contains("pas un hôte..fr")
                .contains("1 place de la Mairie");
    }

    @Test
    void aFieldWithANumberThatNoPageHasIsRefusedAsMalformed() throws Exception {
        chooseTown();

        for (String index : List.of("0", "300", "99999", "x", "")) {
            assertThat(confirmIdentity("languages[" + index + "]", "en").statusCode())
                    .as(index)
                    .isEqualTo(400);
        }
        assertThat(confirmIdentity().statusCode()).isEqualTo(200);
    }

    @Test
    void aLinkMistypedLeavesNothingInTheLog(CapturedOutput console) throws Exception {
        get(link + "/cle/a/b");
        get(link.replaceFirst("/mise-en-place/.*", "/en/studio/invitation/SecretOfAnInvitation"));

        assertThat(console.getAll()).doesNotContain("/cle/a/b").doesNotContain("SecretOfAnInvitation");
    }

    @Test
    void aWeakPasswordMakesNothing() throws Exception {
        upToTheAdministrator();

        HttpResponse<String> again = finish("court");

        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body())
                .contains("password-error")
                .contains("ines@lesulis.fr")
                .doesNotContain("court\"");
        assertThat(tambour.bean(Towns.class).all()).isEmpty();
        assertThat(finish(PASSWORD).uri().getPath()).isEqualTo("/studio");
    }

    @Test
    void aRecoveryKeyMistypedIsNotTakenAndIsNotShownAgain() throws Exception {
        chooseTown();
        confirmIdentity();
        post(link + "/couleurs", "une", "#1d4e89", "deux", "#f2b84b");
        post(link + "/quartiers-thematiques", "themes", "Culture");
        Matcher key = KEY.matcher(post(link + "/cle/nouvelle").body());
        assertThat(key.find()).isTrue();

        String mistyped = key.group().substring(0, 40);
        HttpResponse<String> again = post(link + "/cle", "typed", mistyped);

        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body())
                .contains("typed-error", "value=\"" + mistyped + "\"")
                .doesNotContain(key.group());
        assertThat(tambour.bean(RecoveryKey.class).confirmedAt()).isEmpty();
        String file = post(link + "/cle/fichier", "key", key.group()).body();
        assertThat(file.lines().filter(line -> !line.startsWith("#")))
                .as("what is not the key is a comment in an identity file of age")
                .containsExactly(key.group());
        assertThat(file).contains("# Clé de secours", "# Pour restaurer");
        assertThat(post(link + "/cle/fichier", "key", "<script>").statusCode()).isEqualTo(422);
    }

    @Test
    void ofTwoLinksTheOlderNoLongerWorks() throws Exception {
        String newer = link.replaceFirst("[^/]+$", tambour.bean(SetupLink.class).renew());

        assertThat(get(link).statusCode()).isEqualTo(410);
        assertThat(get(newer).statusCode()).isEqualTo(200);
    }
}
