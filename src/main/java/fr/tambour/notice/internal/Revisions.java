package fr.tambour.notice.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Correction;
import fr.tambour.notice.DeskQueries.Order;
import fr.tambour.notice.DeskQueries.Page;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.Rendition;
import fr.tambour.notice.StaffNotice.Revision;
import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Frozen revisions: written once, read many in three queries. */
@Repository
class Revisions {

    private final JdbcClient jdbc;
    private final ContentJson json;
    private final PictureClaims claims;

    Revisions(JdbcClient jdbc, ContentJson json, PictureClaims claims) {
        this.jdbc = jdbc;
        this.json = json;
        this.claims = claims;
    }

    /** Its {@link Fingerprint} is taken from the rows that are then there. */
    void freeze(
            Held notice,
            int number,
            Content content,
            List<Rendition> renditions,
            String reason,
            PersonId by,
            Instant at) {
        of(notice, number, """
                        INSERT INTO notice_revision (town_id, notice_id, number, facts, hash, reason, submitted_at, submitted_by)
                        VALUES (:town, :id, :number, :facts, '', :reason, :at, :by)
                        """)
                .param("facts", json.facts(content))
                .param("reason", reason)
                .param("at", Millis.of(at))
                .param("by", by.value())
                .update();
        content.words()
                .forEach((language, words) -> of(notice, number, """
                                INSERT INTO notice_text (town_id, notice_id, revision, language, words)
                                VALUES (:town, :id, :number, :language, :words)
                                """)
                        .param("language", language)
                        .param("words", json.write(words))
                        .update());
        renditions.forEach(rendition -> of(notice, number, """
                        INSERT INTO notice_rendition (town_id, notice_id, revision, channel, language, fields, edited)
                        VALUES (:town, :id, :number, :channel, :language, :fields, :edited)
                        """)
                .param("channel", rendition.channel())
                .param("language", rendition.language())
                .param("fields", json.write(rendition.fields()))
                .param("edited", rendition.edited() ? 1 : 0)
                .update());
        of(notice, number, """
                        UPDATE notice_revision SET hash = :hash WHERE town_id = :town AND notice_id = :id AND number = :number
                        """)
                .param("hash", fingerprint(notice.town(), notice.id(), number))
                .update();
        claims.revision(notice.town(), notice.id(), number, content);
    }

    void published(Held notice, int number, Instant at) {
        of(notice, number, """
                        UPDATE notice_revision SET published_at = :at
                        WHERE town_id = :town AND notice_id = :id AND number = :number
                        """).param("at", Millis.of(at)).update();
    }

    void corrected(Held notice, Correction correction) {
        of(notice, correction.revision(), """
                        INSERT INTO notice_correction (town_id, notice_id, revision, at, reason, changes)
                        VALUES (:town, :id, :number, :at, :reason, :changes)
                        """)
                .param("at", Millis.of(correction.at()))
                .param("reason", correction.reason())
                .param("changes", json.write(correction.changes()))
                .update();
    }

    private JdbcClient.StatementSpec of(Held notice, int number, String sql) {
        return jdbc.sql(sql)
                .param("town", notice.town().value())
                .param("id", notice.id().value())
                .param("number", number);
    }

    /** What the public sees of it, if it ever saw anything. */
    Optional<Revision> shown(Held notice) {
        return Optional.ofNullable(notice.publicRevision()).flatMap(number -> find(notice.town(), notice.id(), number));
    }

    Optional<Revision> find(TownId town, NoticeId id, int number) {
        return read(town, List.of(id.value()), "r.notice_id IN (:ids) AND r.number IN (:numbers)", List.of(number))
                .getOrDefault(id.value(), List.of())
                .stream()
                .findFirst();
    }

    /** What an approval of this revision is bound to, from the stored rows themselves. */
    String fingerprint(TownId town, NoticeId id, int number) {
        return Fingerprint.of(
                rows("SELECT facts, reason FROM notice_revision", "number = :number", town, id, number)
                        .getFirst(),
                rows("SELECT language, words FROM notice_text", "revision = :number", town, id, number),
                rows(
                        "SELECT channel, language, fields, edited FROM notice_rendition",
                        "revision = :number",
                        town,
                        id,
                        number));
    }

    /** In an order that no engine's collation decides: a backup may be restored into the other one. */
    private List<List<String>> rows(String select, String which, TownId town, NoticeId id, int number) {
        return jdbc
                .sql(select + " WHERE town_id = :town AND notice_id = :id AND " + which)
                .param("town", town.value())
                .param("id", id.value())
                .param("number", number)
                .query((row, n) -> {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        values.add(row.getString(i));
                    }
                    return values;
                })
                .stream()
                .sorted(Comparator.comparing(values -> String.join("\n", values)))
                .toList();
    }

    Page<Revision> page(TownId town, NoticeId id, Order order, @Nullable String cursor, int limit) {
        Optional<Long> after = Optional.ofNullable(cursor).map(Pages::number);
        List<Integer> numbers = jdbc.sql("SELECT number FROM notice_revision WHERE town_id = :town AND notice_id = :id"
                        + (after.isPresent() ? " AND number " + Pages.beyond(order) + " :after" : "")
                        + " ORDER BY number " + Pages.direction(order) + " LIMIT :limit")
                .param("town", town.value())
                .param("id", id.value())
                .param("after", after.orElse(0L))
                .param("limit", limit + 1)
                .query(Integer.class)
                .list();
        Page<Integer> page = Pages.cut(numbers, limit, last -> Pages.cursor(last));
        return new Page<>(these(town, id, page.rows()), page.next());
    }

    /** In the order of {@code numbers}. */
    private List<Revision> these(TownId town, NoticeId id, List<Integer> numbers) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        Map<Integer, Revision> found = read(
                        town, List.of(id.value()), "r.notice_id IN (:ids) AND r.number IN (:numbers)", numbers)
                .getOrDefault(id.value(), List.of())
                .stream()
                .collect(Collectors.toMap(Revision::number, revision -> revision));
        return numbers.stream().map(found::get).map(Objects::requireNonNull).toList();
    }

    /** The public revision of each of these notices. */
    Map<Long, Revision> shown(TownId town, Collection<Long> ids) {
        Map<Long, Revision> shown = new HashMap<>();
        if (!ids.isEmpty()) {
            read(town, ids, "r.notice_id IN (:ids) AND n.public_revision = r.number", List.of(0))
                    .forEach((id, revisions) -> shown.put(id, revisions.getFirst()));
        }
        return shown;
    }

    private Map<Long, List<Revision>> read(
            TownId town, Collection<Long> ids, String which, Collection<Integer> numbers) {
        String join =
                " JOIN notice_revision r ON r.town_id = x.town_id AND r.notice_id = x.notice_id AND r.number = x.revision";
        String notice =
                " JOIN notice n ON n.town_id = r.town_id AND n.id = r.notice_id WHERE r.town_id = :town AND " + which;
        Map<Key, SortedMap<String, Words>> words = new HashMap<>();
        ask("SELECT x.notice_id, x.revision, x.language, x.words FROM notice_text x" + join + notice, town, ids)
                .param("numbers", numbers)
                .query((row, n) -> words.computeIfAbsent(
                                new Key(row.getLong("notice_id"), row.getInt("revision")), key -> new TreeMap<>())
                        .put(row.getString("language"), json.words(row.getString("words"))))
                .list();
        Map<Key, List<Rendition>> renditions = new HashMap<>();
        ask(
                        "SELECT x.notice_id, x.revision, x.channel, x.language, x.fields, x.edited FROM notice_rendition x"
                                + join + notice,
                        town,
                        ids)
                .param("numbers", numbers)
                .query((row, n) -> renditions
                        .computeIfAbsent(
                                new Key(row.getLong("notice_id"), row.getInt("revision")), key -> new ArrayList<>())
                        .add(new Rendition(
                                row.getString("channel"),
                                row.getString("language"),
                                json.fields(row.getString("fields")),
                                row.getInt("edited") == 1)))
                .list();
        // Databases give them in any order.
        renditions
                .values()
                .forEach(list ->
                        list.sort(Comparator.comparing(Rendition::channel).thenComparing(Rendition::language)));
        Map<Long, List<Revision>> all = new HashMap<>();
        ask(
                        "SELECT r.notice_id, r.number, r.facts, r.hash, r.reason, r.submitted_at, r.submitted_by, r.published_at FROM notice_revision r"
                                + notice + " ORDER BY r.number",
                        town,
                        ids)
                .param("numbers", numbers)
                .query((row, n) -> {
                    Key key = new Key(row.getLong("notice_id"), row.getInt("number"));
                    Content content = json.content(row.getString("facts"), words.getOrDefault(key, new TreeMap<>()));
                    return all.computeIfAbsent(key.notice(), id -> new ArrayList<>())
                            .add(new Revision(
                                    key.number(),
                                    content,
                                    List.copyOf(renditions.getOrDefault(key, List.of())),
                                    row.getString("hash"),
                                    row.getString("reason"),
                                    Millis.toInstant(row.getLong("submitted_at")),
                                    new PersonId(row.getLong("submitted_by")),
                                    Millis.toInstantOrNull(row.getObject("published_at"))));
                })
                .list();
        return all;
    }

    /** The corrections of each of these notices, newest first. */
    Map<Long, List<Correction>> corrections(TownId town, Collection<Long> ids) {
        Map<Long, List<Correction>> all = new HashMap<>();
        if (!ids.isEmpty()) {
            ask(
                            "SELECT r.notice_id, r.revision, r.at, r.reason, r.changes FROM notice_correction r WHERE r.town_id = :town AND r.notice_id IN (:ids) ORDER BY r.revision DESC",
                            town,
                            ids)
                    .query((row, n) -> all.computeIfAbsent(row.getLong("notice_id"), id -> new ArrayList<>())
                            .add(new Correction(
                                    row.getInt("revision"),
                                    Millis.toInstant(row.getLong("at")),
                                    row.getString("reason"),
                                    json.changes(row.getString("changes")))))
                    .list();
        }
        return all;
    }

    private JdbcClient.StatementSpec ask(String sql, TownId town, Collection<Long> ids) {
        return jdbc.sql(sql).param("town", town.value()).param("ids", ids);
    }

    private record Key(long notice, int number) {}
}
