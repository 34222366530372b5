package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.Outcome;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whether nodes are considerate: what was silent, or asked for patience, is sent one message at a time, and none for as long
 * as a page is patient, until it answers.
 */
final class Courtesy {

    private static final long LONG_AGO = Long.MIN_VALUE / 2;

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
        long askedAt = LONG_AGO;

        /** When anything last left for it, or came from it. */
        long newsAt = LONG_AGO;

        void troubles() {
            troubled = true;
            askedAt = LONG_AGO;
        }
    }

    private Origin origin(SimNode node, String name) {
        return origins.computeIfAbsent(new Known(node, node.life(), name), known -> new Origin());
    }

    void left(SimNode node, SimPhone phone) {
        Origin origin = origin(node, phone.origin());
        long now = world.now();
        if (origin.troubled) {
            world.coverage.saw("one message asks an origin that gave trouble");
            if (!world.jumps() && now - origin.askedAt < World.POLICY.patience().toMillis()) {
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
            case Outcome.RetryAt retry -> troubles(origin, late && retry.after() == null);
            case Outcome.OverQuota over -> troubles(origin, late && over.after() == null);
            case Outcome.Unknown unknown -> troubles(origin, late);
            case Outcome.Accepted accepted -> origin.troubled = false;
            case Outcome.Gone gone -> origin.troubled = false;
            case Outcome.Rejected rejected -> origin.troubled = false;
            case Outcome.NeedsSignIn sign -> origin.troubled = false;
            case Outcome.Expired expired -> {}
        }
        origin.newsAt = world.now();
    }

    /** One message's silence counts once. */
    private static void troubles(Origin origin, boolean counted) {
        if (!counted) {
            origin.troubles();
        }
    }

    /** It goes without the answers of those that were silent all the while. */
    void landed(SimNode node, Order.Settle settle) {
        if (!landed.add(settle.page())) {
            return;
        }
        settle.result().again().stream()
                .filter(again -> again.reason().equals("unanswered"))
                .flatMap(again ->
                        settle.page().recipients().stream().filter(recipient -> recipient.key() == again.key()))
                .map(recipient -> origin(node, recipient.origin()))
                .filter(origin ->
                        world.now() - origin.newsAt >= World.POLICY.patience().toMillis())
                .forEach(Origin::troubles);
    }
}
