package fr.tambour.notice;

import fr.tambour.notice.DeskQueries.Order;
import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.people.PersonId;
import fr.tambour.people.Role;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.Ids;
import fr.tambour.testing.TambourServer;
import fr.tambour.testing.TestClock;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A running Tambour with two towns and the people who work at their desks; nothing goes out by itself. */
public final class DeskTown implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Dialect dialect;
    public final TambourServer tambour;
    public final NoticeDesk desk;
    public final DeskQueries queries;
    public final Town here;
    public final Town there;
    public final Actor author;
    public final Actor approver;
    public final Actor stranger;

    /** One after the other; JUnit closes each after the class has run on it. */
    public static Stream<DeskTown> onBothEngines() {
        return Stream.of(Dialect.values()).map(DeskTown::new);
    }

    public DeskTown(Dialect dialect) {
        this(dialect, TambourServer.start(dialect, "--tambour.timer.enabled=false"), "");
    }

    /** Two other towns of the same Tambour, and people of their own, on the morning on which it was started. */
    public DeskTown afresh() {
        tambour.clock().moveTo(TestClock.START);
        return new DeskTown(dialect, tambour, Integer.toString(COUNT.incrementAndGet()));
    }

    private DeskTown(Dialect dialect, TambourServer tambour, String number) {
        this.dialect = dialect;
        this.tambour = tambour;
        desk = tambour.bean(NoticeDesk.class);
        queries = tambour.bean(DeskQueries.class);
        here = write(() -> tambour.bean(Towns.class)
                .add(
                        TestTowns.CLAIRVAL,
                        TestTowns.profile("Clairval" + number, "clairval" + number + ".example"),
                        false));
        there = write(() -> tambour.bean(Towns.class)
                .add(
                        new Town.Origin(here.type(), "91998", "91", "Essonne"),
                        TestTowns.profile("Orval" + number, "orval" + number + ".example"),
                        false));
        author = person(here, "ines" + number + "@clairval.example", Role.AUTHOR);
        approver = person(here, "marc" + number + "@clairval.example", Role.APPROVER);
        stranger = person(there, "zoe" + number + "@orval.example", Role.AUTHOR, Role.APPROVER);
    }

    public <T> T write(Supplier<T> work) {
        return Objects.requireNonNull(
                new TransactionTemplate(tambour.bean(PlatformTransactionManager.class)).execute(status -> work.get()));
    }

    /** Somebody with these roles, acting with all that they allow. */
    public Actor person(Town town, String email, Role... roles) {
        People people = tambour.bean(People.class);
        PersonId id = write(
                        () -> people.create(town.id(), email, email, "une phrase assez longue", "fr", Set.of(roles)))
                .id();
        return people.actor(town.id(), id).orElseThrow();
    }

    public Content news(String title) {
        Content blank =
                Content.blank(Kind.NEWS, "fr", tambour.bean(Channels.class).defaults(Kind.NEWS));
        return blank.withWords("fr", Content.Words.of(title, "Un résumé.", "Un texte."));
    }

    /** Every Saturday evening of December. */
    public Content yoga() {
        return new Content(
                Kind.EVENT,
                new TreeMap<>(news("Yoga").words()),
                List.of(),
                new TreeSet<>(),
                new TreeSet<>(),
                null,
                null,
                null,
                new Content.Event(
                        WallTime.of(LocalDateTime.of(2026, 12, 5, 18, 30)),
                        null,
                        false,
                        "Gymnase",
                        "",
                        "",
                        new Content.Repeat(
                                Content.Repeat.Frequency.WEEKLY, LocalDate.of(2026, 12, 26), new TreeSet<>())),
                null,
                tambour.bean(Channels.class).defaults(Kind.EVENT),
                new TreeMap<>(),
                null);
    }

    public Content alert(String instruction) {
        return Content.blank(Kind.EMERGENCY, "fr", tambour.bean(Channels.class).defaults(Kind.EMERGENCY))
                .withWords("fr", new Content.Words("", "", "", "", "", instruction))
                .withEmergency(new Content.Emergency(Content.Emergency.Severity.SEVERE, "Rives de l’Orge", ""));
    }

    public NoticeId newId() {
        return new NoticeId(tambour.bean(Ids.class).next());
    }

    public StaffNotice notice(NoticeId id) {
        return queries.find(here.id(), id).orElseThrow();
    }

    public Content draft(NoticeId id) {
        return notice(id).draft().orElseThrow().content();
    }

    public long version(NoticeId id) {
        return notice(id).draft().orElseThrow().version();
    }

    /** Its steps, oldest first. */
    public List<StaffNotice.HistoryEntry> history(NoticeId id) {
        return queries.history(here.id(), id, Order.OLDEST_FIRST, null, 100).rows();
    }

    /** Its revisions, oldest first. */
    public List<StaffNotice.Revision> revisions(NoticeId id) {
        return queries.revisions(here.id(), id, Order.OLDEST_FIRST, null, 100).rows();
    }

    public NoticeId begun(Content content) {
        return desk.create(author, content).id();
    }

    /** Submits the draft as it stands. */
    public int submitted(NoticeId id) {
        return desk.submit(author, id, version(id), "");
    }

    public NoticeId published(Content content) {
        NoticeId id = begun(content);
        desk.approve(approver, id, submitted(id), "", new NoticeDesk.Release.Now());
        return id;
    }

    /** Approved, to come out at this time of the town's clock. */
    public NoticeId scheduled(Content content, LocalDateTime at) {
        NoticeId id = begun(content);
        desk.approve(approver, id, submitted(id), "", new NoticeDesk.Release.At(WallTime.of(at)));
        return id;
    }

    /** The same in the other town, whose one person does it all. */
    public NoticeId scheduledThere(Content content, LocalDateTime at) {
        write(() -> {
            tambour.bean(ApprovalPolicies.class).set(there.id(), content.kind(), ApprovalPolicy.SINGLE);
            return there;
        });
        NoticeDesk.Saved begun = desk.create(stranger, content);
        int revision = desk.submit(stranger, begun.id(), begun.version(), "");
        desk.approve(stranger, begun.id(), revision, "", new NoticeDesk.Release.At(WallTime.of(at)));
        return begun.id();
    }

    public PublicState publicState(TownId town, NoticeId id) {
        return queries.find(town, id).orElseThrow().standing().publicState();
    }

    @Override
    public void close() {
        tambour.close();
    }

    /** So that a test report names the engine. */
    @Override
    public String toString() {
        return dialect.toString();
    }
}
