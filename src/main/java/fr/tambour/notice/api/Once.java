package fr.tambour.notice.api;

import fr.tambour.notice.api.Answers.Kept;
import fr.tambour.notice.api.Answers.Key;
import fr.tambour.people.Actor;
import fr.tambour.people.Right;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A request with an `Idempotency-Key` has its effect once (draft-ietf-httpapi-idempotency-key-header-07). Its answer is
 * written in the transaction of its effect: after a crash either both are there, and the same request gets the same
 * answer, or neither, and it may be sent again. A refusal had no effect and keeps nothing.
 */
@Component
class Once {

    static final String HEADER = "Idempotency-Key";

    /** Says that an answer was given before. */
    static final String REPLAYED = "Idempotency-Replayed";

    /** How long an answer is kept. */
    static final Duration KEPT = Duration.ofHours(24);

    private static final Duration BETWEEN_PURGES = Duration.ofHours(1);

    private final Answers answers;
    private final ApiJson json;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final Set<Key> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Instant> purged = new AtomicReference<>(Instant.MIN);

    Once(Answers answers, ApiJson json, Clock clock, PlatformTransactionManager transactions) {
        this.answers = answers;
        this.json = json;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
    }

    /**
     * Does what the request asks for, in one transaction with the answer; or gives the answer that it got the first time.
     * Either needs the right now: whoever has lost it since is told nothing of what was answered then.
     *
     * @param right that the request needs
     * @param body of the request, as read; null where it has none
     * @param type of the answer's body
     * @throws ApiRefusal 400 for a key that cannot be, 409 while the same key is under way, 422 for another request
     */
    <T> ResponseEntity<T> answer(
            Actor actor,
            Right right,
            HttpServletRequest request,
            @Nullable Object body,
            Class<T> type,
            Supplier<ResponseEntity<T>> effect) {
        actor.require(right);
        Optional<String> given = IdempotencyKey.of(request);
        if (given.isEmpty()) {
            return inTransaction(effect);
        }
        Key key = new Key(actor.town(), actor.person(), given.get());
        if (!underWay.add(key)) {
            throw new ApiRefusal(HttpStatus.CONFLICT, "api.idempotency-under-way");
        }
        try {
            purge();
            return once(key, fingerprint(request, body), type, effect);
        } finally {
            underWay.remove(key);
        }
    }

    /** For what needs no key: a change and what it depends upon, in one transaction. */
    <T> ResponseEntity<T> atOnce(Supplier<ResponseEntity<T>> effect) {
        return inTransaction(effect);
    }

    private <T> ResponseEntity<T> once(Key key, String fingerprint, Class<T> type, Supplier<ResponseEntity<T>> effect) {
        try {
            return inTransaction(() -> answers.find(key, oldest())
                    .map(kept -> again(kept, fingerprint, type))
                    .orElseGet(() -> first(key, fingerprint, effect)));
        } catch (DuplicateKeyException e) {
            // Another node took the key and has finished since; if it is not there, something else was duplicate.
            return inTransaction(() -> again(answers.find(key, oldest()).orElseThrow(() -> e), fingerprint, type));
        }
    }

    private <T> ResponseEntity<T> inTransaction(Supplier<ResponseEntity<T>> work) {
        return Objects.requireNonNull(writing.execute(status -> work.get()));
    }

    private <T> ResponseEntity<T> first(Key key, String fingerprint, Supplier<ResponseEntity<T>> effect) {
        answers.claim(key, fingerprint, clock.instant(), oldest());
        ResponseEntity<T> answer = effect.get();
        URI location = answer.getHeaders().getLocation();
        answers.answer(
                key,
                new Kept(
                        fingerprint,
                        answer.getStatusCode().value(),
                        location == null ? null : location.toString(),
                        new String(json.write(Objects.requireNonNull(answer.getBody())), StandardCharsets.UTF_8)));
        return answer;
    }

    private <T> ResponseEntity<T> again(Kept kept, String fingerprint, Class<T> type) {
        if (!kept.fingerprint().equals(fingerprint)) {
            throw new ApiRefusal(HttpStatus.UNPROCESSABLE_CONTENT, "api.idempotency-reused");
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(kept.status()).header(REPLAYED, "true");
        if (kept.location() != null) {
            answer.location(URI.create(kept.location()));
        }
        return answer.body(json.readOwn(kept.body(), type));
    }

    /** Not in the request's own transaction: what is old goes even if the request is refused. */
    private void purge() {
        Instant now = clock.instant();
        Instant last = purged.get();
        if (last.plus(BETWEEN_PURGES).isBefore(now) && purged.compareAndSet(last, now)) {
            writing.executeWithoutResult(status -> answers.forget(oldest()));
        }
    }

    /** What was answered before this is forgotten, whether it has been removed yet or not. */
    private Instant oldest() {
        return clock.instant().minus(KEPT);
    }

    /** SHA-256, hex, over method, address and body as read: two requests that differ in spaces only are the same. */
    private String fingerprint(HttpServletRequest request, @Nullable Object body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String address = request.getMethod() + " " + request.getRequestURI() + "?"
                    + Objects.requireNonNullElse(request.getQueryString(), "") + "\n";
            digest.update(address.getBytes(StandardCharsets.UTF_8));
            if (body != null) {
                digest.update(json.write(body));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
