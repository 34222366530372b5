package fr.tambour.notice.api;

import fr.tambour.people.People;
import fr.tambour.people.Person;
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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.transaction.PlatformTransactionManager;
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

    final TambourServer tambour;
    final Program author;
    final Program approver;
    final Program stranger;
    final String theme;
    private final HttpClient http = HttpClient.newHttpClient();

    ApiTown(Dialect dialect) {
        tambour = TambourServer.start(dialect, "--tambour.timer.enabled=false");
        TransactionTemplate writing = new TransactionTemplate(tambour.bean(PlatformTransactionManager.class));
        Town here = writing.execute(status -> tambour.bean(Towns.class)
                .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false));
        Town there = writing.execute(status -> tambour.bean(Towns.class)
                .add(
                        new Town.Origin(here.type(), "91998", "91", "Essonne"),
                        TestTowns.profile("Orval", "orval.example"),
                        false));
        theme = writing.execute(status -> Long.toString(tambour.bean(Themes.class)
                .arrange(here.id(), List.of(new ListEntry(null, Map.of("fr", "Culture"))))
                .getFirst()
                .id()));
        author = person(writing, here, "ines@clairval.example", "Inès Auteur", Role.AUTHOR, WRITING);
        approver = person(writing, here, "marc@clairval.example", "Marc Valide", Role.APPROVER, RELEASING);
        stranger = person(writing, there, "zoe@orval.example", "Zoé Ailleurs", Role.APPROVER, RELEASING);
    }

    private Program person(
            TransactionTemplate writing, Town town, String email, String name, Role role, Set<String> rights) {
        return writing.execute(status -> {
            Person person = tambour.bean(People.class)
                    .create(town.id(), email, name, "une phrase assez longue", "fr", Set.of(role));
            Tokens.Created token = tambour.bean(Tokens.class)
                    .create(
                            person.id(),
                            town.id(),
                            "Essai",
                            new TreeSet<>(rights),
                            tambour.clock().instant().plus(Duration.ofDays(30)));
            return new Program(town.slug(), token.secret());
        });
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

        private final String slug;
        private final String token;

        Program(String slug, String token) {
            this.slug = slug;
            this.token = token;
        }

        /** The same token, asked for at another town's host. */
        Program at(Program other) {
            return new Program(other.slug, token);
        }

        Program with(String otherToken) {
            return new Program(slug, otherToken);
        }

        Answer get(String path, String... headers) {
            return send("GET", path, null, headers);
        }

        Answer delete(String path) {
            return send("DELETE", path, null);
        }

        Answer post(String path, String json, String... headers) {
            return send("POST", path, json, headers);
        }

        Answer put(String path, String json, String... headers) {
            return send("PUT", path, json, headers);
        }

        Answer send(String method, String path, String json, String... headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(tambour.url(slug, path))
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
