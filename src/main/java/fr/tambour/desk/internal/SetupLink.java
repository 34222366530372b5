package fr.tambour.desk.internal;

import fr.tambour.keys.Keys;
import fr.tambour.keys.MacKey;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.storage.Millis;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The single-use link by which whoever sees the console sets Tambour up. Only its MAC is stored. Each start makes a new
 * one until there is a town; of several nodes, the one started last has the link that works.
 */
@Component
public class SetupLink {

    /** How long it works. */
    public static final Duration LIFE = Duration.ofHours(24);

    private static final String MAC = "setup.link";
    private static final String UNTIL = "setup.link-until";
    private static final String DONE = "setup.done";
    private static final int SECRET_BYTES = 24;
    private static final int LONGEST = 64;

    private final InstanceFacts facts;
    private final JdbcClient jdbc;
    private final Towns towns;
    private final Clock clock;
    private final MacKey key;
    private final SecureRandom random = new SecureRandom();

    SetupLink(InstanceFacts facts, JdbcClient jdbc, Towns towns, Keys keys, Clock clock) {
        this.facts = facts;
        this.jdbc = jdbc;
        this.towns = towns;
        this.clock = clock;
        this.key = keys.mac("desk.setup-link");
    }

    /** Makes a new one; those made before no longer work. */
    @Transactional
    public String renew() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        facts.put(MAC, key.hex(token));
        facts.putTime(UNTIL, clock.instant().plus(LIFE));
        return token;
    }

    /**
     * @throws Refusal 410 {@code desk.setup-done} if there is a town already, {@code desk.setup-link-over} if it is not the
     *     link, or no longer
     */
    @Transactional(readOnly = true)
    public void check(String token) {
        if (!isGood(token)) {
            throw over();
        }
    }

    /** Whether it is the link, still, and there is no town yet. */
    @Transactional(readOnly = true)
    public boolean isGood(String token) {
        return token.length() <= LONGEST
                && towns.all().isEmpty()
                && facts.get(MAC).filter(key.hex(token)::equals).isPresent()
                && facts.getTime(UNTIL).filter(clock.instant()::isBefore).isPresent();
    }

    /** Uses it up in the caller's transaction: of two who finish at once, one does. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void use(String token) {
        int used = jdbc.sql("DELETE FROM instance WHERE name = :name AND value = :mac")
                .param("name", MAC)
                .param("mac", key.hex(token))
                .update();
        boolean inTime = facts.getTime(UNTIL)
                .filter(until -> Millis.of(clock.instant()) < Millis.of(until))
                .isPresent();
        if (used == 0 || !inTime || !towns.all().isEmpty()) {
            throw over();
        }
        facts.remove(UNTIL);
        facts.putTime(DONE, clock.instant());
    }

    private Refusal over() {
        // What another has just committed is in the database before it is known here.
        boolean done = !towns.all().isEmpty() || facts.get(DONE).isPresent();
        return new Refusal(HttpStatus.GONE, done ? "desk.setup-done" : "desk.setup-link-over");
    }
}
