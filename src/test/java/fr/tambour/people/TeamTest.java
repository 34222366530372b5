package fr.tambour.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fr.tambour.audit.AuditReport;
import fr.tambour.audit.AuditVerifier;
import fr.tambour.people.internal.Register;
import fr.tambour.people.internal.Tidying;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who works for a town, who leaves it and who is forgotten, over real connections. */
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.people.TwoTowns#onBothEngines")
class TeamTest extends TwoTownsTest {

    TeamTest(TwoTowns towns) {
        super(towns);
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
    void theJournalIsReadByAdministratorsInWords() {
        Person admin = administrator();
        server.bean(Invitations.class).invite(clairval.id(), email("invited"), Set.of(Role.AUTHOR), admin.id());

        Tokens.Created made = server.bean(Tokens.class)
                .create(
                        author.id(),
                        clairval.id(),
                        "Essai",
                        Set.of("notices:read"),
                        server.clock().instant().plus(Duration.ofDays(1)));

        assertThat(signedIn(admin).get("/studio/journal").body())
                .contains("Personne invitée", "Claude Martin", "rôles\u00a0: Auteur")
                .contains("Jeton créé", "droits\u00a0: Lire tous les avis", "valable jusqu’au\u00a0: ")
                .doesNotContain(
                        "notices:read",
                        ">" + made.token().id() + "<",
                        "\u00a0: " + made.token().expires().toString().substring(0, 10));
        assertThat(signedIn(author).get("/studio/journal").statusCode()).isEqualTo(403);
    }
}
