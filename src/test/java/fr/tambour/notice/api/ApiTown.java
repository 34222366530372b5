package fr.tambour.notice.api;

import fr.tambour.people.People;
import fr.tambour.people.PersonId;
import fr.tambour.people.Role;
import fr.tambour.people.Tokens;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.ListEntry;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running Tambour with two towns, an author and an approver in one of them, and programs that have their tokens. */
final class ApiTown implements AutoCloseable {

    private static final Set<String> WRITING = Set.of("notices:read", "notices:write");
    private static final Set<String> RELEASING = Set.of(
            "notices:read",
            "notices:write",
            "notices:approve",
            "notices:publish",
            "notices:withdraw",
            "notices:emergency");

    TambourServer tambour;
    private final Documented documented;
    private final Town here;
    private final Town there;
    final Program author;
    final Program approver;
    final Program stranger;
    final String theme;
    private final HttpClient http = HttpClient.newHttpClient();

    ApiTown(Dialect dialect) {
        this(TambourServer.start(dialect, "--tambour.timer.enabled=false"));
    }

    ApiTown(TambourServer tambour) {
        this.tambour = tambour;
        here = write(status -> tambour.bean(Towns.class)
                .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false));
        there = write(status -> tambour.bean(Towns.class)
                .add(
                        new Town.Origin(here.type(), "91998", "91", "Essonne"),
                        TestTowns.profile("Orval", "orval.example"),
                        false));
        theme = write(status -> Long.toString(tambour.bean(Themes.class)
                .arrange(here.id(), List.of(new ListEntry(null, Map.of("fr", "Culture"))))
                .getFirst()
                .id()));
        documented = new Documented(fetched("/api/openapi.json"));
        author = person(here, "ines@clairval.example", "Inès Auteur", Role.AUTHOR, WRITING);
        approver = person(here, "marc@clairval.example", "Marc Valide", Role.APPROVER, RELEASING);
        stranger = person(there, "zoe@orval.example", "Zoé Ailleurs", Role.APPROVER, RELEASING);
    }

    private <T> T write(Function<TransactionStatus, T> work) {
        return Objects.requireNonNull(
                new TransactionTemplate(tambour.bean(PlatformTransactionManager.class)).execute(work::apply));
    }

    private Program person(Town town, String email, String name, Role role, Set<String> rights) {
        PersonId person = write(status -> tambour.bean(People.class)
                        .create(town.id(), email, name, "une phrase assez longue", "fr", Set.of(role)))
                .id();
        return token(town, person, rights);
    }

    private Program token(Town town, PersonId person, Set<String> rights) {
        Tokens.Created token = write(status -> tambour.bean(Tokens.class)
                .create(
                        person,
                        town.id(),
                        "Essai",
                        new TreeSet<>(rights),
                        tambour.clock().instant().plus(Duration.ofDays(30))));
        return new Program(town, person, token.secret());
    }

    /** Somebody new in the first town. */
    Program person(String email, Role role, Set<String> rights) {
        return person(here, email, "Quelqu’un", role, rights);
    }

    /** Another token of the same person in the same town. */
    Program another(Program program, Set<String> rights) {
        return token(program.town, program.person, rights);
    }

    /** The same person at work for the second town, too. */
    Program alsoAtTheOther(Program program) {
        String email = tambour.bean(People.class).get(program.person).email();
        write(status -> tambour.bean(People.class)
                .create(there.id(), email, "Inès Auteur", "une phrase assez longue", "fr", Set.of(Role.AUTHOR)));
        return token(there, program.person, WRITING);
    }

    /** From now on that person is a moderator only. */
    void demote(Program program) {
        write(status -> tambour.bean(JdbcClient.class)
                .sql("UPDATE membership SET roles = 'MODERATOR' WHERE town_id = :town AND person_id = :person")
                .param("town", program.town.id().value())
                .param("person", program.person.value())
                .update());
    }

    private String fetched(String path) {
        try {
            return http.send(
                            HttpRequest.newBuilder(tambour.url("clairval", path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stops it and starts it again over the same data, at the same moment of its clock. */
    void restart() {
        Instant now = tambour.clock().instant();
        tambour.close();
        tambour = TambourServer.start(tambour.folder(), "--tambour.timer.enabled=false");
        tambour.clock().moveTo(now);
    }

    @Override
    public void close() {
        tambour.close();
    }

    /** What came back. */
    record Answer(int status, HttpResponse<String> response) {

        JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }

        String text(String field) {
            return json().path(field).asString("");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** So that a failed assertion shows it. */
        @Override
        public String toString() {
            return status + " " + response.body();
        }
    }

    /** Somebody's program: it knows one town and one token. */
    final class Program {

        private final Town town;
        private final PersonId person;
        private final String token;

        Program(Town town, PersonId person, String token) {
            this.town = town;
            this.person = person;
            this.token = token;
        }

        URI url(String path) {
            return tambour.url(town.slug(), path);
        }

        /** The same token, asked for at another town's host. */
        Program at(Program other) {
            return new Program(other.town, person, token);
        }

        Program with(String otherToken) {
            return new Program(town, person, otherToken);
        }

        Answer get(String path, String... headers) {
            return send("GET", path, null, headers);
        }

        Answer delete(String path, String... headers) {
            return send("DELETE", path, null, headers);
        }

        Answer post(String path, String json, String... headers) {
            return send("POST", path, json, headers);
        }

        Answer put(String path, String json, String... headers) {
            return send("PUT", path, json, headers);
        }

        Answer send(String method, String path, String json, String... headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(url(path))
                    .header("Authorization", "Bearer " + token)
                    .method(
                            method,
                            json == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(json));
            boolean typed = List.of(headers).contains("Content-Type");
            if (json != null && !typed) {
                request.header("Content-Type", "application/json");
            }
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            return exchange(request.build());
        }

        Answer exchange(HttpRequest request) {
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                documented.check(request.method(), request.uri(), response);
                return new Answer(response.statusCode(), response);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        String token() {
            return token;
        }

        /** Begins a complete piece of news; its id. */
        String begins(String title) {
            return post("/api/v1/notices", creation(title)).text("id");
        }

        /** Submits the draft as it stands. */
        Answer submits(String id) {
            long version = get("/api/v1/notices/" + id)
                    .json()
                    .path("draft")
                    .path("version")
                    .asLong();
            return post("/api/v1/notices/" + id + "/submission", "{\"version\": " + version + "}");
        }
    }

    static String content(String title) {
        return """
                {"kind": "news", "words": {"fr": {"title": "%s", "summary": "Un résumé.", "body": "Un texte."}}}""".formatted(title);
    }

    static String creation(String title) {
        return "{\"content\": " + content(title) + "}";
    }

    /** From the first draft to the town, by two people; its id. */
    String published(String title) {
        String id = author.begins(title);
        author.submits(id);
        approver.post("/api/v1/notices/" + id + "/approval", "{\"revision\": 1, \"release\": {\"when\": \"now\"}}");
        return id;
    }
}
