package fr.tambour.people;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.people.internal.Register;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Links by which people come to work for a town or choose a new password, over real connections. */
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.people.TwoTowns#onBothEngines")
class InvitationsTest extends TwoTownsTest {

    InvitationsTest(TwoTowns towns) {
        super(towns);
    }

    @Test
    void anInvitedPersonChoosesAPasswordAndIsInAndTheLinkIsUsedUp() {
        StudioClient admin = signedIn(administrator());
        admin.get("/studio/equipe");
        String invited = email("invited");
        String page = admin.post("/studio/equipe/invitations", "email", invited, "roles", "APPROVER", "roles", "AUTHOR")
                .body();
        String way = link(page);

        StudioClient client = client();
        assertThat(client.get(way).body()).contains(invited, "Approbateur", "Auteur");
        assertThat(client.post(way, "name", "Inès Petit", "password", "tropcourt")
                        .statusCode())
                .isEqualTo(422);
        assertThat(location(client.post(way, "name", "Inès Petit", "password", PASSWORD)))
                .isEqualTo("/studio");
        assertThat(client.get("/studio/moi").body()).contains("Inès Petit");

        assertThat(client().get(way).statusCode()).isEqualTo(410);
        assertThat(people.membership(
                        clairval.id(), people.byEmail(invited).orElseThrow().id()))
                .hasValueSatisfying(
                        member -> assertThat(member.roles()).containsExactlyInAnyOrder(Role.APPROVER, Role.AUTHOR));
    }

    @Test
    void anInvitationLastsSevenDaysOpensOneTownAndANewerOneReplacesIt() {
        Invitations invitations = server.bean(Invitations.class);
        String invited = email("invited");
        String older = path(invitations.invite(clairval.id(), invited, Set.of(Role.AUTHOR), PersonId.SYSTEM));
        String newer = path(invitations.invite(clairval.id(), invited, Set.of(Role.AUTHOR), PersonId.SYSTEM));

        assertThat(client().get(older).statusCode()).isEqualTo(410);
        assertThat(client().get(newer).statusCode()).isEqualTo(200);
        assertThat(new StudioClient(server, vaubrun.slug()).get(newer).statusCode())
                .isEqualTo(410);

        server.clock().advance(Duration.ofDays(7));
        assertThat(client().get(newer).statusCode()).isEqualTo(410);
    }

    @Test
    void whoWorksForAnotherTownJoinsWithThePasswordTheyHave() {
        String way = path(server.bean(Invitations.class)
                .invite(vaubrun.id(), author.email(), Set.of(Role.MODERATOR), PersonId.SYSTEM));
        StudioClient client = new StudioClient(server, vaubrun.slug());
        client.get(way);
        assertThat(client.post(way, "password", "this is not the password").statusCode())
                .isEqualTo(422);
        assertThat(location(client.post(way, "password", PASSWORD))).isEqualTo("/studio");

        assertThat(people.of(author.id())).extracting(Membership::town).contains(clairval.id(), vaubrun.id());
    }

    @Test
    void anAdministratorsLinkLetsChooseAPasswordButNotForSomeoneOfTwoTowns() {
        StudioClient admin = signedIn(administrator());
        admin.get("/studio/equipe");
        String way = link(
                admin.post("/studio/equipe/" + author.id() + "/mot-de-passe").body());
        StudioClient client = client();
        client.get(way);
        assertThat(location(client.post(way, "password", "fanfare du dimanche")))
                .isEqualTo("/studio");
        assertThat(client().signIn(author.email(), "fanfare du dimanche").statusCode())
                .isEqualTo(302);

        people.create(vaubrun.id(), author.email(), "", "", "fr", Set.of(Role.AUTHOR));
        admin.get("/studio/equipe");
        assertThat(admin.post("/studio/equipe/" + author.id() + "/mot-de-passe").statusCode())
                .isEqualTo(409);
    }

    /** Who had opened it before it was used stands before a form that works no more. */
    @Test
    void aLinkToAPasswordIsUsedUpByTheFirstWhoChooses() {
        String way = path(server.bean(Invitations.class).resetPassword(clairval.id(), author.id(), PersonId.SYSTEM));
        StudioClient late = client();
        late.get(way);
        StudioClient first = client();
        first.get(way);
        assertThat(first.post(way, "password", "fanfare du dimanche").statusCode())
                .isEqualTo(302);

        assertThat(late.post(way, "password", "fanfare du mercredi").statusCode())
                .isEqualTo(410);
        assertThat(client().get(way).statusCode()).isEqualTo(410);
        assertThat(client().signIn(author.email(), "fanfare du dimanche").statusCode())
                .isEqualTo(302);
        assertThat(client().signIn(author.email(), "fanfare du mercredi").statusCode())
                .isEqualTo(422);
    }

    @Test
    void theDatabaseDoesNotKnowWhatALinkHolds() {
        Invitations invitations = server.bean(Invitations.class);
        for (String way : List.of(
                path(invitations.invite(clairval.id(), email("invited"), Set.of(Role.AUTHOR), PersonId.SYSTEM)),
                path(invitations.resetPassword(clairval.id(), author.id(), PersonId.SYSTEM)))) {
            assertThat(client().get(way).statusCode()).isEqualTo(200);
            assertThat(tablesHolding(way.substring(way.lastIndexOf('/') + 1))).isEmpty();
        }
    }

    @Test
    void aLinkThatOneTownMadeDoesNotOpenAnotherThatThePersonJoinedSince() {
        Invitations invitations = server.bean(Invitations.class);
        String ofClairval = path(invitations.resetPassword(
                clairval.id(), author.id(), administrator().id()));
        assertThat(client().get(ofClairval).statusCode()).isEqualTo(200);
        String toVaubrun =
                path(invitations.invite(vaubrun.id(), author.email(), Set.of(Role.MODERATOR), PersonId.SYSTEM));
        StudioClient carol = new StudioClient(server, vaubrun.slug());
        carol.get(toVaubrun);
        carol.post(toVaubrun, "password", PASSWORD);
        assertThat(people.membership(vaubrun.id(), author.id())).isPresent();

        StudioClient attacker = client();
        assertThat(attacker.get(ofClairval).statusCode()).isEqualTo(410);
        attacker.get("/studio/connexion");
        assertThat(attacker.post(ofClairval, "password", "fanfare du dimanche").statusCode())
                .isEqualTo(410);
        assertThat(carol.get("/studio/moi").statusCode()).isEqualTo(200);
        assertThat(signedIn(author).get("/studio/moi").statusCode()).isEqualTo(200);

        server.bean(Register.class).remove(vaubrun.id(), author.id(), PersonId.SYSTEM);
        assertThat(client().get(ofClairval).statusCode()).as("for good").isEqualTo(410);
    }

    @Test
    void whoLeavesATownLeavesItsPasswordLinksAndTheServersLinkWorksForSomeoneOfTwoTowns() {
        Invitations invitations = server.bean(Invitations.class);
        Register register = server.bean(Register.class);
        String older = path(invitations.resetPassword(clairval.id(), author.id(), PersonId.SYSTEM));
        register.remove(clairval.id(), author.id(), PersonId.SYSTEM);
        register.join(clairval.id(), author.id(), Set.of(Role.AUTHOR), PersonId.SYSTEM);
        register.join(vaubrun.id(), author.id(), Set.of(Role.AUTHOR), PersonId.SYSTEM);

        assertThat(client().get(older).statusCode()).isEqualTo(410);
        String newer = path(invitations.resetPassword(clairval.id(), author.id(), PersonId.SYSTEM));
        StudioClient client = client();
        client.get(newer);
        assertThat(client.post(newer, "password", "fanfare du dimanche").statusCode())
                .isEqualTo(302);
    }

    @Test
    void whatATownErasesLeavesTheInvitationOfAnother() {
        Register register = server.bean(Register.class);
        Invitations invitations = server.bean(Invitations.class);
        register.remove(clairval.id(), author.id(), PersonId.SYSTEM);
        String ofVaubrun = path(invitations.invite(vaubrun.id(), author.email(), Set.of(Role.AUTHOR), PersonId.SYSTEM));
        register.erase(clairval.id(), author.id(), PersonId.SYSTEM);

        StudioClient client = new StudioClient(server, vaubrun.slug());
        assertThat(client.get(ofVaubrun).statusCode()).isEqualTo(200);
        assertThat(client.post(ofVaubrun, "name", "Maëlle Durand", "password", PASSWORD)
                        .statusCode())
                .isEqualTo(302);
        assertThat(people.byEmail(author.email())).isPresent();
    }

    @Test
    void anInvitationDoesNotTellWhetherThereIsAnAccount() {
        Invitations invitations = server.bean(Invitations.class);
        List<String> pages = Stream.of(author.email(), email("nobody"))
                .map(address -> {
                    StudioClient client = new StudioClient(server, vaubrun.slug());
                    String way = path(invitations.invite(vaubrun.id(), address, Set.of(Role.AUTHOR), PersonId.SYSTEM));
                    return Stream.of(
                                    client.get(way),
                                    client.post(way, "name", "", "password", "this is not the password"),
                                    client.post(way, "name", "Inès", "password", "court"))
                            .map(answer -> answer.statusCode()
                                    + withoutWhatDiffers(answer).replace(way, ""))
                            .collect(Collectors.joining());
                })
                .toList();

        assertThat(pages.getFirst()).isEqualTo(pages.getLast());
    }

    @Test
    void whoHasAnAccountIsToldToSignInOnceAWholeFormIsSentAndJoinsWithThatAccount() {
        String way = path(server.bean(Invitations.class)
                .invite(vaubrun.id(), author.email(), Set.of(Role.AUTHOR), PersonId.SYSTEM));
        StudioClient client = new StudioClient(server, vaubrun.slug());
        client.get(way);
        HttpResponse<String> answer = client.post(way, "name", "Maëlle", "password", "fanfare du dimanche");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("a déjà un compte ici");
        assertThat(people.of(author.id())).extracting(Membership::town).containsExactly(clairval.id());

        Matcher toSignIn =
                Pattern.compile("href=\"(/studio/connexion\\?suite=[^\"]+)\"").matcher(answer.body());
        assertThat(toSignIn.find()).isTrue();
        client.get(toSignIn.group(1));
        assertThat(location(
                        client.post("/studio/connexion", "email", author.email(), "password", PASSWORD, "suite", way)))
                .isEqualTo(way);
        assertThat(client.get(way).body()).contains("Vous êtes déjà entré sous " + author.email());
        assertThat(location(client.post(way))).isEqualTo("/studio");

        assertThat(people.membership(vaubrun.id(), author.id()))
                .hasValueSatisfying(member -> assertThat(member.roles()).containsExactly(Role.AUTHOR));
        assertThat(people.byEmail(author.email()).orElseThrow().name())
                .as("the account stays as it was")
                .isEqualTo(author.name());
        assertThat(new StudioClient(server, vaubrun.slug()).get(way).statusCode())
                .isEqualTo(410);
    }
}
