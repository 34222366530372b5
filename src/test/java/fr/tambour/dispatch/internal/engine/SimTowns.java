package fr.tambour.dispatch.internal.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The recipients of the simulation, and whom each dispatch is for by its own audience. */
public final class SimTowns {

    private final Map<Long, TreeMap<Long, SimPhone>> phones = new HashMap<>();
    private final boolean repeatable;
    private final List<Missed> missed = new ArrayList<>();

    public static final int EVERYBODY = 4;
    public static final int NOBODY = 5;

    private static final int PART = 10;
    static final int AWAKE = PART;
    static final int ASLEEP = 2 * PART;

    /** Everybody who ever left. */
    final Set<SimPhone> left = new HashSet<>();

    /** Who is told nothing more of what reached them not yet. */
    private final Set<SimPhone> unticked = new HashSet<>();

    final Set<SimPhone> ever = new HashSet<>();

    /** Who has still to give back a token, for the first time: nobody knows them yet. */
    private final Set<SimPhone> pending = new LinkedHashSet<>();

    /** Who has to give it back again. */
    private final Set<SimPhone> away = new HashSet<>();

    public SimTowns(boolean repeatable) {
        this.repeatable = repeatable;
    }

    public boolean repeatable(String channel) {
        return repeatable || channel.equals(SimPhone.INBOX);
    }

    public static boolean notesWhoMissed(String channel) {
        return channel.equals(SimPhone.INBOX);
    }

    /** One who was noted: what a dispatch was to tell them may not have arrived, and is not sent any more. */
    record Missed(long town, long key) {}

    public void missed(long town, Collection<Long> keys) {
        keys.forEach(key -> missed.add(new Missed(town, key)));
    }

    /** Who was noted since this was asked last, committed or not. */
    List<Missed> noted() {
        List<Missed> noted = List.copyOf(missed);
        missed.clear();
        return noted;
    }

    public void add(SimPhone phone) {
        phones.computeIfAbsent(phone.town(), t -> new TreeMap<>()).put(phone.key(), phone);
        ever.add(phone);
    }

    /** @return what brings it back */
    public Optional<Runnable> leave(SimPhone phone) {
        TreeMap<Long, SimPhone> of = phones.getOrDefault(phone.town(), new TreeMap<>());
        if (of.remove(phone.key()) == null) {
            return Optional.empty();
        }
        left.add(phone);
        return Optional.of(() -> {
            of.put(phone.key(), phone);
            left.remove(phone);
        });
    }

    void addPending(SimPhone phone) {
        add(phone);
        pending.add(phone);
    }

    /** In the order in which they came. */
    List<SimPhone> pending() {
        return List.copyOf(pending);
    }

    void tick(SimPhone phone) {
        pending.remove(phone);
    }

    void move(SimPhone phone, boolean isAway) {
        if (isAway) {
            away.add(phone);
        } else {
            away.remove(phone);
        }
    }

    /** Whether somebody can be told just now. */
    public boolean isHere(SimPhone phone) {
        return !pending.contains(phone) && !away.contains(phone);
    }

    public Set<Long> away(long town, Collection<Long> keys) {
        return away.stream()
                .filter(phone -> phone.town() == town && keys.contains(phone.key()))
                .map(SimPhone::key)
                .collect(Collectors.toSet());
    }

    void untick(SimPhone phone) {
        unticked.add(phone);
    }

    /** Whether an audience is for somebody as they chose by now. */
    private boolean isMeant(int audience, long town, long key) {
        return isTold(audience, key)
                && unticked.stream().noneMatch(phone -> phone.town() == town && phone.key() == key);
    }

    /** By one channel. */
    public Stream<SimPhone> there(long town, String channel, long after, long upTo) {
        TreeMap<Long, SimPhone> of = phones.getOrDefault(town, new TreeMap<>());
        return after >= upTo
                ? Stream.empty()
                : of.subMap(after, false, upTo, true).values().stream()
                        .filter(phone -> phone.channel().equals(channel));
    }

    Collection<SimPhone> there(long town) {
        return phones.getOrDefault(town, new TreeMap<>()).values();
    }

    long highest(long town, String channel) {
        return there(town, channel, 0, Long.MAX_VALUE)
                .mapToLong(SimPhone::key)
                .max()
                .orElse(0);
    }

    /** Keys above {@code from} and up to {@code to}, whom a dispatch for this audience may have reached. */
    public record Reached(int audience, long from, long to) {}

    /** Whether something is for somebody as they chose by now: by its audience, or since earlier ones may have reached them. */
    public boolean isFor(long town, int audience, Supplier<List<Reached>> earlier, long key) {
        return isMeant(audience, town, key) || sharesOut(audience, key) && mayBeReached(earlier, key);
    }

    /** Whether it is, or was before they unticked anything. */
    public static boolean wasFor(int audience, Supplier<List<Reached>> earlier, long key) {
        return isTold(audience, key) || sharesOut(audience, key) && mayBeReached(earlier, key);
    }

    /** By what they chose then. */
    private static boolean mayBeReached(Supplier<List<Reached>> earlier, long key) {
        return earlier.get().stream()
                .anyMatch(reached -> isTold(reached.audience(), key) && reached.from() < key && key <= reached.to());
    }

    /**
     * Whether somebody is told by an audience, as they chose at first: 0 to 3 leaves out whoever's key is this modulo 4, {@link #EVERYBODY} nobody,
     * {@link #NOBODY} everybody.
     */
    private static boolean isTold(int audience, long key) {
        int whom = audience % PART;
        return whom != NOBODY && key % 4 != whom && sharesOut(audience, key);
    }

    /** Whether somebody is this part's, of what quiet hours split: of an audience and {@link #AWAKE}, or {@link #ASLEEP}. */
    private static boolean sharesOut(int audience, long key) {
        return switch (audience / PART * PART) {
            case AWAKE -> key % 3 != 0;
            case ASLEEP -> key % 3 == 0;
            default -> true;
        };
    }
}
