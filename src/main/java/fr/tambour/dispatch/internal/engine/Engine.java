package fr.tambour.dispatch.internal.engine;

import static fr.tambour.dispatch.internal.engine.Times.earlier;

import fr.tambour.dispatch.Dispatch.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One node's share of the work: which page to reach for next, whom to send to, what to write.
 *
 * <p>A number of pages is under way at once, some of them kept for emergencies (an exercise is none: it takes nothing from
 * one), not counting some that only wait for slow origins. As soon as one is settled, the next is reached for: of an
 * emergency before anything else, of an exercise after every emergency; then of the town that has the fewest under way and
 * has waited the longest; of one town, of what was published first. Nothing is kept here that a crash may not take: what was committed is
 * in the books, what was not is taken up again when its lease runs out.
 */
public final class Engine {

    private final Policy policy;
    private final Pace pace;
    private final Map<Ref, Job> jobs = new LinkedHashMap<>();
    private final Round emergencies = new Round(true);
    private final Round ordinary = new Round(false);
    private final Map<Long, Integer> underWay = new HashMap<>();
    private final Map<Long, Long> turns = new HashMap<>();
    private final List<Flight> flights = new ArrayList<>();
    private final Map<Page, Flight> byPage = new IdentityHashMap<>();
    private int busy;
    private long turn;
    private @Nullable Instant looked;
    private boolean looking;
    private boolean leaving;

    public Engine(Policy policy, Pace pace) {
        this.policy = policy;
        this.pace = pace;
    }

    /** A dispatch with something to do. */
    private static final class Job {
        OpenDispatch dispatch;
        Instant again = Instant.MIN;

        /** When somebody is due whom an answer has tried again: whoever was reaching for it then did not find that. */
        Instant due = Instant.MAX;

        Job(OpenDispatch dispatch) {
            this.dispatch = dispatch;
        }
    }

    /** All of one sort, look by look: who is not found from the first to the last has nothing to do any more. */
    private static final class Round {
        final boolean emergency;
        final Set<Ref> seen = new HashSet<>();

        @Nullable
        OpenDispatch last;

        Round(boolean emergency) {
            this.emergency = emergency;
        }
    }

    /** What is to be done now that this happened; the times of one engine may go back, as clocks do. */
    public List<Order> on(Event event, Instant now) {
        List<Order> orders = new ArrayList<>();
        switch (event) {
            case Event.Woke woke -> woke(woke, now, orders);
            case Event.Leaving leave -> leaving = true;
            case Event.Seen seen -> seen(seen, now);
            case Event.Took took -> took(took, now, orders);
            case Event.Settled settled -> settled(settled.page());
            case Event.Due due -> due.dispatches().forEach(ref -> due(ref, now));
            case Event.Failed failed -> failed(failed.order(), now, orders);
            case Event.Carried carried -> {
                Order.Send order = carried.order();
                withFlight(order.page(), now, orders, flight -> flight.carried(order.recipients(), now));
                return orders;
            }
            case Event.Heard heard -> {
                withFlight(heard.page(), now, orders, flight -> flight.heard(heard.recipient(), now));
                return orders;
            }
            case Event.Answered answered -> {
                // Who leaves in turn leaves with the next beat, together with others.
                answered(answered, now, orders);
                return orders;
            }
        }
        reach(now, orders);
        return orders;
    }

    /** Nothing is under way. */
    public boolean isIdle() {
        return busy == 0;
    }

    private void woke(Event.Woke woke, Instant now, List<Order> orders) {
        pumpAll(now, orders);
        boolean due = looked == null
                || !now.isBefore(looked.plus(policy.look()))
                // The clock was set back.
                || now.isBefore(looked);
        if (!looking && (woke.published() || due)) {
            looking = true;
            looked = now;
            orders.add(new Order.Look(emergencies.last, ordinary.last));
        }
        Set<String> answering = pace.answering();
        if (!answering.isEmpty()) {
            orders.add(new Order.Answering(answering));
        }
    }

    private void seen(Event.Seen seen, Instant now) {
        looking = false;
        seen(emergencies, seen.emergencies(), now);
        seen(ordinary, seen.ordinary(), now);
        turns.keySet().retainAll(jobs.keySet().stream().map(Ref::town).collect(Collectors.toSet()));
    }

    private void seen(Round round, Event.Seen.Part part, Instant now) {
        for (OpenDispatch dispatch : part.ready()) {
            Job job = jobs.computeIfAbsent(dispatch.ref(), ref -> new Job(dispatch));
            boolean changed = job.dispatch.state() != dispatch.state() || job.dispatch.held() != dispatch.held();
            boolean impossible = job.again.isAfter(now.plus(policy.nap()));
            if (changed || impossible || dispatch.over(now)) {
                job.again = Instant.MIN;
            }
            job.dispatch = dispatch;
            if (dispatch.state() == State.STOPPED) {
                flights.stream()
                        .filter(flight -> flight.page().ref().equals(dispatch.ref()))
                        .forEach(Flight::stop);
            }
            round.seen.add(dispatch.ref());
        }
        round.last = part.last();
        if (round.last == null) {
            jobs.values()
                    .removeIf(job ->
                            job.dispatch.emergency() == round.emergency && !round.seen.contains(job.dispatch.ref()));
            round.seen.clear();
        }
    }

    private void took(Event.Took took, Instant now, List<Order> orders) {
        switch (took.taken()) {
            case Taken.Begun begun -> {
                guarded(begun.page(), now, orders, () -> {
                    Flight flight = new Flight(begun.page(), policy, pace, took.ordered(), now);
                    add(flight);
                    byPage.put(begun.page(), flight);
                    Job job = jobs.get(took.ref());
                    if (job != null && job.dispatch.state() == State.STOPPED) {
                        // Since it began: that was heard sooner.
                        flight.stop();
                    }
                });
                // Places that are free by now are not for the newest page but for the most urgent.
                pumpAll(now, orders);
            }
            case Taken.Wound wound -> released(took.ref());
            case Taken.Finished finished -> {
                released(took.ref());
                jobs.remove(took.ref());
            }
            case Taken.Nothing nothing -> {
                released(took.ref());
                Job job = jobs.get(took.ref());
                if (job != null) {
                    job.again = earlier(earlier(now.plus(nothing.pause()), now.plus(policy.nap())), job.due);
                }
            }
        }
    }

    /** It is in the books, or somebody else's, and the next page may be begun: answers may still come. */
    private void settled(Page page) {
        Job job = jobs.get(page.ref());
        if (job != null) {
            job.again = Instant.MIN;
        }
        Flight flight = byPage.get(page);
        if (flight != null) {
            flight.settled();
        }
        released(page.ref());
    }

    private void answered(Event.Answered answered, Instant now, List<Order> orders) {
        withFlight(
                answered.page(),
                now,
                orders,
                flight -> flight.answered(answered.recipient(), answered.outcome(), now)
                        .ifPresent(late -> {
                            orders.add(late);
                            triedAgain(answered.page().ref(), late.result(), now);
                        }));
    }

    /** Nothing where nobody listens to its page any more. */
    private void withFlight(Page page, Instant now, List<Order> orders, Consumer<Flight> work) {
        Flight flight = byPage.get(page);
        if (flight != null) {
            guarded(page, now, orders, () -> work.accept(flight));
        }
    }

    /** Its dispatch is reached for by then, however long there was nothing to take of it. */
    private void triedAgain(Ref ref, PageResult result, Instant now) {
        result.again().stream().map(again -> now.plus(again.pause())).forEach(due -> due(ref, due));
    }

    private void due(Ref ref, Instant at) {
        Job job = jobs.get(ref);
        if (job != null) {
            job.due = earlier(at, job.due);
            job.again = earlier(at, job.again);
        }
    }

    /** What goes wrong with a page is nobody else's: it is given up here, and taken up again when its lease runs out. */
    private void guarded(Page page, Instant now, List<Order> orders, Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            giveUp(page, now);
            orders.add(new Order.Report(page, e));
        }
    }

    /** Another page may have its place, but not at once one of the same dispatch: it may fare as badly. */
    private void giveUp(Page page, Instant now) {
        Flight flight = byPage.get(page);
        if (flight != null) {
            forget(flight);
            flight.giveUp();
        }
        if (flight == null || !flight.hasLanded()) {
            released(page.ref());
        }
        Job job = jobs.get(page.ref());
        if (job != null) {
            job.again = now.plus(policy.look());
        }
    }

    /** Behind all that are as urgent: in this order they are given what places their origins have. */
    private void add(Flight flight) {
        int rank = flight.page().dispatch().rank();
        int place = 0;
        while (place < flights.size() && flights.get(place).page().dispatch().rank() <= rank) {
            place++;
        }
        flights.add(place, flight);
    }

    private void forget(Flight flight) {
        flights.remove(flight);
        byPage.remove(flight.page());
    }

    /** In their order: what their origins have free goes to the most urgent first. */
    private void pumpAll(Instant now, List<Order> orders) {
        for (Flight flight : List.copyOf(flights)) {
            guarded(flight.page(), now, orders, () -> pump(flight, now, orders));
            if (flight.isForgettable()) {
                forget(flight);
            }
        }
    }

    private void pump(Flight flight, Instant now, List<Order> orders) {
        var leaving = flight.pump(now);
        if (!leaving.isEmpty()) {
            orders.add(new Order.Send(flight.page(), leaving, flight.permit()));
        }
        if (flight.isOver(now)) {
            orders.add(new Order.Settle(flight.page(), flight.land(now)));
        }
    }

    /** What the books did not take is brought again at the next look; a page's result as long as the page is ours. */
    private void failed(Order order, Instant now, List<Order> orders) {
        switch (order) {
            case Order.Look look -> looking = false;
            case Order.Take take -> {
                released(take.ref());
                Job job = jobs.get(take.ref());
                if (job != null) {
                    job.again = now.plus(policy.look());
                }
            }
            case Order.Settle settle -> {
                Flight flight = byPage.get(settle.page());
                if (flight != null && flight.isLeased(now)) {
                    orders.add(settle);
                    orders.addAll(flight.late());
                } else {
                    settled(settle.page());
                }
            }
            case Order.SettleLate late -> {
                Flight flight = byPage.get(late.page());
                boolean comesBehindItsPage = flight != null && !flight.isSettled();
                // Later its row is due: that one is tried again, whatever was answered.
                if (!comesBehindItsPage
                        && now.isBefore(late.answered().plus(policy.answer()))
                        && !now.isBefore(late.answered())) {
                    orders.add(late);
                }
            }
            case Order.Answering answering -> orders.add(answering);
            case Order.Send send -> {}
            case Order.Report report -> {}
        }
    }

    /** Reaches for as many pages as there is room for. */
    private void reach(Instant now, List<Order> orders) {
        int room = policy.pages() + lagging(now);
        while (!leaving && busy < room) {
            Optional<Job> next = next(now, busy < room - policy.reserved());
            if (next.isEmpty()) {
                return;
            }
            Job job = next.get();
            if (!now.isBefore(job.due)) {
                job.due = Instant.MAX;
            }
            Ref ref = job.dispatch.ref();
            busy++;
            underWay.merge(ref.town(), 1, Integer::sum);
            turns.put(ref.town(), ++turn);
            orders.add(new Order.Take(ref, now));
        }
    }

    private int lagging(Instant now) {
        long lagging = flights.stream().filter(flight -> flight.isLagging(now)).count();
        return (int) Math.min(policy.lagging(), lagging);
    }

    private Optional<Job> next(Instant now, boolean ordinary) {
        return jobs.values().stream()
                .filter(job -> !now.isBefore(job.again))
                .filter(job -> ordinary || job.dispatch.isUrgent())
                .min(Comparator.<Job>comparingInt(job -> job.dispatch.rank())
                        .thenComparing(
                                job -> underWay.getOrDefault(job.dispatch.ref().town(), 0))
                        .thenComparing(
                                job -> turns.getOrDefault(job.dispatch.ref().town(), 0L))
                        .thenComparing(job -> job.dispatch.openedAt())
                        .thenComparing(job -> job.dispatch.ref().dispatch()));
    }

    private void released(Ref ref) {
        busy--;
        underWay.computeIfPresent(ref.town(), (town, count) -> count > 1 ? count - 1 : null);
    }
}
