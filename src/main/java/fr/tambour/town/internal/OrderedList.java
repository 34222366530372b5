package fr.tambour.town.internal;

import fr.tambour.storage.Ids;
import fr.tambour.text.Slug;
import fr.tambour.town.ListEntry;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables `district` and `theme`, which are alike: a town's list in the town's order, of which nothing is erased. */
final class OrderedList {

    private final JdbcClient jdbc;
    private final Ids ids;
    private final String table;

    OrderedList(JdbcClient jdbc, Ids ids, String table) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.table = table;
    }

    record Row(long id, String slug, Map<String, String> names, boolean active) {}

    List<Row> ever(TownId town) {
        return jdbc.sql("SELECT id, slug, names, active FROM " + table + " WHERE town_id = :town ORDER BY position, id")
                .param("town", town.value())
                .query(OrderedList::row)
                .list();
    }

    List<Row> active(TownId town) {
        return ever(town).stream().filter(Row::active).toList();
    }

    Optional<Row> byId(TownId town, long id) {
        return jdbc.sql("SELECT id, slug, names, active FROM " + table + " WHERE town_id = :town AND id = :id")
                .param("town", town.value())
                .param("id", id)
                .query(OrderedList::row)
                .optional();
    }

    Optional<Row> bySlug(TownId town, String slug) {
        return jdbc.sql("SELECT id, slug, names, active FROM " + table + " WHERE town_id = :town AND slug = :slug")
                .param("town", town.value())
                .param("slug", slug)
                .query(OrderedList::row)
                .optional();
    }

    List<Row> arrange(TownId town, String firstLanguage, List<ListEntry> entries) {
        Map<Long, Row> before = new HashMap<>();
        Set<String> slugs = new HashSet<>();
        for (Row row : ever(town)) {
            before.put(row.id(), row);
            slugs.add(row.slug());
        }
        Set<Long> kept = new HashSet<>();
        int position = 0;
        for (ListEntry entry : entries) {
            String name = entry.names().get(firstLanguage);
            if (name == null || name.isBlank()) {
                throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "town.list-name-missing");
            }
            Row known = entry.id() != null ? before.get(entry.id()) : sameSlug(before, Slug.of(name), kept);
            if (entry.id() != null && known == null) {
                throw new Refusal(HttpStatus.NOT_FOUND, "town.list-entry-unknown");
            }
            if (known == null) {
                String slug = free(Slug.of(name), slugs);
                slugs.add(slug);
                insert(town, slug, entry.names(), position++);
            } else {
                kept.add(known.id());
                update(town, known.id(), entry.names(), position++, true);
            }
        }
        for (Row row : before.values()) {
            if (!kept.contains(row.id()) && row.active()) {
                update(town, row.id(), row.names(), position++, false);
            }
        }
        return active(town);
    }

    /** Who adds again what was dropped gets the old one back, with its notices. */
    private static @Nullable Row sameSlug(Map<Long, Row> before, String slug, Set<Long> kept) {
        return before.values().stream()
                .filter(row -> !row.active() && row.slug().equals(slug) && !kept.contains(row.id()))
                .findFirst()
                .orElse(null);
    }

    private static String free(String slug, Set<String> taken) {
        String candidate = slug;
        for (int next = 2; taken.contains(candidate); next++) {
            candidate = slug + "-" + next;
        }
        return candidate;
    }

    private void insert(TownId town, String slug, Map<String, String> names, int position) {
        jdbc.sql(
                        "INSERT INTO " + table
                                + " (town_id, id, slug, names, position, active) VALUES (:town, :id, :slug, :names, :position, 1)")
                .param("town", town.value())
                .param("id", ids.next())
                .param("slug", slug)
                .param("names", Json.write(names))
                .param("position", position)
                .update();
    }

    private void update(TownId town, long id, Map<String, String> names, int position, boolean active) {
        jdbc.sql(
                        "UPDATE " + table
                                + " SET names = :names, position = :position, active = :active WHERE town_id = :town AND id = :id")
                .param("town", town.value())
                .param("id", id)
                .param("names", Json.write(names))
                .param("position", position)
                .param("active", active ? 1 : 0)
                .update();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("slug"),
                Json.names(row.getString("names")),
                row.getInt("active") == 1);
    }
}
