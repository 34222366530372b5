package fr.tambour.fediverse.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.storage.Millis;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/** Notices that stand first on the town's account, for as long as they stand: what is over or withdrawn leaves by itself. */
@Component
public class Pins {

    /** As many as others show. */
    public static final int MOST = 5;

    private final JdbcClient jdbc;
    private final PublicNotices notices;
    private final Actors actors;
    private final Rounds rounds;
    private final Towns towns;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    Pins(
            JdbcClient jdbc,
            PublicNotices notices,
            Actors actors,
            Rounds rounds,
            Towns towns,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.notices = notices;
        this.actors = actors;
        this.rounds = rounds;
        this.towns = towns;
        this.audit = audit;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** Those that stand, the last pinned first; at most {@value #MOST}. */
    public List<PublishedNotice> of(TownId town) {
        return Objects.requireNonNull(reading.execute(status -> standing(town)));
    }

    private List<PublishedNotice> standing(TownId town) {
        return pinned(town).stream()
                .flatMap(id -> notices.find(town, new NoticeId(id)).stream())
                .filter(this::canBePinned)
                .toList();
    }

    private List<Long> pinned(TownId town) {
        return jdbc.sql(
                        "SELECT notice_id FROM fediverse_pin WHERE town_id = :town ORDER BY pinned_at DESC, notice_id DESC")
                .param("town", town.value())
                .query(Long.class)
                .list();
    }

    /** Whether it is a post, and stands. */
    public boolean canBePinned(PublishedNotice notice) {
        return Notes.isOf(notice) && notice.state() != PublicState.WITHDRAWN && !notice.overAt(clock.instant());
    }

    /**
     * @throws Refusal 404 {@code not-found} for what is no post or does not stand; 422 {@code fediverse.pins-full} beside
     *     {@value #MOST} others
     */
    public void pin(Town town, NoticeId id, long person) {
        Actor own = actors.of(town);
        writing.executeWithoutResult(status -> {
            PublishedNotice notice = notices.find(town.id(), id)
                    .filter(this::canBePinned)
                    .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
            List<Long> standing =
                    standing(town.id()).stream().map(one -> one.id().value()).toList();
            if (standing.contains(id.value())) {
                return;
            }
            if (standing.size() >= MOST) {
                throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "fediverse.pins-full", MOST);
            }
            Instant now = clock.instant();
            takeOffOthers(town.id(), own, standing, now);
            int pinned = jdbc.sql("""
                            INSERT INTO fediverse_pin (town_id, notice_id, pinned_at) VALUES (:town, :notice, :now)
                            ON CONFLICT (town_id, notice_id) DO NOTHING
                            """)
                    .param("town", town.id().value())
                    .param("notice", id.value())
                    .param("now", Millis.of(now))
                    .update();
            if (pinned > 0) {
                tell(own, "Add", notice.id(), now);
                record(town, person, "fediverse.pinned", notice.id());
            }
        });
    }

    /** What is over, withdrawn or out of the channel leaves by itself, here and where it is known. In the caller's transaction. */
    void takeOffWhatIsOver() {
        Instant now = clock.instant();
        jdbc.sql("SELECT DISTINCT town_id FROM fediverse_pin").query(Long.class).list().stream()
                .map(TownId::new)
                .flatMap(id -> towns.byId(id).stream())
                .forEach(town -> actors.made(town)
                        .ifPresent(own -> takeOffOthers(
                                town.id(),
                                own,
                                standing(town.id()).stream()
                                        .map(one -> one.id().value())
                                        .toList(),
                                now)));
    }

    private void takeOffOthers(TownId town, Actor own, List<Long> standing, Instant now) {
        pinned(town).stream().filter(id -> !standing.contains(id)).forEach(id -> {
            if (takenOff(town, new NoticeId(id))) {
                tell(own, "Remove", new NoticeId(id), now);
            }
        });
    }

    private boolean takenOff(TownId town, NoticeId notice) {
        return jdbc.sql("DELETE FROM fediverse_pin WHERE town_id = :town AND notice_id = :notice")
                        .param("town", town.value())
                        .param("notice", notice.value())
                        .update()
                > 0;
    }

    /** What is not pinned stays so. */
    public void unpin(Town town, NoticeId id, long person) {
        Actor own = actors.of(town);
        writing.executeWithoutResult(status -> {
            if (takenOff(town.id(), id)) {
                tell(own, "Remove", id, clock.instant());
                record(town, person, "fediverse.unpinned", id);
            }
        });
    }

    /** Who knows the account learns it at once; who meets it later reads the collection. */
    private void tell(Actor own, String type, NoticeId notice, Instant now) {
        String fragment = type.equals("Add") ? "#add-" : "#remove-";
        ObjectNode activity =
                Activities.ofItself(own, type, own.uri() + fragment + notice.ref() + "-" + Millis.of(now), now);
        activity.putArray("cc").add(own.followers());
        activity.put("object", Notes.id(own, notice).toString());
        activity.put("target", own.uri() + FediversePaths.FEATURED);
        rounds.add(own, "pin " + notice.ref(), activity, now);
    }

    private void record(Town town, long person, String action, NoticeId notice) {
        audit.record(new AuditEntry(town.id().value(), person, action, notice.ref(), Map.of()));
    }
}
