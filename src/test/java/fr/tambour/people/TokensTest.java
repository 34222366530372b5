package fr.tambour.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fr.tambour.people.internal.Register;
import fr.tambour.ui.Refusal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that act as somebody, over real connections. */
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.people.TwoTowns#onBothEngines")
class TokensTest extends TwoTownsTest {

    TokensTest(TwoTowns towns) {
        super(towns);
    }

    @Test
    void aTokenOpensTheApiOfItsTownWithItsRightsAlone() {
        Tokens tokens = server.bean(Tokens.class);
        String secret = tokens.create(
                        author.id(),
                        clairval.id(),
                        "Agenda culturel",
                        Set.of("notices:read"),
                        server.clock().instant().plus(Duration.ofDays(30)))
                .secret();
        assertThat(secret).matches("tbr_[A-Za-z0-9_-]{43}");

        assertThat(client().bearer("/api/v1/nothing-here", secret).statusCode()).isEqualTo(404);
        assertThat(client().bearer("/studio/moi", secret).statusCode()).isEqualTo(302);
        assertRefused(new StudioClient(server, vaubrun.slug()).bearer("/api/v1/nothing-here", secret));
        assertRefused(client().bearer("/api/v1/nothing-here", secret + "x"));
        assertRefused(client().bearer("/api/v1/nothing-here", "tbr_"));
        HttpResponse<String> without = client().get("/api/v1/nothing-here");
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"Tambour\"");

        Tokens.Token listed = tokens.of(clairval.id(), author.id()).getFirst();
        assertThat(listed.lastUsed()).isNotNull();
        tokens.revoke(clairval.id(), author.id(), listed.id());
        assertRefused(client().bearer("/api/v1/nothing-here", secret));
    }

    @Test
    void aTokenEndsOnItsDayAndWithItsPerson() {
        Tokens tokens = server.bean(Tokens.class);
        String dated = token(tokens, Duration.ofDays(30));
        server.clock().advance(Duration.ofDays(30));
        assertRefused(client().bearer("/api/v1/nothing-here", dated));

        String orphan = token(tokens, Duration.ofDays(30));
        server.bean(Register.class).remove(clairval.id(), author.id(), PersonId.SYSTEM);
        assertRefused(client().bearer("/api/v1/nothing-here", orphan));
    }

    @Test
    void whoLeavesTheTownLeavesTheirTokensForGood() {
        String here = token(server.bean(Tokens.class), Duration.ofDays(30));
        Register register = server.bean(Register.class);
        register.remove(clairval.id(), author.id(), PersonId.SYSTEM);
        register.join(clairval.id(), author.id(), Set.of(Role.AUTHOR), PersonId.SYSTEM);

        assertRefused(client().bearer("/api/v1/nothing-here", here));
    }

    @Test
    void aNewPasswordRevokesEveryToken() {
        String stolen = token(server.bean(Tokens.class), Duration.ofDays(30));
        StudioClient client = signedIn(author);
        assertThat(client.get("/studio/moi").body()).contains("vos jetons sont révoqués");
        client.post("/studio/moi/mot-de-passe", "current", PASSWORD, "password", "fanfare du dimanche");

        assertRefused(client().bearer("/api/v1/nothing-here", stolen));
    }

    @Test
    void nobodyGivesATokenMoreThanTheyHave() {
        Tokens tokens = server.bean(Tokens.class);

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> tokens.create(
                        author.id(),
                        clairval.id(),
                        "Trop",
                        Set.of(PeopleRights.MANAGE.name()),
                        server.clock().instant().plus(Duration.ofDays(1))))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("people.token-rights-lacking"));
    }

    @Test
    void guessedTokensAreSlowedAndRealOnesFromTheSameAddressAreNot() {
        String real = token(server.bean(Tokens.class), Duration.ofDays(1));
        StudioClient client = client();
        HttpResponse<String> last = null;
        for (int i = 0; i < 51; i++) {
            last = client.bearer("/api/v1/nothing-here", "tbr_guess" + i);
        }

        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValue("Retry-After")).isPresent();
        assertThat(client.bearer("/api/v1/nothing-here", real).statusCode()).isEqualTo(404);
    }
}
