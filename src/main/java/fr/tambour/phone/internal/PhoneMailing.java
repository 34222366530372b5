package fr.tambour.phone.internal;

import fr.tambour.dispatch.FannedOutChannel.Mailing;
import fr.tambour.dispatch.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One errand on its way to phones: what is told is made once for each language, and once more for those who are not to hear
 * it. A service that finds it too large is sent less, and so is every other phone of that service.
 */
final class PhoneMailing implements Mailing<Phone> {

    /**
     * Within it a second message is sent at once: both together are answered for before the engine gives up. After a slow
     * answer it leaves with the next try.
     */
    static final Duration SOON = Duration.ofSeconds(4);

    private final Push push;
    private final PushTraffic traffic;
    private final VapidKey vapid;
    private final BiPredicate<Phone, Instant> quiet;
    private final Function<Manner, Telling> told;
    private final Map<Manner, Telling> byManner = new ConcurrentHashMap<>();

    /** Origins that take less. */
    private final Set<String> narrow = ConcurrentHashMap.newKeySet();

    private final Clock clock;

    /** How a phone is told: in which words, BCP 47, and whether without a sound. */
    record Manner(String language, boolean quiet) {}

    /** @param quiet whether a phone is not to ring at this moment */
    PhoneMailing(
            Push push,
            PushTraffic traffic,
            VapidKey vapid,
            BiPredicate<Phone, Instant> quiet,
            Function<Manner, Telling> told,
            Clock clock) {
        this.push = push;
        this.traffic = traffic;
        this.vapid = vapid;
        this.quiet = quiet;
        this.told = told;
        this.clock = clock;
    }

    @Override
    public void send(Phone phone, @Nullable Instant notAfter, BooleanSupplier wanted, Consumer<Outcome> answer) {
        Instant now = clock.instant();
        if (notAfter != null && !now.isBefore(notAfter)) {
            answer.accept(new Outcome.Expired());
            return;
        }
        Telling telling = byManner.computeIfAbsent(new Manner(phone.language(), quiet.test(phone, now)), told);
        boolean less = narrow.contains(phone.origin());
        long began = System.nanoTime();
        push(phone, telling.message(less, now, notAfter, wanted), first -> {
            if (less || !(first instanceof PushAnswer.TooLarge)) {
                answer.accept(outcome(first));
                return;
            }
            narrow.add(phone.origin());
            if (System.nanoTime() - began > SOON.toNanos()) {
                answer.accept(new Outcome.RetryAt(null, "413"));
                return;
            }
            Instant again = clock.instant();
            if (notAfter != null && !again.isBefore(notAfter)) {
                answer.accept(new Outcome.Expired());
                return;
            }
            push(phone, telling.message(true, again, notAfter, wanted), second -> answer.accept(outcome(second)));
        });
    }

    private void push(Phone phone, PushMessage message, Consumer<PushAnswer> answer) {
        traffic.passes();
        push.send(vapid, phone.endpoint(), message, told -> {
            traffic.passes();
            answer.accept(told);
        });
    }

    /** The same message twice shows once (tag and topic): what may have arrived is sent again without harm. */
    static Outcome outcome(PushAnswer answer) {
        return switch (answer) {
            case PushAnswer.Accepted() -> new Outcome.Accepted();
            case PushAnswer.Gone() -> new Outcome.Gone();
            case PushAnswer.TooLarge() -> new Outcome.Rejected("413");
            case PushAnswer.Later(int status, var after) ->
                status == PushAnswer.Later.TOO_MANY
                        ? new Outcome.TooMany(after)
                        : new Outcome.RetryAt(after, Integer.toString(status));
            case PushAnswer.Refused(int status) -> new Outcome.Rejected(Integer.toString(status));
            case PushAnswer.Expired() -> new Outcome.Expired();
            case PushAnswer.Recalled() -> new Outcome.Recalled();
            case PushAnswer.Unreachable(String reason) -> new Outcome.RetryAt(null, reason);
            case PushAnswer.Unanswered(String reason) -> new Outcome.RetryAt(null, reason, true);
        };
    }
}
