package fr.tambour.website;

import fr.tambour.dispatch.internal.engine.Delays;
import fr.tambour.media.Media;
import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Emergency;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.notice.Content.Source;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeClock;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeDesk.Release;
import fr.tambour.notice.NoticeDesk.Saved;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.WallTime;
import fr.tambour.people.Actor;
import fr.tambour.people.PersonId;
import fr.tambour.people.Right;
import fr.tambour.people.Role;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.Ids;
import fr.tambour.storage.Millis;
import fr.tambour.testing.TambourServer;
import fr.tambour.testing.TestClock;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.ListEntry;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A town's site, on a server of its own, and the people who publish on it. */
final class TestSite implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final TambourServer server = TambourServer.start(Dialect.SQLITE, "--tambour.timer.enabled=false");
    private final Town town;
    private final Theme theme;
    private final District district;

    private TestSite() {
        town = written(() -> server.bean(Towns.class)
                .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false));
        theme = written(() -> server.bean(Themes.class)
                .arrange(town.id(), List.of(new ListEntry(null, Map.of("fr", "Culture et fêtes", "en", "Culture"))))
                .getFirst());
        district = written(() -> server.bean(Districts.class)
                .arrange(town.id(), List.of(new ListEntry(null, Map.of("fr", "Les Tilleuls", "en", "Les Tilleuls"))))
                .getFirst());
    }

    /** Clairval, with one theme and one district, and nothing published yet. */
    static TestSite ofAnEmptyTown() {
        return new TestSite();
    }

    <T> T written(Supplier<T> change) {
        return new TransactionTemplate(server.bean(PlatformTransactionManager.class)).execute(status -> change.get());
    }

    Town town() {
        return town;
    }

    TestClock clock() {
        return server.clock();
    }

    NoticeDesk desk() {
        return server.bean(NoticeDesk.class);
    }

    <T> T bean(Class<T> type) {
        return server.bean(type);
    }

    URI url(String path) {
        return server.url(path);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.url(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    String page(String path) throws IOException, InterruptedException {
        return get(path).body();
    }

    // --- Who publishes ---

    Actor author() {
        return actor(7, NoticeRights.READ, NoticeRights.WRITE);
    }

    Actor approver() {
        return actor(
                8,
                NoticeRights.READ,
                NoticeRights.WRITE,
                NoticeRights.APPROVE,
                NoticeRights.PUBLISH,
                NoticeRights.WITHDRAW,
                NoticeRights.EMERGENCY);
    }

    Actor actor(long id, Right... rights) {
        return new Actor(
                new PersonId(id),
                town.id(),
                "Somebody",
                Set.of(Role.AUTHOR),
                Stream.of(rights).map(Right::name).collect(Collectors.toSet()));
    }

    /** Written, submitted, approved and out. */
    NoticeId published(Content content) {
        Saved saved = desk().create(author(), content);
        int revision = desk().submit(author(), saved.id(), saved.version(), "");
        desk().approve(approver(), saved.id(), revision, "", new Release.Now());
        return saved.id();
    }

    void corrected(NoticeId id, Content content, String reason) {
        Saved draft = desk().correct(author(), id);
        Saved saved = desk().save(author(), id, draft.version(), content, reason);
        int revision = desk().submit(author(), id, saved.version(), "");
        desk().approve(approver(), id, revision, "", new Release.Now());
    }

    /**
     * As the engine leaves it in its books once phones were told: the first after 0.8 seconds, the last after 38.
     *
     * @param accepted so many; {@code gone} and {@code failed} likewise
     */
    void toldToPhones(NoticeId id, int accepted, int gone, int failed) {
        Instant at = clock().instant();
        long first = Millis.of(at.plusMillis(800));
        long last = Millis.of(at.plusSeconds(38));
        Delays.Collected delays = new Delays.Collected();
        for (int i = 0; i < accepted; i++) {
            delays.add(Duration.ofMillis(800 + 37_200L * i * i / Math.max(1, (accepted - 1L) * (accepted - 1L))));
        }
        long dispatch = bean(Ids.class).next();
        written(() -> {
            JdbcClient jdbc = bean(JdbcClient.class);
            jdbc.sql("""
                            INSERT INTO dispatch (town_id, id, notice_id, revision, channel, purpose, state, emergency, kind,
                              themes, districts, hours, upper_bound, frontier, held, opened_at, not_before, until_at, settled_at)
                            SELECT town_id, :id, notice_id, revision, 'phone', purpose, 'SETTLED', 0, 'NEWS', '', '', 'AWAKE 9',
                              1, 1, 0, opened_at, opened_at, until_at, :last
                            FROM dispatch WHERE town_id = :town AND notice_id = :notice AND channel = 'website'
                              AND purpose = 'PUBLICATION'
                            """)
                    .param("id", dispatch)
                    .param("town", town.id().value())
                    .param("notice", id.value())
                    .param("last", last)
                    .update();
            return jdbc.sql("""
                            INSERT INTO dispatch_slice (town_id, dispatch_id, number, to_key, cursor_key, begun_key, sent_key,
                              under_way, fence, leased_until, done, accepted, gone, failed, expired, unknown, stopped, first_at,
                              last_at, delays)
                            VALUES (:town, :id, 0, 1, 1, 1, 1, 0, 1, 0, 1, :accepted, :gone, :failed, 0, 0, 0, :first, :last, :delays)
                            """)
                    .param("town", town.id().value())
                    .param("id", dispatch)
                    .param("accepted", accepted)
                    .param("gone", gone)
                    .param("failed", failed)
                    .param("first", first)
                    .param("last", last)
                    .param("delays", delays.delays().text())
                    .update();
        });
    }

    void withdrawn(NoticeId id, String reason) {
        desk().withdraw(approver(), id, reason);
    }

    NoticeId alarm() {
        NoticeId id = new NoticeId(bean(Ids.class).next());
        Content content = notice(Kind.EMERGENCY)
                .words(new Words(
                        "Ne buvez pas l'eau du robinet",
                        "Une analyse montre des bactéries.",
                        "",
                        "",
                        "",
                        "Ne buvez pas l'eau du robinet.\nUtilisez de l'eau en bouteille."))
                .emergency(
                        new Emergency(Emergency.Severity.SEVERE, "quartier des Tilleuls", "Astreinte, 01 99 00 12 99"))
                .content();
        desk().releaseEmergency(approver(), id, content);
        return id;
    }

    /** An exercise that stands. */
    NoticeId exercise(String title) {
        return exercise(title, "");
    }

    NoticeId exercise(String title, String body) {
        NoticeId id = new NoticeId(bean(Ids.class).next());
        desk().releaseExercise(approver(), id, practised(title, body), clock().instant());
        return id;
    }

    /** An exercise, said otherwise. */
    void corrected(NoticeId exercise, String title) {
        desk().correctEmergency(approver(), exercise, 1, practised(title, ""), "Une précision.");
    }

    private Content practised(String title, String body) {
        return notice(Kind.EMERGENCY)
                .words(new Words(title, "", body, "", "", title + ". Montez à l'étage."))
                .emergency(new Emergency(Emergency.Severity.EXTREME, "quartier des Tilleuls", ""))
                .content();
    }

    /** What is over ends. */
    void advance() {
        bean(NoticeClock.class).advance(clock().instant(), Set.of());
    }

    // --- What is published ---

    Content news(String title, String summary, String body) {
        return notice(Kind.NEWS).words(Words.of(title, summary, body)).content();
    }

    /** On 1 December at 17 h, for an hour. */
    Content event(String title, String place) {
        LocalDateTime start = LocalDateTime.of(2026, 12, 1, 17, 0);
        return notice(Kind.EVENT)
                .words(new Words(title, "Un résumé.", "Un texte.", "4 €", "Rampe à l'entrée", ""))
                .event(new Event(
                        WallTime.of(start),
                        WallTime.of(start.plusHours(1)),
                        false,
                        place,
                        "8, rue du Four",
                        "Les amis du four",
                        null))
                .content();
    }

    /** The same content, said for another time. */
    Content moved(Content content, LocalDateTime start) {
        Event event = content.event();
        return content.withEvent(new Event(
                WallTime.of(start),
                WallTime.of(start.plusHours(1)),
                event.allDay(),
                event.place(),
                event.address(),
                event.organiser(),
                event.repeat()));
    }

    /** Every week from 2 December until the end of January. */
    Content repeated(String title) {
        LocalDateTime start = LocalDateTime.of(2026, 12, 2, 14, 0);
        return notice(Kind.EVENT)
                .words(Words.of(title, "Un résumé.", "Un texte."))
                .event(new Event(
                        WallTime.of(start),
                        WallTime.of(start.plusHours(3)),
                        false,
                        "Cour de l'école",
                        "",
                        "",
                        new Repeat(Repeat.Frequency.WEEKLY, LocalDate.of(2027, 1, 31), new TreeSet<>())))
                .content();
    }

    Content practical(String title) {
        return notice(Kind.PRACTICAL)
                .words(Words.of(title, "De 9 h à 13 h.", "Pensez à faire quelques réserves."))
                .from(LocalDateTime.of(2026, 11, 26, 9, 0))
                .until(LocalDateTime.of(2026, 11, 26, 13, 0))
                .content();
    }

    /** In the theme and the district, with two pictures and a source. */
    Content illustrated(String title) {
        return notice(Kind.NEWS)
                .words(Words.of(
                        title,
                        "Avec deux images.",
                        "## Un titre\n\nUn texte, et [un lien](https://example.org/).\n\n- un\n- deux"))
                .pictures(List.of(
                        picture(Color.ORANGE, "La halle", Content.Focus.TOP_RIGHT),
                        picture(Color.BLUE, "La rivière", Content.Focus.CENTRE)))
                .about(theme.id(), district.id())
                .source(new Source("Service culture", LocalDate.of(2026, 11, 20)))
                .content();
    }

    private PictureUse picture(Color colour, String alternative, Content.Focus focus) {
        BufferedImage image = new BufferedImage(1600, 900, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().drawRect(0, 0, 1, 1);
        image.setRGB(10, 10, colour.getRGB());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", bytes);
            String hash = bean(Media.class)
                    .add(town.id().value(), new ByteArrayInputStream(bytes.toByteArray()), "image.jpg")
                    .hash();
            return new PictureUse(hash, new TreeMap<>(Map.of("fr", alternative)), false, "Dessin de la ville", focus);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static NoticeBuilder notice(Kind kind) {
        return new NoticeBuilder(kind);
    }

    /** A content, said part by part. */
    static final class NoticeBuilder {

        private final Kind kind;
        private SortedMap<String, Words> words = new TreeMap<>();
        private List<PictureUse> pictures = List.of();
        private Set<Long> themes = Set.of();
        private Set<Long> districts = Set.of();
        private @Nullable WallTime from;
        private @Nullable WallTime until;
        private @Nullable Source source;
        private @Nullable Event event;
        private @Nullable Emergency emergency;

        private NoticeBuilder(Kind kind) {
            this.kind = kind;
        }

        NoticeBuilder words(Words french) {
            words.put("fr", french);
            return this;
        }

        NoticeBuilder english(Words english) {
            words.put("en", english);
            return this;
        }

        NoticeBuilder pictures(List<PictureUse> shown) {
            pictures = shown;
            return this;
        }

        NoticeBuilder about(long theme, long district) {
            themes = Set.of(theme);
            districts = Set.of(district);
            return this;
        }

        NoticeBuilder from(LocalDateTime start) {
            from = WallTime.of(start);
            return this;
        }

        NoticeBuilder until(LocalDateTime end) {
            until = WallTime.of(end);
            return this;
        }

        NoticeBuilder source(Source said) {
            source = said;
            return this;
        }

        NoticeBuilder event(Event when) {
            event = when;
            return this;
        }

        NoticeBuilder emergency(Emergency what) {
            emergency = what;
            return this;
        }

        Content content() {
            return new Content(
                    kind,
                    words,
                    pictures,
                    new TreeSet<>(districts),
                    new TreeSet<>(themes),
                    from,
                    until,
                    source,
                    event,
                    emergency,
                    new TreeSet<>(Set.of("feed", "website")),
                    new TreeMap<>(),
                    null);
        }
    }

    static String address(NoticeId id, String slug) {
        return "/avis/" + id.ref() + "/" + slug;
    }

    @Override
    public void close() {
        server.close();
    }
}
