package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.Retrying;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One simulated run: towns publish, correct, withdraw; nodes carry; clocks jump, origins fail, nodes die between any two
 * steps. Everything follows from the seed. After a while the faults end and all must come to rest.
 */
public final class World {

    public static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    private static final Retrying LETTERS = new Retrying(
            3, Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(5), Duration.ofSeconds(20));

    static final Policy POLICY = new Policy(
            new Policy.Sizes(6, 20, 9),
            new Policy.Pages(4, 1, 3, Duration.ofMillis(100), Duration.ofMillis(500)),
            Duration.ofSeconds(12),
            new Policy.Looks(Duration.ofMillis(250), 2),
            new Policy.Pacing(2, Duration.ofMillis(250), Duration.ofSeconds(4)),
            new Policy.Outages(Duration.ofSeconds(3), Duration.ofSeconds(2), 100),
            new Retrying(5, Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofSeconds(25)),
            channel -> channel.equals(SimPhone.LETTER) ? Optional.of(LETTERS) : Optional.empty());

    private static final int LOOK = 40;
    private static final long TROUBLES_END = 40_000;

    /** Clocks are right and origins answer: whoever waits waits for seconds. */
    private static final long REST = 5 * 60_000;

    /** One origin stays silent: whoever is there is tried until they are given up. */
    private static final long REST_BUT_ONE = 3_600_000;

    final SplittableRandom random;
    final SimTowns towns;
    final SimBooks books;
    final History history;
    final Misses misses = new Misses(this);
    final Courtesy courtesy = new Courtesy(this);
    final Coverage coverage = new Coverage();
    final SimNetwork network;
    private final Clerk clerk = new Clerk(POLICY);
    private final List<SimNode> nodes = new ArrayList<>();
    private final boolean faults;
    private final boolean jumps;
    private final long firstTown;
    private final int townCount;
    private final PriorityQueue<Step> steps = new PriorityQueue<>();
    private final Map<Long, Long> nextKey = new HashMap<>();
    private long ids;
    private long sequence;
    private long now;
    private long booksOff;
    private long jumpedAt = -1;
    private Instant latest = START;
    private long waited;
    private long done;

    /** @param at milliseconds since the start, by no node's clock */
    private record Step(long at, long number, Runnable what) implements Comparable<Step> {

        @Override
        public int compareTo(Step other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    World(long seed) {
        this(seed, 1, MemoryBooks::new);
    }

    /**
     * @param firstTown the number of the first of at most three towns
     * @param kept makes the books, of these towns and by this clock
     */
    public World(long seed, long firstTown, BiFunction<SimTowns, Supplier<Instant>, SimBooks> kept) {
        random = new SplittableRandom(seed);
        faults = random.nextInt(10) > 0;
        jumps = faults && random.nextInt(3) == 0;
        towns = new SimTowns(random.nextInt(5) > 0);
        books = kept.apply(towns, this::booksClock);
        network = new SimNetwork(this, faults);
        history = new History(this);
        townCount = 1 + random.nextInt(3);
        this.firstTown = firstTown;
        for (long town = firstTown; town < firstTown + townCount; town++) {
            int people = random.nextInt(4) == 0 ? random.nextInt(8) : random.nextInt(70);
            for (int i = 0; i < people; i++) {
                subscribe(town);
            }
        }
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            nodes.add(new SimNode(this, "node" + i));
        }
    }

    /** Of one node alone the books have its clock; of several, one of their own. */
    Instant booksClock() {
        Instant clock =
                nodes.size() == 1 ? nodes.getFirst().clock() : shown(instant().plusMillis(booksOff));
        return clock.minusMillis(waited);
    }

    /** By some clock it is so late. */
    Instant shown(Instant clock) {
        latest = clock.isAfter(latest) ? clock : latest;
        return clock;
    }

    /** The latest time that any clock ever showed. */
    Instant latest() {
        return latest;
    }

    /** Some clock was set. */
    void jumped() {
        history.jumped();
        jumpedAt = now;
    }

    /** Whether all clocks have gone evenly since. */
    boolean isEven(long since) {
        return jumpedAt < since;
    }

    /** A transaction may have looked at the clock and waited for another since. */
    void waits(long millis) {
        waited = millis;
    }

    boolean faults() {
        return faults;
    }

    long now() {
        return now;
    }

    Instant instant() {
        return START.plusMillis(now);
    }

    boolean calm() {
        return now >= TROUBLES_END;
    }

    Clerk clerk() {
        return clerk;
    }

    void after(long millis, Runnable what) {
        steps.add(new Step(now + millis, sequence++, what));
    }

    /** Runs to the end, checking as it goes; throws an {@link AssertionError} that says what is wrong. */
    public void run() {
        int publications = 1 + random.nextInt(5);
        for (int i = 0; i < publications; i++) {
            after(random.nextLong(TROUBLES_END / 2), this::publish);
        }
        for (int i = random.nextInt(8); i > 0; i--) {
            after(random.nextLong(TROUBLES_END), this::comeAndGo);
        }
        nodes.forEach(SimNode::start);
        if (faults) {
            after(random.nextLong(5_000), this::trouble);
        }
        network.start();
        while (!steps.isEmpty()) {
            Step step = steps.remove();
            now = step.at();
            step.what().run();
            done++;
            // To look costs a real database more than to go on.
            if (calm() && done % LOOK == 0 && atRest()) {
                history.check();
                return;
            }
            if (now > TROUBLES_END + (network.isOneDead() ? REST_BUT_ONE : REST)) {
                throw new AssertionError("Not everybody is accounted for, long after the troubles ended: "
                        + books.all().stream()
                                .filter(d -> d.settledAt() == null)
                                .toList());
            }
        }
        throw new AssertionError("Nothing happens any more");
    }

    private boolean atRest() {
        return books.all().stream().allMatch(d -> d.settledAt() != null);
    }

    // --- What people do ---

    private void subscribe(long town) {
        long key = nextKey.merge(town, 1L + random.nextInt(3), Long::sum);
        SimPhone phone = new SimPhone(town, key, network.anyOrigin());
        if (random.nextInt(6) == 0) {
            towns.addPending(phone);
            history.unsteady(phone);
        } else {
            towns.add(phone);
        }
    }

    private void comeAndGo() {
        long town = firstTown + random.nextInt(townCount);
        switch (random.nextInt(4)) {
            case 0 -> {
                subscribe(town);
                coverage.saw("somebody subscribes amid it");
            }
            case 1 ->
                some(town).findFirst().ifPresent(phone -> {
                    towns.leave(phone);
                    coverage.saw("somebody leaves amid it");
                });
            case 2 -> some(town).findFirst().ifPresent(this::move);
            default ->
                some(town).limit(1 + random.nextInt(10)).forEach(phone -> {
                    towns.untick(phone);
                    history.unticked(phone);
                    coverage.saw("somebody unticks amid it");
                });
        }
    }

    /** Its service gave it another address: until it has confirmed that, nothing reaches it. */
    private void move(SimPhone phone) {
        if (!towns.isHere(phone)) {
            return;
        }
        towns.move(phone, true);
        history.unsteady(phone);
        coverage.saw("somebody moves amid it");
        after(200 + random.nextLong(20_000), () -> {
            towns.move(phone, false);
            history.steady(phone);
        });
    }

    /** Somebody gives back their token: preferably among those whom a page under way passed over. */
    private void tick() {
        List<SimPhone> pending = towns.pending();
        if (pending.isEmpty()) {
            return;
        }
        List<Slice> underWay = books.all().stream()
                .filter(dispatch -> dispatch.settledAt() == null && dispatch.frontier() > 0)
                .flatMap(dispatch -> books.allSlices(dispatch.ref()).stream())
                .filter(Slice::underWay)
                .toList();
        Optional<SimPhone> amid = pending.stream()
                .filter(phone -> underWay.stream()
                        .anyMatch(slice -> slice.ref().town() == phone.town()
                                && slice.cursor() < phone.key()
                                && phone.key() <= slice.begun()))
                .findFirst();
        coverage.saw(amid.isPresent() ? "somebody ticks amid a page" : "somebody ticks between pages");
        SimPhone phone = amid.orElseGet(() -> pending.get(random.nextInt(pending.size())));
        towns.tick(phone);
        history.steady(phone);
    }

    private Stream<SimPhone> some(long town) {
        return List.copyOf(towns.there(town)).stream().skip(random.nextInt(20));
    }

    private void publish() {
        long town = firstTown + random.nextInt(townCount);
        long notice = ++ids;
        boolean emergency = random.nextInt(3) == 0;
        boolean brief = random.nextInt(3) == 0;
        Instant until = instant().plusMillis(brief ? 300 + random.nextLong(10_000) : 3_600_000);
        boolean exercise = emergency && random.nextInt(4) == 0;
        List<String> channels = channels();
        Notice published = new Notice(town, notice, emergency, exercise, channels, until);
        long later = random.nextInt(5) == 0 ? random.nextLong(10_000) : 0;
        int audience = random.nextInt(6) == 0 ? random.nextInt(4) : SimTowns.EVERYBODY;
        tell(published, instant().plusMillis(later), audience);
        coverage.saw(exercise ? "exercise" : "published");
        for (int i = random.nextInt(3); i > 0; i--) {
            after(20 + random.nextLong(TROUBLES_END / 3), () -> replace(published));
        }
        if (random.nextInt(8) == 0) {
            after(random.nextLong(5_000), () -> hold(town, notice, true));
            after(5_000 + random.nextLong(10_000), () -> hold(town, notice, false));
        }
    }

    private List<String> channels() {
        List<String> all = network.channels();
        if (all.size() == 1 || random.nextInt(4) == 0) {
            return List.of(SimPhone.PHONE);
        }
        if (random.nextInt(4) == 0) {
            return List.of(all.getLast());
        }
        coverage.saw("two channels");
        return all;
    }

    /** What all that is told of a notice has in common. */
    private record Notice(
            long town, long id, boolean emergency, boolean exercise, List<String> channels, Instant until) {}

    /** Quiet hours split off who is asleep. */
    private void tell(Notice notice, Instant notBefore, int audience) {
        boolean split = !notice.emergency() && random.nextInt(3) == 0;
        long asleep = random.nextLong(10_000);
        for (String channel : notice.channels()) {
            open(notice, channel, notBefore, notice.until(), split ? audience + SimTowns.AWAKE : audience);
            if (split) {
                coverage.saw("quiet hours");
                open(notice, channel, notBefore.plusMillis(asleep), notice.until(), audience + SimTowns.ASLEEP);
            }
        }
    }

    private void open(Notice notice, String channel, Instant notBefore, Instant until, int audience) {
        OpenDispatch dispatch = new OpenDispatch(
                new Ref(notice.town(), ++ids),
                notice.id(),
                channel,
                notice.emergency(),
                notice.exercise(),
                State.OPEN,
                towns.highest(notice.town(), channel),
                0,
                instant(),
                notBefore,
                until,
                false,
                null);
        books.open(dispatch, audience);
        history.opened(dispatch);
        nodes.get(random.nextInt(nodes.size())).published();
    }

    private void replace(Notice notice) {
        List<OpenDispatch> older = books.ofNotice(notice.town(), notice.id());
        boolean withdrawal = random.nextBoolean();
        boolean inFlight =
                older.stream().anyMatch(d -> books.allSlices(d.ref()).stream().anyMatch(Slice::underWay));
        coverage.saw((withdrawal ? "withdrawn" : "corrected")
                + (inFlight ? " while a page is under way" : " between pages"));
        if (!withdrawal && !instant().isBefore(notice.until())) {
            return;
        }
        books.stop(notice.town(), notice.id());
        older.forEach(d -> history.stopped(d.ref()));
        if (withdrawal) {
            Instant until = instant().plus(Duration.ofDays(3));
            notice.channels().forEach(channel -> open(notice, channel, instant(), until, SimTowns.NOBODY));
        } else {
            tell(notice, instant(), SimTowns.EVERYBODY);
        }
    }

    private void hold(long town, long notice, boolean held) {
        books.hold(town, notice, held);
        books.ofNotice(town, notice).forEach(dispatch -> history.held(dispatch.ref(), held));
        coverage.saw(held ? "held" : "released");
    }

    // --- What goes wrong ---

    private void trouble() {
        if (calm()) {
            return;
        }
        SimNode node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(jumps ? 6 : 3)) {
            case 0 -> node.crash("crash between two steps");
            case 1 -> {
                long millis = random.nextInt(3) == 0 ? 20_000 : 200 + random.nextLong(4_000);
                if (random.nextInt(3) > 0) {
                    node.stall(millis);
                } else {
                    node.turnDeaf(millis);
                }
            }
            case 2 -> network.change();
            case 3 -> node.jump(random.nextLong(3_600_000));
            case 4 -> node.jump(-random.nextLong(3_600_000));
            default -> {
                coverage.saw("the books' clock jumps");
                jumped();
                booksOff += random.nextLong(-3_600_000, 3_600_000);
            }
        }
        after(random.nextLong(8_000), this::tick);
        after(200 + random.nextLong(6_000), this::trouble);
        if (now + 6_200 >= TROUBLES_END) {
            after(TROUBLES_END - now, this::setClocksRight);
        }
    }

    private void setClocksRight() {
        nodes.forEach(SimNode::setClockRight);
        if (booksOff != 0) {
            jumped();
            booksOff = 0;
        }
    }

    /** For how long a node has its hands full with what it sends. */
    long handsAreFull() {
        if (faults && !calm() && random.nextInt(80) == 0) {
            coverage.saw("hands full");
            return 1 + random.nextLong(4_000);
        }
        return random.nextLong(5);
    }

    /** A recipient is written to. */
    void send(SimNode node, Order.Send order, Recipient recipient) {
        courtesy.left(node, order.page().dispatch().isUrgent(), (SimPhone) recipient);
        network.lineUp(node, order, (SimPhone) recipient);
    }
}
