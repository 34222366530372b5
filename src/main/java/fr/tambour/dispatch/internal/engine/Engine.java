package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.FannedOutChannel.Recipient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One node's share of the work: which page to reach for next, whom to send to, what to write.
 *
 * <p>A number of pages is under way at once, some of them kept for emergencies (an exercise is none: it takes nothing from
 * one), nearly all of them while an emergency goes on, not counting some that only wait for slow origins, or to be written down. As
 * soon as one is settled, the next is reached for, by the
 * {@link Backlog}'s turns. Nothing is kept here that a crash may not take: what was committed is in the books, what was not is
 * taken up again when its lease runs out.
 */
public final class Engine {

    private final Policy policy;
    private final Pace pace;
    private final Backlog backlog;

    /** The most urgent first. */
    private final List<Flight> flights = new ArrayList<>();

    private final Map<Page, Flight> byPage = new IdentityHashMap<>();
    private @Nullable Instant looked;
    private boolean looking;
    private boolean leaving;

    public Engine(Policy policy, Pace pace) {
        this.policy = policy;
        this.pace = pace;
        this.backlog = new Backlog(policy);
    }

    /** What is to be done now that this happened; the times of one engine may go back, as clocks do. */
    public List<Order> on(Event event, Instant now) {
        List<Order> orders = new ArrayList<>();
        switch (event) {
            case Event.Tick tick -> beat(false, now, orders);
            case Event.Published published -> beat(true, now, orders);
            case Event.SettledLate late -> beat(false, now, orders);
            case Event.Seen seen -> seen(seen, now);
            case Event.Took took -> took(took, now, orders);
            case Event.Settled settled -> settled(settled.page());
            case Event.BroughtForward forward -> forward.dispatches().forEach(ref -> backlog.due(ref, now));
            case Event.Failed failed -> failed(failed.order(), now, orders);
            case Event.Leaving leave -> leaving = true;
            case Event.EnRoute heard -> {
                // Who leaves in turn leaves with the next beat, together with others.
                heard(heard, now, orders);
                return orders;
            }
        }
        reach(now, orders);
        return orders;
    }

    /** Nothing is under way. */
    public boolean isIdle() {
        return backlog.underWay() == 0;
    }

    /** Reaches for as many pages as there is room for. */
    private void reach(Instant now, List<Order> orders) {
        int room = policy.pages().atOnce() + lagging(now) + unwritten();
        while (!leaving && backlog.underWay() < room) {
            boolean onlyUrgent = backlog.underWay() >= room - policy.pages().reserved() || othersGiveWay(now);
            Optional<Ref> next = backlog.takeTurn(onlyUrgent, now);
            if (next.isEmpty()) {
                return;
            }
            orders.add(new Order.Take(next.get(), now));
        }
    }

    private int lagging(Instant now) {
        long lagging = flights.stream().filter(flight -> flight.isLagging(now)).count();
        return (int) Math.min(policy.pages().lagging(), lagging);
    }

    /**
     * While an emergency goes on, what there is of the machine is its own. Not where it only waits: it would take nothing of
     * what others left.
     */
    private boolean othersGiveWay(Instant now) {
        long waiting = flights.stream()
                .filter(flight -> flight.page().dispatch().isUrgent())
                .filter(flight -> flight.onlyWaits(now))
                .count();
        return backlog.urgentUnderWay() > waiting;
    }

    /** Those that only wait for the books, as where a node that has vanished holds their dispatch, are in nobody's way. */
    private int unwritten() {
        long unwritten = flights.stream().filter(Flight::isUnwritten).count();
        return (int) Math.min(policy.pages().atOnce() + policy.pages().lagging(), unwritten);
    }

    private void beat(boolean published, Instant now, List<Order> orders) {
        pumpAll(now, orders);
        if (!looking && (published || isTimeToLook(now))) {
            looking = true;
            looked = now;
            orders.add(backlog.look());
        }
        Set<String> answering = pace.answering();
        if (!answering.isEmpty()) {
            orders.add(new Order.BringForward(answering));
        }
    }

    private boolean isTimeToLook(Instant now) {
        return looked == null
                || !now.isBefore(looked.plus(policy.looks().every()))
                // The clock was set back.
                || now.isBefore(looked);
    }

    private void seen(Event.Seen seen, Instant now) {
        looking = false;
        backlog.seen(seen, now);
        flights.stream()
                .filter(flight -> backlog.isStopped(flight.page().ref()))
                .forEach(Flight::stop);
    }

    private void took(Event.Took took, Instant now, List<Order> orders) {
        switch (took.taken()) {
            case Taken.Begun begun -> {
                guarded(begun.page(), now, orders, () -> begin(begun.page(), took.ordered(), now));
                // Places that are free by now are not for the newest page but for the most urgent.
                pumpAll(now, orders);
            }
            case Taken.Accounted accounted -> backlog.ended(took.ref());
            case Taken.Finished finished -> {
                backlog.ended(took.ref());
                backlog.remove(took.ref());
            }
            case Taken.Nothing nothing -> {
                backlog.ended(took.ref());
                backlog.pause(took.ref(), nothing.pause(), now);
            }
        }
    }

    private void begin(Page page, Instant ordered, Instant now) {
        Flight flight = new Flight(page, policy, pace, ordered, now);
        add(flight);
        byPage.put(page, flight);
        if (backlog.isStopped(page.ref())) {
            // Since it began: that was heard sooner.
            flight.stop();
        }
    }

    /** It is in the books, or somebody else's, and the next page may be begun: answers may still come. */
    private void settled(Page page) {
        backlog.free(page.ref());
        Flight flight = byPage.get(page);
        if (flight != null) {
            flight.settled();
        }
        backlog.ended(page.ref());
    }

    /** Nothing where nobody listens to its page any more. */
    private void heard(Event.EnRoute event, Instant now, List<Order> orders) {
        Flight flight = byPage.get(event.page());
        if (flight != null) {
            guarded(event.page(), now, orders, () -> {
                switch (event) {
                    case Event.HandedOver handed ->
                        flight.handedOver(handed.order().recipients(), now);
                    case Event.Heard heard -> flight.heard(heard.recipient(), now);
                    case Event.Answered answered -> answered(flight, answered, now, orders);
                }
            });
        }
    }

    private void answered(Flight flight, Event.Answered answered, Instant now, List<Order> orders) {
        flight.answered(answered.recipient(), answered.outcome(), now).ifPresent(late -> {
            orders.add(late);
            late.result().again().forEach(again -> backlog.due(late.page().ref(), now.plus(again.pause())));
        });
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
            backlog.ended(page.ref());
        }
        backlog.leave(page.ref(), now.plus(policy.looks().every()));
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
        List<Recipient> admitted = flight.pump(now);
        if (!admitted.isEmpty()) {
            orders.add(new Order.Send(flight.page(), admitted, flight.permit()));
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
                backlog.ended(take.ref());
                backlog.leave(take.ref(), now.plus(policy.looks().every()));
            }
            case Order.Settle settle -> settleAgain(settle, now, orders);
            case Order.SettleLate late -> settleLateAgain(late, now, orders);
            case Order.BringForward forward -> orders.add(forward);
            case Order.Send send -> {}
            case Order.Report report -> {}
        }
    }

    private void settleAgain(Order.Settle settle, Instant now, List<Order> orders) {
        Flight flight = byPage.get(settle.page());
        if (flight != null && flight.isLeased(now)) {
            flight.unwritten();
            orders.add(settle);
            orders.addAll(flight.late());
        } else {
            settled(settle.page());
        }
    }

    private void settleLateAgain(Order.SettleLate late, Instant now, List<Order> orders) {
        Flight flight = byPage.get(late.page());
        boolean comesBehindItsPage = flight != null && !flight.isSettled();
        // Later its row is due: that one is tried again, whatever was answered.
        boolean isInTime =
                now.isBefore(late.answered().plus(policy.pacing().answer())) && !now.isBefore(late.answered());
        if (!comesBehindItsPage && isInTime) {
            orders.add(late);
        }
    }
}
