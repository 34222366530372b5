package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One page on its way. Each recipient waits until its origin takes one more, leaves, and is answered for. When everybody is, or
 * no more patience is left, the page {@link #land lands}: what became of it is written down. Whoever waits still, or is not
 * answered for, is to be tried again, so that no slow origin holds up others; an answer that comes after that is written by
 * itself.
 */
final class Flight {

    private final Page page;
    private final Policy policy;
    private final Pace pace;
    private final Instant begun;
    private final Stopwatch stopwatch;
    private final Permit permit;

    /** Who has not left, by their origins. */
    private final Map<String, Queue<Recipient>> waiting = new LinkedHashMap<>();

    /** Who has left and is not answered for yet. */
    private final Map<Long, Flying> flying = new HashMap<>();

    /** How many of each origin are not answered for yet: an origin that is through is not among them. */
    private final Map<String, Integer> open = new HashMap<>();

    private final Findings findings;

    /** What came since it landed, as long as its own result is not in the books. */
    private final List<Order.SettleLate> late = new ArrayList<>();

    /** When an origin was through last, by the stopwatch. */
    private @Nullable Duration finishedOne;

    private boolean landed;
    private boolean settled;
    private boolean unwritten;

    /** Something newer took its dispatch's place, or a person ended it. */
    private boolean stopped;

    private record Flying(Recipient recipient, Instant left) {}

    /** @param ordered when the page was reached for: its lease began no earlier */
    Flight(Page page, Policy policy, Pace pace, Instant ordered, Instant now) {
        this.page = page;
        this.policy = policy;
        this.pace = pace;
        this.begun = now;
        this.stopwatch = new Stopwatch(now);
        this.permit = new Permit(page.dispatch(), ordered, policy.lease());
        this.findings = new Findings(page, policy, pace);
        page.recipients().forEach(recipient -> {
            waiting.computeIfAbsent(recipient.origin(), name -> new ArrayDeque<>())
                    .add(recipient);
            open.merge(recipient.origin(), 1, Integer::sum);
        });
    }

    Page page() {
        return page;
    }

    /** Of what left, whatever waits on its way. */
    Permit permit() {
        return permit;
    }

    /** Whether it is still ours, as far as this node's clock tells: not if it was set back meanwhile. */
    boolean isLeased(Instant now) {
        return permit.isLeased(now);
    }

    // --- On its way ---

    /** Who leaves now. */
    List<Recipient> pump(Instant now) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        if (!permit.holds(now)) {
            ground(now);
            return List.of();
        }
        List<Recipient> leaving = new ArrayList<>();
        waiting.forEach((origin, queue) -> {
            leave(origin, queue, leaving, now);
            if (!queue.isEmpty() && pace.isShut(origin, page.dispatch().isUrgent(), now)) {
                queue.forEach(recipient -> findings.parked(recipient, now));
                finished(origin, queue.size(), now);
                queue.clear();
            }
        });
        waiting.values().removeIf(Queue::isEmpty);
        if (!leaving.isEmpty()) {
            stopwatch.takenInHand(now);
        }
        return leaving;
    }

    private void leave(String origin, Queue<Recipient> queue, List<Recipient> leaving, Instant now) {
        while (!queue.isEmpty() && pace.admits(origin, page.dispatch().isUrgent(), now)) {
            Recipient recipient = queue.remove();
            pace.left(origin, now);
            flying.put(recipient.key(), new Flying(recipient, now));
            leaving.add(recipient);
        }
    }

    /** These are on their way: until now it was not their origins that took time. */
    void handedOver(List<Recipient> recipients, Instant now) {
        stopwatch.handedOver(now);
        for (Recipient recipient : recipients) {
            if (leavesNow(recipient, now)) {
                pace.handedOver(recipient.origin(), now);
            }
        }
    }

    /** Of several messages one was answered for, and another leaves: its origin is not silent, and is measured by each. */
    void heard(Recipient recipient, Instant now) {
        if (leavesNow(recipient, now)) {
            pace.heard(recipient.origin(), now);
        }
    }

    /** How long it takes counts from now on. False where it is answered for already. */
    private boolean leavesNow(Recipient recipient, Instant now) {
        return flying.computeIfPresent(recipient.key(), (key, one) -> new Flying(one.recipient(), now)) != null;
    }

    /**
     * What became of one who had left.
     *
     * @return what is to be written of it alone, if the page has landed already
     */
    Optional<Order.SettleLate> answered(Recipient recipient, Outcome outcome, Instant now) {
        Flying answered = flying.remove(recipient.key());
        if (answered == null) {
            return Optional.empty();
        }
        Duration took = Duration.between(answered.left(), now);
        boolean again = page.attemptsOf(recipient.key()) > 0;
        Pace.Whom whom = Pace.Whom.of(page.dispatch(), recipient);
        finished(recipient.origin(), 1, now);
        if (!landed) {
            pace.answered(whom, again, outcome, took, now);
            note(findings, recipient, outcome, now);
            return Optional.empty();
        }
        pace.answeredLate(whom, again, outcome, took, now);
        Findings alone = new Findings(page, policy, pace);
        note(alone, recipient, outcome, now);
        Order.SettleLate order = new Order.SettleLate(page, recipient.key(), alone.result(now), now);
        if (!settled) {
            late.add(order);
        }
        return Optional.of(order);
    }

    private void note(Findings noted, Recipient recipient, Outcome outcome, Instant now) {
        if (outcome instanceof Outcome.Recalled) {
            stays(noted, recipient, now);
        } else {
            noted.answered(recipient, outcome, now);
        }
    }

    private void finished(String origin, int count, Instant now) {
        if (open.merge(origin, -count, Integer::sum) == 0) {
            open.remove(origin);
            finishedOne = stopwatch.read(now);
        }
    }

    /** Nothing of its dispatch is to leave any more. */
    void stop() {
        stopped = true;
        permit.revoke();
    }

    /** Nobody leaves any more: the page is about to be settled, or its {@link Permit} holds no more. */
    private void ground(Instant now) {
        waiting.values().forEach(queue -> queue.forEach(recipient -> stays(findings, recipient, now)));
        waiting.forEach((origin, queue) -> finished(origin, queue.size(), now));
        waiting.clear();
    }

    /** It has not left, and does not with this page. */
    private void stays(Findings noted, Recipient recipient, Instant now) {
        if (stopped) {
            noted.stopped(recipient);
        } else if (page.dispatch().isOver(now)) {
            noted.expired(recipient);
        } else {
            noted.parked(recipient, now);
        }
    }

    // --- For how long it waits ---

    /** Whether everybody is answered for, or no more patience is left: then it is to be {@link #land landed}. */
    boolean isOver(Instant now) {
        Duration patience = policy.pages().patience();
        return !landed
                && (open.isEmpty()
                        || areSilent(patience, now)
                        || areLeftBehind(patience, now) && areFewer()
                        || isOld(now)
                        || !isLeased(now));
    }

    /** It waits for slow origins alone: another page may be begun meanwhile. */
    boolean isLagging(Instant now) {
        Duration lull = policy.pages().lull();
        return !landed && !open.isEmpty() && (areSilent(lull, now) || areLeftBehind(lull, now));
    }

    /** For origins, however steadily they answer, or to be written down: this node has next to nothing to do for it. */
    boolean onlyWaits(Instant now) {
        return isLagging(now)
                || isUnwritten()
                || stopwatch.read(now).compareTo(policy.pages().patience()) >= 0;
    }

    /** For so long nothing is heard of any origin that is not through. */
    private boolean areSilent(Duration since, Instant now) {
        return !stopwatch.isStopped()
                && stopwatch.read(now).compareTo(since) >= 0
                && open.keySet().stream().allMatch(origin -> pace.isSilent(origin, since, now));
    }

    /** For so long no origin is through while others are. */
    private boolean areLeftBehind(Duration since, Instant now) {
        Duration finished = finishedOne;
        return finished != null && stopwatch.read(now).compareTo(finished.plus(since)) >= 0;
    }

    /** Who is not answered for is not most of the page: whoever has the most of it may be the slowest. */
    private boolean areFewer() {
        int left = open.values().stream().mapToInt(Integer::intValue).sum();
        return 2 * left <= page.recipients().size();
    }

    /** So that its end is in the books before its lease is over; or the clock was set back. */
    private boolean isOld(Instant now) {
        return !now.isBefore(begun.plus(policy.lease().dividedBy(2))) || now.isBefore(begun);
    }

    // --- Landing ---

    /**
     * Who has not left is parked, who is not answered for is tried again unless the answer comes. What waits on its way does not
     * leave any more: what follows this page may overtake it.
     */
    PageResult land(Instant now) {
        // First, so that who waits for a silent origin is parked for as long as it is shut.
        open.keySet().stream()
                .filter(origin -> !stopwatch.isStopped()
                        && pace.isSilent(origin, policy.pages().patience(), now))
                .forEach(origin -> pace.silent(origin, now));
        permit.revoke();
        ground(now);
        flying.values().forEach(each -> findings.awaited(each.recipient()));
        PageResult result = findings.result(now);
        landed = true;
        return result;
    }

    /** Whether what became of it was ordered to be written. */
    boolean hasLanded() {
        return landed;
    }

    /**
     * Where its result has to be written once more: what came late may have found nobody in the books who waited for it, and is
     * brought behind it. Twice does no harm.
     */
    List<Order.SettleLate> late() {
        return List.copyOf(late);
    }

    /** Its page is written down, or lost to another node. */
    void settled() {
        settled = true;
        late.clear();
    }

    boolean isSettled() {
        return settled;
    }

    /** The books did not take what became of it, and are asked again. */
    void unwritten() {
        unwritten = true;
    }

    /** It waits for the books alone: another page may be begun meanwhile. */
    boolean isUnwritten() {
        return unwritten && !settled;
    }

    /** What is not answered for is not waited for any more. */
    void giveUp() {
        permit.revoke();
        flying.values().forEach(each -> pace.lost(each.recipient().origin()));
        flying.clear();
    }

    /** Nothing of it is of use any more. */
    boolean isForgettable() {
        return settled && flying.isEmpty();
    }
}
