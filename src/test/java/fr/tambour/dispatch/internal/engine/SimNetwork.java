package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The origins of the simulation: each behaves in its way, for a while. */
final class SimNetwork {

    /** Why some are turned away for good. */
    static final String REFUSED = "400";

    private enum Manner {
        PROMPT,
        SLOW,
        SILENT,
        TAKES_AND_IS_SILENT,
        THROTTLING,
        FAILING,
        OVER_QUOTA,
        UNREACHABLE
    }

    private static final class Origin {
        final String name;
        Manner manner = Manner.PROMPT;
        boolean deadForGood;

        Origin(String name) {
            this.name = name;
        }
    }

    private final World world;
    private final boolean faults;
    private final List<Origin> origins = new ArrayList<>();

    SimNetwork(World world, boolean faults) {
        this.world = world;
        this.faults = faults;
        for (int i = 2 + world.random.nextInt(3); i > 0; i--) {
            origins.add(new Origin("origin" + i));
        }
    }

    void start() {
        if (faults) {
            if (world.random.nextInt(20) == 0) {
                origins.getFirst().deadForGood = true;
                origins.getFirst().manner = Manner.SILENT;
            }
            for (int i = world.random.nextInt(4); i > 0; i--) {
                change();
            }
        }
    }

    boolean isOneDead() {
        return origins.getFirst().deadForGood;
    }

    String anyOrigin() {
        return origins.get(world.random.nextInt(origins.size())).name;
    }

    void change() {
        Origin origin = origins.get(world.random.nextInt(origins.size()));
        if (!origin.deadForGood) {
            origin.manner = Manner.values()[world.random.nextInt(Manner.values().length)];
        }
    }

    private Manner manner(String name) {
        Origin origin =
                origins.stream().filter(o -> o.name.equals(name)).findFirst().orElseThrow();
        return world.calm() && !origin.deadForGood ? Manner.PROMPT : origin.manner;
    }

    void carry(SimNode node, Page page, SimPhone phone) {
        int life = node.life();
        if (faults && phone.key() % 23 == 7) {
            world.coverage.saw("gone");
            answer(node, life, page, phone, new Outcome.Gone(), 5);
            return;
        }
        if (faults && phone.key() % 29 == 11) {
            world.coverage.saw("rejected");
            answer(node, life, page, phone, new Outcome.Rejected(REFUSED), 5);
            return;
        }
        if (faults && phone.key() % 19 == 3 && !world.calm()) {
            world.coverage.saw("one phone put off alone");
            answer(node, life, page, phone, new Outcome.TooMany(Duration.ofSeconds(30)), 5);
            return;
        }
        switch (manner(phone.origin())) {
            case PROMPT -> accept(node, life, page, phone, 2 + world.random.nextLong(60));
            case SLOW -> {
                world.coverage.saw("slow origin");
                accept(node, life, page, phone, 100 + world.random.nextLong(3_500));
            }
            case SILENT -> {
                world.coverage.saw("silent origin");
                unanswered(node, life, page, phone);
            }
            case TAKES_AND_IS_SILENT -> {
                world.coverage.saw("origin that takes and is silent");
                world.history.accepted(page.ref(), phone);
                unanswered(node, life, page, phone);
            }
            case THROTTLING -> {
                if (world.random.nextInt(3) == 0) {
                    accept(node, life, page, phone, 5);
                } else {
                    world.coverage.saw("429");
                    answer(
                            node,
                            life,
                            page,
                            phone,
                            new Outcome.TooMany(Duration.ofMillis(500 + world.random.nextLong(30_000))),
                            5);
                }
            }
            case FAILING -> {
                world.coverage.saw("503");
                answer(node, life, page, phone, new Outcome.RetryAt(null, "503"), 5);
            }
            case OVER_QUOTA -> {
                world.coverage.saw("over quota");
                answer(node, life, page, phone, new Outcome.OverQuota(null), 5);
            }
            case UNREACHABLE -> {
                world.coverage.saw("unreachable origin");
                answer(node, life, page, phone, new Outcome.RetryAt(null, "unreachable"), 1);
            }
        }
    }

    private void accept(SimNode node, int life, Page page, SimPhone phone, long millis) {
        world.history.accepted(page.ref(), phone);
        answer(node, life, page, phone, new Outcome.Accepted(), millis);
    }

    /** The channel's own deadline ends it: what may be repeated is, what may not is unknown. */
    private void unanswered(SimNode node, int life, Page page, SimPhone phone) {
        Outcome outcome = world.towns.repeatable()
                ? new Outcome.RetryAt(null, "timeout", true)
                : new Outcome.Unknown("unanswered");
        answer(node, life, page, phone, outcome, World.POLICY.answer().toMillis() - 100);
    }

    private void answer(SimNode node, int life, Page page, SimPhone phone, Outcome outcome, long millis) {
        world.after(millis, () -> node.hear(life, new Event.Answered(page, phone, outcome)));
    }
}
