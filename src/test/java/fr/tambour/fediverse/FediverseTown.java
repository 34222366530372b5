package fr.tambour.fediverse;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.media.Media;
import fr.tambour.notice.ApprovalPolicies;
import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.people.PersonId;
import fr.tambour.people.Role;
import fr.tambour.people.StudioClient;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.ListEntry;
import fr.tambour.town.Profile;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A town on this machine that other servers on it can reach, with somebody who may publish. */
public final class FediverseTown implements AutoCloseable {

    static final String PASSWORD = "une phrase assez longue";
    static final String ACTIVITY = "application/activity+json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger number = new AtomicInteger();
    private final TambourServer server;
    private final Town town;
    private final Actor clerk;

    /** @param properties more of them, as {@code --name=value} */
    public FediverseTown(Dialect dialect, String... properties) {
        server = TambourServer.start(
                dialect,
                Stream.concat(Stream.of("--tambour.outbound.loopback=true"), Stream.of(properties))
                        .toArray(String[]::new));
        server.clock().go(Duration.ZERO);
        town = written(() -> server.bean(Towns.class)
                .add(TestTowns.CLAIRVAL, reachable(TestTowns.profile("Clairval", "127.0.0.1")), false));
        clerk = colleague("zoe@clairval.example", Role.AUTHOR, Role.APPROVER);
        for (Kind kind : List.of(Kind.NEWS, Kind.EVENT, Kind.PRACTICAL)) {
            written(() -> {
                server.bean(ApprovalPolicies.class).set(town.id(), kind, ApprovalPolicy.SINGLE);
                return true;
            });
        }
    }

    private Profile reachable(Profile town) {
        return settings(
                town, town.name(), URI.create("http://127.0.0.1:" + server.port()), town.hosts(), town.contact());
    }

    /** Somebody who works for the town with all that these roles allow. */
    public Actor colleague(String email, Role... roles) {
        People people = server.bean(People.class);
        PersonId person = written(() -> people.create(town.id(), email, email, PASSWORD, "fr", Set.of(roles)))
                .id();
        return people.actor(town.id(), person).orElseThrow();
    }

    public TambourServer server() {
        return server;
    }

    public Town town() {
        return town;
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** Another colleague with these roles, in the studio. */
    StudioClient signedIn(Role... roles) {
        String email = "jeanne" + number.incrementAndGet() + "@clairval.example";
        colleague(email, roles);
        StudioClient client = new StudioClient(server, town.slug());
        assertThat(client.signIn(email, PASSWORD).statusCode()).isEqualTo(302);
        return client;
    }

    public HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(url(path)).header("Accept", accept).build(), BodyHandlers.ofString());
    }

    /** As it is given to other servers. */
    public JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path, ACTIVITY);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** Gives the town's settings another form. */
    public Town changes(UnaryOperator<Profile> change) {
        Town now = server.bean(Towns.class).get(town.id());
        return written(() -> server.bean(Towns.class).change(now.id(), now.version(), change.apply(now.profile())));
    }

    /** The same settings with another name, address, hosts and contact. */
    public static Profile settings(Profile was, String name, URI baseUrl, List<String> hosts, Profile.Contact contact) {
        return new Profile(
                name,
                was.style(),
                was.postalCode(),
                was.population(),
                baseUrl,
                hosts,
                was.languages(),
                was.zone(),
                was.colours(),
                was.arms(),
                was.director(),
                contact);
    }

    void renames(Theme theme, String name) {
        Themes themes = server.bean(Themes.class);
        written(() -> themes.arrange(
                town.id(),
                themes.of(town.id()).stream()
                        .map(one -> new ListEntry(one.id(), one.id() == theme.id() ? Map.of("fr", name) : one.names()))
                        .toList()));
    }

    private <T> T written(Supplier<T> change) {
        return Objects.requireNonNull(
                new TransactionTemplate(server.bean(PlatformTransactionManager.class)).execute(status -> change.get()));
    }

    /** Writes into the books what nobody could from outside. */
    void written(String sql) {
        written(sql, Map.of());
    }

    /** @param values of what the statement names, besides {@code :town} */
    void written(String sql, Map<String, ?> values) {
        written(() -> server.bean(JdbcClient.class)
                .sql(sql)
                .param("town", town.id().value())
                .params(values)
                .update());
    }

    /** So many letters for their server; none of them is due while a test lasts. */
    void lettersWait(Stranger whom, int amount) {
        written("""
                INSERT INTO fediverse_letter (town_id, id, address, host, body, attempts, written_at, due_at)
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :amount)
                SELECT :town, i, :address, :host, '{"n":' || i || '}', 0, 0, 9000000000000 FROM n
                """, Map.of("amount", amount, "address", before(whom), "host", whom.host()));
    }

    /** Those letters wait no more. */
    void lettersAreGone(Stranger whom) {
        written(
                "DELETE FROM fediverse_letter WHERE town_id = :town AND address = :address",
                Map.of("address", before(whom)));
    }

    private static String before(Stranger whom) {
        return whom.at("/before").toString();
    }

    private NoticeDesk desk() {
        return server.bean(NoticeDesk.class);
    }

    /** A new theme of this name beside those there are. */
    public Theme theme(String name) {
        Themes themes = server.bean(Themes.class);
        List<Theme> arranged = written(() -> {
            List<ListEntry> entries = new ArrayList<>();
            themes.of(town.id()).forEach(theme -> entries.add(new ListEntry(theme.id(), theme.names())));
            entries.add(new ListEntry(null, Map.of("fr", name)));
            return themes.arrange(town.id(), entries);
        });
        return arranged.getLast();
    }

    static Content content(String title, String summary, Theme... themes) {
        Content plain = Content.blank(Kind.NEWS, "fr", new TreeSet<>(Set.of("fediverse", "website")))
                .withWords("fr", Content.Words.of(title, summary, "Sur la place."));
        return themed(plain, Stream.of(themes).mapToLong(Theme::id).toArray());
    }

    /** The same about these themes. */
    public static Content themed(Content plain, long... themes) {
        return new Content(
                plain.kind(),
                plain.words(),
                plain.pictures(),
                plain.districts(),
                new TreeSet<>(Arrays.stream(themes).boxed().toList()),
                plain.from(),
                plain.until(),
                plain.source(),
                plain.event(),
                plain.emergency(),
                plain.channels(),
                plain.edited(),
                plain.wished());
    }

    public NoticeId publishes(String title, String summary, Theme... themes) {
        return publishes(content(title, summary, themes));
    }

    /** With a picture that is red on the left and blue on the right, of which the upper left is to remain visible. */
    public NoticeId illustrates(String title, String summary) throws IOException {
        return publishes(illustrated(content(title, summary)));
    }

    /** With the same picture. */
    Content illustrated(Content plain) throws IOException {
        BufferedImage image = new BufferedImage(600, 300, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(Color.RED);
        canvas.fillRect(0, 0, 300, 300);
        canvas.setColor(Color.BLUE);
        canvas.fillRect(300, 0, 300, 300);
        canvas.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        String hash = server.bean(Media.class)
                .add(town.id().value(), new ByteArrayInputStream(png.toByteArray()), "photo.png")
                .hash();
        return new Content(
                plain.kind(),
                plain.words(),
                List.of(new Content.PictureUse(
                        hash,
                        new TreeMap<>(Map.of("fr", "Deux moitiés", "en", "Two halves")),
                        false,
                        "",
                        Content.Focus.TOP_LEFT)),
                plain.districts(),
                plain.themes(),
                plain.from(),
                plain.until(),
                plain.source(),
                plain.event(),
                plain.emergency(),
                plain.channels(),
                plain.edited(),
                plain.wished());
    }

    public NoticeId publishes(Content content) {
        return released(desk().create(clerk, content));
    }

    public void corrects(NoticeId id, String title, String summary, String reason, Theme... themes) {
        corrects(id, content(title, summary, themes), reason);
    }

    public void corrects(NoticeId id, Content content, String reason) {
        NoticeDesk.Saved begun = desk().correct(clerk, id);
        released(desk().save(clerk, id, begun.version(), content, reason));
    }

    private NoticeId released(NoticeDesk.Saved saved) {
        int revision = desk().submit(clerk, saved.id(), saved.version(), "");
        desk().approve(clerk, saved.id(), revision, "", new NoticeDesk.Release.Now());
        return saved.id();
    }

    public void withdraws(NoticeId id, String reason) {
        desk().withdraw(clerk, id, reason);
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
