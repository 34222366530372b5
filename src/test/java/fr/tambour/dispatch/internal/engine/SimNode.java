package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.Dispatch.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A node of the simulation: one engine, its clock, and the one transaction it has under way. */
final class SimNode {

    private final World world;
    private final String name;
    private Engine engine;
    private int life;
    private boolean alive;
    private long clockOff;
    private long jumpedAt = -1;
    private long startedAt;
    private long stalledUntil;

    /** What waits in a line leaves meanwhile. */
    private long deafUntil;

    /** When it died, or began to stand still. */
    private final List<Long> troubles = new ArrayList<>();

    private List<Order.Entry> waiting = new ArrayList<>();
    private boolean writing;

    SimNode(World world, String name) {
        this.world = world;
        this.name = name;
        this.engine = fresh();
    }

    private Engine fresh() {
        return new Engine(World.POLICY, new Pace(World.POLICY, new SplittableRandom(world.random.nextLong())));
    }

    @Override
    public String toString() {
        return name;
    }

    int life() {
        return life;
    }

    Instant clock() {
        return world.shown(world.instant().plusMillis(clockOff));
    }

    /** Whether its clock has gone evenly since, as far as it remembers. */
    boolean isEven(long since) {
        return jumpedAt < since || jumpedAt < startedAt;
    }

    /** Whether it has gone evenly for as long as it remembers. */
    boolean isEven() {
        return jumpedAt < startedAt;
    }

    /** Whether it went on all the while. */
    boolean goesOn(long from, long to) {
        return troubles.stream().noneMatch(at -> from <= at && at <= to);
    }

    private void interrupted() {
        troubles.add(world.now());
        world.history.interrupted(this);
    }

    void start() {
        alive = true;
        startedAt = world.now();
        engine = fresh();
        waiting = new ArrayList<>();
        writing = false;
        beat(life);
    }

    private void beat(int of) {
        if (life != of) {
            return;
        }
        world.courtesy.goesOn(this);
        hear(of, new Event.Tick());
        world.after(world.calm() ? 250 : 40 + world.random.nextLong(100), () -> beat(of));
    }

    void published() {
        hear(life, new Event.Published());
    }

    /** While it stands still everything waits; what happens in another life of it is not heard. */
    void hear(int of, Event event) {
        if (!alive || life != of) {
            return;
        }
        long ready = Math.max(stalledUntil, deafUntil);
        if (world.now() < ready) {
            world.after(ready - world.now(), () -> hear(of, event));
            return;
        }
        if (event instanceof Event.Answered answered) {
            world.history.heard(this, answered);
            world.courtesy.heard(this, answered);
        }
        if (event instanceof Event.Heard heard) {
            world.courtesy.heard(this, heard);
        }
        if (event instanceof Event.HandedOver handed) {
            world.courtesy.handedOver(this, handed.order());
        }
        if (event instanceof Event.Took took && took.taken() instanceof Taken.Begun begun) {
            world.courtesy.began(begun.page());
        }
        for (Order order : engine.on(event, clock())) {
            if (life != of) {
                return;
            }
            if (order instanceof Order.Settle settle) {
                world.courtesy.landed(this, settle);
                world.history.landed(this, settle);
            } else if (order instanceof Order.SettleLate late) {
                world.history.cameLate(late);
            } else if (order instanceof Order.BringForward forward) {
                world.courtesy.answering(this, forward.origins());
            }
            switch (order) {
                case Order.Entry entry -> {
                    world.history.ordered(entry);
                    waiting.add(entry);
                }
                case Order.Report report -> throw new AssertionError("The engine stumbled", report.failure());
                case Order.Send send -> {
                    world.courtesy.ordered(send);
                    send.recipients().forEach(r -> world.send(this, send, r));
                    later(of, world.handsAreFull(), () -> hear(of, new Event.HandedOver(send)));
                }
            }
        }
        if (event instanceof Event.Seen seen) {
            Stream.of(seen.emergencies(), seen.ordinary())
                    .flatMap(part -> part.ready().stream())
                    .filter(dispatch -> dispatch.state() == State.STOPPED)
                    .forEach(dispatch -> world.history.sawStopped(this, dispatch.ref()));
        }
        write(of);
    }

    /** Does it as soon as it can, in the same life. */
    void later(int of, long millis, Runnable what) {
        world.after(millis, () -> {
            if (!alive || life != of) {
                return;
            }
            if (world.now() < stalledUntil) {
                later(of, stalledUntil - world.now(), what);
            } else {
                what.run();
            }
        });
    }

    private void write(int of) {
        if (writing || waiting.isEmpty()) {
            return;
        }
        writing = true;
        later(of, 1 + world.random.nextLong(15), () -> transact(of));
    }

    private void transact(int of) {
        List<Order.Entry> orders = Order.Entry.inOrder(waiting);
        waiting = new ArrayList<>();
        writing = false;
        Fault fault = fault(orders);
        List<Event> events = new ArrayList<>();
        if (world.faults() && world.random.nextInt(6) == 0) {
            world.coverage.saw("transaction that waited for another");
            world.waits(world.random.nextLong(200));
        }
        try {
            world.books.write(ledger -> {
                for (Order.Entry order : orders) {
                    Settling settling = Settling.of(ledger, order);
                    LeftBehind left = world.misses.leftBehind(ledger, order);
                    Event event = world.clerk().enter(ledger, order);
                    List<SimTowns.Missed> noted = world.towns.noted();
                    if (order instanceof Order.BringForward forward) {
                        world.courtesy.due(ledger, forward);
                    }
                    if (settling != null) {
                        settling.check(ledger, world.towns);
                        if (order instanceof Order.Settle && settling.isOurs()) {
                            world.history.counted(settling.page(), fault.commits);
                        }
                        world.misses.settled(settling, noted, fault.commits);
                    } else if (left != null) {
                        world.misses.reachedFor(ledger, left, (Event.Took) event, noted, fault.commits);
                    } else {
                        world.misses.nothing(order, noted);
                    }
                    events.add(world.history.entered(this, order, event, fault.commits));
                }
                if (!fault.commits) {
                    throw new IllegalStateException(fault.name());
                }
                return events;
            });
            world.history.committed();
        } catch (IllegalStateException e) {
            world.history.rolledBack();
        }
        world.waits(0);
        switch (fault) {
            case NONE -> {
                // A node may die, or stand still, between a commit and its hearing of it.
                world.after(heardAfter(), () -> events.forEach(event -> hear(of, event)));
            }
            case REFUSED, COMMITTED_UNHEARD -> {
                world.coverage.saw(fault.words);
                world.history.interrupted(this);
                // Others may be written meanwhile.
                long after = 50 + world.random.nextLong(world.random.nextInt(3) == 0 ? 1_500 : 250);
                orders.forEach(order -> world.after(after, () -> hear(of, new Event.Failed(order))));
            }
            case CRASH_BEFORE_COMMIT, CRASH_AFTER_COMMIT -> crash(fault.words);
        }
        write(of);
    }

    private long heardAfter() {
        if (world.faults() && !world.calm() && world.random.nextInt(300) == 0) {
            world.coverage.saw("commit that is heard of after its lease");
            world.history.interrupted(this);
            return World.POLICY.lease().toMillis() + 500 + world.random.nextLong(4_000);
        }
        return world.random.nextInt(4) == 0 ? world.random.nextLong(300) : 0;
    }

    private Fault fault(List<Order.Entry> orders) {
        if (!world.faults() || world.calm()) {
            return Fault.NONE;
        }
        // In earnest an answer that comes while its page has to be written once more is rare.
        if (orders.stream().anyMatch(SimNode::leavesSomebodyUnanswered) && world.random.nextInt(5) == 0) {
            return Fault.REFUSED;
        }
        if (world.random.nextInt(25) > 0) {
            return Fault.NONE;
        }
        return Fault.values()[1 + world.random.nextInt(Fault.values().length - 1)];
    }

    private static boolean leavesSomebodyUnanswered(Order.Entry order) {
        return order instanceof Order.Settle settle
                && settle.result().again().stream()
                        .anyMatch(again -> again.reason().equals("unanswered"));
    }

    private enum Fault {
        NONE(true, ""),
        REFUSED(false, "transaction refused"),
        COMMITTED_UNHEARD(true, "commit whose answer is lost"),
        CRASH_BEFORE_COMMIT(false, "crash before the commit"),
        CRASH_AFTER_COMMIT(true, "crash after the commit");

        private final boolean commits;
        private final String words;

        Fault(boolean commits, String words) {
            this.commits = commits;
            this.words = words;
        }
    }

    void crash(String how) {
        if (!alive) {
            return;
        }
        world.coverage.saw(how);
        interrupted();
        alive = false;
        life++;
        waiting = new ArrayList<>();
        writing = false;
        world.after(world.random.nextInt(3) == 0 ? 15_000 : 100 + world.random.nextLong(3_000), this::start);
    }

    void stall(long millis) {
        world.coverage.saw(millis > World.POLICY.lease().toMillis() ? "stalled beyond its lease" : "stalled");
        interrupted();
        stalledUntil = world.now() + millis;
        // What was to leave meanwhile may leave before it has come to itself.
        deafUntil = stalledUntil + world.random.nextLong(50);
    }

    /** The thread that decides stands still; all others go on. */
    void turnDeaf(long millis) {
        world.coverage.saw("deaf for a while");
        interrupted();
        deafUntil = world.now() + millis;
    }

    void jump(long millis) {
        world.coverage.saw(millis > 0 ? "clock jumps ahead" : "clock jumps back");
        world.jumped();
        jumpedAt = world.now();
        clockOff += millis;
    }

    void setClockRight() {
        if (clockOff != 0) {
            world.jumped();
            jumpedAt = world.now();
            clockOff = 0;
        }
    }
}
