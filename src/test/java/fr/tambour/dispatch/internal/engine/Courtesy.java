package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether nodes are considerate: what was silent, or asked for patience, is sent one message at a time, and none for as long
 * as a page is patient, until it answers. Whom it puts off alone holds nobody else up. Whoever waits for it is tried again once
 * it answers, and an emergency asks it every few seconds.
 */
final class Courtesy {

    private static final long LONG_AGO = Long.MIN_VALUE / 2;
    private static final int SEVERAL = 3;
    private static final long SHORTLY = 5_000;

    /** An hour's trouble makes it a little longer. */
    private static final Duration URGENT = World.POLICY.outages().urgentPause().plus(Duration.ofMillis(1_700));

    /** By then whatever left before is answered for. */
    private static final Duration ANSWERED = URGENT.plus(World.POLICY.pacing().answer());

    /** Whoever stood still has come to itself. */
    private static final long STILL = 25_000;

    private static final long SOON = 1_000;

    private final World world;
    private final Map<Known, Origin> origins = new HashMap<>();
    private final Map<Page, Long> beganAt = new IdentityHashMap<>();
    private final Map<Page, Integer> inHand = new IdentityHashMap<>();
    private final Set<Page> landed = Collections.newSetFromMap(new IdentityHashMap<>());

    Courtesy(World world) {
        this.world = world;
    }

    /** As one node knows it in one of its lives. */
    private record Known(SimNode node, int life, String origin) {}

    private static final class Origin {
        boolean troubled;

        /** Since when one has to have looked on, by a clock that goes evenly, to know that. */
        long troubledSince = LONG_AGO;

        /** It was, ever. */
        boolean knownForTrouble;

        /** When it put off each, and whom since it took somebody. */
        final Map<SimPhone, Long> putOff = new HashMap<>();

        final Map<SimPhone, Long> inARow = new HashMap<>();

        long askedAt = LONG_AGO;

        /** Until when it wants nothing, since it put off several in a row. */
        long quietUntil = LONG_AGO;

        /** Since when one has to have looked on to know that. */
        long quietSince = LONG_AGO;

        /** When anything last left for it, or came from it. */
        long newsAt = LONG_AGO;

        /** When anything last came from it. */
        long heardAt = LONG_AGO;

        /** When anything came from it that was not only the end of a wait that had been in vain. */
        long answeredAt = LONG_AGO;

        /** Somebody waits for it. */
        boolean awaited;

        /** When it answered although somebody waits for it whom nobody has had tried again since. */
        long owesSince = Long.MAX_VALUE;

        void troubles(long since) {
            troubled = true;
            troubledSince = since;
            knownForTrouble = true;
            askedAt = LONG_AGO;
        }

        /** Several in a row are trouble, unless their turn comes again; several with others in between may be. */
        void putsOff(SimPhone phone, boolean again, long millis, long now) {
            askedAt = LONG_AGO;
            if (again) {
                return;
            }
            knownForTrouble |= areSeveral(putOff, phone, now);
            if (areSeveral(inARow, phone, now)) {
                troubles(now - SHORTLY);
                quietUntil = now + millis;
                quietSince = now - SHORTLY;
            }
        }

        private static boolean areSeveral(Map<SimPhone, Long> putOff, SimPhone phone, long now) {
            putOff.put(phone, now);
            putOff.values().removeIf(at -> at < now - SHORTLY);
            return putOff.size() >= SEVERAL;
        }
    }

    private Origin origin(SimNode node, String name) {
        return origins.computeIfAbsent(new Known(node, node.life(), name), known -> new Origin());
    }

    void left(SimNode node, boolean urgent, SimPhone phone) {
        Origin origin = origin(node, phone.origin());
        long now = world.now();
        boolean mayAsk = urgent
                && now - origin.askedAt >= World.POLICY.outages().urgentPause().toMillis();
        if (now < origin.quietUntil && node.isEven(origin.quietSince) && !mayAsk) {
            throw new AssertionError(
                    "%s sends to %s, which put off several and asked for patience".formatted(node, phone.origin()));
        }
        if (origin.troubled) {
            world.coverage.saw("one message asks an origin that gave trouble");
            if (now - origin.askedAt < World.POLICY.pages().patience().toMillis()
                    && node.isEven(Math.min(origin.askedAt, origin.troubledSince))) {
                throw new AssertionError("%s asks %s, which gave trouble and has not answered since, by two messages"
                        .formatted(node, phone.origin()));
            }
            origin.askedAt = now;
        }
        origin.newsAt = now;
    }

    void ordered(Order.Send order) {
        inHand.merge(order.page(), 1, Integer::sum);
    }

    /** From now on it is their origins that take their time. */
    void handedOver(SimNode node, Order.Send order) {
        inHand.merge(order.page(), -1, Integer::sum);
        order.recipients().forEach(recipient -> origin(node, recipient.origin()).newsAt = world.now());
    }

    /** It answers, if not for all of it. */
    void heard(SimNode node, Event.Heard heard) {
        world.coverage.saw("answers message by message");
        Origin origin = origin(node, heard.recipient().origin());
        origin.troubled = false;
        origin.newsAt = world.now();
        origin.heardAt = world.now();
        origin.answeredAt = world.now();
    }

    void heard(SimNode node, Event.Answered answered) {
        Origin origin = origin(node, answered.recipient().origin());
        boolean late = landed.contains(answered.page());
        switch (answered.outcome()) {
            case Outcome.RetryAt retry -> troubles(origin, late && retry.after() == null, world.now());
            case Outcome.OverQuota over -> troubles(origin, late && over.after() == null, world.now());
            case Outcome.TooMany many -> {
                SimPhone phone = (SimPhone) answered.recipient();
                boolean again = answered.page().attemptsOf(phone.key()) > 0;
                origin.putsOff(phone, again, bounded(many.after()), world.now());
            }
            case Outcome.Unknown unknown -> troubles(origin, late, world.now());
            case Outcome.Accepted accepted -> {
                origin.troubled = false;
                origin.inARow.clear();
                origin.quietUntil = LONG_AGO;
                if (origin.awaited) {
                    origin.awaited = false;
                    origin.owesSince = Math.min(origin.owesSince, world.now());
                }
            }
            case Outcome.Gone gone -> origin.troubled = false;
            case Outcome.Rejected rejected -> origin.troubled = false;
            case Outcome.NeedsSignIn sign -> origin.troubled = false;
            case Outcome.Expired expired -> {}
            case Outcome.Unfinished unfinished -> origin.troubled = false;
            case Outcome.Recalled recalled -> {
                // It has not been there.
                return;
            }
        }
        origin.newsAt = world.now();
        origin.heardAt = world.now();
        if (!late || answered.outcome() instanceof Outcome.Accepted) {
            origin.answeredAt = world.now();
        }
    }

    void began(Page page) {
        beganAt.put(page, world.now());
    }

    /** It has those tried again who wait for them. */
    void answering(SimNode node, Set<String> names) {
        names.forEach(name -> {
            origin(node, name).awaited = false;
            origin(node, name).owesSince = Long.MAX_VALUE;
        });
    }

    void goesOn(SimNode node) {
        origins.forEach((known, origin) -> {
            if (known.node() == node
                    && known.life() == node.life()
                    && world.now() - origin.owesSince > SOON
                    && node.goesOn(origin.owesSince - 1, world.now())) {
                throw new AssertionError(
                        "%s lets those wait who are at %s, which answers".formatted(node, known.origin()));
            }
        });
    }

    /** Whoever waits for one of these origins is due by now. */
    void due(Ledger ledger, Order.BringForward order) {
        for (OpenDispatch dispatch : world.books.all()) {
            for (Retry retry : ledger.retries(dispatch.ref(), Integer.MAX_VALUE)) {
                if (retry.reason().equals("origin")
                        && !retry.underWay()
                        && retry.dueAt().isAfter(ledger.now())
                        && order.origins().contains(originOf(dispatch, retry.key()))) {
                    throw new AssertionError(
                            "%s waits until %s, although its origin answers".formatted(retry, retry.dueAt()));
                }
            }
        }
        world.coverage.saw("an origin answers again");
    }

    private String originOf(OpenDispatch dispatch, long key) {
        return world.towns.ever.stream()
                .filter(phone -> phone.town() == dispatch.ref().town() && phone.key() == key)
                .findFirst()
                .orElseThrow()
                .origin();
    }

    private void checkUrgent(SimNode node, Order.Settle settle) {
        Page page = settle.page();
        long since = beganAt.getOrDefault(page, world.now());
        if (!page.dispatch().isUrgent() || !node.isEven() || !world.history.isLeased(page, since)) {
            return;
        }
        List<PageResult.Again> parked = settle.result().again().stream()
                .filter(again -> again.reason().equals("origin"))
                .toList();
        parked.stream().collect(Collectors.groupingBy(PageResult.Again::origin)).forEach((name, all) -> {
            if (all.size()
                            == page.recipients().stream()
                                    .filter(each -> each.origin().equals(name))
                                    .count()
                    && since - origin(node, name).newsAt > ANSWERED.toMillis()
                    && node.goesOn(since - STILL, world.now())) {
                throw new AssertionError("%s asks %s by nobody of an emergency".formatted(node, name));
            }
        });
        if (parked.stream().anyMatch(again -> again.pause().compareTo(URGENT.multipliedBy(2)) > 0)) {
            throw new AssertionError("%s has an emergency wait: %s".formatted(node, parked));
        }
    }

    /** Where no origin is through, a page that is not old has not gone without those of one that was heard of just now. */
    private void checkPatience(SimNode node, Order.Settle settle) {
        Page page = settle.page();
        long since = beganAt.getOrDefault(page, world.now());
        if (!node.isEven()
                || !world.history.isLeased(page, since)
                || world.now() - since >= World.POLICY.lease().toMillis() / 2) {
            return;
        }
        Set<String> unanswered = settle.result().again().stream()
                .filter(again -> again.reason().equals("unanswered"))
                .map(PageResult.Again::origin)
                .collect(Collectors.toSet());
        if (page.recipients().stream().allMatch(each -> unanswered.contains(each.origin()))
                && unanswered.stream()
                        .anyMatch(name -> world.now() - origin(node, name).answeredAt
                                < World.POLICY.pages().patience().toMillis())) {
            throw new AssertionError("%s has no patience with %s, who answer".formatted(node, unanswered));
        }
    }

    private static long bounded(@Nullable Duration after) {
        return after == null
                ? 0
                : Math.min(
                        after.toMillis(), World.POLICY.retrying().longestWait().toMillis());
    }

    /** One message's silence counts once. */
    private static void troubles(Origin origin, boolean counted, long now) {
        if (!counted) {
            origin.troubles(now);
        }
    }

    /** It goes without the answers of those that were silent all the while. */
    void landed(SimNode node, Order.Settle settle) {
        if (!landed.add(settle.page())) {
            return;
        }
        checkUrgent(node, settle);
        checkPatience(node, settle);
        origins(node, settle, again -> again.reason().equals("origin")).forEach(origin -> origin.awaited = true);
        // What left meanwhile is no news to whoever waits for an answer.
        origins(node, settle, again -> again.reason().equals("unanswered"))
                .filter(origin -> world.now() - origin.heardAt
                        >= World.POLICY.pages().patience().toMillis())
                .forEach(origin -> origin.knownForTrouble = true);
        origins(node, settle, again -> again.reason().equals("unanswered"))
                .filter(origin -> inHand.getOrDefault(settle.page(), 0) == 0
                        && world.now() - origin.newsAt
                                >= World.POLICY.pages().patience().toMillis())
                .forEach(origin -> origin.troubles(origin.newsAt));
        if (node.isEven() && !origins(node, settle, Courtesy::isHeldUp).allMatch(origin -> origin.knownForTrouble)) {
            throw new AssertionError("%s holds up who is at an origin that gave no trouble".formatted(node));
        }
    }

    /** For longer than a place at its origin takes to be free. */
    private static boolean isHeldUp(PageResult.Again again) {
        return again.reason().equals("origin")
                && again.pause()
                                .compareTo(World.POLICY
                                        .retrying()
                                        .firstWait()
                                        .plus(World.POLICY.pages().patience()))
                        > 0;
    }

    private Stream<Origin> origins(SimNode node, Order.Settle settle, Predicate<PageResult.Again> which) {
        return settle.result().again().stream()
                .filter(which)
                .flatMap(again ->
                        settle.page().recipients().stream().filter(recipient -> recipient.key() == again.key()))
                .map(recipient -> origin(node, recipient.origin()));
    }
}
