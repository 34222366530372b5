package fr.tambour;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.Engine;
import fr.tambour.testing.Engines;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A town that has been followed and answered since the first version loses nothing of it by any upgrade. */
class FilledMigrationsTest {

    private static final String[] FILLED = {"conversation", "fediverse"};

    /** A row at least in each table of the first version. */
    private static final List<String> FIRST = List.of(
            """
            INSERT INTO fediverse_actor (town_id, id, kind, public_key, private_key, made_at, held_at, name, base) VALUES
              (1, 7, 'TOWN', 'public', 'private', 1, 2, 'ville', 'https://clairval.example'),
              (1, 8, 'INSTANCE', 'public', 'private', 1, NULL, NULL, NULL)
            """,
            """
            INSERT INTO fediverse_inbox (town_id, id, address, host, shared, left_at) VALUES
              (1, 20, 'https://a.example/inbox', 'a.example', 1, NULL), (1, 21, 'https://b.example/inbox', 'b.example', 1, 5)
            """,
            """
            INSERT INTO fediverse_follower (town_id, id, actor_id, remote, inbox_id, follow, since) VALUES
              (1, 30, 7, 'https://a.example/alice', 20, 'https://a.example/alice#follow', 3),
              (1, 31, 7, 'https://a.example/bob', 20, 'https://a.example/bob#follow', 4)
            """,
            """
            INSERT INTO fediverse_letter (town_id, id, address, host, body, attempts, written_at, due_at) VALUES
              (1, 40, 'https://a.example/alice/inbox', 'a.example', '{}', 1, 3, 6)
            """,
            "INSERT INTO fediverse_seen (town_id, request, seen_at) VALUES (1, 'hash', 3)",
            """
            INSERT INTO conversation_message (town_id, id, channel, name, notice_id, replies_to, author, handle, author_name,
              author_link, host, return_address, html, attachments, language, link, is_public, links, fingerprint, written_at,
              arrived_at, touched_at, state, note, removed_at, removed_by, removed_why, removed_words) VALUES
              (1, 50, 'fediverse', 'https://a.example/1', 5, '', 'https://a.example/alice', 'alice@a.example', 'Alice', '', 'a.example',
               'https://a.example/alice/inbox', '<p>Bonjour</p>', '', 'fr', '', 1, 0, '', 3, 3, 3, 'OPEN', '', NULL, NULL, NULL, NULL),
              (1, 51, 'fediverse', 'https://a.example/2', NULL, '', 'https://a.example/bob', 'bob@a.example', '', '', 'a.example',
               'https://a.example/bob/inbox', '<p>Grossier</p>', '', '', '', 0, 0, 'words', 3, 3, 4, 'HIDDEN', 'vu', 4, 9, 'RULES', 'Injures.')
            """,
            """
            INSERT INTO conversation_answer (town_id, id, message_id, notice_id, body, language, is_public, clarifies, state,
              written_at, written_by, sent_at, sent_by) VALUES (1, 60, 50, 5, 'À 20 h.', 'fr', 1, 1, 'SENT', 4, 9, 5, 9)
            """,
            """
            INSERT INTO conversation_reaction (town_id, notice_id, kind, author, activity, host, arrived_at)
              VALUES (1, 5, 'LIKE', 'author', 'activity', 'a.example', 3)
            """,
            """
            INSERT INTO conversation_report (town_id, id, channel, name, host, notice_id, body, arrived_at)
              VALUES (1, 70, 'fediverse', 'https://a.example/flag', 'a.example', 5, 'Faux', 3)
            """,
            """
            INSERT INTO conversation_block (town_id, id, scope, name, shown, blocked_at, blocked_by)
              VALUES (1, 80, 'HOST', 'c.example', 'c.example', 3, 9)
            """,
            "INSERT INTO conversation_dropped (town_id, day, host, amount) VALUES (1, 20000, 'a.example', 3)",
            "INSERT INTO conversation_settings (town_id, second_person, insults) VALUES (1, 1, 'nigaud')",
            "INSERT INTO conversation_saved_reply (town_id, id, title, body) VALUES (1, 90, 'Merci', 'Merci !')");

    /** Of the sixth, what the seventh moves: an account that was closed with its followers, and what is left of a round. */
    private static final List<String> SIXTH = List.of(
            """
            INSERT INTO fediverse_actor (town_id, id, kind, public_key, private_key, made_at, name, theme_id, off_at, closed_at)
              VALUES (1, 9, 'THEME', 'public', 'private', 1, 'jeunesse', 3, 6, 8)
            """,
            """
            INSERT INTO fediverse_inbox (town_id, id, address, host, shared) VALUES (1, 22, 'https://d.example/inbox', 'd.example', 1)
            """,
            "INSERT INTO fediverse_following (town_id, inbox_id, actor_id) VALUES (1, 22, 9)",
            """
            INSERT INTO fediverse_follower (town_id, id, actor_id, remote, inbox_id, follow, since)
              VALUES (1, 32, 9, 'https://d.example/dora', 22, 'https://d.example/dora#follow', 4)
            """,
            """
            INSERT INTO fediverse_round (town_id, id, actor_id, subject, body, done_to, up_to, written_at, due_at)
              VALUES (1, 100, 7, 'repost 1', '{}', 20, 21, 6, 6)
            """,
            """
            INSERT INTO fediverse_letter (town_id, id, address, host, body, attempts, written_at, due_at, actor_id, round_id)
              VALUES (1, 41, 'https://a.example/inbox', 'a.example', '{}', 0, 6, 6, 7, 100)
            """,
            """
            INSERT INTO fediverse_repost (town_id, id, post, author, author_name, author_page, author_inbox, page, text, reposted_at)
              VALUES (1, 110, 'https://a.example/3', 'https://a.example/alice', 'Alice', '', '', '', 'Bonjour', 6)
            """,
            "INSERT INTO fediverse_pin (town_id, notice_id, pinned_at) VALUES (1, 5, 6)");

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anUpgradeKeepsWhatWasThereAndPutsInOrderWhatItMoves(Dialect dialect) throws Exception {
        try (Engine engine = Engines.fresh(dialect)) {
            // All other modules are as they are now: to begin with them as well takes a minute.
            drop(engine);
            Engines.migrate(engine, "1", FILLED);
            engine.insertTown(1, "clairval");
            engine.insertNotice(1, 5, "NEWS");
            fill(engine, FIRST);
            assertThat(counts(engine)).as("no table is without a row").doesNotContainValue(0L);

            Engines.migrate(engine, "6?", FILLED);
            fill(engine, SIXTH);
            Map<String, Long> before = counts(engine);
            Engines.migrate(engine, "latest", FILLED);

            Map<String, Long> after = counts(engine);
            assertThat(after.remove("fediverse_follower"))
                    .as("whoever followed the closed account follows nothing")
                    .isEqualTo(before.remove("fediverse_follower") - 1);
            assertThat(after).containsAllEntriesOf(before);
            assertThat(one(engine, "SELECT left_at FROM fediverse_following WHERE inbox_id = 20"))
                    .as("the town's account is followed from there")
                    .isNull();
            assertThat(one(engine, "SELECT left_at FROM fediverse_following WHERE inbox_id = 21"))
                    .isEqualTo("5");
            assertThat(one(engine, "SELECT left_at FROM fediverse_inbox WHERE id = 22"))
                    .isEqualTo("8");
            assertThat(one(engine, "SELECT subject FROM fediverse_letter WHERE id = 41"))
                    .isEqualTo("repost 1");
            assertThat(one(engine, "SELECT subject FROM fediverse_letter WHERE id = 40"))
                    .isNull();
            assertThat(one(engine, "SELECT name || ' ' || held_at FROM fediverse_actor WHERE id = 7"))
                    .isEqualTo("ville 2");
            assertThat(one(
                            engine,
                            "SELECT kind || ' ' || version FROM conversation_answer, conversation_message"
                                    + " WHERE conversation_message.id = message_id"))
                    .isEqualTo("ANSWER 0");
            assertThat(one(engine, "SELECT removed_words FROM conversation_message WHERE id = 51"))
                    .isEqualTo("Injures.");
            assertThat(one(engine, "SELECT scope || ' ' || name || ' ' || remark FROM conversation_block"))
                    .isEqualTo("HOST c.example ");
        }
    }

    private static void drop(Engine engine) throws SQLException {
        List<String> tables = new ArrayList<>(tables(engine));
        Stream.of(FILLED).map(module -> "flyway_schema_history_" + module).forEach(tables::add);
        fill(
                engine,
                tables.stream()
                        .map(table -> "DROP TABLE " + table + engine.database().pick("", " CASCADE"))
                        .toList());
    }

    private static void fill(Engine engine, List<String> rows) {
        engine.writing()
                .executeWithoutResult(
                        status -> rows.forEach(row -> engine.jdbc().sql(row).update()));
    }

    private static String one(Engine engine, String sql) {
        return engine.reading()
                .execute(status -> engine.jdbc()
                        .sql(sql)
                        .query((row, number) -> row.getString(1))
                        .list()
                        .getFirst());
    }

    /** By table, how many rows. */
    private static Map<String, Long> counts(Engine engine) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (String table : tables(engine)) {
            counts.put(
                    table,
                    engine.reading()
                            .execute(status -> engine.jdbc()
                                    .sql("SELECT count(*) FROM " + table)
                                    .query(Long.class)
                                    .single()));
        }
        return counts;
    }

    private static List<String> tables(Engine engine) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = engine.folder().connect();
                ResultSet rows = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                String table = rows.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                if (Stream.of(FILLED).anyMatch(module -> table.startsWith(module + "_"))) {
                    tables.add(table);
                }
            }
        }
        return tables;
    }
}
