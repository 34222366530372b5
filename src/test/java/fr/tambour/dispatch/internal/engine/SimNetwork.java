package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The origins of the simulation: each behaves in its way, for a while. */
final class SimNetwork {

    /** Why some are turned away for good. */
    static final String REFUSED = "400";

    private enum Manner {
        PROMPT,
        LONG_LINE,
        SLOW,
        SILENT,
        TAKES_AND_IS_SILENT,
        THROTTLING,
        FAILING,
        OVER_QUOTA,
        UNREACHABLE
    }

    /** For so long an inbox is told one message after the other: what is left then has to wait. */
    private static final long LONGEST = 1_500;

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

    /** How many messages are left of those for an inbox that was told some: whoever carries them goes on there. */
    private final Map<Begun, Integer> unfinished = new HashMap<>();

    private record Begun(SimNode node, int life, Ref ref, long key) {}

    SimNetwork(World world, boolean faults) {
        this.world = world;
        this.faults = faults;
        for (int i = 2 + world.random.nextInt(3); i > 0; i--) {
            origins.add(new Origin("origin" + i));
        }
        if (world.random.nextInt(3) == 0) {
            if (world.random.nextInt(3) == 0) {
                origins.add(new Origin(SimPhone.LETTER + "s"));
            } else {
                origins.add(new Origin(SimPhone.INBOX + "es1"));
                origins.add(new Origin(SimPhone.INBOX + "es2"));
            }
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

    /** By which channels somebody can be told. */
    List<String> channels() {
        return Stream.of(SimPhone.PHONE, SimPhone.channelOf(origins.getLast().name))
                .distinct()
                .toList();
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

    /** Until its origin lets it in, a message waits here; it leaves only if it still may then. */
    void lineUp(SimNode node, Order.Send order, SimPhone phone) {
        int life = node.life();
        long since = world.now();
        long wait = wait(phone.origin());
        if (wait == 0) {
            leave(node, life, order, phone, since);
        } else {
            node.later(life, wait, () -> leave(node, life, order, phone, since));
        }
    }

    private long wait(String origin) {
        if (!faults || world.calm()) {
            return 0;
        }
        if (manner(origin) == Manner.LONG_LINE) {
            world.coverage.saw("long line");
            return 1 + world.random.nextLong(3_000);
        }
        return world.random.nextInt(10) == 0 ? 1 + world.random.nextLong(600) : 0;
    }

    private void leave(SimNode node, int life, Order.Send order, SimPhone phone, long since) {
        if (order.page().dispatch().isOver(node.clock()) && world.random.nextInt(4) > 0) {
            // Channels look at the end as well.
            world.coverage.saw("over in the line");
            stays(node, life, order.page(), phone, new Outcome.Expired());
            return;
        }
        if (!order.permit().holds(node.clock())) {
            world.coverage.saw("called back in the line");
            stays(node, life, order.page(), phone, new Outcome.Recalled());
            return;
        }
        world.history.left(node, order.page(), phone);
        if (phone.channel().equals(SimPhone.INBOX)) {
            Integer left = unfinished.remove(new Begun(node, life, order.page().ref(), phone.key()));
            goOn(node, life, order, phone, since, left == null ? 1 + world.random.nextInt(4) : left);
        } else {
            carry(node, life, order.page(), phone, since);
        }
    }

    /** It does not leave, or not the rest of it. */
    private void stays(SimNode node, int life, Page page, SimPhone phone, Outcome outcome) {
        boolean begun = unfinished.containsKey(new Begun(node, life, page.ref(), phone.key()));
        answer(node, life, page, phone, begun ? new Outcome.Unfinished() : outcome, 1);
    }

    /** Tells an inbox so many messages, one after the other, for as long as it takes them and they may leave. */
    private void goOn(SimNode node, int life, Order.Send order, SimPhone phone, long since, int messages) {
        Manner manner = manner(phone.origin());
        boolean takes = manner == Manner.PROMPT || manner == Manner.LONG_LINE || manner == Manner.SLOW;
        if (messages == 1 || !takes) {
            carry(node, life, order.page(), phone, since);
            return;
        }
        long millis = manner == Manner.SLOW ? 100 + world.random.nextLong(450) : 2 + world.random.nextLong(60);
        node.later(life, millis, () -> {
            node.hear(life, new Event.Heard(order.page(), phone));
            boolean inTime = world.now() < since + LONGEST && world.random.nextInt(12) > 0;
            if (inTime && order.permit().holds(node.clock())) {
                world.history.goesOn(node, order.page(), phone);
                goOn(node, life, order, phone, since, messages - 1);
            } else {
                unfinished.put(new Begun(node, life, order.page().ref(), phone.key()), messages - 1);
                answer(node, life, order.page(), phone, new Outcome.Unfinished(), 1);
            }
        });
    }

    private void carry(SimNode node, int life, Page page, SimPhone phone, long since) {
        if (phone.key() % 23 == 7) {
            world.coverage.saw("gone");
            answer(node, life, page, phone, new Outcome.Gone(), mostlySoon(since));
            return;
        }
        if (phone.key() % 29 == 11) {
            world.coverage.saw("rejected");
            answer(node, life, page, phone, new Outcome.Rejected(REFUSED), mostlySoon(since));
            return;
        }
        if (phone.key() % 31 == 17) {
            world.coverage.saw("nobody is signed in");
            answer(node, life, page, phone, new Outcome.NeedsSignIn(), mostlySoon(since));
            return;
        }
        if (faults && phone.key() % 19 == 3 && !world.calm()) {
            world.coverage.saw("one phone put off alone");
            answer(node, life, page, phone, new Outcome.TooMany(Duration.ofSeconds(30)), 5);
            return;
        }
        switch (manner(phone.origin())) {
            case PROMPT, LONG_LINE -> accept(node, life, page, phone, since, 2 + world.random.nextLong(60));
            case SLOW -> {
                world.coverage.saw("slow origin");
                accept(node, life, page, phone, since, 100 + world.random.nextLong(3_500));
            }
            case SILENT -> {
                world.coverage.saw("silent origin");
                unanswered(node, life, page, phone, since);
            }
            case TAKES_AND_IS_SILENT -> {
                world.coverage.saw("origin that takes and is silent");
                world.history.accepted(page.ref(), phone);
                unanswered(node, life, page, phone, since);
            }
            case THROTTLING -> {
                if (world.random.nextInt(6) == 0) {
                    accept(node, life, page, phone, since, 5);
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

    private void accept(SimNode node, int life, Page page, SimPhone phone, long since, long millis) {
        world.history.accepted(page.ref(), phone);
        if (millis < patience(since)) {
            answer(node, life, page, phone, new Outcome.Accepted(), millis);
        } else {
            unanswered(node, life, page, phone, since);
        }
    }

    private long mostlySoon(long since) {
        return !faults || world.random.nextInt(4) > 0
                ? 5
                : Math.min(patience(since), 100 + world.random.nextLong(3_500));
    }

    /** For how long a channel still waits for an answer. */
    private long patience(long since) {
        return Math.max(1, since + World.POLICY.pacing().answer().toMillis() - 100 - world.now());
    }

    /** The channel's own deadline ends it: what may be repeated is, what may not is unknown. */
    private void unanswered(SimNode node, int life, Page page, SimPhone phone, long since) {
        Outcome outcome = world.towns.repeatable(phone.channel())
                ? new Outcome.RetryAt(null, "timeout", true)
                : new Outcome.Unknown("unanswered");
        answer(node, life, page, phone, outcome, patience(since));
    }

    private void answer(SimNode node, int life, Page page, SimPhone phone, Outcome outcome, long millis) {
        world.after(millis, () -> node.hear(life, new Event.Answered(page, phone, outcome)));
    }
}
