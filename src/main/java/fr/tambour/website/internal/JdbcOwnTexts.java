package fr.tambour.website.internal;

import fr.tambour.town.TownId;
import java.util.Optional;
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
    public Optional<String> of(TownId town, String page, String language) {
        return jdbc.sql(
                        "SELECT markdown FROM website_text WHERE town_id = :town AND page = :page AND language = :language")
                .param("town", town.value())
                .param("page", page)
                .param("language", language)
                .query(String.class)
                .optional();
    }

    @Override
    @Transactional
    public void put(TownId town, String page, String language, String text) {
        if (text.isBlank()) {
            jdbc.sql("DELETE FROM website_text WHERE town_id = :town AND page = :page AND language = :language")
                    .param("town", town.value())
                    .param("page", page)
                    .param("language", language)
                    .update();
            return;
        }
        jdbc.sql("""
                        INSERT INTO website_text (town_id, page, language, markdown) VALUES (:town, :page, :language, :text)
                        ON CONFLICT (town_id, page, language) DO UPDATE SET markdown = excluded.markdown
                        """)
                .param("town", town.value())
                .param("page", page)
                .param("language", language)
                .param("text", text)
                .update();
    }
}
