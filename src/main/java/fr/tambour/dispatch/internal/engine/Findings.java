package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.Outcome;
import fr.tambour.dispatch.Retrying;
import fr.tambour.dispatch.internal.engine.PageResult.Again;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects what became of a page's recipients. Each is named once: as one who was answered for, who has left and was not, or who
 * does not leave with this page.
 */
final class Findings {

    private final Page page;
    private final Policy policy;
    private final Pace pace;
    private final Retrying retrying;
    private final List<Recipient> gone = new ArrayList<>();
    private final List<Again> again = new ArrayList<>();

    /** Who waits for their origin. */
    private final List<Recipient> parked = new ArrayList<>();

    /** To whom nothing of this leaves any more, since it was stopped or its end came. */
    private final List<Long> missed = new ArrayList<>();

    /** Whom nothing of this has reached, or will. */
    private final Set<Long> untold = new HashSet<>();

    private final Delays.Collected delays = new Delays.Collected();
    private Tally others = Tally.NONE;
    private long accepted;
    private @Nullable Instant first;
    private @Nullable Instant last;

    Findings(Page page, Policy policy, Pace pace) {
        this.page = page;
        this.policy = policy;
        this.pace = pace;
        this.retrying = policy.retrying(page.dispatch().channel());
    }

    void answered(Recipient recipient, Outcome outcome, Instant now) {
        switch (outcome) {
            case Outcome.Accepted a -> accept(now);
            case Outcome.Gone g -> {
                gone.add(recipient);
                others = others.plus(Tally.gone(1));
            }
            case Outcome.Rejected rejected -> others = others.plus(Tally.failed(rejected.reason()));
            case Outcome.NeedsSignIn s -> others = others.plus(Tally.failed("sign-in"));
            case Outcome.Expired e -> expired(recipient);
            case Outcome.Recalled r -> parked(recipient, now);
            case Outcome.Unfinished u -> unfinished(recipient, now);
            case Outcome.Unknown u -> others = others.plus(Tally.unknown(1));
            case Outcome.RetryAt retry -> retry(recipient, retry.after(), retry.reason(), retry.inDoubt(), now);
            case Outcome.TooMany many -> retry(recipient, many.after(), "429", false, now);
            case Outcome.OverQuota over -> retry(recipient, over.after(), "quota", false, now);
        }
    }

    private void accept(Instant now) {
        accepted++;
        delays.add(Duration.between(page.dispatch().notBefore(), now));
        first = first == null || now.isBefore(first) ? now : first;
        last = last == null || now.isAfter(last) ? now : last;
    }

    private void retry(Recipient recipient, @Nullable Duration after, String reason, boolean inDoubt, Instant now) {
        int attempts = page.attemptsOf(recipient.key()) + 1;
        boolean toldPerhaps = inDoubt || page.isInDoubt(recipient.key());
        if (retrying.isOver(attempts, running(now)) || isHopeless(recipient, now)) {
            givenUp(toldPerhaps, reason);
        } else {
            Duration pause = pace.retry(retrying, attempts, page.dispatch().isUrgent(), after);
            again.add(again(recipient, attempts, pause, toldPerhaps, reason));
        }
    }

    private void givenUp(boolean toldPerhaps, String reason) {
        others = others.plus(toldPerhaps ? Tally.unknown(1) : Tally.failed(reason));
    }

    void expired(Recipient recipient) {
        ended(recipient, Tally.expired(1));
    }

    void stopped(Recipient recipient) {
        ended(recipient, Tally.stopped(1));
    }

    /** It does not leave any more; an earlier attempt may have reached it. */
    private void ended(Recipient recipient, Tally as) {
        missed.add(recipient.key());
        if (page.isInDoubt(recipient.key())) {
            others = others.plus(Tally.unknown(1));
        } else {
            others = others.plus(as);
            untold.add(recipient.key());
        }
    }

    /** It never left: its origin takes no more for now. */
    void parked(Recipient recipient, Instant now) {
        if (isHopeless(recipient, now)) {
            givenUp(page.isInDoubt(recipient.key()), Again.PARKED);
        } else {
            parked.add(recipient);
        }
    }

    /** For as long as is known by now: its origin may answer again since it was parked. */
    private Again waits(Recipient recipient, Instant now) {
        boolean toldPerhaps = page.isInDoubt(recipient.key());
        Duration pause = pace.parked(recipient.origin(), page.dispatch().isUrgent(), now);
        return again(recipient, page.attemptsOf(recipient.key()), pause, toldPerhaps, Again.PARKED);
    }

    /** Some of it has arrived: the rest goes on, and whatever comes after it goes there as well. */
    private void unfinished(Recipient recipient, Instant now) {
        Duration pause = pace.parked(recipient.origin(), page.dispatch().isUrgent(), now);
        again.add(again(recipient, page.attemptsOf(recipient.key()), pause, true, "unfinished"));
    }

    /** Else what is sent to an origin that is no more stays open until its end: a month, of each notice of each town. */
    private boolean isHopeless(Recipient recipient, Instant now) {
        return running(now).compareTo(retrying.persistence()) >= 0
                && pace.isDead(recipient.origin(), retrying.persistence());
    }

    private Duration running(Instant now) {
        return Duration.between(page.dispatch().notBefore(), now);
    }

    /** It left, and its answer may still come. */
    void awaited(Recipient recipient) {
        again.add(again(
                recipient, page.attemptsOf(recipient.key()) + 1, policy.pacing().answer(), true, "unanswered"));
    }

    private static Again again(Recipient recipient, int attempts, Duration pause, boolean inDoubt, String reason) {
        return new Again(recipient.key(), recipient.origin(), attempts, pause, inDoubt, reason);
    }

    private long reached() {
        if (untold.isEmpty()) {
            return page.upTo();
        }
        return page.recipients().stream()
                .mapToLong(Recipient::key)
                .filter(key -> !untold.contains(key))
                .max()
                .orElse(Slice.RETRIES);
    }

    PageResult result(Instant now) {
        parked.forEach(recipient -> again.add(waits(recipient, now)));
        Tally tally = others.plus(Tally.accepted(accepted, first, last, delays.delays()));
        return new PageResult(tally, List.copyOf(gone), List.copyOf(again), List.copyOf(missed), reached());
    }
}
