package fr.tambour.kill;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Choices;
import fr.tambour.fediverse.internal.Actor;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.notice.Kind;
import fr.tambour.people.People;
import fr.tambour.people.PersonId;
import fr.tambour.people.Role;
import fr.tambour.people.StudioClient;
import fr.tambour.people.Tokens;
import fr.tambour.phone.internal.Phone;
import fr.tambour.phone.internal.Phones;
import fr.tambour.phone.internal.TestKeys;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.DataFolder;
import fr.tambour.testing.Distribution;
import fr.tambour.testing.Engines;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A data folder with one town, an author with a program and a browser, an approver's program, many phones, every other of which
 * sleeps, and many servers of the fediverse that follow.
 *
 * @param account its identifier in the fediverse
 */
record WorkingTown(
        DataFolder folder, String slug, HttpClient http, String authorToken, String approverToken, URI account) {

    private static final String AUTHOR = "ines@clairval.example";
    private static final String PASSWORD = "une phrase assez longue";

    private static final int HOURS = 24;

    static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    /** Where what leaves comes to. */
    record Sinks(PushSink phones, InboxSink inboxes) {}

    static WorkingTown prepared(Dialect dialect, Sinks sinks) {
        DataFolder folder = Engines.folder(dialect);
        try (TambourServer tambour = TambourServer.start(folder, "--tambour.timer.enabled=false")) {
            tambour.clock().moveTo(Instant.now());
            Town town = write(
                    tambour,
                    () -> tambour.bean(Towns.class)
                            .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false));
            phones(tambour, town, sinks.phones().addresses());
            Actor account = tambour.bean(Actors.class).of(town);
            sinks.inboxes().believes(account.publicKey());
            follow(tambour, account, sinks.inboxes().behindHost());
            return new WorkingTown(
                    folder,
                    town.slug(),
                    HttpClient.newHttpClient(),
                    token(tambour, town, AUTHOR, Role.AUTHOR, Set.of("notices:read", "notices:write")),
                    token(
                            tambour,
                            town,
                            "marc@clairval.example",
                            Role.APPROVER,
                            Set.of(
                                    "notices:read",
                                    "notices:approve",
                                    "notices:publish",
                                    "notices:withdraw",
                                    "notices:emergency")),
                    account.uri());
        }
    }

    /** Whether no quiet hours keep this phone from being told, whenever. */
    static boolean isAwake(int phone) {
        return phone % 2 == 1;
    }

    /** The first by itself, the others after its image; every other of them has quiet hours, from before now until long after. */
    private static void phones(TambourServer tambour, Town town, String addresses) {
        Phones phones = tambour.bean(Phones.class);
        Instant now = Instant.now();
        int hour = now.atZone(ZONE).getHour();
        write(tambour, () -> {
            phones.add(
                    town.id(),
                    new Phone(1, "127.0.0.1", TestKeys.endpoint(addresses + 1, 1), "fr"),
                    "1",
                    false,
                    new Choices(Set.of(Kind.EMERGENCY, Kind.NEWS), Set.of(), Set.of(), null, "fr", false),
                    "",
                    now);
            phones.activate(town.id(), 1, "", now, now, YearMonth.of(2026, 11));
            return tambour.bean(JdbcClient.class)
                    .sql("""
                    WITH RECURSIVE number(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM number WHERE n < :phones)
                    INSERT INTO phone (town_id, id, endpoint, endpoint_mac, public_key, secret, origin, known_origin, active,
                      since_month, seen_month, kinds, themes, districts, quiet_from, quiet_until, language, chosen_at)
                    SELECT town_id, n, :addresses || n, CAST(n AS VARCHAR), public_key, secret, origin, known_origin, active,
                      since_month, seen_month, kinds, themes, districts,
                      CASE WHEN n % 2 = 0 THEN CAST(:asleep AS INTEGER) END, CASE WHEN n % 2 = 0 THEN CAST(:awake AS INTEGER) END,
                      language, chosen_at
                    FROM phone, number WHERE id = 1
                    """)
                    .param("phones", FanOut.PHONES)
                    .param("addresses", addresses)
                    .param("asleep", (hour + 23) % HOURS)
                    .param("awake", (hour + 20) % HOURS)
                    .update();
        });
    }

    /** A server for each, with one inbox. */
    private static void follow(TambourServer tambour, Actor account, String behindHost) {
        write(tambour, () -> {
            List.of("""
                    INSERT INTO fediverse_inbox (town_id, id, address, host, shared)
                    SELECT :town, n, 'http://' || host || :behind || n, host || :port, 0 FROM inbox
                    """, """
                    INSERT INTO fediverse_following (town_id, inbox_id, actor_id) SELECT :town, n, :actor FROM inbox
                    """, """
                    INSERT INTO fediverse_follower (town_id, id, actor_id, remote, inbox_id, follow, since)
                    SELECT :town, n, :actor, 'http://' || host || :port || '/users/' || n, n,
                      'http://' || host || :port || '/users/' || n || '#follow', 0 FROM inbox
                    """)
                    .forEach(insert -> tambour.bean(JdbcClient.class)
                            .sql(insert.replace("FROM inbox", """
                            FROM (WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :inboxes)
                              SELECT n, '127.1.' || (n / 250) || '.' || (n % 250 + 1) AS host FROM number) AS inbox
                            """))
                            .param("town", account.town().value())
                            .param("actor", account.id())
                            .param("inboxes", InboxSink.INBOXES)
                            .param("behind", behindHost)
                            .param("port", behindHost.replaceFirst("/.*", ""))
                            .update());
            return true;
        });
    }

    private static String token(TambourServer tambour, Town town, String mail, Role role, Set<String> rights) {
        return write(tambour, () -> {
            PersonId person = tambour.bean(People.class)
                    .create(town.id(), mail, mail, PASSWORD, "fr", Set.of(role))
                    .id();
            Instant end = Instant.now().plus(Duration.ofDays(30));
            return tambour.bean(Tokens.class)
                    .create(person, town.id(), "Essai", rights, end)
                    .secret();
        });
    }

    private static <T> T write(TambourServer tambour, Supplier<T> work) {
        return Objects.requireNonNull(
                new TransactionTemplate(tambour.bean(PlatformTransactionManager.class)).execute(status -> work.get()));
    }

    /** The author's browser, signed in; its session outlives the process. */
    StudioClient studio(Distribution.Running tambour) {
        StudioClient studio = new StudioClient(tambour.url(slug, ""));
        assertThat(studio.signIn(AUTHOR, PASSWORD).statusCode()).isEqualTo(302);
        return studio;
    }

    /**
     * Written, submitted and approved.
     *
     * @return its id
     */
    String publishes(Distribution.Running tambour, String content) {
        Program author = author(tambour);
        String id = author.post("/api/v1/notices", "{\"content\": " + content + "}")
                .expect(201)
                .text("id");
        author.post("/api/v1/notices/" + id + "/submission", "{\"version\": 1}").expect(200);
        approver(tambour)
                .post("/api/v1/notices/" + id + "/approval", "{\"revision\": 1, \"release\": {\"when\": \"now\"}}")
                .expect(200);
        return id;
    }

    /** What is said of one dispatch in public; nothing while there is none. */
    JsonNode account(Distribution.Running tambour, String id, String channel, String purpose) {
        return author(tambour)
                .get("/avis/" + id + "/bilan.json")
                .expect(200)
                .json()
                .path("dispatches")
                .valueStream()
                .filter(dispatch -> dispatch.path("channel").asString().equals(channel)
                        && dispatch.path("purpose").asString().equals(purpose))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    Program author(Distribution.Running tambour) {
        return new Program(http, tambour, authorToken);
    }

    Program approver(Distribution.Running tambour) {
        return new Program(http, tambour, approverToken);
    }
}
