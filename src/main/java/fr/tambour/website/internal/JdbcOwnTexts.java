package fr.tambour.website.internal;

import fr.tambour.people.PersonId;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcOwnTexts implements OwnTexts {

    private final JdbcClient jdbc;

    JdbcOwnTexts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, String> of(TownId town, OwnPage page) {
        Map<String, String> texts = new TreeMap<>();
        jdbc.sql("SELECT language, markdown FROM website_text WHERE town_id = :town AND page = :page")
                .param("town", town.value())
                .param("page", page.key())
                .query(row -> {
                    texts.put(row.getString("language"), row.getString("markdown"));
                });
        return texts;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Version> versions(TownId town, OwnPage page, int limit) {
        return jdbc.sql("""
                        SELECT id, language, markdown, written_at, written_by FROM website_text_version
                        WHERE town_id = :town AND page = :page ORDER BY id DESC LIMIT :limit
                        """)
                .param("town", town.value())
                .param("page", page.key())
                .param("limit", limit)
                .query((row, number) -> new Version(
                        row.getLong("id"),
                        page,
                        row.getString("language"),
                        row.getString("markdown"),
                        Millis.toInstant(row.getLong("written_at")),
                        new PersonId(row.getLong("written_by"))))
                .list();
    }

    @Override
    @Transactional
    public void put(TownId town, Version version) {
        jdbc.sql("""
                        INSERT INTO website_text_version (town_id, id, page, language, markdown, written_at, written_by)
                        VALUES (:town, :id, :page, :language, :text, :at, :by)
                        """)
                .param("town", town.value())
                .param("id", version.id())
                .param("page", version.page().key())
                .param("language", version.language())
                .param("text", version.text())
                .param("at", Millis.of(version.at()))
                .param("by", version.by().value())
                .update();
        if (version.text().isBlank()) {
            jdbc.sql("DELETE FROM website_text WHERE town_id = :town AND page = :page AND language = :language")
                    .param("town", town.value())
                    .param("page", version.page().key())
                    .param("language", version.language())
                    .update();
            return;
        }
        jdbc.sql("""
                        INSERT INTO website_text (town_id, page, language, markdown) VALUES (:town, :page, :language, :text)
                        ON CONFLICT (town_id, page, language) DO UPDATE SET markdown = excluded.markdown
                        """)
                .param("town", town.value())
                .param("page", version.page().key())
                .param("language", version.language())
                .param("text", version.text())
                .update();
    }
}
