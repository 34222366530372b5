package fr.tambour.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fr.tambour.audit.Audit;
import fr.tambour.people.internal.Register;
import fr.tambour.ui.Refusal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An administrator of Clairval has made an account at the address of Claire, who is to work for Vaubrun. The operator gives
 * her a link, and she is alone in it afterwards whatever Clairval does meanwhile.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.people.TwoTowns#onBothEngines")
class RecoveryTest extends TwoTownsTest {

    private static final String CLAIRES = "fanfare du dimanche";

    private final Invitations invitations = server.bean(Invitations.class);
    private Person claire;
    private Person squatter;

    RecoveryTest(TwoTowns towns) {
        super(towns);
    }

    @BeforeEach
    void somebodyElseWasFaster() {
        claire = author;
        squatter = administrator();
        invitations.invite(vaubrun.id(), claire.email(), Set.of(Role.MODERATOR), PersonId.SYSTEM);
    }

    private StudioClient atVaubrun() {
        return new StudioClient(server, vaubrun.slug());
    }

    private HttpResponse<String> uses(String way) {
        StudioClient client = atVaubrun();
        client.get("/studio/connexion");
        client.get(way);
        return client.post(way, "password", CLAIRES);
    }

    @Test
    void theLinkGivesTheAccountToWhoeverHoldsItAndLetsThemInWhereTheyAreExpected() {
        StudioClient before = signedIn(claire);
        Tokens tokens = server.bean(Tokens.class);
        String token = token(tokens, Duration.ofDays(3));
        String way = path(invitations.recover(vaubrun.id(), claire.email().toUpperCase()));

        assertThat(location(uses(way))).isEqualTo("/studio");

        assertThat(people.membership(vaubrun.id(), claire.id()))
                .hasValueSatisfying(member -> assertThat(member.roles()).containsExactly(Role.MODERATOR));
        assertThat(invitations.open(vaubrun.id()))
                .extracting(Invitations.Open::email)
                .doesNotContain(claire.email());
        assertThat(before.get("/studio/moi").statusCode()).isEqualTo(302);
        assertThat(client().bearer("/api/v1/notices", token).statusCode()).isEqualTo(401);
        assertThat(client().signIn(claire.email(), PASSWORD).statusCode()).isNotEqualTo(302);
        assertThat(atVaubrun().signIn(claire.email(), CLAIRES).statusCode()).isEqualTo(302);
        assertThat(uses(way).statusCode()).as("it opens once").isEqualTo(410);
    }

    @Test
    void theAdministratorsOfTheFirstTownCanNeitherStopItNorTakeTheAccountBack() {
        Register register = server.bean(Register.class);
        String theirs = path(invitations.resetPassword(clairval.id(), claire.id(), squatter.id()));
        String way = path(invitations.recover(vaubrun.id(), claire.email()));
        String theirsAgain = path(invitations.resetPassword(clairval.id(), claire.id(), squatter.id()));
        StudioClient inside = signedIn(claire);
        inside.get("/studio/moi");
        register.remove(clairval.id(), claire.id(), squatter.id());
        register.join(clairval.id(), claire.id(), Set.of(Role.AUTHOR), squatter.id());

        assertThat(location(uses(way))).isEqualTo("/studio");

        for (String link : new String[] {theirs, theirsAgain}) {
            assertThat(client().get(link).statusCode()).isEqualTo(410);
        }
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> invitations.resetPassword(clairval.id(), claire.id(), squatter.id()))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("people.works-elsewhere"));
    }

    @Test
    void itIsGoodForADayAndOnlyTheNewestAndOnlyAsLongAsTheyAreExpected() {
        String older = path(invitations.recover(vaubrun.id(), claire.email()));
        String ofTheOther = path(invitations.recover(clairval.id(), claire.email()));
        assertThat(atVaubrun().get(older).statusCode()).isEqualTo(410);
        assertThat(client().get(ofTheOther).statusCode()).isEqualTo(200);

        String newest = path(invitations.recover(vaubrun.id(), claire.email()));
        assertThat(client().get(newest).statusCode()).as("in the other town").isEqualTo(410);
        assertThat(client().get(ofTheOther).statusCode()).isEqualTo(410);
        invitations.open(vaubrun.id()).stream()
                .filter(open -> open.email().equals(claire.email()))
                .forEach(open -> invitations.takeBack(vaubrun.id(), open.id(), PersonId.SYSTEM));
        assertThat(atVaubrun().get(newest).statusCode()).isEqualTo(410);

        invitations.invite(vaubrun.id(), claire.email(), Set.of(Role.AUTHOR), PersonId.SYSTEM);
        assertThat(atVaubrun().get(newest).statusCode()).isEqualTo(200);
        server.clock().advance(Duration.ofDays(1));
        assertThat(atVaubrun().get(newest).statusCode()).isEqualTo(410);
    }

    @Test
    void bothTownsReadInTheirJournalThatTheOperatorMadeOne() {
        invitations.recover(vaubrun.id(), claire.email());

        for (long town : new long[] {clairval.id().value(), vaubrun.id().value()}) {
            assertThat(server.bean(Audit.class).page(town, Long.MAX_VALUE, 1))
                    .singleElement()
                    .satisfies(recorded -> {
                        assertThat(recorded.entry().action()).isEqualTo("people.password-link");
                        assertThat(recorded.entry().personId()).isEqualTo(PersonId.SYSTEM.value());
                        assertThat(recorded.entry().subject())
                                .isEqualTo(claire.id().toString());
                    });
        }
    }

    @Test
    void whomATownDoesNotExpectAndWhoHasNoAccountGetNone() {
        Person other = people.create(clairval.id(), email("other"), "Noé Petit", PASSWORD, "fr", Set.of(Role.AUTHOR));

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> invitations.recover(vaubrun.id(), other.email()))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("people.not-expected"));
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> invitations.recover(vaubrun.id(), email("nobody")))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("people.no-account"));
    }
}
