package fr.tambour.fediverse.internal;

import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Posts of others that stand reposted; of those that were taken back only that they were. */
@Repository
class Reposts {

    private static final String SELECT = """
            SELECT id, post, author, author_name, author_page, author_inbox, page, text, language, reposted_at
            FROM fediverse_repost WHERE town_id = :town AND undone_at IS NULL
            """;

    private final JdbcClient jdbc;

    Reposts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the caller's transaction. False where it stands already. */
    boolean add(TownId town, Repost repost) {
        return jdbc.sql("""
                        INSERT INTO fediverse_repost (town_id, id, post, author, author_name, author_page, author_inbox, page,
                          text, language, reposted_at)
                        VALUES (:town, :id, :post, :author, :name, :authorPage, :inbox, :page, :text, :language, :at)
                        ON CONFLICT (town_id, post) WHERE undone_at IS NULL DO NOTHING
                        """)
                        .param("town", town.value())
                        .param("id", repost.id())
                        .param("post", repost.post().toString())
                        .param("author", repost.author().toString())
                        .param("name", repost.authorName())
                        .param("authorPage", repost.authorPage().toString())
                        .param("inbox", repost.authorInbox().toString())
                        .param("page", repost.page().toString())
                        .param("text", repost.text())
                        .param("language", repost.language(), Types.VARCHAR)
                        .param("at", Millis.of(repost.at()))
                        .update()
                == 1;
    }

    int count(TownId town) {
        return jdbc.sql("SELECT count(*) FROM fediverse_repost WHERE town_id = :town AND undone_at IS NULL")
                .param("town", town.value())
                .query(Integer.class)
                .single();
    }

    /** The newest first. */
    List<Repost> standing(TownId town, int limit) {
        return jdbc.sql(SELECT + " ORDER BY reposted_at DESC, id DESC LIMIT :limit")
                .param("town", town.value())
                .param("limit", limit)
                .query((row, n) -> repost(row))
                .list();
    }

    Optional<Repost> find(TownId town, long id) {
        return jdbc.sql(SELECT + " AND id = :id")
                .param("town", town.value())
                .param("id", id)
                .query((row, n) -> repost(row))
                .optional();
    }

    Optional<Repost> ofPost(TownId town, URI post) {
        return jdbc.sql(SELECT + " AND post = :post")
                .param("town", town.value())
                .param("post", post.toString())
                .query((row, n) -> repost(row))
                .optional();
    }

    List<Repost> by(TownId town, URI author) {
        return jdbc.sql(SELECT + " AND author = :author")
                .param("town", town.value())
                .param("author", author.toString())
                .query((row, n) -> repost(row))
                .list();
    }

    /** Whether it was reposted, and is no more. */
    boolean wasUndone(TownId town, long id) {
        return jdbc.sql("SELECT 1 FROM fediverse_repost WHERE town_id = :town AND id = :id AND undone_at IS NOT NULL")
                .param("town", town.value())
                .param("id", id)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Nothing of what somebody else wrote is kept, nor who they are. In the caller's transaction; false where somebody was quicker. */
    boolean undo(TownId town, Repost repost, Instant now) {
        return jdbc.sql("""
                        UPDATE fediverse_repost SET undone_at = :now, post = '', author = '', author_name = '',
                          author_page = '', author_inbox = '', page = '', text = '', language = NULL
                        WHERE town_id = :town AND id = :id AND undone_at IS NULL
                        """)
                        .param("now", Millis.of(now))
                        .param("town", town.value())
                        .param("id", repost.id())
                        .update()
                == 1;
    }

    /** Its author says it otherwise now. In the caller's transaction. */
    void reword(TownId town, Repost repost, String text) {
        jdbc.sql("UPDATE fediverse_repost SET text = :text WHERE town_id = :town AND id = :id AND undone_at IS NULL")
                .param("text", text)
                .param("town", town.value())
                .param("id", repost.id())
                .update();
    }

    private static Repost repost(ResultSet row) throws SQLException {
        return new Repost(
                row.getLong("id"),
                URI.create(row.getString("post")),
                URI.create(row.getString("author")),
                row.getString("author_name"),
                URI.create(row.getString("author_page")),
                URI.create(row.getString("author_inbox")),
                URI.create(row.getString("page")),
                row.getString("text"),
                row.getString("language"),
                Millis.toInstant(row.getLong("reposted_at")));
    }
}
