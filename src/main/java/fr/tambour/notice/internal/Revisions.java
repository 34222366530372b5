package fr.tambour.notice.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Correction;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.Rendition;
import fr.tambour.notice.StaffNotice.Revision;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads frozen revisions, many in three queries. */
@Repository
class Revisions {

    private final JdbcClient jdbc;
    private final ContentJson json;

    Revisions(JdbcClient jdbc, ContentJson json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<Revision> find(TownId town, NoticeId id, int number) {
        return read(town, List.of(id.value()), "r.notice_id IN (:ids) AND r.number = :number", number)
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

    List<Revision> all(TownId town, NoticeId id) {
        return read(town, List.of(id.value()), "r.notice_id IN (:ids)", 0).getOrDefault(id.value(), List.of());
    }

    /** The public revision of each of these notices. */
    Map<Long, Revision> shown(TownId town, Collection<Long> ids) {
        Map<Long, Revision> shown = new HashMap<>();
        if (!ids.isEmpty()) {
            read(town, ids, "r.notice_id IN (:ids) AND n.public_revision = r.number", 0)
                    .forEach((id, revisions) -> shown.put(id, revisions.getFirst()));
        }
        return shown;
    }

    private Map<Long, List<Revision>> read(TownId town, Collection<Long> ids, String which, int number) {
        String join =
                " JOIN notice_revision r ON r.town_id = x.town_id AND r.notice_id = x.notice_id AND r.number = x.revision";
        String notice =
                " JOIN notice n ON n.town_id = r.town_id AND n.id = r.notice_id WHERE r.town_id = :town AND " + which;
        Map<Key, SortedMap<String, Words>> words = new HashMap<>();
        ask("SELECT x.notice_id, x.revision, x.language, x.words FROM notice_text x" + join + notice, town, ids)
                .param("number", number)
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
                .param("number", number)
                .query((row, n) -> renditions
                        .computeIfAbsent(
                                new Key(row.getLong("notice_id"), row.getInt("revision")), key -> new ArrayList<>())
                        .add(new Rendition(
                                row.getString("channel"),
                                row.getString("language"),
                                json.fields(row.getString("fields")),
                                row.getInt("edited") == 1)))
                .list();
        Map<Long, List<Revision>> all = new HashMap<>();
        ask(
                        "SELECT r.notice_id, r.number, r.facts, r.hash, r.reason, r.submitted_at, r.submitted_by, r.published_at FROM notice_revision r"
                                + notice + " ORDER BY r.number",
                        town,
                        ids)
                .param("number", number)
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
