package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Audience.Dropped;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.Errand.Reach;
import fr.tambour.dispatch.internal.engine.Ref;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads what a channel needs to know of a dispatch, whom earlier ones may have reached included. */
@Component
class Errands {

    /** How the books name the hours of what takes back. */
    static final String TAKING_BACK = text(new Hours.Reached());

    private final JdbcClient jdbc;

    Errands(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException if there is no such dispatch */
    @Transactional(readOnly = true)
    Errand get(Ref ref) {
        return jdbc.sql("""
                        SELECT town_id, id, notice_id, revision, channel, purpose, kind, exercise, themes, districts, dropped_themes,
                          dropped_districts, hours, opened_at, until_at
                        FROM dispatch WHERE town_id = :town AND id = :id
                        """)
                .param("town", ref.town())
                .param("id", ref.dispatch())
                .query(this::errand)
                .single();
    }

    private Errand errand(ResultSet row, int number) throws SQLException {
        Purpose purpose = Purpose.valueOf(row.getString("purpose"));
        return new Errand(
                row.getLong("id"),
                new TownId(row.getLong("town_id")),
                new NoticeId(row.getLong("notice_id")),
                row.getInt("revision"),
                purpose,
                audience(row),
                hours(row.getString("hours")),
                Millis.toInstant(row.getLong("opened_at")),
                Millis.toInstantOrNull(row.getObject("until_at")),
                purpose == Purpose.PUBLICATION ? List.of() : reaches(row));
    }

    /**
     * By the pages that began: whoever was in one may have been told. Those that quiet hours split off the same correction are
     * none that it corrects.
     */
    private List<Reach> reaches(ResultSet of) throws SQLException {
        return merged(jdbc.sql("""
                        SELECT s.number, s.sent_key, d.kind, d.exercise, d.themes, d.districts, d.dropped_themes,
                          d.dropped_districts, d.hours, d.opened_at, d.not_before, d.settled_at
                        FROM dispatch d JOIN dispatch_slice s ON s.town_id = d.town_id AND s.dispatch_id = d.id
                        WHERE d.town_id = :town AND d.notice_id = :notice AND d.channel = :channel AND d.id < :before
                          AND NOT (d.revision = :revision AND d.purpose = :purpose AND d.opened_at = :opened)
                          AND s.sent_key > s.number AND s.number >= 0
                        ORDER BY d.id, s.number
                        """)
                .param("town", of.getLong("town_id"))
                .param("notice", of.getLong("notice_id"))
                .param("channel", of.getString("channel"))
                .param("before", of.getLong("id"))
                .param("revision", of.getInt("revision"))
                .param("purpose", of.getString("purpose"))
                .param("opened", of.getLong("opened_at"))
                .query((row, n) -> new Reach(
                        row.getLong("number"),
                        row.getLong("sent_key"),
                        audience(row),
                        hours(row.getString("hours")),
                        Millis.toInstant(row.getLong("opened_at")),
                        Millis.toInstant(row.getLong("not_before")),
                        Millis.toInstantOrNull(row.getObject("settled_at"))))
                .list());
    }

    /** Slices of one dispatch that follow each other are one range. */
    static List<Reach> merged(List<Reach> reaches) {
        List<Reach> merged = new ArrayList<>();
        for (Reach next : reaches) {
            Reach last = merged.isEmpty() ? null : merged.getLast();
            if (last != null
                    && last.to() == next.from()
                    && last.openedAt().equals(next.openedAt())
                    && last.at().equals(next.at())
                    && Objects.equals(last.through(), next.through())
                    && last.audience().equals(next.audience())
                    && last.hours().equals(next.hours())) {
                merged.removeLast();
                merged.add(new Reach(
                        last.from(),
                        next.to(),
                        next.audience(),
                        next.hours(),
                        next.openedAt(),
                        next.at(),
                        next.through()));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }

    private static Audience audience(ResultSet row) throws SQLException {
        return new Audience(
                Kind.valueOf(row.getString("kind")),
                row.getInt("exercise") == 1,
                ids(row.getString("themes")),
                ids(row.getString("districts")),
                new Dropped(ids(row.getString("dropped_themes")), ids(row.getString("dropped_districts"))));
    }

    private static Set<Long> ids(String text) {
        return Stream.of(text.split(","))
                .filter(id -> !id.isEmpty())
                .map(Long::valueOf)
                .collect(Collectors.toSet());
    }

    static String text(Set<Long> ids) {
        return ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** As {@link #text(Hours)} writes them: {@code ANY}, {@code REACHED}, {@code AWAKE 22}, {@code WAKING 22 7}. */
    static Hours hours(String text) {
        String[] words = text.split(" ");
        return switch (words[0]) {
            case "ANY" -> new Hours.Any();
            case "REACHED" -> new Hours.Reached();
            case "AWAKE" -> new Hours.Awake(Integer.parseInt(words[1]));
            case "WAKING" -> new Hours.Waking(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            default -> throw new IllegalArgumentException(text);
        };
    }

    static String text(Hours hours) {
        return switch (hours) {
            case Hours.Any any -> "ANY";
            case Hours.Reached reached -> "REACHED";
            case Hours.Awake awake -> "AWAKE " + awake.hour();
            case Hours.Waking waking -> "WAKING " + waking.asleepAt() + " " + waking.until();
        };
    }
}
