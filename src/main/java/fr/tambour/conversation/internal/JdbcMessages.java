package fr.tambour.conversation.internal;

import fr.tambour.conversation.Author;
import fr.tambour.conversation.Incoming.Held;
import fr.tambour.conversation.internal.Message.State;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Millis;
import fr.tambour.text.ForeignHtml;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcMessages implements Messages {

    /** Where a row is emptied: who it was from goes as well, unless they may still have to be told. */
    private static final String EMPTIED =
            "html = '', attachments = '', author_name = '', author_link = '', link = '', fingerprint = '', links = 0, note = ''";

    /** What a post is called by mostly names who wrote it. */
    private static final String NAMELESS =
            ", author = '', handle = '', host = '', return_address = '', name = 'gone:' || id, replies_to = ''";

    /** By the town's own words; what waits to be sent, and what was told about its removal, goes with it. */
    private static final String ANSWERED = "EXISTS (SELECT 1 FROM conversation_answer a WHERE a.town_id ="
            + " conversation_message.town_id AND a.message_id = conversation_message.id AND a.state <> 'WAITING'"
            + " AND a.kind = 'ANSWER')";

    private static final String MOVES_ON = ", version = version + 1";

    /** As the partial index has it. */
    static final String UNREAD = """
            SELECT count(*) FROM (
              SELECT 1 AS one FROM conversation_message
              WHERE town_id = :town AND state = 'OPEN' AND read_at IS NULL LIMIT :most
            ) AS unread
            """;

    private final JdbcClient jdbc;

    JdbcMessages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static long about(@Nullable NoticeId notice) {
        return notice == null ? 0 : notice.value();
    }

    /** Each in words that an index can be used for; the parameter is named in both. */
    private static String isAbout(@Nullable NoticeId notice) {
        return notice == null ? "notice_id IS NULL AND :notice = 0" : "notice_id = :notice";
    }

    private static String isIn(@Nullable State state) {
        return state == null ? "" : " AND state = '" + state.name() + "'";
    }

    @Override
    public boolean add(TownId town, Message message) {
        return jdbc.sql("""
                        INSERT INTO conversation_message (town_id, id, channel, name, notice_id, replies_to, author, handle,
                          author_name, author_link, host, return_address, html, attachments, language, link, is_public, links,
                          fingerprint, written_at, arrived_at, touched_at, state, note, edited_at)
                        VALUES (:town, :id, :channel, :name, nullif(:notice, 0), :repliesTo, :author, :handle,
                          :authorName, :authorLink, :host, :returnAddress, :html, :attachments, :language, :link, :open, :links,
                          :fingerprint, :written, :arrived, :arrived, :state, '', nullif(:edited, 0))
                        ON CONFLICT (town_id, name) DO NOTHING
                        """)
                        .param("town", town.value())
                        .param("id", message.id())
                        .param("channel", message.channel())
                        .param("name", message.name())
                        .param("notice", about(message.notice().orElse(null)))
                        .param("repliesTo", message.repliesTo())
                        .param("author", message.author().id())
                        .param("handle", message.author().handle())
                        .param("authorName", message.author().name())
                        .param("authorLink", message.author().link())
                        .param("host", message.author().host())
                        .param("returnAddress", message.author().returnAddress())
                        .param("html", message.text().html())
                        .param("attachments", String.join("\n", message.attachments()))
                        .param("language", message.language())
                        .param("link", message.link())
                        .param("open", message.open() ? 1 : 0)
                        .param("links", message.links())
                        .param("fingerprint", message.fingerprint())
                        .param("written", Millis.of(message.writtenAt()))
                        .param("arrived", Millis.of(message.arrivedAt()))
                        .param("state", message.state().name())
                        .param("edited", message.editedAt().map(Millis::of).orElse(0L))
                        .update()
                == 1;
    }

    @Override
    public Optional<Message> find(TownId town, long id) {
        return jdbc.sql("SELECT * FROM conversation_message WHERE town_id = :town AND id = :id")
                .param("town", town.value())
                .param("id", id)
                .query(JdbcMessages::message)
                .optional();
    }

    @Override
    public Optional<Message> named(TownId town, String name) {
        return jdbc.sql("SELECT * FROM conversation_message WHERE town_id = :town AND name = :name")
                .param("town", town.value())
                .param("name", name)
                .query(JdbcMessages::message)
                .optional();
    }

    private static Message message(ResultSet row, int number) throws SQLException {
        Instant removedAt = Millis.toInstantOrNull(row.getObject("removed_at"));
        String attachments = row.getString("attachments");
        long notice = row.getLong("notice_id");
        long assignee = row.getLong("assignee");
        return new Message(
                row.getLong("id"),
                row.getString("channel"),
                row.getString("name"),
                notice == 0 ? Optional.empty() : Optional.of(new NoticeId(notice)),
                row.getString("replies_to"),
                new Author(
                        row.getString("author"),
                        row.getString("handle"),
                        row.getString("author_name"),
                        row.getString("author_link"),
                        row.getString("host"),
                        row.getString("return_address")),
                ForeignHtml.of(row.getString("html")),
                attachments.isEmpty()
                        ? List.of()
                        : Arrays.stream(attachments.split("\n")).toList(),
                row.getString("language"),
                row.getString("link"),
                row.getInt("is_public") == 1,
                row.getInt("links"),
                row.getString("fingerprint"),
                Millis.toInstant(row.getLong("written_at")),
                Millis.toInstant(row.getLong("arrived_at")),
                Optional.ofNullable(Millis.toInstantOrNull(row.getObject("changed_at"))),
                Optional.ofNullable(Millis.toInstantOrNull(row.getObject("gone_at"))),
                State.valueOf(row.getString("state")),
                row.getObject("read_at") != null,
                assignee == 0 ? Optional.empty() : Optional.of(new PersonId(assignee)),
                row.getString("note"),
                removedAt == null
                        ? Optional.empty()
                        : Optional.of(new Message.Removal(
                                removedAt,
                                new PersonId(row.getLong("removed_by")),
                                RemovalReason.valueOf(row.getString("removed_why")),
                                row.getString("removed_words"))),
                Optional.ofNullable(Millis.toInstantOrNull(row.getObject("edited_at"))),
                row.getLong("version"));
    }

    @Override
    public Optional<Held> held(TownId town, String name) {
        return jdbc.sql("SELECT author, notice_id FROM conversation_message WHERE town_id = :town AND name = :name")
                .param("town", town.value())
                .param("name", name)
                .query((row, number) -> new Held(
                        row.getString("author"),
                        Optional.of(new NoticeId(row.getLong("notice_id"))).filter(notice -> notice.value() != 0)))
                .optional();
    }

    @Override
    public boolean anyOf(TownId town, String author) {
        return jdbc.sql("SELECT 1 FROM conversation_message WHERE town_id = :town AND author = :author LIMIT 1")
                .param("town", town.value())
                .param("author", author)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public int arrived(TownId town, String host, @Nullable NoticeId notice, Instant since) {
        return arrived("host", host, town, notice, since);
    }

    @Override
    public int arrivedOf(TownId town, String author, @Nullable NoticeId notice, Instant since) {
        return arrived("author", author, town, notice, since);
    }

    private int arrived(String whose, String name, TownId town, @Nullable NoticeId notice, Instant since) {
        return jdbc.sql("SELECT count(*) FROM conversation_message WHERE town_id = :town AND " + whose
                        + " = :name AND arrived_at > :since AND " + isAbout(notice))
                .param("town", town.value())
                .param("name", name)
                .param("since", Millis.of(since))
                .param("notice", about(notice))
                .query(Integer.class)
                .single();
    }

    @Override
    public int openOf(TownId town, String author) {
        return jdbc.sql("""
                        SELECT count(*) FROM conversation_message
                        WHERE town_id = :town AND author = :author AND state = 'OPEN'
                        """)
                .param("town", town.value())
                .param("author", author)
                .query(Integer.class)
                .single();
    }

    @Override
    public int unread(TownId town, int most) {
        return jdbc.sql(UNREAD)
                .param("town", town.value())
                .param("most", most)
                .query(Integer.class)
                .single();
    }

    @Override
    public List<Discussion> discussions(TownId town, @Nullable State state, int limit, int offset) {
        return jdbc.sql("""
                        SELECT * FROM (
                          SELECT notice_id, count(*) AS total, max(arrived_at) AS latest,
                            sum(CASE WHEN state = 'OPEN' THEN 1 ELSE 0 END) AS waiting,
                            sum(CASE WHEN state = 'OPEN' AND read_at IS NULL THEN 1 ELSE 0 END) AS unread
                          FROM conversation_message
                          WHERE town_id = :town""" + isIn(state) + """

                          GROUP BY notice_id
                        ) AS discussion
                        ORDER BY CASE WHEN unread > 0 THEN 0 WHEN waiting > 0 THEN 1 ELSE 2 END, latest DESC
                        LIMIT :limit OFFSET :offset
                        """)
                .param("town", town.value())
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> {
                    long notice = row.getLong("notice_id");
                    return new Discussion(
                            notice == 0 ? Optional.empty() : Optional.of(new NoticeId(notice)),
                            row.getInt("total"),
                            row.getInt("waiting"),
                            row.getInt("unread"),
                            Millis.toInstant(row.getLong("latest")));
                })
                .list();
    }

    @Override
    public List<Message> of(TownId town, Optional<NoticeId> notice, @Nullable State state, int limit, int offset) {
        return jdbc.sql("SELECT * FROM conversation_message WHERE town_id = :town" + isIn(state) + " AND "
                        + isAbout(notice.orElse(null)) + """

                        ORDER BY CASE WHEN state <> 'OPEN' THEN 2 WHEN read_at IS NULL THEN 0 ELSE 1 END, arrived_at DESC, id DESC
                        LIMIT :limit OFFSET :offset
                        """)
                .param("town", town.value())
                .param("notice", about(notice.orElse(null)))
                .param("limit", limit)
                .param("offset", offset)
                .query(JdbcMessages::message)
                .list();
    }

    @Override
    public Map<String, Integer> repeats(TownId town, Collection<String> fingerprints) {
        Set<String> asked = fingerprints.stream().filter(one -> !one.isEmpty()).collect(Collectors.toSet());
        Map<String, Integer> repeats = new HashMap<>();
        if (!asked.isEmpty()) {
            jdbc.sql("""
                            SELECT fingerprint, count(*) AS amount FROM conversation_message
                            WHERE town_id = :town AND fingerprint IN (:asked) GROUP BY fingerprint
                            """).param("town", town.value()).param("asked", asked).query(row -> {
                repeats.put(row.getString("fingerprint"), row.getInt("amount"));
            });
        }
        return repeats;
    }

    @Override
    public Spoken publicOf(TownId town, NoticeId notice) {
        return jdbc.sql("""
                        SELECT count(*) AS replies, count(DISTINCT author) AS authors FROM conversation_message
                        WHERE town_id = :town AND notice_id = :notice AND is_public = 1 AND state <> 'HIDDEN' AND gone_at IS NULL
                        """)
                .param("town", town.value())
                .param("notice", notice.value())
                .query((row, number) -> new Spoken(row.getInt("replies"), row.getInt("authors")))
                .single();
    }

    @Override
    public void change(TownId town, long id, Message changed, Instant now) {
        jdbc.sql("""
                        UPDATE conversation_message SET html = :html, attachments = :attachments, language = :language,
                          links = :links, fingerprint = :fingerprint, changed_at = :now, touched_at = :now, state = 'OPEN',
                          read_at = NULL, edited_at = coalesce(nullif(:edited, 0), edited_at), version = version + 1
                        WHERE town_id = :town AND id = :id AND state <> 'HIDDEN' AND gone_at IS NULL
                          AND (edited_at IS NULL OR :edited = 0 OR edited_at <= :edited)
                        """)
                .param("town", town.value())
                .param("id", id)
                .param("html", changed.text().html())
                .param("attachments", String.join("\n", changed.attachments()))
                .param("language", changed.language())
                .param("links", changed.links())
                .param("fingerprint", changed.fingerprint())
                .param("edited", changed.editedAt().map(Millis::of).orElse(0L))
                .param("now", Millis.of(now))
                .update();
    }

    @Override
    public void confirm(TownId town, long id, Instant edited) {
        set(town, id, "edited_at = :now", edited);
    }

    @Override
    public void outgrown(TownId town, long id, Instant now) {
        set(town, id, "changed_at = :now" + MOVES_ON, now);
    }

    @Override
    public void read(TownId town, long id, long seen, Instant now) {
        jdbc.sql("""
                        UPDATE conversation_message SET read_at = :now
                        WHERE town_id = :town AND id = :id AND version = :seen
                        """)
                .param("now", Millis.of(now))
                .param("town", town.value())
                .param("id", id)
                .param("seen", seen)
                .update();
    }

    @Override
    public void assign(TownId town, long id, @Nullable PersonId to, Instant now) {
        set(town, id, "touched_at = :now, assignee = nullif(" + (to == null ? 0 : to.value()) + ", 0)", now);
    }

    @Override
    public boolean advance(TownId town, long id, long seen) {
        return jdbc.sql("""
                        UPDATE conversation_message SET version = version + 1
                        WHERE town_id = :town AND id = :id AND version = :seen
                        """)
                        .param("town", town.value())
                        .param("id", id)
                        .param("seen", seen)
                        .update()
                == 1;
    }

    @Override
    public void advance(TownId town, long id) {
        jdbc.sql("UPDATE conversation_message SET version = version + 1 WHERE town_id = :town AND id = :id")
                .param("town", town.value())
                .param("id", id)
                .update();
    }

    @Override
    public boolean settle(TownId town, long id, Instant now) {
        return jdbc.sql("""
                        UPDATE conversation_message SET touched_at = :now, read_at = coalesce(read_at, :now), state = 'DONE'
                        WHERE town_id = :town AND id = :id AND state <> 'HIDDEN'
                        """)
                        .param("now", Millis.of(now))
                        .param("town", town.value())
                        .param("id", id)
                        .update()
                == 1;
    }

    @Override
    public void unsettle(TownId town, long id, Instant now) {
        jdbc.sql("""
                        UPDATE conversation_message SET touched_at = :now, read_at = NULL, state = 'OPEN', version = version + 1
                        WHERE town_id = :town AND id = :id AND state = 'DONE' AND gone_at IS NULL
                        """)
                .param("now", Millis.of(now))
                .param("town", town.value())
                .param("id", id)
                .update();
    }

    @Override
    public boolean reopen(TownId town, long id, State from, Instant now) {
        return jdbc.sql("""
                        UPDATE conversation_message SET touched_at = :now, read_at = coalesce(read_at, :now), state = 'OPEN',
                          removed_at = NULL, removed_by = NULL, removed_why = NULL, removed_words = NULL, version = version + 1
                        WHERE town_id = :town AND id = :id AND state = :from
                        """)
                        .param("now", Millis.of(now))
                        .param("town", town.value())
                        .param("id", id)
                        .param("from", from.name())
                        .update()
                == 1;
    }

    private void set(TownId town, long id, String what, Instant now) {
        jdbc.sql("UPDATE conversation_message SET " + what + " WHERE town_id = :town AND id = :id")
                .param("now", Millis.of(now))
                .param("town", town.value())
                .param("id", id)
                .update();
    }

    @Override
    public boolean hide(TownId town, long id, Message.Removal removal) {
        return jdbc.sql("""
                        UPDATE conversation_message SET state = 'HIDDEN', removed_at = :at, removed_by = :by, removed_why = :why,
                          removed_words = :words, touched_at = :at, read_at = coalesce(read_at, :at), version = version + 1
                        WHERE town_id = :town AND id = :id AND state <> 'HIDDEN'
                        """)
                        .param("at", Millis.of(removal.at()))
                        .param("by", removal.by().value())
                        .param("why", removal.why().name())
                        .param("words", removal.words())
                        .param("town", town.value())
                        .param("id", id)
                        .update()
                == 1;
    }

    @Override
    public void note(TownId town, long id, String note, Instant now) {
        jdbc.sql("UPDATE conversation_message SET note = :note, touched_at = :now WHERE town_id = :town AND id = :id")
                .param("note", note)
                .param("now", Millis.of(now))
                .param("town", town.value())
                .param("id", id)
                .update();
    }

    /** What of which nothing is kept any more: named by a condition, with its parameters. */
    private record Which(String condition, Map<String, ?> params) {

        String and(String more) {
            return " WHERE " + condition + " AND " + more;
        }
    }

    @Override
    public Optional<Gone> takeBack(TownId town, String author, String name, Instant now) {
        Which theirs = new Which(
                "town_id = :town AND name = :name AND author = :author",
                Map.of("town", town.value(), "name", name, "author", author));
        List<Gone> before = those(theirs);
        goes(theirs, now);
        letGo(theirs, "state <> 'HIDDEN'", EMPTIED, now);
        return those(theirs).isEmpty() ? before.stream().findFirst() : Optional.empty();
    }

    private List<Gone> those(Which which) {
        return jdbc.sql("SELECT name, notice_id, host, arrived_at FROM conversation_message WHERE " + which.condition())
                .params(which.params())
                .query((row, number) -> new Gone(
                        row.getString("name"),
                        Optional.of(new NoticeId(row.getLong("notice_id"))).filter(notice -> notice.value() != 0),
                        row.getString("host"),
                        Millis.toInstant(row.getLong("arrived_at"))))
                .list();
    }

    @Override
    public List<Gone> takeBackAll(TownId town, String author, Instant now) {
        Which theirs =
                new Which("town_id = :town AND author = :author", Map.of("town", town.value(), "author", author));
        List<Gone> all = those(theirs);
        goes(theirs, now);
        letGo(theirs, "state <> 'HIDDEN'", EMPTIED + NAMELESS, now);
        return all;
    }

    /** What a moderator has removed stays for a judge, and says that its author took it back. */
    private void goes(Which theirs, Instant now) {
        jdbc.sql("UPDATE conversation_message SET gone_at = :now" + MOVES_ON
                        + theirs.and("gone_at IS NULL AND state = 'HIDDEN'"))
                .params(theirs.params())
                .param("now", Millis.of(now))
                .update();
    }

    private int letGo(Which which, String those, String emptied, Instant now) {
        String of = "town_id = :town AND message_id IN (SELECT id FROM conversation_message" + which.and(those) + ")";
        jdbc.sql("DELETE FROM conversation_answer WHERE (state = 'WAITING' OR kind <> 'ANSWER') AND " + of)
                .params(which.params())
                .update();
        jdbc.sql("DELETE FROM conversation_appeal WHERE " + of)
                .params(which.params())
                .update();
        return jdbc.sql("DELETE FROM conversation_message" + which.and(those + " AND NOT " + ANSWERED))
                        .params(which.params())
                        .update()
                + jdbc.sql("UPDATE conversation_message SET gone_at = coalesce(gone_at, :now), state = 'DONE',"
                                + " removed_at = NULL, removed_by = NULL, removed_why = NULL, removed_words = NULL, "
                                + emptied + MOVES_ON + which.and(those))
                        .params(which.params())
                        .param("now", Millis.of(now))
                        .update();
    }

    private record Key(long town, long id) {}

    @Override
    public int purgeTouched(Instant before, int limit) {
        return purged("touched_at < :before AND author <> '' AND state <> 'HIDDEN'", before, limit);
    }

    @Override
    public int purgeRemoved(Instant before, int limit) {
        return purged("removed_at IS NOT NULL AND removed_at < :before AND state = 'HIDDEN'", before, limit);
    }

    private int purged(String old, Instant before, int limit) {
        Map<Long, List<Long>> found = jdbc
                .sql("SELECT town_id, id FROM conversation_message WHERE " + old + " LIMIT :limit")
                .param("before", Millis.of(before))
                .param("limit", limit)
                .query((row, number) -> new Key(row.getLong("town_id"), row.getLong("id")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Key::town, Collectors.mapping(Key::id, Collectors.toList())));
        int gone = 0;
        for (Map.Entry<Long, List<Long>> one : found.entrySet()) {
            Which these =
                    new Which("town_id = :town AND id IN (:ids)", Map.of("town", one.getKey(), "ids", one.getValue()));
            gone += letGo(these, "author <> ''", EMPTIED + NAMELESS, before);
        }
        return gone;
    }
}
