package fr.tambour.fediverse.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.keys.Keys;
import fr.tambour.keys.Wrapping;
import fr.tambour.storage.Ids;
import fr.tambour.storage.Millis;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.TownStyle;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Our accounts. The town's own and its instance's are made, with a key pair of their own, when they are first asked for, a
 * theme's when somebody gives it one. Names and addresses go with the town's settings until somebody chooses, or another server
 * knows them, and are the same for good from then on. */
@Component
public class Actors {

    /** What all servers can verify. */
    private static final int RSA_BITS = 2048;

    private final JdbcClient jdbc;
    private final Wrapping wrapping;
    private final Ids ids;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;
    /** Not for good: another node may be the first that somebody follows over. */
    private final Cache<TownId, List<Stored>> known =
            Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(30)).build();

    /** How often something was; guarded by {@code known} where it decides. */
    private final AtomicLong forgotten = new AtomicLong();

    Actors(JdbcClient jdbc, Keys keys, Ids ids, Clock clock, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.wrapping = new Wrapping(keys, "fediverse.actor");
        this.ids = ids;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** The town's own. Not within a transaction that only reads, unless it was asked for before. */
    public Actor of(Town town) {
        return of(town, Actor.Kind.TOWN);
    }

    /** Who asks other servers for something in the town's name. */
    public Actor instanceOf(Town town) {
        return of(town, Actor.Kind.INSTANCE);
    }

    /** The town's own, if it was ever asked for. */
    Optional<Actor> made(Town town) {
        return one(town, Actor.Kind.TOWN);
    }

    /** Those of themes, closed ones too, the oldest first. Nothing is made for it. */
    public List<Actor> themes(Town town) {
        List<Stored> all = known(town.id());
        return all.stream()
                .filter(stored -> stored.kind() == Actor.Kind.THEME)
                .map(stored -> stored.as(town, all))
                .toList();
    }

    /** Those that people follow, or could: the town's own first. */
    public List<Actor> followed(Town town) {
        return Stream.concat(
                        Stream.of(of(town)), themes(town).stream().filter(actor -> actor.state() != Actor.State.CLOSED))
                .toList();
    }

    /** Those that are there. */
    public List<Actor> all(Town town) {
        return Stream.concat(followed(town).stream(), Stream.of(instanceOf(town)))
                .toList();
    }

    /** The account that people follow and that is, or was, called so; capitals are as good as small letters. */
    public Optional<Actor> named(Town town, String name) {
        return Stream.concat(Stream.of(of(town)), themes(town).stream())
                .filter(actor -> actor.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Whether a theme's account was there, and is not stopped since before, so that it can have reposted what came out then. */
    public boolean wasOn(Actor account, Instant at) {
        Span on = on(account);
        return !at.isBefore(on.from()) && (on.before() == null || at.isBefore(on.before()));
    }

    /**
     * When a theme's account could repost what came out.
     *
     * @param from inclusive
     * @param before exclusive; null while it still can
     */
    public record Span(Instant from, @Nullable Instant before) {}

    public Span on(Actor account) {
        return known(account.town()).stream()
                .filter(stored -> stored.id() == account.id())
                .findFirst()
                .map(stored -> new Span(stored.madeAt(), stored.offAt()))
                .orElseThrow();
    }

    /** Whether it is the identifier of one of those that people follow. */
    boolean isFollowed(Actor own, URI address) {
        return address.equals(own.uri())
                || known(own.town()).stream()
                        .filter(stored -> stored.kind() == Actor.Kind.THEME && stored.state() != Actor.State.CLOSED)
                        .anyMatch(stored -> address.toString().equals(own.base() + "/@" + stored.name()));
    }

    /** Whether any of them lets only those follow whom the town accepts. Nothing is made for it. */
    public boolean approve(Town town) {
        return known(town.id()).stream().anyMatch(Stored::approves);
    }

    /** The one that has this id; closed ones too. */
    Optional<Actor> byId(Town town, long id) {
        List<Stored> all = known(town.id());
        return all.stream()
                .filter(stored -> stored.id() == id)
                .map(stored -> stored.as(town, all))
                .findFirst();
    }

    private Actor of(Town town, Actor.Kind kind) {
        return one(town, kind).orElseGet(() -> {
            KeyPair pair = generated();
            writing.executeWithoutResult(status -> make(town.id(), kind, pair));
            // Another node may have been quicker.
            forget(town.id());
            return one(town, kind).orElseThrow();
        });
    }

    private Optional<Actor> one(Town town, Actor.Kind kind) {
        List<Stored> all = known(town.id());
        return all.stream()
                .filter(stored -> stored.kind() == kind)
                .map(stored -> stored.as(town, all))
                .findFirst();
    }

    /**
     * Nobody waits here for what somebody else reads: within a transaction that has yet to get the writer, who reads may wait for
     * whoever asks.
     */
    private List<Stored> known(TownId town) {
        List<Stored> there = known.getIfPresent(town);
        if (there != null) {
            return there;
        }
        long before = forgotten.get();
        List<Stored> read = Objects.requireNonNull(reading.execute(status -> stored(town)));
        synchronized (known) {
            // What was changed meanwhile is for whoever asked before alone.
            if (forgotten.get() == before) {
                known.put(town, read);
            }
        }
        return read;
    }

    private void forget(TownId town) {
        synchronized (known) {
            forgotten.incrementAndGet();
            known.invalidate(town);
        }
    }

    /** From now on its name and its address are what they are now in the database, not what somebody has known for a while, whatever the town's become. In the caller's transaction. */
    void holdFast(Actor actor, Instant now) {
        int held = actor.kind() == Actor.Kind.THEME ? holdTheme(actor, now) : hold(actor, now);
        if (held > 0) {
            rereadAfterwards(actor.town());
        }
    }

    private int hold(Actor actor, Instant now) {
        return jdbc.sql("""
                        UPDATE fediverse_actor SET held_at = :now, base = :base, name = COALESCE(name, :name), domain = COALESCE(domain, :host)
                        WHERE town_id = :town AND id = :id AND held_at IS NULL
                        """)
                .param("now", Millis.of(now))
                .param("name", actor.name())
                .param("base", actor.base().toString())
                .param("host", actor.base().getRawAuthority())
                .param("town", actor.town().value())
                .param("id", actor.id())
                .update();
    }

    /** Where the town's own stands, which writes what it reposts and is held with it. */
    private int holdTheme(Actor actor, Instant now) {
        return jdbc.sql("""
                        UPDATE fediverse_actor SET held_at = :now,
                          base = (SELECT own.base FROM fediverse_actor AS own WHERE own.town_id = :town AND own.kind = 'TOWN'),
                          domain = (SELECT own.domain FROM fediverse_actor AS own WHERE own.town_id = :town AND own.kind = 'TOWN')
                        WHERE town_id = :town AND id = :id AND held_at IS NULL
                        """)
                .param("now", Millis.of(now))
                .param("town", actor.town().value())
                .param("id", actor.id())
                .update();
    }

    /**
     * Calls the town's account so, as long as nobody knows it by another name. In the caller's transaction.
     *
     * @param name what stands before the @
     * @param domain what stands after it
     * @return false where another server knows it already
     */
    boolean call(Actor actor, String name, String domain) {
        int called = jdbc.sql("""
                        UPDATE fediverse_actor SET name = :name, domain = :domain
                        WHERE town_id = :town AND id = :id AND held_at IS NULL
                        """)
                .param("name", name)
                .param("domain", domain.equals(actor.base().getRawAuthority()) ? null : domain)
                .param("town", actor.town().value())
                .param("id", actor.id())
                .update();
        rereadAfterwards(actor.town());
        return called > 0;
    }

    /** Whether somebody has said what the town's account is called, or other servers know it by now. Nothing is made for it. */
    public boolean isChosen(Town town) {
        return own(town).filter(stored -> stored.name() != null).isPresent();
    }

    /** When another server came to know it; from then on nothing of it changes any more. */
    public Optional<Instant> heldSince(Town town) {
        return known(town.id()).stream()
                .filter(stored -> stored.kind() == Actor.Kind.TOWN)
                .findFirst()
                .flatMap(stored -> Optional.ofNullable(stored.heldAt()));
    }

    /** Whether a theme's account is called so, or ever was: nobody gets the name of another. */
    boolean isThemes(Town town, String name) {
        return themes(town).stream().anyMatch(actor -> actor.name().equalsIgnoreCase(name));
    }

    /** Gives a theme an account of this name. In the caller's transaction, with keys that were made before it. */
    void addTheme(Town town, long theme, String name, KeyPair pair) {
        insert(town.id(), Actor.Kind.THEME, theme, name, pair);
        rereadAfterwards(town.id());
    }

    /** In the caller's transaction. */
    void put(Actor actor, Actor.State state, Instant now) {
        jdbc.sql("UPDATE fediverse_actor SET off_at = :off, closed_at = :closed WHERE town_id = :town AND id = :id")
                .param("off", state == Actor.State.OFF ? Millis.of(now) : null, Types.BIGINT)
                .param("closed", state == Actor.State.CLOSED ? Millis.of(now) : null, Types.BIGINT)
                .param("town", actor.town().value())
                .param("id", actor.id())
                .update();
        rereadAfterwards(actor.town());
    }

    /** Accounts elsewhere that the town had before: what moves from there says so, and is believed because this does. */
    public List<URI> aliases(Town town) {
        return own(town).map(Stored::aliases).orElse(List.of());
    }

    /** In the caller's transaction. */
    void alias(Actor own, List<URI> all) {
        jdbc.sql("UPDATE fediverse_actor SET aliases = :all WHERE town_id = :town AND id = :id")
                .param(
                        "all",
                        all.isEmpty() ? null : all.stream().map(URI::toString).collect(Collectors.joining("\n")),
                        Types.VARCHAR)
                .param("town", own.town().value())
                .param("id", own.id())
                .update();
        rereadAfterwards(own.town());
    }

    /** Whether only those follow it whom the town lets, as the database has it at this moment, whatever somebody has known for a while. */
    boolean approvesNow(Actor actor) {
        return jdbc.sql("""
                        SELECT 1 FROM fediverse_actor WHERE town_id = :town AND id = :id AND approves_since IS NOT NULL
                        """)
                .param("town", actor.town().value())
                .param("id", actor.id())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** From now on only those follow it whom the town lets, or whoever asks. In the caller's transaction. */
    void approve(Actor actor, boolean asks, Instant now) {
        jdbc.sql("UPDATE fediverse_actor SET approves_since = :since WHERE town_id = :town AND id = :id")
                .param("since", asks ? Millis.of(now) : null, Types.BIGINT)
                .param("town", actor.town().value())
                .param("id", actor.id())
                .update();
        rereadAfterwards(actor.town());
    }

    /**
     * A key that an account signed with before.
     *
     * @param name what it is called after the #
     * @param wrapped as it is kept
     */
    record OldKey(String name, String wrapped) {}

    /** What it signs with now, as it is kept. In a transaction. */
    OldKey key(Actor actor) {
        return jdbc.sql("SELECT key_name, private_key FROM fediverse_actor WHERE town_id = :town AND id = :id")
                .param("town", actor.town().value())
                .param("id", actor.id())
                .query((row, n) -> new OldKey(
                        Optional.ofNullable(row.getString("key_name")).orElse(Actor.FIRST_KEY),
                        row.getString("private_key")))
                .single();
    }

    /** The same account as it signed then. */
    Actor with(Actor actor, OldKey old) {
        PrivateKey key = privateKey(wrapping.unwrap(old.wrapped(), context(actor.town(), actor.kind(), actor.theme())));
        return actor.with(new KeyPair(actor.publicKey(), key), old.name());
    }

    /** From now on it signs with this pair. In the caller's transaction; gives it as it is then. */
    Actor rekey(Actor actor, KeyPair pair) {
        String name = "key-" + ids.next();
        jdbc.sql("""
                        UPDATE fediverse_actor SET public_key = :public, private_key = :private, key_name = :name
                        WHERE town_id = :town AND id = :id
                        """)
                .param("public", encoded(pair))
                .param(
                        "private",
                        wrapping.wrap(
                                pair.getPrivate().getEncoded(), context(actor.town(), actor.kind(), actor.theme())))
                .param("name", name)
                .param("town", actor.town().value())
                .param("id", actor.id())
                .update();
        rereadAfterwards(actor.town());
        return actor.with(pair, name);
    }

    /** Until the caller's transaction is committed everybody goes on with what stands: nobody else may meet what may yet be undone, nor keep what was. */
    private void rereadAfterwards(TownId town) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            forget(town);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                forget(town);
            }
        });
    }

    /** What was changed in a transaction of the caller's is known once that is committed. */
    void reread(TownId town) {
        forget(town);
    }

    /**
     * @param name null while it goes with the town's settings, as the address does
     * @param base null while it is where the town is
     * @param domain null where it is the host of the address
     */
    private record Stored(
            long id,
            TownId town,
            Actor.Kind kind,
            @Nullable String name,
            @Nullable String base,
            @Nullable String domain,
            @Nullable Instant heldAt,
            PublicKey publicKey,
            PrivateKey privateKey,
            long theme,
            Actor.State state,
            @Nullable String keyName,
            Instant madeAt,
            @Nullable Instant offAt,
            boolean approves,
            List<URI> aliases) {

        Actor as(Town town, List<Stored> all) {
            Stored own = heldAt == null && kind == Actor.Kind.THEME
                    ? all.stream()
                            .filter(one -> one.kind() == Actor.Kind.TOWN)
                            .findFirst()
                            .orElse(this)
                    : this;
            URI stands = own.base == null ? town.baseUrl() : URI.create(own.base);
            return new Actor(
                    id,
                    town.id(),
                    kind,
                    name == null ? Actors.name(town, kind) : name,
                    stands,
                    own.domain == null ? stands.getRawAuthority() : own.domain,
                    publicKey,
                    privateKey,
                    theme,
                    state,
                    keyName == null ? Actor.FIRST_KEY : keyName,
                    approves);
        }
    }

    private List<Stored> stored(TownId town) {
        return jdbc.sql("""
                        SELECT id, kind, name, base, domain, held_at, public_key, private_key, theme_id, off_at, closed_at, key_name, made_at,
                          approves_since, aliases
                        FROM fediverse_actor WHERE town_id = :town ORDER BY made_at, id
                        """)
                .param("town", town.value())
                .query((row, n) -> stored(town, row))
                .list();
    }

    private Stored stored(TownId town, ResultSet row) throws SQLException {
        Actor.Kind kind = Actor.Kind.valueOf(row.getString("kind"));
        long theme = row.getLong("theme_id");
        return new Stored(
                row.getLong("id"),
                town,
                kind,
                row.getString("name"),
                row.getString("base"),
                row.getString("domain"),
                Millis.toInstantOrNull(row.getObject("held_at")),
                publicKey(Base64.getDecoder().decode(row.getString("public_key"))),
                privateKey(wrapping.unwrap(row.getString("private_key"), context(town, kind, theme))),
                theme,
                row.getObject("closed_at") != null
                        ? Actor.State.CLOSED
                        : row.getObject("off_at") != null ? Actor.State.OFF : Actor.State.ON,
                row.getString("key_name"),
                Millis.toInstant(row.getLong("made_at")),
                Millis.toInstantOrNull(row.getObject("off_at")),
                row.getObject("approves_since") != null,
                Optional.ofNullable(row.getString("aliases")).stream()
                        .flatMap(String::lines)
                        .map(URI::create)
                        .toList());
    }

    private void make(TownId town, Actor.Kind kind, KeyPair pair) {
        insert(town, kind, 0, null, pair);
    }

    private void insert(TownId town, Actor.Kind kind, long theme, @Nullable String name, KeyPair pair) {
        jdbc.sql("""
                        INSERT INTO fediverse_actor (town_id, id, kind, public_key, private_key, made_at, name, theme_id)
                        VALUES (:town, :id, :kind, :public, :private, :at, :name, :theme)
                        ON CONFLICT (town_id, kind) WHERE theme_id IS NULL DO NOTHING
                        """)
                .param("town", town.value())
                .param("id", ids.next())
                .param("kind", kind.name())
                .param("public", encoded(pair))
                .param("private", wrapping.wrap(pair.getPrivate().getEncoded(), context(town, kind, theme)))
                .param("at", Millis.of(clock.instant()))
                .param("name", name, Types.VARCHAR)
                .param("theme", theme == 0 ? null : theme, Types.BIGINT)
                .update();
    }

    private static String encoded(KeyPair pair) {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    /** Where the town's account stands for people, whether it has been made or not: nothing is made for it. */
    public String path(Town town) {
        return "/@" + own(town).map(Stored::name).orElseGet(() -> name(town, Actor.Kind.TOWN));
    }

    /** With what its identifier begins, whether it has been made or not: nothing is made for it. */
    public URI base(Town town) {
        return own(town)
                .flatMap(stored -> Optional.ofNullable(stored.base()))
                .map(URI::create)
                .orElseGet(town::baseUrl);
    }

    /** {@code ville@clairval.example}, whether it has been made or not: nothing is made for it. */
    public String handle(Town town) {
        String domain = own(town)
                .flatMap(stored -> Optional.ofNullable(stored.domain()))
                .orElseGet(() -> base(town).getRawAuthority());
        return path(town).substring("/@".length()) + "@" + domain;
    }

    private Optional<Stored> own(Town town) {
        return known(town.id()).stream()
                .filter(stored -> stored.kind() == Actor.Kind.TOWN)
                .findFirst();
    }

    private static String name(Town town, Actor.Kind kind) {
        return switch (kind) {
            case TOWN -> name(town.profile().style());
            case INSTANCE -> town.baseUrl().getHost();
            case THEME -> throw new IllegalStateException("A theme's account is given its name");
        };
    }

    private static String name(TownStyle style) {
        return switch (style) {
            case VILLE -> "ville";
            case COMMUNE -> "commune";
            case MAIRIE -> "mairie";
            case COMMUNAUTE_DE_COMMUNES, COMMUNAUTE_D_AGGLOMERATION, COMMUNAUTE_URBAINE, NAME_ALONE -> "interco";
        };
    }

    /** Whether the town's own account may come to be called so by itself. */
    static boolean isTowns(String name) {
        return Arrays.stream(TownStyle.values()).anyMatch(style -> name(style).equalsIgnoreCase(name));
    }

    private static String context(TownId town, Actor.Kind kind, long theme) {
        return "town " + town + " " + kind + (theme == 0 ? "" : " " + theme);
    }

    static KeyPair generated() {
        try {
            KeyPairGenerator generator = NativeRsa.pairs();
            generator.initialize(RSA_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has RSA", e);
        }
    }

    private static PublicKey publicKey(byte[] encoded) {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK reads its own RSA keys", e);
        }
    }

    private static PrivateKey privateKey(byte[] encoded) {
        try {
            return NativeRsa.keys().generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK reads its own RSA keys", e);
        }
    }
}
