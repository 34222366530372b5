package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether nodes are considerate: what was silent, or asked for patience, is sent one message at a time, and none for as long
 * as a page is patient, until it answers. Whom it puts off alone holds nobody else up.
 */
final class Courtesy {

    private static final long LONG_AGO = Long.MIN_VALUE / 2;
    private static final int SEVERAL = 3;
    private static final long SHORTLY = 5_000;

    private final World world;
    private final Map<Known, Origin> origins = new HashMap<>();
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

    void left(SimNode node, SimPhone phone) {
        Origin origin = origin(node, phone.origin());
        long now = world.now();
        if (now < origin.quietUntil && node.isEven(origin.quietSince)) {
            throw new AssertionError(
                    "%s sends to %s, which put off several and asked for patience".formatted(node, phone.origin()));
        }
        if (origin.troubled) {
            world.coverage.saw("one message asks an origin that gave trouble");
            if (now - origin.askedAt < World.POLICY.patience().toMillis()
                    && node.isEven(Math.min(origin.askedAt, origin.troubledSince))) {
                throw new AssertionError("%s asks %s, which gave trouble and has not answered since, by two messages"
                        .formatted(node, phone.origin()));
            }
            origin.askedAt = now;
        }
        origin.newsAt = now;
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
    }

    private static long bounded(@Nullable Duration after) {
        return after == null
                ? 0
                : Math.min(after.toMillis(), World.POLICY.longestRetry().toMillis());
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
        // What left meanwhile is no news to whoever waits for an answer.
        origins(node, settle, again -> again.reason().equals("unanswered"))
                .filter(origin ->
                        world.now() - origin.heardAt >= World.POLICY.patience().toMillis())
                .forEach(origin -> origin.knownForTrouble = true);
        origins(node, settle, again -> again.reason().equals("unanswered"))
                .filter(origin ->
                        world.now() - origin.newsAt >= World.POLICY.patience().toMillis())
                .forEach(origin -> origin.troubles(origin.newsAt));
        if (node.isEven() && !origins(node, settle, Courtesy::isHeldUp).allMatch(origin -> origin.knownForTrouble)) {
            throw new AssertionError("%s holds up who is at an origin that gave no trouble".formatted(node));
        }
    }

    /** For longer than a place at its origin takes to be free. */
    private static boolean isHeldUp(PageResult.Again again) {
        return again.reason().equals("origin")
                && again.pause().compareTo(World.POLICY.firstRetry().plus(World.POLICY.patience())) > 0;
    }

    private Stream<Origin> origins(SimNode node, Order.Settle settle, Predicate<PageResult.Again> which) {
        return settle.result().again().stream()
                .filter(which)
                .flatMap(again ->
                        settle.page().recipients().stream().filter(recipient -> recipient.key() == again.key()))
                .map(recipient -> origin(node, recipient.origin()));
    }
}
