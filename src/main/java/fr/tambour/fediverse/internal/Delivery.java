package fr.tambour.fediverse.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.dispatch.Outcome;
import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundAnswer.Answered;
import fr.tambour.outbound.OutboundClient;
import fr.tambour.outbound.OutboundRequest;
import fr.tambour.outbound.RetryAfter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Posts an activity to an inbox, signed anew each time: by draft-cavage first, since some servers answer 202 to what they
 * cannot verify and lose it, and by RFC 9421 at once where that is refused. A server that wanted that is asked so first
 * from then on.
 */
@Component
class Delivery {

    /** Too much is signed at once. */
    static final String BUSY = "busy";

    private static final Set<Integer> BADLY_SIGNED = Set.of(400, 401, 403);

    /** What the field has settled on: all others of 4xx are final, and 501. */
    private static final Set<Integer> LATER = Set.of(401, 408, 429);

    private final OutboundClient client;
    private final StrangersWork work;
    private final Clock clock;
    private final SignatureScheme usual = new CavageSignature();
    private final SignatureScheme other = new MessageSignature();
    private final Cache<String, Boolean> wantOther = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(Duration.ofDays(7))
            .build();

    Delivery(OutboundClient client, StrangersWork work, Clock clock) {
        this.client = client;
        this.work = work;
        this.clock = clock;
    }

    /**
     * One after the other, each as soon as the one before is answered for good; where they do not go on, the rest does not leave.
     *
     * @param wanted asked as each leaves
     * @param goesOn asked before each but the first
     * @param settled told of each but the last as it is answered for good
     * @param answer told exactly once: what became of the last, or of one that was not answered for good; and those that were not,
     *     beginning with that
     */
    void send(
            URI inbox,
            List<Post> posts,
            @Nullable Instant notAfter,
            BooleanSupplier wanted,
            BooleanSupplier goesOn,
            Consumer<Outcome> settled,
            BiConsumer<Outcome, List<Post>> answer) {
        Post post = posts.getFirst();
        send(post.from(), inbox, post.activity(), notAfter, wanted, came -> {
            boolean forGood = came instanceof Outcome.Accepted || came instanceof Outcome.Rejected;
            List<Post> left = forGood ? posts.subList(1, posts.size()) : posts;
            if (!forGood || left.isEmpty()) {
                answer.accept(came, left);
                return;
            }
            settled.accept(came);
            aside(
                    () -> {
                        if (goesOn.getAsBoolean()) {
                            send(inbox, left, notAfter, wanted, goesOn, settled, answer);
                        } else {
                            answer.accept(new Outcome.Recalled(), left);
                        }
                    },
                    busy -> answer.accept(busy, left));
        });
    }

    /** To sign takes a millisecond, and who answers speaks with others. */
    private void aside(Runnable more, Consumer<Outcome> answer) {
        try {
            work.execute(more);
        } catch (RejectedExecutionException e) {
            answer.accept(new Outcome.RetryAt(null, BUSY));
        }
    }

    /**
     * @param wanted asked as it leaves
     * @param answer told exactly once
     */
    void send(
            Actor actor,
            URI inbox,
            byte[] activity,
            @Nullable Instant notAfter,
            BooleanSupplier wanted,
            Consumer<Outcome> answer) {
        boolean otherFirst = wantOther.getIfPresent(inbox.getRawAuthority()) != null;
        send(actor, inbox, activity, otherFirst ? other : usual, notAfter, wanted, first -> {
            if (!(first instanceof Answered answered) || !BADLY_SIGNED.contains(answered.status())) {
                answer.accept(outcome(first, clock.instant()));
                return;
            }
            Runnable second = () -> send(actor, inbox, activity, otherFirst ? usual : other, notAfter, wanted, told -> {
                boolean taken = told instanceof Answered again && again.status() / 100 == 2;
                if (taken) {
                    remember(inbox.getRawAuthority(), !otherFirst);
                }
                boolean stayed = told instanceof OutboundAnswer.Recalled || told instanceof OutboundAnswer.Expired;
                answer.accept(outcome(taken || stayed ? told : first, clock.instant()));
            });
            aside(second, answer);
        });
    }

    private void remember(String host, boolean other) {
        if (other) {
            wantOther.put(host, true);
        } else {
            wantOther.invalidate(host);
        }
    }

    private void send(
            Actor actor,
            URI inbox,
            byte[] activity,
            SignatureScheme scheme,
            @Nullable Instant notAfter,
            BooleanSupplier wanted,
            Consumer<OutboundAnswer> answer) {
        Instant now = clock.instant();
        if (notAfter != null && !now.isBefore(notAfter)) {
            answer.accept(new OutboundAnswer.Expired());
            return;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/activity+json");
        headers.put("user-agent", "Tambour (+" + actor.base() + "/)");
        SignedMessage message = new SignedMessage(
                "POST", inbox, Map.of("content-type", List.of("application/activity+json")), activity);
        scheme.sign(message, actor.keyId(), actor.privateKey(), now)
                .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        client.send(new OutboundRequest(inbox, headers, activity, notAfter, wanted), answer);
    }

    static Outcome outcome(OutboundAnswer answer, Instant now) {
        return switch (answer) {
            case Answered answered -> outcome(answered, now);
            case OutboundAnswer.Unreachable(String reason) -> new Outcome.RetryAt(null, reason);
            case OutboundAnswer.Expired() -> new Outcome.Expired();
            case OutboundAnswer.Recalled() -> new Outcome.Recalled();
            case OutboundAnswer.Unanswered(String reason) -> new Outcome.RetryAt(null, reason);
        };
    }

    private static Outcome outcome(Answered answered, Instant now) {
        int status = answered.status();
        String reason = Integer.toString(status);
        if (status / 100 == 2) {
            return new Outcome.Accepted();
        }
        if (status == 410) {
            return new Outcome.Gone();
        }
        return status == 501 || status / 100 == 4 && !LATER.contains(status)
                ? new Outcome.Rejected(reason)
                : new Outcome.RetryAt(
                        answered.header("retry-after")
                                .flatMap(value -> RetryAfter.of(value, now))
                                .orElse(null),
                        reason);
    }
}
