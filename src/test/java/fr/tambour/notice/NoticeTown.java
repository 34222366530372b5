package fr.tambour.notice;

import fr.tambour.notice.Content.Emergency;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.NoticeDesk.Release;
import fr.tambour.notice.NoticeDesk.Saved;
import fr.tambour.people.Actor;
import fr.tambour.people.PersonId;
import fr.tambour.people.Right;
import fr.tambour.people.Role;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.Ids;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.ListEntry;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The whole application with one town, « Clairval », in French and English, with the themes « Culture » and « Sport »
 * and the districts « Les Saules » and « Centre »; an author and an approver who lead notices through their life. No timer runs.
 */
public final class NoticeTown implements AutoCloseable {

    private final Dialect dialect;
    private final TambourServer server;
    private final Town town;
    private final List<Long> themes;
    private final List<Long> districts;

    private NoticeTown(Dialect dialect, TambourServer server, Town town, List<Long> themes, List<Long> districts) {
        this.dialect = dialect;
        this.server = server;
        this.town = town;
        this.themes = themes;
        this.districts = districts;
    }

    /** One after the other; JUnit closes each after the class has run on it. */
    public static Stream<NoticeTown> onBothEngines() {
        return Stream.of(Dialect.values()).map(dialect -> on(dialect));
    }

    /** @param properties more of them, as `--name=value` */
    public static NoticeTown on(Dialect dialect, String... properties) {
        TambourServer server = TambourServer.start(
                dialect,
                Stream.concat(Stream.of("--tambour.timer.enabled=false"), Stream.of(properties))
                        .toArray(String[]::new));
        return server.bean(TransactionTemplate.class).execute(status -> {
            Town town = server.bean(Towns.class)
                    .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false);
            List<Long> themes = server
                    .bean(Themes.class)
                    .arrange(
                            town.id(),
                            List.of(
                                    new ListEntry(null, Map.of("fr", "Culture", "en", "Culture")),
                                    new ListEntry(null, Map.of("fr", "Sport", "en", "Sport"))))
                    .stream()
                    .map(Theme::id)
                    .toList();
            List<Long> districts = server
                    .bean(Districts.class)
                    .arrange(
                            town.id(),
                            List.of(
                                    new ListEntry(null, Map.of("fr", "Les Saules")),
                                    new ListEntry(null, Map.of("fr", "Centre"))))
                    .stream()
                    .map(District::id)
                    .toList();
            return new NoticeTown(dialect, server, town, themes, districts);
        });
    }

    public TambourServer server() {
        return server;
    }

    public Town town() {
        return town;
    }

    public long culture() {
        return themes.getFirst();
    }

    public long sport() {
        return themes.getLast();
    }

    public long saules() {
        return districts.getFirst();
    }

    public long centre() {
        return districts.getLast();
    }

    private NoticeDesk desk() {
        return server.bean(NoticeDesk.class);
    }

    private Actor actor(long id, Role role, Right... rights) {
        return new Actor(
                new PersonId(id),
                town.id(),
                "Somebody",
                Set.of(role),
                new TreeSet<>(Stream.of(rights).map(Right::name).toList()));
    }

    private Actor author() {
        return actor(7, Role.AUTHOR, NoticeRights.READ, NoticeRights.WRITE);
    }

    private Actor approver() {
        return actor(
                8,
                Role.APPROVER,
                NoticeRights.READ,
                NoticeRights.APPROVE,
                NoticeRights.PUBLISH,
                NoticeRights.WITHDRAW,
                NoticeRights.EMERGENCY);
    }

    /** An alert, filed under these themes, for these districts. */
    public NoticeId alarm(Set<Long> themes, Set<Long> reached) {
        NoticeId id = new NoticeId(server.bean(Ids.class).next());
        desk().releaseEmergency(approver(), id, about(gas(), themes, reached));
        return id;
    }

    /** The same alert, with another instruction under the same title. */
    public void update(NoticeId alarm, int revision, String instruction) {
        Content told = gas();
        desk().correctEmergency(
                        approver(),
                        alarm,
                        revision,
                        told.withWords(
                                "fr", new Words("Fuite de gaz", "Une conduite a cédé.", "", "", "", instruction)),
                        "Une précision.");
    }

    /** An exercise of the same. */
    public NoticeId exercise(Set<Long> themes, Set<Long> reached) {
        NoticeId id = new NoticeId(server.bean(Ids.class).next());
        desk().releaseExercise(
                        approver(),
                        id,
                        about(gas(), themes, reached),
                        server.clock().instant());
        return id;
    }

    private static Content gas() {
        return content(
                        Kind.EMERGENCY,
                        new Words("Fuite de gaz", "Une conduite a cédé.", "", "", "", "Restez chez vous."),
                        null)
                .withEmergency(new Emergency(Emergency.Severity.SEVERE, "rue du Four", ""));
    }

    public NoticeId publish(Content content) {
        Saved saved = desk().create(author(), content);
        approve(saved.id(), desk().submit(author(), saved.id(), saved.version(), ""));
        return saved.id();
    }

    public void correct(NoticeId id, Content content, String reason) {
        Saved draft = desk().correct(author(), id);
        Saved saved = desk().save(author(), id, draft.version(), content, reason);
        approve(id, desk().submit(author(), id, saved.version(), ""));
    }

    private void approve(NoticeId id, int revision) {
        desk().approve(approver(), id, revision, "", new Release.Now());
    }

    public void withdraw(NoticeId id, String reason) {
        desk().withdraw(approver(), id, reason);
    }

    /** Whatever is due now comes out, and what is over ends. */
    public void advance() {
        server.bean(NoticeClock.class).advance(server.clock().instant(), Set.of());
    }

    /** Over feeds and on the site. */
    public Content news(String title, String summary, String body) {
        return content(Kind.NEWS, Words.of(title, summary, body), null);
    }

    public Content event(String title, LocalDateTime start, LocalDateTime end, @Nullable Repeat repeat) {
        return content(
                Kind.EVENT,
                Words.of(title, "Résumé.", "Texte."),
                new Event(
                        WallTime.of(start),
                        WallTime.of(end),
                        false,
                        "Médiathèque",
                        "8, rue du Four",
                        "La ville",
                        repeat));
    }

    private static Content content(Kind kind, Words words, @Nullable Event event) {
        return new Content(
                kind,
                new TreeMap<>(Map.of("fr", words)),
                List.of(),
                new TreeSet<>(),
                new TreeSet<>(),
                null,
                null,
                null,
                event,
                null,
                new TreeSet<>(Set.of("feed", "website")),
                new TreeMap<>(),
                null);
    }

    public Content about(Content content, Set<Long> themes, Set<Long> reached) {
        return with(content, content.pictures(), themes, reached);
    }

    public Content pictured(Content content, PictureUse... pictures) {
        return with(content, List.of(pictures), content.themes(), content.districts());
    }

    private static Content with(Content content, List<PictureUse> pictures, Set<Long> themes, Set<Long> reached) {
        return new Content(
                content.kind(),
                content.words(),
                pictures,
                new TreeSet<>(reached),
                new TreeSet<>(themes),
                content.from(),
                content.until(),
                content.source(),
                content.event(),
                content.emergency(),
                content.channels(),
                content.edited(),
                content.wished());
    }

    /** On the site alone. */
    public Content offFeeds(Content content) {
        return content.withChannels(new TreeSet<>(Set.of("website")));
    }

    @Override
    public void close() {
        server.close();
    }

    /** So that a test report names the engine. */
    @Override
    public String toString() {
        return switch (dialect) {
            case SQLITE -> "on SQLite";
            case POSTGRESQL -> "on PostgreSQL";
        };
    }
}
