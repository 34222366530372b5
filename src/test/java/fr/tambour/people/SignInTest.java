package fr.tambour.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fr.tambour.audit.AuditReport;
import fr.tambour.audit.AuditVerifier;
import fr.tambour.people.internal.Register;
import fr.tambour.people.internal.Tidying;
import fr.tambour.storage.Database;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Getting into the studio and the API, and being kept out, over real connections to the whole application. */
@ParameterizedClass(name = "{0}")
@MethodSource("both")
class SignInTest {

    private static final String PASSWORD = "quatre chats sur le toit";
    private static final Pattern LINK = Pattern.compile("id=\"secret\" value=\"https?://[^/]+([^\"]+)\"");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final TambourServer server;
    private final People people;
    private final Town clairval;
    private final Town vaubrun;
    private Person author;

    SignInTest(TwoTowns towns) {
        server = towns.server();
        clairval = towns.clairval();
        vaubrun = towns.vaubrun();
        people = server.bean(People.class);
    }

    /** One engine after the other; JUnit closes each when its tests are done. */
    static Stream<TwoTowns> both() {
        return Stream.of(Dialect.values()).map(TwoTowns::on);
    }

    record TwoTowns(Dialect dialect, TambourServer server, Town clairval, Town vaubrun) implements AutoCloseable {

        static TwoTowns on(Dialect dialect) {
            TambourServer server = TambourServer.start(dialect);
            return new TwoTowns(
                    dialect,
                    server,
                    add(server, "Clairval", "clairval.example"),
                    add(server, "Vaubrun", "vaubrun.example"));
        }

        static Town add(TambourServer server, String name, String host) {
            return Objects.requireNonNull(server.bean(TransactionTemplate.class)
                    .execute(status ->
                            server.bean(Towns.class).add(TestTowns.CLAIRVAL, TestTowns.profile(name, host), false)));
        }

        @Override
        public void close() {
            server.close();
        }

        @Override
        public String toString() {
            return dialect.name();
        }
    }

    @BeforeEach
    void someoneNew() {
        author = people.create(clairval.id(), email("author"), "Maëlle Durand", PASSWORD, "fr", Set.of(Role.AUTHOR));
        // What earlier tests did wrong is forgotten.
        server.clock().advance(Duration.ofHours(2));
    }

    private String email(String who) {
        return who + COUNT.incrementAndGet() + "@clairval.fr";
    }

    private StudioClient client() {
        return new StudioClient(server, clairval.slug());
    }

    private StudioClient signedIn(Person person) {
        StudioClient client = client();
        assertThat(client.signIn(person.email(), PASSWORD).statusCode()).isEqualTo(302);
        return client;
    }

    private Person administrator() {
        return people.createAdministrator(clairval.id(), email("admin"), "Claude Martin", PASSWORD, "fr");
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("").replaceFirst("^https?://[^/]+", "");
    }

    @Test
    void aPageLeadsToTheSignInAndBack() {
        StudioClient client = client();
        HttpResponse<String> asked = client.get("/studio/moi?x=1");
        assertThat(asked.statusCode()).isEqualTo(302);
        assertThat(location(asked)).isEqualTo("/studio/connexion?suite=%2Fstudio%2Fmoi%3Fx%3D1");

        client.get(location(asked));
        HttpResponse<String> in = client.post(
                "/studio/connexion", "email", author.email(), "password", PASSWORD, "suite", "/studio/moi?x=1");

        assertThat(location(in)).isEqualTo("/studio/moi?x=1");
        assertThat(client.get("/studio/moi").body()).contains("Maëlle Durand", "Firefox, Linux");
    }

    @Test
    void theSessionsCookieIsTheStudiosAlone() {
        StudioClient client = client();
        client.get("/studio/connexion");
        List<String> cookies = client.post("/studio/connexion", "email", author.email(), "password", PASSWORD)
                .headers()
                .allValues("Set-Cookie");

        assertThat(cookies)
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("tambour=")
                        .containsIgnoringCase("; Path=/studio")
                        .containsIgnoringCase("; HttpOnly")
                        .containsIgnoringCase("; SameSite=Lax"));
    }

    @Test
    void nobodyGetsASessionForLooking() {
        int before = sessions();
        StudioClient client = client();
        client.get("/studio/connexion");
        client.signIn(author.email(), "this is not the password");

        assertThat(client.cookies()).doesNotContainKey("tambour");
        assertThat(sessions()).isEqualTo(before);
    }

    private int sessions() {
        return server.bean(JdbcClient.class)
                .sql("SELECT COUNT(*) FROM sign_in_session")
                .query(Integer.class)
                .single();
    }

    @Test
    void theDatabaseDoesNotKnowWhatTheCookieHolds() {
        StudioClient client = signedIn(author);

        assertThat(server.bean(JdbcClient.class)
                        .sql("SELECT id_mac FROM sign_in_session")
                        .query(String.class)
                        .list())
                .noneMatch(mac -> mac.contains(client.cookies().get("tambour")));
    }

    @Test
    void aPlantedSessionIsWorthNothing() {
        StudioClient client = client();
        client.cookies().put("tambour", "planted-by-an-attacker");
        client.signIn(author.email(), PASSWORD);
        String first = client.cookies().get("tambour");
        assertThat(first).isNotEqualTo("planted-by-an-attacker");

        StudioClient again = client();
        again.cookies().putAll(client.cookies());
        again.cookies().remove("tambour");
        again.signIn(author.email(), PASSWORD);

        assertThat(again.cookies().get("tambour")).isNotEqualTo(first);
    }

    @Test
    void aFormWithoutItsTokenIsRefused() {
        StudioClient client = signedIn(author);
        assertThat(client.postBare("/studio/moi", "name", "Forged", "language", "fr")
                        .statusCode())
                .isEqualTo(403);
        assertThat(client().postBare("/studio/connexion", "email", author.email(), "password", PASSWORD)
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.get(author.id()).name()).isEqualTo("Maëlle Durand");
    }

    @Test
    void theTokenOfAnotherSessionIsRefused() {
        StudioClient other = signedIn(author);
        String page = other.get("/studio/moi").body();
        Matcher field = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(field.find()).isTrue();

        StudioClient client = signedIn(author);

        assertThat(client.postBare("/studio/moi", "name", "Forged", "language", "fr", "_csrf", field.group(1))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void nobodyLearnsWhoExists() {
        HttpResponse<String> known = client().signIn(author.email(), "this is not the password");
        HttpResponse<String> unknown = client().signIn("nobody-" + author.email(), "this is not the password");

        assertThat(known.statusCode()).isEqualTo(422).isEqualTo(unknown.statusCode());
        assertThat(withoutWhatDiffers(known)).isEqualTo(withoutWhatDiffers(unknown));
        assertThat(known.headers().map().keySet())
                .isEqualTo(unknown.headers().map().keySet());
    }

    private static String withoutWhatDiffers(HttpResponse<String> response) {
        return response.body()
                .replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "")
                .replaceAll("value=\"[^\"]*@clairval.fr\"", "");
    }

    @Test
    void wrongPasswordsAreSlowedAndSaidUntilWhenWhetherThereIsAnAccountOrNot() {
        for (String email : List.of(author.email(), "nobody-" + author.email())) {
            StudioClient client = client();
            for (int i = 0; i < 5; i++) {
                assertThat(client.signIn(email, "this is not the password").statusCode())
                        .isEqualTo(422);
            }
            HttpResponse<String> slowed = client.signIn(email, "this is not the password");

            assertThat(slowed.statusCode()).isEqualTo(429);
            assertThat(slowed.headers().firstValue("Retry-After")).contains("1");
            assertThat(slowed.body()).contains("Recommencez dans une seconde");
        }
    }

    @Test
    void aThousandWrongPasswordsDoNotKeepOutTheDeviceThatSignedInBefore() {
        StudioClient theirs = signedIn(author);
        theirs.get("/studio/moi");
        theirs.post("/studio/deconnexion");
        StudioClient attacker = client();
        attacker.get("/studio/connexion");
        int lookedAt = 0;
        for (int i = 0; i < 1_000; i++) {
            HttpResponse<String> answer =
                    attacker.post("/studio/connexion", "email", author.email(), "password", "wrong password " + i);
            lookedAt += answer.statusCode() == 422 ? 1 : 0;
        }

        assertThat(lookedAt).isEqualTo(5);
        assertThat(theirs.signIn(author.email(), PASSWORD).statusCode()).isEqualTo(302);
    }

    @Test
    void whoIsRemovedIsOutAtOnce() {
        StudioClient client = signedIn(author);
        assertThat(client.get("/studio/moi").statusCode()).isEqualTo(200);

        server.bean(Register.class).remove(clairval.id(), author.id(), PersonId.SYSTEM);

        assertThat(client.get("/studio/moi").statusCode()).isEqualTo(403);
        assertThat(client.get("/studio/moi").body()).contains("Vous ne travaillez pas pour Clairval");
    }

    @Test
    void aRoleTakenAwayIsGoneWithTheNextRequest() {
        Person second = administrator();
        administrator();
        StudioClient client = signedIn(second);
        assertThat(client.get("/studio/equipe").statusCode()).isEqualTo(200);

        server.bean(Register.class).changeRoles(clairval.id(), second.id(), Set.of(Role.AUTHOR), PersonId.SYSTEM);

        assertThat(client.get("/studio/equipe").statusCode()).isEqualTo(403);
        assertThat(client.get("/studio/moi").statusCode()).isEqualTo(200);
    }

    @Test
    void someoneOfAnotherTownIsToldWhereTheyBelong() {
        StudioClient elsewhere = new StudioClient(server, vaubrun.slug());
        elsewhere.signIn(author.email(), PASSWORD);
        HttpResponse<String> page = elsewhere.get("/studio");

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("Vous ne travaillez pas pour Vaubrun", "https://clairval.example/studio");
    }

    @Test
    void signingOutEndsTheSessionAndNotOnlyTheCookie() {
        StudioClient client = signedIn(author);
        StudioClient copy = client();
        copy.cookies().putAll(client.cookies());
        client.get("/studio/moi");
        client.post("/studio/deconnexion");

        assertThat(copy.get("/studio/moi").statusCode()).isEqualTo(302);
    }

    @Test
    void signingOutEverywhereKeepsOnlyThisDevice() {
        StudioClient here = signedIn(author);
        StudioClient there = signedIn(author);
        here.get("/studio/moi");
        here.post("/studio/moi/sessions/fin");

        assertThat(here.get("/studio/moi").statusCode()).isEqualTo(200);
        assertThat(there.get("/studio/moi").statusCode()).isEqualTo(302);
    }

    @Test
    void aSessionEndsWhenIdleAndInAnyCaseAfterAWeek() {
        StudioClient idle = signedIn(author);
        server.clock().advance(Duration.ofHours(12));
        assertThat(idle.get("/studio/moi").statusCode()).isEqualTo(302);

        StudioClient busy = signedIn(author);
        for (int i = 0; i < 15; i++) {
            server.clock().advance(Duration.ofHours(11));
            assertThat(busy.get("/studio/moi").statusCode()).isEqualTo(200);
        }
        server.clock().advance(Duration.ofHours(4));
        assertThat(busy.get("/studio/moi").statusCode()).isEqualTo(302);
    }

    @Test
    void aPasswordIsChangedByWhoKnowsItAndEndsTheOtherSessions() {
        StudioClient here = signedIn(author);
        StudioClient there = signedIn(author);
        here.get("/studio/moi");
        assertThat(here.post("/studio/moi/mot-de-passe", "current", "wrong", "password", "fanfare du dimanche")
                        .statusCode())
                .isEqualTo(422);
        assertThat(here.post("/studio/moi/mot-de-passe", "current", PASSWORD, "password", "court")
                        .body())
                .contains("au moins 12 caractères");
        HttpResponse<String> changed =
                here.post("/studio/moi/mot-de-passe", "current", PASSWORD, "password", "fanfare du dimanche");

        assertThat(location(changed)).isEqualTo("/studio/moi?fait=mot-de-passe");
        assertThat(here.get("/studio/moi").statusCode()).isEqualTo(200);
        assertThat(there.get("/studio/moi").statusCode()).isEqualTo(302);
        assertThat(client().signIn(author.email(), "fanfare du dimanche").statusCode())
                .isEqualTo(302);
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
    void whatCannotBeTakenBackIsAskedOnceMoreNamingThePerson() {
        StudioClient leaving = signedIn(author);
        assertThat(leaving.get("/studio/moi").body()).doesNotContain("action=\"/studio/moi/depart");
        assertThat(leaving.get("/studio/moi/depart").body()).contains("action=\"/studio/moi/depart");

        StudioClient admin = signedIn(administrator());
        String removal = "/studio/equipe/" + author.id() + "/retrait";
        assertThat(admin.get("/studio/equipe").body())
                .contains("href=\"" + removal)
                .doesNotContain("action=\"" + removal);
        assertThat(admin.get(removal).body()).contains("Maëlle Durand", "action=\"" + removal);
        assertThat(people.membership(clairval.id(), author.id())).isPresent();
        assertThat(admin.post(removal).statusCode()).isEqualTo(302);

        String erasure = "/studio/equipe/" + author.id() + "/effacement";
        assertThat(admin.get("/studio/equipe").body())
                .contains("href=\"" + erasure)
                .doesNotContain("action=\"" + erasure);
        assertThat(admin.get(erasure).body()).contains("Maëlle Durand", author.email(), "action=\"" + erasure);
        assertThat(people.nameOf(author.id())).isEqualTo("Maëlle Durand");
    }

    @Test
    void theLastAdministratorStays() {
        Register register = server.bean(Register.class);
        Town alone = TwoTowns.add(server, "Seule", "seule" + COUNT.incrementAndGet() + ".example");
        PersonId only = people.createAdministrator(alone.id(), email("admin"), "Une Seule", PASSWORD, "fr")
                .id();

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> register.remove(alone.id(), only, only))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("people.last-administrator"));
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> register.changeRoles(alone.id(), only, Set.of(Role.AUTHOR), only));

        people.createAdministrator(alone.id(), email("admin"), "Une Autre", PASSWORD, "fr");
        register.remove(alone.id(), only, only);
        assertThat(people.of(alone.id())).hasSize(1);
    }

    @Test
    void nothingInTheDatabaseHoldsAnErasedAddress() {
        Register register = server.bean(Register.class);
        Invitations invitations = server.bean(Invitations.class);
        String invited = email("invited");
        String way = path(invitations.invite(clairval.id(), invited, Set.of(Role.AUTHOR), PersonId.SYSTEM));
        StudioClient client = client();
        client.get(way);
        client.post(way, "name", "Inès Petit", "password", PASSWORD);
        Person person = people.byEmail(invited).orElseThrow();
        invitations.resetPassword(clairval.id(), person.id(), PersonId.SYSTEM);
        token(server.bean(Tokens.class), person, Duration.ofDays(1));
        assertThat(tablesHolding(invited)).contains("person", "single_use_link");

        register.remove(clairval.id(), person.id(), PersonId.SYSTEM);
        register.erase(clairval.id(), person.id(), PersonId.SYSTEM);

        assertThat(tablesHolding(invited)).isEmpty();
        assertThat(server.bean(JdbcClient.class)
                        .sql("SELECT COUNT(*) FROM api_token WHERE person_id = ?")
                        .param(person.id().value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    /** Whatever tables there are, those still to come among them. */
    private List<String> tablesHolding(String text) {
        JdbcClient jdbc = server.bean(JdbcClient.class);
        return jdbc
                .sql(server.bean(Database.class)
                        .pick(
                                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'",
                                "SELECT table_name FROM information_schema.tables"
                                        + " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"))
                .query(String.class)
                .list()
                .stream()
                .filter(table -> jdbc.sql("SELECT * FROM \"" + table + "\"").query().listOfRows().stream()
                        .flatMap(row -> row.values().stream())
                        .anyMatch(value -> value instanceof String written && written.contains(text)))
                .toList();
    }

    @Test
    void linksAndTokensThatAreOverAreForgottenAfterAMonth() {
        String invited = email("invited");
        server.bean(Invitations.class).invite(clairval.id(), invited, Set.of(Role.AUTHOR), PersonId.SYSTEM);
        String lasting = token(server.bean(Tokens.class), Duration.ofDays(300));
        token(server.bean(Tokens.class), Duration.ofDays(1));
        server.clock().advance(Duration.ofDays(36));
        server.bean(Tidying.class).tidy();
        assertThat(tablesHolding(invited)).contains("single_use_link");
        server.clock().advance(Duration.ofDays(2));
        server.bean(Tidying.class).tidy();
        assertThat(tablesHolding(invited)).isEmpty();
        assertThat(client().bearer("/api/v1/nothing-here", lasting).statusCode())
                .isEqualTo(404);
    }

    @Test
    void anErasedNameIsGoneAndTheJournalStaysWhole() {
        Register register = server.bean(Register.class);
        signedIn(author);
        register.remove(clairval.id(), author.id(), PersonId.SYSTEM);
        register.erase(clairval.id(), author.id(), PersonId.SYSTEM);

        assertThat(people.nameOf(author.id())).isEqualTo("nom effacé");
        assertThat(people.byEmail(author.email())).isEmpty();
        assertThat(client().signIn(author.email(), PASSWORD).statusCode()).isEqualTo(422);
        assertThat(server.bean(AuditVerifier.class).verify()).isInstanceOf(AuditReport.Intact.class);
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
    void anotherTownsJournalDoesNotSayWhoCameToItsDoor() {
        new StudioClient(server, vaubrun.slug()).signIn(author.email(), PASSWORD);

        assertThat(journalOf(vaubrun)).doesNotContain(author.id().value());
        signedIn(author);
        assertThat(journalOf(clairval)).contains(author.id().value());
    }

    private List<Long> journalOf(Town town) {
        return server.bean(JdbcClient.class)
                .sql("SELECT person_id FROM audit_entry WHERE town_id = ? AND action = 'people.signed-in'")
                .param(town.id().value())
                .query(Long.class)
                .list();
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

    @Test
    void aWrongPasswordIsAnsweredWhileSomebodyWrites() {
        server.bean(TransactionTemplate.class).executeWithoutResult(status -> {
            server.bean(JdbcClient.class)
                    .sql("UPDATE town SET slug = slug WHERE id = ?")
                    .param(vaubrun.id().value())
                    .update();
            assertThat(client().signIn(author.email(), "this is not the password")
                            .statusCode())
                    .isEqualTo(422);
        });
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

    @Test
    void theJournalIsReadByAdministratorsInWords() {
        Person admin = administrator();
        server.bean(Invitations.class).invite(clairval.id(), email("invited"), Set.of(Role.AUTHOR), admin.id());

        assertThat(signedIn(admin).get("/studio/journal").body())
                .contains("Personne invitée", "Claude Martin", "rôles\u00a0: Auteur");
        assertThat(signedIn(author).get("/studio/journal").statusCode()).isEqualTo(403);
    }

    private String token(Tokens tokens, Duration lasts) {
        return token(tokens, author, lasts);
    }

    private String token(Tokens tokens, Person person, Duration lasts) {
        return tokens.create(
                        person.id(),
                        clairval.id(),
                        "Essai",
                        Set.of("notices:read"),
                        server.clock().instant().plus(lasts))
                .secret();
    }

    private static void assertRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"Tambour\", error=\"invalid_token\"");
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(response.body()).contains("\"code\":\"people.token-refused\"");
    }

    private static String link(String page) {
        Matcher link = LINK.matcher(page);
        assertThat(link.find()).as("a link to copy is on the page").isTrue();
        return link.group(1);
    }

    private static String path(Invitations.Link link) {
        return link.address().getPath();
    }
}
