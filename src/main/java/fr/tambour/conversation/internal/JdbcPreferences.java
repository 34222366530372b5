package fr.tambour.conversation.internal;

import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcPreferences implements Preferences {

    private final JdbcClient jdbc;

    JdbcPreferences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Settings of(TownId town) {
        return jdbc.sql("SELECT second_person, insults FROM conversation_settings WHERE town_id = :town")
                .param("town", town.value())
                .query((row, number) -> new Settings(
                        row.getInt("second_person") == 1,
                        row.getString("insults").lines().toList()))
                .optional()
                .orElse(Settings.DEFAULTS);
    }

    @Override
    public void put(TownId town, Settings settings) {
        jdbc.sql("""
                        INSERT INTO conversation_settings (town_id, second_person, insults) VALUES (:town, :second, :insults)
                        ON CONFLICT (town_id) DO UPDATE SET second_person = excluded.second_person, insults = excluded.insults
                        """)
                .param("town", town.value())
                .param("second", settings.secondPerson() ? 1 : 0)
                .param("insults", String.join("\n", settings.insults()))
                .update();
    }

    private static SavedReply reply(ResultSet row, int number) throws SQLException {
        return new SavedReply(row.getLong("id"), row.getString("title"), row.getString("body"));
    }

    @Override
    public List<SavedReply> replies(TownId town) {
        return jdbc.sql("SELECT id, title, body FROM conversation_saved_reply WHERE town_id = :town ORDER BY title, id")
                .param("town", town.value())
                .query(JdbcPreferences::reply)
                .list();
    }

    @Override
    public Optional<SavedReply> reply(TownId town, long id) {
        return jdbc.sql("SELECT id, title, body FROM conversation_saved_reply WHERE town_id = :town AND id = :id")
                .param("town", town.value())
                .param("id", id)
                .query(JdbcPreferences::reply)
                .optional();
    }

    @Override
    public void put(TownId town, SavedReply reply) {
        jdbc.sql("""
                        INSERT INTO conversation_saved_reply (town_id, id, title, body) VALUES (:town, :id, :title, :body)
                        ON CONFLICT (town_id, id) DO UPDATE SET title = excluded.title, body = excluded.body
                        """)
                .param("town", town.value())
                .param("id", reply.id())
                .param("title", reply.title())
                .param("body", reply.text())
                .update();
    }

    @Override
    public void removeReply(TownId town, long id) {
        jdbc.sql("DELETE FROM conversation_saved_reply WHERE town_id = :town AND id = :id")
                .param("town", town.value())
                .param("id", id)
                .update();
    }
}
