package fr.tambour.people.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.people.Actor;
import fr.tambour.people.PersonId;
import fr.tambour.people.Tokens;
import fr.tambour.storage.Ids;
import fr.tambour.text.Clean;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class PersonalTokens implements Tokens {

    private static final Logger log = LoggerFactory.getLogger(PersonalTokens.class);

    /** Tells a token from other secrets, for people and for scanners of published code. */
    private static final String PREFIX = "tbr_";

    private static final int LABEL_LENGTH = 60;
    private static final Duration LONGEST = Duration.ofDays(2 * 366);
    private static final int SECRET_LENGTH = 80;

    private final TokenTable table;
    private final Register register;
    private final Secrets secrets;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    PersonalTokens(TokenTable table, Register register, Secrets secrets, Audit audit, Ids ids, Clock clock) {
        this.table = table;
        this.register = register;
        this.secrets = secrets;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Created create(PersonId person, TownId town, String label, Set<String> rights, Instant expires) {
        Actor actor =
                register.actor(town, person).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "people.unknown"));
        String clean = Clean.line(label, LABEL_LENGTH);
        Instant now = clock.instant();
        if (clean.isEmpty()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "people.token-label-missing");
        }
        if (rights.isEmpty()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "people.token-rights-missing");
        }
        if (!actor.rights().containsAll(rights)) {
            TreeSet<String> lacking = new TreeSet<>(rights);
            lacking.removeAll(actor.rights());
            throw new Refusal(
                    HttpStatus.UNPROCESSABLE_CONTENT, "people.token-rights-lacking", String.join(", ", lacking));
        }
        if (!expires.isAfter(now) || expires.isAfter(now.plus(LONGEST))) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "people.token-expiry");
        }
        Token token = new Token(ids.next(), clean, Set.copyOf(rights), now, expires, null);
        String secret = PREFIX + secrets.fresh();
        table.add(town, person, token, secrets.ofToken(secret));
        audit.record(new AuditEntry(
                town.value(),
                person.value(),
                "people.token-created",
                Long.toString(token.id()),
                Map.of("rights", String.join(",", new TreeSet<>(rights)), "expires", expires.toString())));
        return new Created(secret, token);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Token> of(TownId town, PersonId person) {
        return table.of(town, person, clock.instant());
    }

    @Override
    @Transactional
    public void revoke(TownId town, PersonId person, long id) {
        if (table.revoke(town, person, id, clock.instant())) {
            audit.record(new AuditEntry(town.value(), person.value(), "people.token-revoked", Long.toString(id)));
        }
    }

    /** Whose token this is, if it is good in this town. */
    Optional<TokenTable.Known> find(TownId town, String secret) {
        if (!secret.startsWith(PREFIX) || secret.length() > SECRET_LENGTH) {
            return Optional.empty();
        }
        Optional<TokenTable.Known> known = table.find(town, secrets.ofToken(secret), clock.instant());
        known.ifPresent(this::note);
        return known;
    }

    /** One write a day; nobody is refused because it failed. */
    private void note(TokenTable.Known known) {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        if (!today.equals(known.lastUsed())) {
            try {
                table.used(known.town(), known.id(), today);
            } catch (DataAccessException e) {
                log.warn("The day a token was last used could not be noted: {}", e.getMessage());
            }
        }
    }
}
