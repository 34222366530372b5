package fr.tambour.fediverse.internal;

import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Batches;
import fr.tambour.storage.Ids;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who quotes what with the town's leave. All that changes something, in the caller's transaction. */
@Repository
class Quotes {

    private static final int TOGETHER = 500;
    private static final String ROW =
            "SELECT town_id, id, notice_id, post, author, inbox, granted_at, revoked_at FROM fediverse_quote";

    private final JdbcClient jdbc;
    private final Ids ids;

    Quotes(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /** What is granted already stays as it is; whoever asks again is given the same. */
    Quote grant(TownId town, NoticeId notice, URI post, RemoteActor author, Instant now) {
        jdbc.sql("""
                        INSERT INTO fediverse_quote (town_id, id, notice_id, post, author, host, inbox, granted_at)
                        VALUES (:town, :id, :notice, :post, :author, :host, :inbox, :now)
                        ON CONFLICT (town_id, notice_id, post) WHERE revoked_at IS NULL DO NOTHING
                        """)
                .param("town", town.value())
                .param("id", ids.next())
                .param("notice", notice.value())
                .param("post", post.toString())
                .param("author", author.uri().toString())
                .param("host", author.uri().getRawAuthority())
                .param("inbox", author.inbox().toString())
                .param("now", Millis.of(now))
                .update();
        return standing(town, notice, post).orElseThrow();
    }

    /** It was granted a moment too late. */
    void remove(Quote quote) {
        jdbc.sql("DELETE FROM fediverse_quote WHERE town_id = :town AND id = :id")
                .param("town", quote.town().value())
                .param("id", quote.id())
                .update();
    }

    Optional<Quote> standing(TownId town, NoticeId notice, URI post) {
        return jdbc.sql(ROW + " WHERE town_id = :town AND notice_id = :notice AND post = :post AND revoked_at IS NULL")
                .param("town", town.value())
                .param("notice", notice.value())
                .param("post", post.toString())
                .query((row, n) -> quote(row))
                .optional();
    }

    Optional<Quote> find(TownId town, long id) {
        return jdbc.sql(ROW + " WHERE town_id = :town AND id = :id")
                .param("town", town.value())
                .param("id", id)
                .query((row, n) -> quote(row))
                .optional();
    }

    /** How many were granted to this server since. */
    int since(TownId town, String host, Instant since) {
        return jdbc.sql("""
                        SELECT count(*) FROM fediverse_quote WHERE town_id = :town AND host = :host AND granted_at >= :since
                        """)
                .param("town", town.value())
                .param("host", host)
                .param("since", Millis.of(since))
                .query(Integer.class)
                .single();
    }

    /** Whether they quote anything. */
    boolean any(TownId town, URI author) {
        return jdbc.sql("SELECT 1 FROM fediverse_quote WHERE town_id = :town AND author = :author LIMIT 1")
                .param("town", town.value())
                .param("author", author.toString())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    boolean isTheirs(TownId town, URI author, URI post) {
        return jdbc.sql("""
                        SELECT 1 FROM fediverse_quote WHERE town_id = :town AND author = :author AND post = :post LIMIT 1
                        """)
                .param("town", town.value())
                .param("author", author.toString())
                .param("post", post.toString())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Their post is no more: nothing of it is kept. */
    void forget(TownId town, URI author, URI post) {
        jdbc.sql("DELETE FROM fediverse_quote WHERE town_id = :town AND author = :author AND post = :post")
                .param("town", town.value())
                .param("author", author.toString())
                .param("post", post.toString())
                .update();
    }

    /** They are no more. */
    void forget(TownId town, URI author) {
        jdbc.sql("DELETE FROM fediverse_quote WHERE town_id = :town AND author = :author")
                .param("town", town.value())
                .param("author", author.toString())
                .update();
    }

    /** Nobody may quote this notice any more; one statement, however many do. */
    void revoke(TownId town, NoticeId notice, Instant now) {
        jdbc.sql("""
                        UPDATE fediverse_quote SET revoked_at = :now
                        WHERE town_id = :town AND notice_id = :notice AND revoked_at IS NULL
                        """)
                .param("now", Millis.of(now))
                .param("town", town.value())
                .param("notice", notice.value())
                .update();
    }

    /**
     * This one may not quote any more.
     *
     * @return false where that is so already
     */
    boolean revoke(Quote quote, Instant now) {
        return jdbc.sql("""
                        UPDATE fediverse_quote SET revoked_at = :now WHERE town_id = :town AND id = :id AND revoked_at IS NULL
                        """)
                        .param("now", Millis.of(now))
                        .param("town", quote.town().value())
                        .param("id", quote.id())
                        .update()
                == 1;
    }

    /** Whether it stands still; whoever takes it back at the same moment waits until the caller's transaction is over. */
    boolean holds(Quote quote) {
        return jdbc.sql("""
                        UPDATE fediverse_quote SET granted_at = granted_at
                        WHERE town_id = :town AND id = :id AND revoked_at IS NULL
                        """)
                        .param("town", quote.town().value())
                        .param("id", quote.id())
                        .update()
                == 1;
    }

    /** What of it is known is a hash, whatever becomes of the post. */
    void refuse(TownId town, URI post, Instant now) {
        jdbc.sql("""
                        INSERT INTO fediverse_quote_refusal (town_id, post, refused_at) VALUES (:town, :post, :now)
                        ON CONFLICT (town_id, post) DO UPDATE SET refused_at = excluded.refused_at
                        """)
                .param("town", town.value())
                .param("post", Digests.hex(post.toString()))
                .param("now", Millis.of(now))
                .update();
    }

    /** Whether the town has taken its leave back from this post. */
    boolean isRefused(TownId town, URI post) {
        return jdbc.sql("SELECT 1 FROM fediverse_quote_refusal WHERE town_id = :town AND post = :post")
                .param("town", town.value())
                .param("post", Digests.hex(post.toString()))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /**
     * What stands, the last first.
     *
     * @param notice what is quoted; null: any
     */
    List<Quote> standing(TownId town, @Nullable NoticeId notice, int limit, int offset) {
        return jdbc.sql(ROW + " WHERE town_id = :town AND revoked_at IS NULL" + of(notice)
                        + " ORDER BY id DESC LIMIT :limit OFFSET :offset")
                .param("town", town.value())
                .param("notice", notice == null ? 0 : notice.value())
                .param("limit", limit)
                .param("offset", offset)
                .query((row, n) -> quote(row))
                .list();
    }

    int count(TownId town, @Nullable NoticeId notice) {
        return jdbc.sql("SELECT count(*) FROM fediverse_quote WHERE town_id = :town AND revoked_at IS NULL"
                        + of(notice))
                .param("town", town.value())
                .param("notice", notice == null ? 0 : notice.value())
                .query(Integer.class)
                .single();
    }

    private static String of(@Nullable NoticeId notice) {
        return notice == null ? "" : " AND notice_id = :notice";
    }

    /** None of these people may quote any more. */
    void revoke(TownId town, Collection<String> authors, Instant now) {
        for (List<String> few : Batches.of(authors, TOGETHER)) {
            jdbc.sql("""
                            UPDATE fediverse_quote SET revoked_at = :now
                            WHERE town_id = :town AND author IN (:few) AND revoked_at IS NULL
                            """)
                    .param("now", Millis.of(now))
                    .param("town", town.value())
                    .param("few", few)
                    .update();
        }
    }

    /** Whoever may quote anything. */
    List<String> authors(TownId town) {
        return jdbc.sql("SELECT DISTINCT author FROM fediverse_quote WHERE town_id = :town AND revoked_at IS NULL")
                .param("town", town.value())
                .query(String.class)
                .list();
    }

    /** Whoever was not told yet that their leave holds no more, the first first. */
    List<Quote> untold(int limit) {
        return jdbc.sql(ROW + " WHERE revoked_at IS NOT NULL AND told_at IS NULL ORDER BY revoked_at, id LIMIT :limit")
                .param("limit", limit)
                .query((row, n) -> quote(row))
                .list();
    }

    /** @return false where somebody else has told them */
    boolean told(Quote quote, Instant now) {
        return jdbc.sql("""
                        UPDATE fediverse_quote SET told_at = :now WHERE town_id = :town AND id = :id AND told_at IS NULL
                        """)
                        .param("now", Millis.of(now))
                        .param("town", quote.town().value())
                        .param("id", quote.id())
                        .update()
                == 1;
    }

    private static Quote quote(ResultSet row) throws SQLException {
        return new Quote(
                new TownId(row.getLong("town_id")),
                row.getLong("id"),
                new NoticeId(row.getLong("notice_id")),
                URI.create(row.getString("post")),
                URI.create(row.getString("author")),
                URI.create(row.getString("inbox")),
                Millis.toInstant(row.getLong("granted_at")),
                row.getObject("revoked_at") != null);
    }
}
