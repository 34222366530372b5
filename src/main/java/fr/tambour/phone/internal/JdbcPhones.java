package fr.tambour.phone.internal;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Choices;
import fr.tambour.dispatch.Choices.QuietHours;
import fr.tambour.storage.Database;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

@Repository
class JdbcPhones implements Phones {

    /**
     * A phone as one text: a hundred thousand are read one after the other, and to fetch a column takes as long as to find its
     * row.
     */
    private static final String PHONE = "concat_ws('" + ChoiceTexts.SEPARATOR
            + "', id, endpoint, public_key, secret, origin, active, COALESCE(token_mac, ''),"
            + " COALESCE(CAST(pending_at AS TEXT), ''), seen_month, COALESCE(CAST(chosen_at AS TEXT), ''), "
            + ChoiceTexts.CHOICES + ")";

    private static final int PLACES = 11;

    /**
     * Each hour is looked up by a range of the index, so that a town whose phones all have the usual hours is asked as
     * quickly as one without a phone; by EXISTS PostgreSQL would read all of them. By its end {@code wake.column1} an hour lies in quiet hours that begin before it on
     * the same day, or after their end on the day before.
     */
    static final String WAKING = """
            SELECT wake.column1 FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14),
              (15), (16), (17), (18), (19), (20), (21), (22), (23)) AS wake
            WHERE :hour < wake.column1 AND (SELECT 1 FROM phone
                WHERE town_id = :town AND quiet_until = wake.column1 AND quiet_from >= 0 AND quiet_from <= :hour LIMIT 1) = 1
              OR :hour < wake.column1 AND (SELECT 1 FROM phone
                WHERE town_id = :town AND quiet_until = wake.column1 AND quiet_from > wake.column1 LIMIT 1) = 1
              OR :hour >= wake.column1 AND (SELECT 1 FROM phone
                WHERE town_id = :town AND quiet_until = wake.column1 AND quiet_from > wake.column1 AND quiet_from <= :hour
                LIMIT 1) = 1
            """;

    static final String FORMER_QUIET = """
            SELECT DISTINCT quiet_from, quiet_until FROM phone_choice
            WHERE town_id = :town AND until_at > :since AND quiet_until IS NOT NULL
            """;

    private final JdbcClient jdbc;
    private final Database database;
    private final ChoiceTexts texts = new ChoiceTexts();

    JdbcPhones(JdbcClient jdbc, Database database) {
        this.jdbc = jdbc;
        this.database = database;
    }

    @Override
    public Optional<Standing> find(TownId town, String endpointMac) {
        return jdbc.sql("SELECT " + PHONE + " FROM phone WHERE town_id = :town AND endpoint_mac = :mac")
                .param("town", town.value())
                .param("mac", endpointMac)
                .query((row, n) -> standing(row.getString(1)))
                .optional();
    }

    @Override
    public long highestKey(TownId town) {
        return jdbc.sql("SELECT COALESCE(MAX(id), 0) FROM phone WHERE town_id = :town")
                .param("town", town.value())
                .query(Long.class)
                .single();
    }

    @Override
    public Set<Integer> wakingHours(TownId town, int asleepAt) {
        return Set.copyOf(jdbc.sql(WAKING)
                .param("town", town.value())
                .param("hour", asleepAt)
                .query(Integer.class)
                .list());
    }

    @Override
    public Set<QuietHours> formerQuiet(TownId town, Instant since) {
        return Set.copyOf(jdbc.sql(FORMER_QUIET)
                .param("town", town.value())
                .param("since", Millis.of(since))
                .query((row, n) -> new QuietHours(row.getInt(1), row.getInt(2)))
                .list());
    }

    @Override
    public Map<Optional<QuietHours>, Long> audience(TownId town, Audience audience, long after, long upTo) {
        Meant meant = Meant.by(audience);
        Map<Optional<QuietHours>, Long> counts = new HashMap<>();
        jdbc.sql("""
                        SELECT quiet_from, quiet_until, count(*) AS n FROM phone
                        WHERE town_id = :town AND active = 1 AND id > :after AND id <= :to
                        """ + meant.condition() + " GROUP BY quiet_from, quiet_until")
                .param("town", town.value())
                .param("after", after)
                .param("to", upTo)
                .params(meant.chosen())
                .query(row -> {
                    counts.put(Optional.ofNullable(quiet(row, 1)), row.getLong("n"));
                });
        return counts;
    }

    @Override
    public List<Standing> active(TownId town, long after, long upTo, int limit) {
        return page(town, Meant.ALL, after, upTo, limit);
    }

    @Override
    public List<Standing> meant(TownId town, Audience audience, long after, long upTo, int limit) {
        return page(town, Meant.by(audience), after, upTo, limit);
    }

    private List<Standing> page(TownId town, Meant meant, long after, long upTo, int limit) {
        return jdbc.sql("SELECT " + PHONE
                        + " FROM phone WHERE town_id = :town AND id > :after AND id <= :to AND active = 1"
                        + meant.condition() + " ORDER BY id LIMIT :limit")
                .param("town", town.value())
                .param("after", after)
                .param("to", upTo)
                .params(meant.chosen())
                .param("limit", limit)
                .query((row, n) -> standing(row.getString(1)))
                .list();
    }

    @Override
    public boolean haveChosenSince(TownId town, long after, long upTo, Instant since) {
        return jdbc.sql("""
                        SELECT 1 FROM phone WHERE town_id = :town AND id > :after AND id <= :to AND active = 1
                          AND chosen_at > :since
                        LIMIT 1
                        """)
                .param("town", town.value())
                .param("after", after)
                .param("to", upTo)
                .param("since", Millis.of(since))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public List<Standing> active(TownId town, Collection<Long> keys) {
        return keys.isEmpty()
                ? List.of()
                : jdbc.sql("SELECT " + PHONE
                                + " FROM phone WHERE town_id = :town AND id IN (:keys) AND active = 1 ORDER BY id")
                        .param("town", town.value())
                        .param("keys", keys)
                        .query((row, n) -> standing(row.getString(1)))
                        .list();
    }

    @Override
    public Set<Long> known(TownId town, Collection<Long> keys) {
        return keys.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql("SELECT id FROM phone WHERE town_id = :town AND id IN (:keys)")
                        .param("town", town.value())
                        .param("keys", keys)
                        .query(Long.class)
                        .list());
    }

    @Override
    public Set<Long> away(TownId town, Collection<Long> keys) {
        return keys.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql("""
                                SELECT id FROM phone WHERE town_id = :town AND id IN (:keys) AND active = 0
                                  AND chosen_at IS NOT NULL
                                """)
                        .param("town", town.value())
                        .param("keys", keys)
                        .query(Long.class)
                        .list());
    }

    @Override
    public long boundary(TownId town, long after, long upTo, int count) {
        return jdbc.sql("""
                        SELECT id FROM phone WHERE town_id = :town AND id > :after AND id <= :to
                        ORDER BY id LIMIT 1 OFFSET :skipped
                        """)
                .param("town", town.value())
                .param("after", after)
                .param("to", upTo)
                .param("skipped", count - 1)
                .query(Long.class)
                .optional()
                .orElse(upTo);
    }

    @Override
    public Map<Long, List<Past>> past(TownId town, long from, long to, Instant since) {
        Map<Long, List<Past>> past = new HashMap<>();
        jdbc.sql("SELECT phone_id, from_at, until_at, " + ChoiceTexts.CHOICES + """
                         FROM phone_choice
                        WHERE town_id = :town AND phone_id >= :from AND phone_id <= :to AND until_at > :since
                        """)
                .param("town", town.value())
                .param("from", from)
                .param("to", to)
                .param("since", Millis.of(since))
                .query(row -> {
                    past.computeIfAbsent(row.getLong("phone_id"), key -> new ArrayList<>())
                            .add(new Past(
                                    texts.choices(row.getString(4)),
                                    Millis.toInstant(row.getLong("from_at")),
                                    Millis.toInstant(row.getLong("until_at"))));
                });
        return past;
    }

    @Override
    public boolean add(
            TownId town,
            Phone phone,
            String endpointMac,
            boolean knownOrigin,
            Choices choices,
            String token,
            Instant now) {
        int month = month(now);
        return choices(place(jdbc.sql("""
                                        INSERT INTO phone (town_id, id, endpoint, endpoint_mac, public_key, secret, origin,
                                          known_origin, active, token_mac, pending_at, since_month, seen_month, kinds, themes,
                                          districts, quiet_from, quiet_until, language, exercises, chosen_at)
                                        VALUES (:town, :id, :endpoint, :mac, :key, :secret, :origin, :known, 0, :token, :now,
                                          :month, :month, :kinds, :themes, :districts, :from, :until, :language, :exercises, NULL)
                                        ON CONFLICT (town_id, endpoint_mac) DO NOTHING
                                        """), phone, endpointMac, knownOrigin), choices)
                        .param("town", town.value())
                        .param("id", phone.key())
                        .param("token", token)
                        .param("now", Millis.of(now))
                        .param("month", month)
                        .update()
                == 1;
    }

    @Override
    public boolean move(
            TownId town,
            long key,
            Phone phone,
            String endpointMac,
            boolean knownOrigin,
            String token,
            Instant now,
            Instant again) {
        return place(jdbc.sql("""
                                UPDATE phone SET endpoint = :endpoint, endpoint_mac = :mac, public_key = :key, secret = :secret,
                                  origin = :origin, known_origin = :known, active = 0, token_mac = :token, pending_at = :now,
                                  ask_at = CASE WHEN chosen_at IS NOT NULL THEN :again END
                                WHERE town_id = :town AND id = :id
                                """), phone, endpointMac, knownOrigin)
                        .param("town", town.value())
                        .param("id", key)
                        .param("token", token)
                        .param("now", Millis.of(now))
                        .param("again", Millis.of(again))
                        .update()
                == 1;
    }

    @Override
    public List<Waiting> waiting(Instant now, int limit) {
        return jdbc.sql("SELECT " + PHONE
                        + ", town_id, pending_at, ask_at FROM phone WHERE ask_at <= :now ORDER BY ask_at LIMIT :limit")
                .param("now", Millis.of(now))
                .param("limit", limit)
                .query((row, n) -> new Waiting(
                        new TownId(row.getLong("town_id")),
                        standing(row.getString(1)).phone(),
                        Millis.toInstant(row.getLong("pending_at")),
                        Millis.toInstant(row.getLong("ask_at"))))
                .list();
    }

    @Override
    public boolean waits(Waiting phone, String token, Instant next) {
        return jdbc.sql("""
                                UPDATE phone SET token_mac = :token, ask_at = :next
                                WHERE town_id = :town AND id = :id AND pending_at = :since AND ask_at = :due
                                """)
                        .param("token", token)
                        .param("next", Millis.of(next))
                        .param("town", phone.town().value())
                        .param("id", phone.phone().key())
                        .param("since", Millis.of(phone.since()))
                        .param("due", Millis.of(phone.due()))
                        .update()
                == 1;
    }

    @Override
    public boolean activate(TownId town, long key, String token, Instant since, Instant now, YearMonth month) {
        return jdbc.sql("""
                                UPDATE phone SET active = 1, pending_at = NULL, ask_at = NULL, seen_month = :month,
                                  chosen_at = COALESCE(chosen_at, :now)
                                WHERE town_id = :town AND id = :id AND active = 0 AND token_mac = :token AND pending_at = :since
                                """)
                        .param("town", town.value())
                        .param("id", key)
                        .param("token", token)
                        .param("since", Millis.of(since))
                        .param("now", Millis.of(now))
                        .param("month", number(month))
                        .update()
                == 1;
    }

    @Override
    public void choose(TownId town, long key, Choices choices, Instant now) {
        // Held before it is read: of two at once, the second keeps what the first has chosen. SQLite has one writer
        // anyway.
        jdbc.sql("""
                        INSERT INTO phone_choice (town_id, phone_id, from_at, until_at, kinds, themes, districts, quiet_from,
                          quiet_until, language, exercises)
                        SELECT town_id, id, chosen_at, :now, kinds, themes, districts, quiet_from, quiet_until, language, exercises
                        FROM phone WHERE town_id = :town AND id = :id AND chosen_at <> :now
                        """ + database.pick("", " FOR UPDATE") + " ON CONFLICT DO NOTHING")
                .param("town", town.value())
                .param("id", key)
                .param("now", Millis.of(now))
                .update();
        mergeOldest(town, key);
        choices(jdbc.sql("""
                                UPDATE phone SET kinds = :kinds, themes = :themes, districts = :districts, quiet_from = :from,
                                  quiet_until = :until, language = :language, exercises = :exercises,
                                  chosen_at = CASE WHEN chosen_at IS NOT NULL THEN :now END
                                WHERE town_id = :town AND id = :id
                                """), choices)
                .param("town", town.value())
                .param("id", key)
                .param("now", Millis.of(now))
                .update();
    }

    private void mergeOldest(TownId town, long key) {
        List<Past> kept = jdbc.sql("SELECT from_at, until_at, " + ChoiceTexts.CHOICES
                        + " FROM phone_choice WHERE town_id = :town AND phone_id = :id ORDER BY from_at")
                .param("town", town.value())
                .param("id", key)
                .query((row, n) -> new Past(
                        texts.choices(row.getString(3)),
                        Millis.toInstant(row.getLong(1)),
                        Millis.toInstant(row.getLong(2))))
                .list();
        if (kept.size() <= MOST_PAST) {
            return;
        }
        Past merged = kept.get(0).with(kept.get(1));
        drop(
                town,
                kept.subList(0, 2).stream()
                        .map(past -> new Superseded(key, past.from(), past.until()))
                        .toList());
        choices(jdbc.sql("""
                                INSERT INTO phone_choice (town_id, phone_id, from_at, until_at, kinds, themes, districts,
                                  quiet_from, quiet_until, language, exercises)
                                VALUES (:town, :id, :begun, :ended, :kinds, :themes, :districts, :from, :until, :language,
                                  :exercises)
                                """), merged.choices())
                .param("town", town.value())
                .param("id", key)
                .param("begun", Millis.of(merged.from()))
                .param("ended", Millis.of(merged.until()))
                .update();
    }

    @Override
    public void chosenBy(TownId town, long key, Instant at) {
        jdbc.sql("UPDATE phone SET chosen_at = :at WHERE town_id = :town AND id = :id AND chosen_at > :at")
                .param("town", town.value())
                .param("id", key)
                .param("at", Millis.of(at))
                .update();
    }

    @Override
    public void seen(TownId town, long key, YearMonth month) {
        jdbc.sql("UPDATE phone SET seen_month = :month WHERE town_id = :town AND id = :id AND seen_month < :month")
                .param("town", town.value())
                .param("id", key)
                .param("month", number(month))
                .update();
    }

    @Override
    public void end(TownId town, long key) {
        jdbc.sql("DELETE FROM phone WHERE town_id = :town AND id = :id")
                .param("town", town.value())
                .param("id", key)
                .update();
    }

    @Override
    public void forget(TownId town, Phone phone, String endpointMac) {
        jdbc.sql("""
                        DELETE FROM phone WHERE town_id = :town AND id IN (SELECT id FROM phone
                          WHERE town_id = :town AND id = :id AND endpoint_mac = :mac AND public_key = :key AND secret = :secret
                        """ + database.pick("", " FOR UPDATE SKIP LOCKED") + ")")
                .param("town", town.value())
                .param("id", phone.key())
                .param("mac", endpointMac)
                .param("key", Base64Url.of(phone.endpoint().publicKey()))
                .param("secret", Base64Url.of(phone.endpoint().secret()))
                .update();
    }

    @Override
    public int pending(TownId town) {
        return jdbc.sql("SELECT COUNT(*) FROM phone WHERE town_id = :town AND pending_at IS NOT NULL"
                        + " AND chosen_at IS NULL")
                .param("town", town.value())
                .query(Integer.class)
                .single();
    }

    @Override
    public void dropOldestPending(TownId town) {
        jdbc.sql("""
                        DELETE FROM phone WHERE town_id = :town AND id = (SELECT id FROM phone
                          WHERE town_id = :town AND pending_at IS NOT NULL AND chosen_at IS NULL ORDER BY pending_at, id LIMIT 1)
                        """).param("town", town.value()).update();
    }

    @Override
    public Strange unknownOrigins(TownId town, @Nullable String domain) {
        return jdbc.sql("""
                        SELECT COALESCE(SUM(CASE WHEN chosen_at IS NULL THEN 0 ELSE 1 END), 0),
                          COALESCE(SUM(CASE WHEN chosen_at IS NULL THEN 1 ELSE 0 END), 0)
                        FROM phone WHERE town_id = :town AND known_origin = 0
                        """ + of(domain))
                .param("town", town.value())
                .params(named(domain))
                .query((row, n) -> new Strange(row.getInt(1), row.getInt(2)))
                .single();
    }

    @Override
    public void dropOldestUnknown(TownId town, @Nullable String domain, int count) {
        jdbc.sql("""
                        DELETE FROM phone WHERE town_id = :town AND id IN (SELECT id FROM phone
                          WHERE town_id = :town AND known_origin = 0 AND active = 0 AND chosen_at IS NULL
                        """ + of(domain) + " ORDER BY pending_at, id LIMIT :count)")
                .param("town", town.value())
                .params(named(domain))
                .param("count", count)
                .update();
    }

    private static String of(@Nullable String domain) {
        return domain == null ? "" : " AND (origin = :domain OR origin LIKE '%.' || :domain)";
    }

    private static Map<String, ?> named(@Nullable String domain) {
        return domain == null ? Map.of() : Map.of("domain", domain);
    }

    @Override
    public void sweepPending(Instant before, Instant told) {
        jdbc.sql("""
                        DELETE FROM phone WHERE pending_at IS NOT NULL
                          AND pending_at < CASE WHEN chosen_at IS NULL THEN :before ELSE :told END
                        """)
                .param("before", Millis.of(before))
                .param("told", Millis.of(told))
                .update();
    }

    @Override
    public boolean anySeen(YearMonth from, YearMonth until) {
        return jdbc.sql("SELECT 1 FROM phone WHERE seen_month >= :from AND seen_month < :until LIMIT 1")
                .param("from", number(from))
                .param("until", number(until))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public List<Key> unseen(YearMonth month, Key after, int limit) {
        return jdbc.sql("""
                        SELECT town_id, id FROM phone
                        WHERE (town_id > :town OR town_id = :town AND id > :after) AND seen_month < :month
                        ORDER BY town_id, id LIMIT :limit
                        """)
                .param("town", after.town().value())
                .param("after", after.phone())
                .param("month", number(month))
                .param("limit", limit)
                .query((row, n) -> new Key(new TownId(row.getLong(1)), row.getLong(2)))
                .list();
    }

    @Override
    public boolean endUnseen(Key phone, YearMonth month) {
        return jdbc.sql("DELETE FROM phone WHERE town_id = :town AND id = :id AND seen_month < :month")
                        .param("town", phone.town().value())
                        .param("id", phone.phone())
                        .param("month", number(month))
                        .update()
                == 1;
    }

    @Override
    public List<Superseded> superseded(TownId town, Superseded after, Instant before, int limit) {
        return jdbc.sql("""
                        SELECT phone_id, from_at, until_at FROM phone_choice
                        WHERE town_id = :town AND until_at < :before
                          AND (phone_id > :phone OR phone_id = :phone AND from_at > :from)
                        ORDER BY phone_id, from_at LIMIT :limit
                        """)
                .param("town", town.value())
                .param("before", Millis.of(before))
                .param("phone", after.phone())
                .param("from", Millis.of(after.from()))
                .param("limit", limit)
                .query((row, n) -> new Superseded(
                        row.getLong("phone_id"),
                        Millis.toInstant(row.getLong("from_at")),
                        Millis.toInstant(row.getLong("until_at"))))
                .list();
    }

    @Override
    public void drop(TownId town, Collection<Superseded> past) {
        past.forEach(old -> jdbc.sql(
                        "DELETE FROM phone_choice WHERE town_id = :town AND phone_id = :phone AND from_at = :from")
                .param("town", town.value())
                .param("phone", old.phone())
                .param("from", Millis.of(old.from()))
                .update());
    }

    @Override
    public void sweepCodes(Instant now) {
        jdbc.sql("DELETE FROM phone_code WHERE expires_at <= :now")
                .param("now", Millis.of(now))
                .update();
    }

    @Override
    public Census census(TownId town) {
        Map<String, Integer> byOrigin = new TreeMap<>();
        jdbc.sql("SELECT origin, COUNT(*) AS n FROM phone WHERE town_id = :town AND active = 1 GROUP BY origin")
                .param("town", town.value())
                .query(row -> {
                    byOrigin.put(row.getString("origin"), row.getInt("n"));
                });
        Map<Choices, Integer> byChoices = new HashMap<>();
        jdbc.sql("SELECT " + ChoiceTexts.CHOICES + """
                         AS chosen, COUNT(*) AS n FROM phone
                        WHERE town_id = :town AND active = 1
                        GROUP BY kinds, themes, districts, quiet_from, quiet_until, language, exercises
                        """)
                .param("town", town.value())
                .query(row -> {
                    byChoices.merge(texts.choices(row.getString("chosen")), row.getInt("n"), Integer::sum);
                });
        return new Census(byOrigin.values().stream().mapToInt(Integer::intValue).sum(), byOrigin, byChoices);
    }

    @Override
    public void addCode(TownId town, String codeMac, Choices choices, Instant expires) {
        choices(jdbc.sql("""
                                INSERT INTO phone_code (town_id, code_mac, expires_at, kinds, themes, districts, quiet_from,
                                  quiet_until, language, exercises)
                                VALUES (:town, :mac, :expires, :kinds, :themes, :districts, :from, :until, :language, :exercises)
                                """), choices)
                .param("town", town.value())
                .param("mac", codeMac)
                .param("expires", Millis.of(expires))
                .update();
    }

    @Override
    public Optional<Choices> takeCode(TownId town, String codeMac, Instant now) {
        Optional<Choices> carried = jdbc.sql("SELECT " + ChoiceTexts.CHOICES
                        + " FROM phone_code WHERE town_id = :town AND code_mac = :mac AND expires_at > :now")
                .param("town", town.value())
                .param("mac", codeMac)
                .param("now", Millis.of(now))
                .query((row, n) -> texts.choices(row.getString(1)))
                .optional();
        int taken = jdbc.sql("DELETE FROM phone_code WHERE town_id = :town AND code_mac = :mac")
                .param("town", town.value())
                .param("mac", codeMac)
                .update();
        // Of two at the same moment, one has it.
        return taken == 1 ? carried : Optional.empty();
    }

    private static StatementSpec place(StatementSpec sql, Phone phone, String endpointMac, boolean knownOrigin) {
        return sql.param("endpoint", phone.endpoint().address().toString())
                .param("mac", endpointMac)
                .param("key", Base64Url.of(phone.endpoint().publicKey()))
                .param("secret", Base64Url.of(phone.endpoint().secret()))
                .param("origin", phone.origin())
                .param("known", knownOrigin ? 1 : 0);
    }

    private static StatementSpec choices(StatementSpec sql, Choices choices) {
        QuietHours quiet = choices.quiet();
        return sql.param("kinds", ChoiceTexts.kinds(choices.kinds()))
                .param("themes", ChoiceTexts.ids(choices.themes()))
                .param("districts", ChoiceTexts.ids(choices.districts()))
                .param("from", quiet == null ? null : quiet.from(), Types.SMALLINT)
                .param("until", quiet == null ? null : quiet.until(), Types.SMALLINT)
                .param("language", choices.language())
                .param("exercises", choices.exercises() ? 1 : 0);
    }

    private Standing standing(String phone) {
        String[] at = phone.split(ChoiceTexts.SEPARATOR, PLACES);
        Choices choices = texts.choices(at[10]);
        return new Standing(
                new Phone(
                        Long.parseLong(at[0]),
                        at[4],
                        PushEndpoint.of(at[1], at[2], at[3]),
                        choices.language(),
                        choices.quiet()),
                choices,
                at[5].equals("1"),
                at[6].isEmpty() ? null : at[6],
                instant(at[7]),
                YearMonth.of(1970, 1).plusMonths(Integer.parseInt(at[8])),
                instant(at[9]));
    }

    private static @Nullable Instant instant(String millis) {
        return millis.isEmpty() ? null : Millis.toInstant(Long.parseLong(millis));
    }

    private static @Nullable QuietHours quiet(ResultSet row, int at) throws SQLException {
        int from = row.getInt(at);
        return row.wasNull() ? null : new QuietHours(from, row.getInt(at + 1));
    }

    private static int month(Instant at) {
        return number(YearMonth.from(at.atZone(ZoneOffset.UTC)));
    }

    private static int number(YearMonth month) {
        return Math.toIntExact(ChronoUnit.MONTHS.between(YearMonth.of(1970, 1), month));
    }
}
