package fr.tambour.fediverse.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.keys.Keys;
import fr.tambour.keys.Wrapping;
import fr.tambour.storage.Ids;
import fr.tambour.storage.Millis;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Our accounts. One is made, with a key pair of its own, when it is first asked for; its name and its address go with the
 * town's settings until somebody follows, and are the same for good from then on. */
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
    private final Cache<Which, Optional<Stored>> known =
            Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(30)).build();

    private record Which(TownId town, Actor.Kind kind) {}

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

    public List<Actor> all(Town town) {
        return List.of(of(town), instanceOf(town));
    }

    /** The account that is called so; capitals are as good as small letters. */
    public Optional<Actor> named(Town town, String name) {
        return Optional.of(of(town)).filter(actor -> actor.name().equalsIgnoreCase(name));
    }

    private Actor of(Town town, Actor.Kind kind) {
        Which which = new Which(town.id(), kind);
        Stored stored = known(which).orElseGet(() -> {
            Stored made = writing.execute(status -> made(which));
            known.put(which, Optional.of(made));
            return made;
        });
        return stored.as(town, kind);
    }

    private Optional<Stored> known(Which which) {
        return known.get(which, asked -> reading.execute(status -> stored(asked)));
    }

    /** From now on its name and its address are what they are now in the database, not what somebody has known for a while, whatever the town's become. In the caller's transaction. */
    void holdFast(Actor actor, Instant now) {
        int held = jdbc.sql("""
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
        if (held > 0) {
            known.invalidate(new Which(actor.town(), actor.kind()));
        }
    }

    /**
     * Calls the town's account so, as long as nobody knows it by another name. In the caller's transaction.
     *
     * @param name what stands before the @
     * @param domain what stands after it
     * @return false where somebody has followed already
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
        known.invalidate(new Which(actor.town(), actor.kind()));
        return called > 0;
    }

    /** When the first followed; from then on nothing of it changes any more. */
    public Optional<Instant> heldSince(Town town) {
        return known(new Which(town.id(), Actor.Kind.TOWN)).flatMap(stored -> Optional.ofNullable(stored.heldAt()));
    }

    /**
     * @param name null while it goes with the town's settings, as the address does
     * @param domain null where it is the host of the address
     */
    private record Stored(
            long id,
            @Nullable String name,
            @Nullable String base,
            @Nullable String domain,
            @Nullable Instant heldAt,
            PublicKey publicKey,
            PrivateKey privateKey) {

        Actor as(Town town, Actor.Kind kind) {
            URI own = base == null ? town.baseUrl() : URI.create(base);
            return new Actor(
                    id,
                    town.id(),
                    kind,
                    name == null ? Actors.name(town, kind) : name,
                    own,
                    domain == null ? own.getRawAuthority() : domain,
                    publicKey,
                    privateKey);
        }
    }

    private Optional<Stored> stored(Which which) {
        return jdbc.sql("""
                        SELECT id, name, base, domain, held_at, public_key, private_key FROM fediverse_actor
                        WHERE town_id = :town AND kind = :kind
                        """)
                .param("town", which.town().value())
                .param("kind", which.kind().name())
                .query((row, n) -> new Stored(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("base"),
                        row.getString("domain"),
                        Millis.toInstantOrNull(row.getObject("held_at")),
                        publicKey(Base64.getDecoder().decode(row.getString("public_key"))),
                        privateKey(wrapping.unwrap(row.getString("private_key"), context(which)))))
                .optional();
    }

    private Stored made(Which which) {
        KeyPair pair = generated();
        jdbc.sql("""
                        INSERT INTO fediverse_actor (town_id, id, kind, public_key, private_key, made_at)
                        VALUES (:town, :id, :kind, :public, :private, :at)
                        ON CONFLICT (town_id, kind) DO NOTHING
                        """)
                .param("town", which.town().value())
                .param("id", ids.next())
                .param("kind", which.kind().name())
                .param(
                        "public",
                        Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()))
                .param("private", wrapping.wrap(pair.getPrivate().getEncoded(), context(which)))
                .param("at", Millis.of(clock.instant()))
                .update();
        // Another node may have been quicker.
        return stored(which).orElseThrow();
    }

    /** Where the town's account stands for people, whether it has been made or not: nothing is made for it. */
    public String path(Town town) {
        return "/@"
                + known(new Which(town.id(), Actor.Kind.TOWN))
                        .map(Stored::name)
                        .orElseGet(() -> name(town, Actor.Kind.TOWN));
    }

    /** With what its identifier begins, whether it has been made or not: nothing is made for it. */
    public URI base(Town town) {
        return known(new Which(town.id(), Actor.Kind.TOWN))
                .flatMap(stored -> Optional.ofNullable(stored.base()))
                .map(URI::create)
                .orElseGet(town::baseUrl);
    }

    private static String name(Town town, Actor.Kind kind) {
        return switch (kind) {
            case TOWN ->
                switch (town.profile().style()) {
                    case VILLE -> "ville";
                    case COMMUNE -> "commune";
                    case MAIRIE -> "mairie";
                    case COMMUNAUTE_DE_COMMUNES, COMMUNAUTE_D_AGGLOMERATION, COMMUNAUTE_URBAINE, NAME_ALONE ->
                        "interco";
                };
            case INSTANCE -> town.baseUrl().getHost();
        };
    }

    private static String context(Which which) {
        return "town " + which.town() + " " + which.kind();
    }

    private static KeyPair generated() {
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
