package fr.tambour.people;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.Database;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.Town;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests at the door of two towns share; JUnit runs each of them on one engine after the other. */
abstract class TwoTownsTest {

    static final String PASSWORD = "quatre chats sur le toit";
    static final Pattern LINK = Pattern.compile("id=\"secret\" value=\"https?://[^/]+([^\"]+)\"");
    static final AtomicInteger COUNT = new AtomicInteger();

    final TambourServer server;
    final People people;
    final Town clairval;
    final Town vaubrun;
    Person author;

    TwoTownsTest(TwoTowns towns) {
        server = towns.server();
        clairval = towns.clairval();
        vaubrun = towns.vaubrun();
        people = server.bean(People.class);
    }

    @BeforeEach
    void someoneNew() {
        author = people.create(clairval.id(), email("author"), "Maëlle Durand", PASSWORD, "fr", Set.of(Role.AUTHOR));
        // What earlier tests did wrong is forgotten.
        server.clock().advance(Duration.ofHours(2));
    }

    String email(String who) {
        return who + COUNT.incrementAndGet() + "@clairval.fr";
    }

    StudioClient client() {
        return new StudioClient(server, clairval.slug());
    }

    StudioClient signedIn(Person person) {
        StudioClient client = client();
        assertThat(client.signIn(person.email(), PASSWORD).statusCode()).isEqualTo(302);
        return client;
    }

    Person administrator() {
        return people.createAdministrator(clairval.id(), email("admin"), "Claude Martin", PASSWORD, "fr");
    }

    static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("").replaceFirst("^https?://[^/]+", "");
    }

    static String withoutWhatDiffers(HttpResponse<String> response) {
        return response.body()
                .replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "")
                .replaceAll("value=\"[^\"]*@clairval.fr\"", "");
    }

    String token(Tokens tokens, Duration lasts) {
        return token(tokens, author, lasts);
    }

    String token(Tokens tokens, Person person, Duration lasts) {
        return tokens.create(
                        person.id(),
                        clairval.id(),
                        "Essai",
                        Set.of("notices:read"),
                        server.clock().instant().plus(lasts))
                .secret();
    }

    static void assertRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"Tambour\", error=\"invalid_token\"");
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(response.body()).contains("\"code\":\"people.token-refused\"");
    }

    static String link(String page) {
        Matcher link = LINK.matcher(page);
        assertThat(link.find()).as("a link to copy is on the page").isTrue();
        return link.group(1);
    }

    static String path(Invitations.Link link) {
        return link.address().getPath();
    }

    /** Whatever tables there are, those still to come among them. */
    List<String> tablesHolding(String text) {
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
}
