package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.FannedOutChannel.Recipient;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Books in memory that keep transactions: what an exception leaves is undone. */
final class MemoryBooks implements SimBooks, Ledger {

    private static final Comparator<OpenDispatch> IN_ORDER = Comparator.comparing(OpenDispatch::exercise)
            .thenComparing(OpenDispatch::openedAt)
            .thenComparing(OpenDispatch::ref);

    private final Map<Ref, OpenDispatch> dispatches =
            new TreeMap<>(Comparator.comparingLong(Ref::town).thenComparingLong(Ref::dispatch));
    private final Map<Ref, TreeMap<Long, Slice>> slices = new HashMap<>();
    private final Map<Ref, TreeMap<Long, Retry>> retries = new HashMap<>();
    private final Map<Ref, Integer> audiences = new HashMap<>();
    private final SimTowns towns;
    private final Supplier<Instant> clock;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    MemoryBooks(SimTowns towns, Supplier<Instant> clock) {
        this.towns = towns;
        this.clock = clock;
    }

    @Override
    public <T> T write(Function<Ledger, T> work) {
        undo.clear();
        try {
            return work.apply(this);
        } catch (RuntimeException e) {
            undo.forEach(Runnable::run);
            throw e;
        }
    }

    private <K, V> void set(Map<K, V> map, K key, V value) {
        V before = map.put(key, value);
        undo.push(before == null ? () -> map.remove(key) : () -> map.put(key, before));
    }

    private <K, V> void unset(Map<K, V> map, K key) {
        V before = map.remove(key);
        if (before != null) {
            undo.push(() -> map.put(key, before));
        }
    }

    private TreeMap<Long, Slice> slicesOf(Ref ref) {
        return slices.computeIfAbsent(ref, r -> new TreeMap<>());
    }

    private TreeMap<Long, Retry> retriesOf(Ref ref) {
        return retries.computeIfAbsent(ref, r -> new TreeMap<>());
    }

    @Override
    public Collection<OpenDispatch> all() {
        return dispatches.values();
    }

    @Override
    public Collection<Slice> allSlices(Ref ref) {
        return slicesOf(ref).values();
    }

    @Override
    public Instant now() {
        return clock.get();
    }

    @Override
    public List<OpenDispatch> unsettled(boolean emergency, @Nullable OpenDispatch after, int limit) {
        return dispatches.values().stream()
                .filter(d -> d.settledAt() == null && d.emergency() == emergency)
                .sorted(IN_ORDER)
                .filter(d -> after == null || IN_ORDER.compare(d, after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<OpenDispatch> dispatch(Ref ref) {
        return Optional.ofNullable(dispatches.get(ref));
    }

    @Override
    public void put(OpenDispatch dispatch) {
        set(dispatches, dispatch.ref(), dispatch);
    }

    @Override
    public List<Slice> unfinished(Ref ref) {
        return slicesOf(ref).values().stream().filter(s -> !s.done()).toList();
    }

    @Override
    public Optional<Slice> slice(Ref ref, long number) {
        return Optional.ofNullable(slicesOf(ref).get(number));
    }

    @Override
    public void put(Slice slice) {
        set(slicesOf(slice.ref()), slice.number(), slice);
    }

    @Override
    public List<Retry> dueRetries(Ref ref, int limit) {
        return retries(ref, now(), limit);
    }

    @Override
    public List<Retry> retries(Ref ref, int limit) {
        return retries(ref, Instant.MAX, limit);
    }

    private List<Retry> retries(Ref ref, Instant dueBy, int limit) {
        List<Retry> first = new ArrayList<>();
        long recipients = 0;
        for (Retry retry : sorted(ref)) {
            recipients += retry.size();
            if (retry.dueAt().isAfter(dueBy) || recipients > limit && !first.isEmpty()) {
                break;
            }
            first.add(retry);
        }
        return first;
    }

    private List<Retry> sorted(Ref ref) {
        return retriesOf(ref).values().stream()
                .sorted(Comparator.comparing(Retry::dueAt).thenComparing(Retry::key))
                .toList();
    }

    @Override
    public Optional<Retry> retry(Ref ref, long key) {
        return Optional.ofNullable(retriesOf(ref).get(key));
    }

    @Override
    public Optional<Instant> nextRetry(Ref ref) {
        return retriesOf(ref).values().stream().map(Retry::dueAt).min(Comparator.naturalOrder());
    }

    @Override
    public void put(List<Retry> retries) {
        retries.forEach(retry -> set(retriesOf(retry.ref()), retry.key(), retry));
    }

    @Override
    public void makeDue(Ref ref, Instant later) {
        put(sorted(ref).stream()
                .filter(retry -> retry.dueAt().isAfter(later))
                .map(retry -> retry.due(now()))
                .toList());
    }

    @Override
    public Set<Ref> bringForward(Set<String> origins) {
        List<Retry> waiting = retries.values().stream()
                .flatMap(all -> all.values().stream())
                .filter(retry -> origins.contains(retry.origin())
                        && !retry.underWay()
                        && retry.dueAt().isAfter(now()))
                .map(retry -> retry.due(now()))
                .toList();
        put(waiting);
        return waiting.stream().map(Retry::ref).collect(Collectors.toSet());
    }

    @Override
    public void remove(Ref ref, List<Long> keys) {
        keys.forEach(key -> unset(retriesOf(ref), key));
    }

    @Override
    public boolean olderUnderWay(OpenDispatch dispatch) {
        boolean noted = SimTowns.notesWhoMissed(dispatch.channel());
        return older(dispatch)
                .anyMatch(o -> slicesOf(o.ref()).values().stream()
                                .anyMatch(s -> s.underWay() && (noted || now().isBefore(s.leasedUntil())))
                        || noted && !retriesOf(o.ref()).isEmpty());
    }

    private Stream<OpenDispatch> older(OpenDispatch dispatch) {
        return dispatches.values().stream()
                .filter(o -> o.ref().town() == dispatch.ref().town()
                        && o.notice() == dispatch.notice()
                        && o.channel().equals(dispatch.channel())
                        && o.ref().dispatch() < dispatch.ref().dispatch());
    }

    @Override
    public SimTowns towns() {
        return towns;
    }

    @Override
    public int audience(Ref ref) {
        return audiences.getOrDefault(ref, SimTowns.EVERYBODY);
    }

    @Override
    public long boundary(OpenDispatch dispatch, long after, long upTo, int count) {
        return towns.there(dispatch.ref().town(), dispatch.channel(), after, upTo)
                .skip(count - 1L)
                .findFirst()
                .map(SimPhone::key)
                .orElse(upTo);
    }

    @Override
    public List<Recipient> recipients(OpenDispatch dispatch, long after, long upTo, int size) {
        return towns.there(dispatch.ref().town(), dispatch.channel(), after, upTo)
                .filter(p -> towns.isHere(p) && isFor(dispatch, p.key()))
                .limit(size)
                .map(p -> (Recipient) p)
                .toList();
    }

    @Override
    public long count(OpenDispatch dispatch, long after, long upTo) {
        return recipients(dispatch, after, upTo, Integer.MAX_VALUE).size();
    }

    @Override
    public List<Recipient> recipients(OpenDispatch dispatch, List<Long> keys) {
        Set<Long> wanted = new HashSet<>(keys);
        return there(dispatch)
                .filter(p -> wanted.contains(p.key()) && towns.isHere(p) && isFor(dispatch, p.key()))
                .map(p -> (Recipient) p)
                .toList();
    }

    @Override
    public Set<Long> known(OpenDispatch dispatch, List<Long> keys) {
        return there(dispatch).map(SimPhone::key).filter(keys::contains).collect(Collectors.toSet());
    }

    private Stream<SimPhone> there(OpenDispatch dispatch) {
        return towns.there(dispatch.ref().town(), dispatch.channel(), 0, Long.MAX_VALUE);
    }

    @Override
    public Set<Long> away(OpenDispatch dispatch, List<Long> keys) {
        return towns.away(dispatch.ref().town(), keys);
    }

    @Override
    public void forget(OpenDispatch dispatch, List<Recipient> gone) {
        for (Recipient recipient : gone) {
            towns.leave((SimPhone) recipient).ifPresent(undo::push);
        }
    }

    @Override
    public void missed(OpenDispatch dispatch, List<Long> keys) {
        if (SimTowns.notesWhoMissed(dispatch.channel())) {
            towns.missed(dispatch.ref().town(), keys);
        }
    }

    @Override
    public void missed(OpenDispatch dispatch, long after, long upTo) {
        missed(
                dispatch,
                recipients(dispatch, after, upTo, Integer.MAX_VALUE).stream()
                        .map(Recipient::key)
                        .toList());
    }

    @Override
    public boolean repeatable(OpenDispatch dispatch) {
        return towns.repeatable(dispatch.channel());
    }

    @Override
    public void open(OpenDispatch dispatch, int audience) {
        audiences.put(dispatch.ref(), audience);
        write(ledger -> {
            ledger.put(dispatch);
            return dispatch;
        });
    }

    @Override
    public void stop(long town, long notice) {
        change(town, notice, d -> d.state() == State.OPEN ? with(d, State.STOPPED, d.held()) : d);
    }

    @Override
    public void hold(long town, long notice, boolean held) {
        change(town, notice, d -> with(d, d.state(), held));
    }

    private void change(long town, long notice, UnaryOperator<OpenDispatch> change) {
        write(ledger -> {
            ofNotice(town, notice).stream()
                    .filter(d -> d.settledAt() == null)
                    .map(change)
                    .forEach(ledger::put);
            return notice;
        });
    }

    private static OpenDispatch with(OpenDispatch d, State state, boolean held) {
        return new OpenDispatch(
                d.ref(),
                d.notice(),
                d.channel(),
                d.emergency(),
                d.exercise(),
                state,
                d.upper(),
                d.frontier(),
                d.openedAt(),
                d.notBefore(),
                d.until(),
                held,
                d.settledAt());
    }
}
