package fr.tambour.kill;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Choices;
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
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A data folder with one town, an author with a program and a browser, an approver's program, and many phones. */
record WorkingTown(DataFolder folder, String slug, HttpClient http, String authorToken, String approverToken) {

    private static final String AUTHOR = "ines@clairval.example";
    private static final String PASSWORD = "une phrase assez longue";

    static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    /** @param phones what the addresses of its phones begin with */
    static WorkingTown prepared(Dialect dialect, String phones) {
        DataFolder folder = Engines.folder(dialect);
        try (TambourServer tambour = TambourServer.start(folder, "--tambour.timer.enabled=false")) {
            tambour.clock().moveTo(Instant.now());
            Town town = write(
                    tambour,
                    () -> tambour.bean(Towns.class)
                            .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false));
            phones(tambour, town, phones);
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
                            Set.of("notices:read", "notices:approve", "notices:publish", "notices:emergency")));
        }
    }

    /** The first by itself, the others after its image. */
    private static void phones(TambourServer tambour, Town town, String addresses) {
        Phones phones = tambour.bean(Phones.class);
        Instant now = Instant.now();
        write(tambour, () -> {
            phones.add(
                    town.id(),
                    new Phone(1, "127.0.0.1", TestKeys.endpoint(addresses + 1, 1), "fr"),
                    "1",
                    false,
                    new Choices(Set.of(Kind.EMERGENCY), Set.of(), Set.of(), null, "fr", false),
                    "",
                    now);
            phones.activate(town.id(), 1, now, YearMonth.of(2026, 11));
            return tambour.bean(JdbcClient.class)
                    .sql("""
                    WITH RECURSIVE number(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM number WHERE n < :phones)
                    INSERT INTO phone (town_id, id, endpoint, endpoint_mac, public_key, secret, origin, known_origin, active,
                      since_month, seen_month, kinds, themes, districts, language, chosen_at)
                    SELECT town_id, n, :addresses || n, CAST(n AS VARCHAR), public_key, secret, origin, known_origin, active,
                      since_month, seen_month, kinds, themes, districts, language, chosen_at
                    FROM phone, number WHERE id = 1
                    """)
                    .param("phones", FanOut.PHONES)
                    .param("addresses", addresses)
                    .update();
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

    Program author(Distribution.Running tambour) {
        return new Program(http, tambour, authorToken);
    }

    Program approver(Distribution.Running tambour) {
        return new Program(http, tambour, approverToken);
    }
}
