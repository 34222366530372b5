package fr.tambour.phone.internal;

import fr.tambour.dispatch.Choices;
import fr.tambour.outbound.OutboundClient;
import fr.tambour.phone.internal.EndpointCheck.Checked;
import fr.tambour.phone.internal.Phones.Standing;
import fr.tambour.phone.internal.Phones.Strange;
import fr.tambour.storage.Ids;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A phone's life here: it asks, is sent a token by push, and is told from the moment it gives that back. Without it anybody
 * could have a stranger's phone, or a thousand of them, rung by a town. Whoever knows both a phone's address and its secret
 * speaks for it.
 */
@Component
public class Subscriptions {

    /** How long a token may be given back. */
    public static final Duration PENDING = Duration.ofHours(1);

    /** The same for a phone that was told before, at another address: nobody there may know that it has to open the site. */
    static final Duration MOVED = Duration.ofDays(7);

    /** How long a code carries choices. */
    public static final Duration CODE = Duration.ofMinutes(15);

    /** Waiting at once in one town: on top of that the longest waiting one makes room. */
    static final int MOST_PENDING = 10_000;

    /** Within it, asking again pushes nothing again. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int CODE_LENGTH = 8;

    /** Nothing that is mistaken for something else, and no vowel. */
    private static final String CODE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ";

    private final Phones phones;
    private final EndpointNames names;
    private final EndpointCheck check;
    private final PhoneSettings settings;
    private final Unprepared unprepared;
    private final TokenPush tokens;
    private final Ids ids;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;
    private final SecureRandom random = new SecureRandom();

    Subscriptions(
            Phones phones,
            EndpointNames names,
            PhoneSettings settings,
            OutboundClient outbound,
            Unprepared unprepared,
            TokenPush tokens,
            Ids ids,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.phones = phones;
        this.names = names;
        this.check = new EndpointCheck(outbound.callsLoopback());
        this.unprepared = unprepared;
        this.tokens = tokens;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** A subscription as a browser tells it ({@code PushSubscription.toJSON()}). */
    public record Told(String endpoint, String publicKey, String secret) {}

    /**
     * How a phone stands now.
     *
     * @param active whether it is told; else it has to give back its token first
     */
    public record State(boolean active, Choices choices) {}

    /** @param waits how long the token may be given back */
    private record Asked(State state, @Nullable String token, Duration waits) {

        static Asked nothing(State state) {
            return new Asked(state, null, Duration.ZERO);
        }
    }

    /**
     * Asks to be told. The same address again is the same phone: it keeps its choices, unless it brings others.
     *
     * @param replaces the subscription of the same phone that its browser has given up, or null
     * @param choices null to keep those it has, or to have the usual ones
     * @throws Refusal 422 {@code phone.endpoint}, {@code phone.keys}; 409 {@code phone.other-keys} if a phone with other keys
     *     has the address; 503 {@code phone.origin-full} if there are too many phones already whose push service is nobody's
     *     we know, {@code phone.demonstration}
     */
    public State subscribe(Town town, Told told, @Nullable Told replaces, @Nullable Choices choices, Choices usual) {
        Checked checked = check.check(told.endpoint(), told.publicKey(), told.secret());
        if (town.demonstration() && !EndpointCheck.isOnThisMachine(checked.origin())) {
            // Nothing of a demonstration leaves the machine.
            throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "phone.demonstration");
        }
        Asking asking = new Asking(town.id(), checked, names.of(told.endpoint()), replaces, choices, usual);
        Asked asked = written(() -> asked(asking));
        if (asked.token() != null) {
            tokens.send(
                    town,
                    checked.endpoint(),
                    asked.token(),
                    asked.state().choices().language(),
                    asked.waits());
        }
        return asked.state();
    }

    private record Asking(
            TownId town,
            Checked checked,
            String name,
            @Nullable Told replaces,
            @Nullable Choices choices,
            Choices usual) {}

    private Asked asked(Asking asking) {
        Optional<Standing> known = phones.find(asking.town(), asking.name());
        if (known.isEmpty()) {
            return anew(asking);
        }
        return isSame(known.get(), asking.checked()) ? again(asking, known.get()) : withOtherKeys(asking, known.get());
    }

    /** At an address that no phone has. Who gives up another was told there: else each push would earn the next one. */
    private Asked anew(Asking asking) {
        TownId town = asking.town();
        Checked checked = asking.checked();
        Optional<Standing> moved = Optional.ofNullable(asking.replaces())
                .flatMap(old -> find(town, old))
                .filter(Standing::active);
        if (!checked.known()) {
            makeRoomForUnknown(
                    town,
                    EndpointCheck.domain(checked.origin()),
                    moved.map(old -> old.phone().origin())
                            .filter(origin -> !EndpointCheck.isKnown(origin))
                            .map(EndpointCheck::domain));
        }
        Choices chosen = asking.choices() != null
                ? asking.choices()
                : moved.map(Standing::choices).orElse(asking.usual());
        Instant now = clock.instant();
        if (moved.isPresent() && takesOver(asking, moved.get(), chosen, now)) {
            return asked(asking, chosen, now, MOVED);
        }
        while (phones.pending(town) >= MOST_PENDING) {
            phones.dropOldestPending(town);
        }
        Phone phone = phone(ids.next(), checked, chosen.language());
        String token = names.ofToken(names.token(asking.name(), now));
        return phones.add(town, phone, asking.name(), checked.known(), chosen, token, now)
                ? asked(asking, chosen, now, PENDING)
                // It asked twice at once: now it is known.
                : asked(asking);
    }

    private Asked asked(Asking asking, Choices chosen, Instant now, Duration waits) {
        return new Asked(new State(false, chosen), names.token(asking.name(), now), waits);
    }

    /** @param left where it was before, if that was such a service too: then it has its place among all already */
    private void makeRoomForUnknown(TownId town, String domain, Optional<String> left) {
        if (!left.equals(Optional.of(domain))) {
            makeRoom(town, domain, settings.oneOrigin());
        }
        if (left.isEmpty()) {
            makeRoom(town, null, settings.unknownOrigins());
        }
    }

    /** Whoever only asks, and it takes nothing to ask, takes nobody's place. */
    private void makeRoom(TownId town, @Nullable String domain, int most) {
        Strange there = phones.unknownOrigins(town, domain);
        if (there.told() >= most) {
            throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "phone.origin-full");
        }
        int tooMany = there.told() + there.pending() + 1 - most;
        if (tooMany > 0) {
            phones.dropOldestUnknown(town, domain, tooMany);
        }
    }

    /** Answers whether it was there still. */
    private boolean takesOver(Asking asking, Standing old, Choices chosen, Instant now) {
        Checked checked = asking.checked();
        long key = old.phone().key();
        boolean there = phones.move(
                asking.town(),
                key,
                phone(key, checked, ""),
                asking.name(),
                checked.known(),
                names.ofToken(names.token(asking.name(), now)),
                now,
                now.plus(TokenPush.AGAIN));
        if (there && !chosen.equals(old.choices())) {
            phones.choose(asking.town(), key, chosen, now);
        }
        return there;
    }

    private Asked again(Asking asking, Standing known) {
        Instant now = clock.instant();
        long key = known.phone().key();
        Choices chosen = asking.choices() == null ? known.choices() : asking.choices();
        if (known.active() || hasJustBeenSent(known, now)) {
            if (!chosen.equals(known.choices())) {
                phones.choose(asking.town(), key, chosen, now);
            }
            phones.seen(asking.town(), key, month(now));
            return Asked.nothing(new State(known.active(), chosen));
        }
        return takesOver(asking, known, chosen, now) ? asked(asking, chosen, now, waits(known)) : asked(asking);
    }

    /**
     * Whoever knows an address only learns nothing of who is there, and changes nothing for them. Where nobody ever proved to
     * be there, the last one who asks may.
     */
    private Asked withOtherKeys(Asking asking, Standing known) {
        Instant now = clock.instant();
        if (known.chosenAt() != null || hasJustBeenSent(known, now)) {
            throw new Refusal(HttpStatus.CONFLICT, "phone.other-keys");
        }
        Choices chosen = asking.choices() == null ? asking.usual() : asking.choices();
        return takesOver(asking, known, chosen, now) ? asked(asking, chosen, now, PENDING) : asked(asking);
    }

    private static Duration waits(Standing known) {
        return known.chosenAt() == null ? PENDING : MOVED;
    }

    private static boolean hasJustBeenSent(Standing known, Instant now) {
        Instant since = known.pendingSince();
        // One from a moment that has not come is from before the clock was set back.
        return since != null && !now.isBefore(since) && now.isBefore(since.plus(PATIENCE));
    }

    /**
     * The phone gives back the token that it got by push; twice does no harm. Whoever does not have it learns nothing, not
     * even whether there is such a phone: the address alone proves nothing.
     *
     * @throws Refusal 422 {@code phone.token}
     */
    public void confirm(Town town, String endpoint, String token) {
        String name = names.of(endpoint);
        String mac = names.ofToken(token);
        writing.executeWithoutResult(status -> {
            Optional<Standing> known = sent(town.id(), name, mac);
            boolean told = known.isPresent()
                    && (known.get().active()
                            || begins(town.id(), known.get(), mac)
                            // The same, given back twice at once.
                            || sent(town.id(), name, mac)
                                    .filter(Standing::active)
                                    .isPresent());
            if (!told) {
                throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "phone.token");
            }
        });
    }

    /** The phone to which this token was pushed, if none was since. */
    private Optional<Standing> sent(TownId town, String name, String mac) {
        return phones.find(town, name).filter(known -> known.token() != null && isEqual(known.token(), mac));
    }

    /** Answers whether it is told from now on: not where another token, or another address, took the place of this one meanwhile. */
    private boolean begins(TownId town, Standing known, String mac) {
        Instant now = clock.instant();
        Instant since = known.pendingSince();
        if (since == null
                || !now.isBefore(since.plus(waits(known)))
                || !phones.activate(town, known.phone().key(), mac, since, now, month(now))) {
            return false;
        }
        unprepared.add(known.phone().endpoint());
        return true;
    }

    /**
     * The phone has opened the site.
     *
     * @throws Refusal 404 {@code phone.unknown}
     */
    public State refresh(Town town, Told told) {
        Standing known = Optional.ofNullable(
                        reading.execute(status -> find(town.id(), told).orElse(null)))
                .orElseThrow(Subscriptions::unknown);
        YearMonth month = month(clock.instant());
        if (known.active() && known.seen().isBefore(month)) {
            writing.executeWithoutResult(
                    status -> phones.seen(town.id(), known.phone().key(), month));
        }
        return state(known);
    }

    /** @throws Refusal 404 {@code phone.unknown} */
    public State change(Town town, Told told, Choices choices) {
        return written(() -> {
            Standing known = find(town.id(), told).orElseThrow(Subscriptions::unknown);
            if (!choices.equals(known.choices())) {
                phones.choose(town.id(), known.phone().key(), choices, clock.instant());
            }
            return new State(known.active(), choices);
        });
    }

    /** Nothing of the phone is left. Ending what is not there is no mistake. */
    public void end(Town town, Told told) {
        writing.executeWithoutResult(status -> find(town.id(), told)
                .ifPresent(known -> phones.end(town.id(), known.phone().key())));
    }

    /**
     * A code by which another phone takes over the choices of this one, once.
     *
     * @throws Refusal 404 {@code phone.unknown}
     */
    public String code(Town town, Told told) {
        return written(() -> {
            Standing known = find(town.id(), told).orElseThrow(Subscriptions::unknown);
            StringBuilder code = new StringBuilder();
            for (int i = 0; i < CODE_LENGTH; i++) {
                code.append(CODE_LETTERS.charAt(random.nextInt(CODE_LETTERS.length())));
            }
            phones.addCode(
                    town.id(),
                    names.ofCode(code.toString()),
                    known.choices(),
                    clock.instant().plus(CODE));
            return code.insert(CODE_LENGTH / 2, '-').toString();
        });
    }

    /** @throws Refusal 404 {@code phone.code} if there is none such, or it has been used, or has run out */
    public Choices carried(Town town, String code) {
        String typed = code.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "");
        return written(() -> phones.takeCode(town.id(), names.ofCode(typed), clock.instant())
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "phone.code")));
    }

    private <T> T written(Supplier<T> change) {
        T result = writing.execute(status -> change.get());
        if (result == null) {
            throw new IllegalStateException("A change says what came of it");
        }
        return result;
    }

    private Optional<Standing> find(TownId town, Told told) {
        return phones.find(town, names.of(told.endpoint())).filter(known -> {
            try {
                return MessageDigest.isEqual(known.phone().endpoint().secret(), Base64Url.bytes(told.secret()));
            } catch (IllegalArgumentException e) {
                return false;
            }
        });
    }

    private static boolean isSame(Standing known, Checked checked) {
        PushEndpoint endpoint = known.phone().endpoint();
        return MessageDigest.isEqual(endpoint.publicKey(), checked.endpoint().publicKey())
                && MessageDigest.isEqual(endpoint.secret(), checked.endpoint().secret());
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static Phone phone(long key, Checked checked, String language) {
        return new Phone(key, checked.origin(), checked.endpoint(), language);
    }

    private static State state(Standing known) {
        return new State(known.active(), known.choices());
    }

    private static Refusal unknown() {
        return new Refusal(HttpStatus.NOT_FOUND, "phone.unknown");
    }

    private static YearMonth month(Instant at) {
        return YearMonth.from(at.atZone(ZoneOffset.UTC));
    }
}
