package fr.tambour.dispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.Outcome;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** In which order a transaction holds rows (two nodes that hold them in another wait for each other for ever), and what it heeds. */
class ClerkTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Ref REF = new Ref(1, 1);

    private Instant now = NOW;
    private final SimTowns towns = new SimTowns(true);
    private final MemoryBooks books = new MemoryBooks(towns, () -> now);
    private final Clerk clerk = new Clerk(Policy.STANDARD);
    private final List<String> asked = new ArrayList<>();

    private Event enter(Order.Entry entry) {
        asked.clear();
        Ledger watched = (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    return method.invoke(books, arguments);
                });
        return clerk.enter(watched, entry);
    }

    @Test
    void aDispatchIsHeldBeforeItsSlicesWhetherAPageBeginsOrIsSettledOrAnsweredLate() {
        toOnePhone();

        Page page = begun();
        assertThat(asked).startsWith("dispatch");

        Flight flight = flown(page);
        enter(new Order.Settle(page, flight.land(NOW)));
        assertThat(asked).startsWith("dispatch").contains("slice");

        enter(flight.answered(page.recipients().getFirst(), new Outcome.Accepted(), NOW)
                .orElseThrow());
        assertThat(asked).startsWith("dispatch").contains("slice");
        assertThat(books.account(REF).accepted()).isEqualTo(1);
    }

    private void toOnePhone() {
        towns.add(new SimPhone(1, 1, "origin"));
        Instant end = NOW.plus(Duration.ofHours(1));
        books.open(
                new OpenDispatch(REF, 1, "phone", false, false, State.OPEN, 1, 0, NOW, NOW, end, false, null),
                SimTowns.EVERYBODY);
    }

    private Page begun() {
        Event took = enter(new Order.Take(REF, now));
        return ((Taken.Begun) ((Event.Took) took).taken()).page();
    }

    private Flight flown(Page page) {
        return flown(page, 1);
    }

    private Flight flown(Page page, int recipients) {
        Pace pace = new Pace(Policy.STANDARD, new SplittableRandom(1));
        Flight flight = new Flight(page, Policy.STANDARD, pace, now, now);
        assertThat(flight.pump(now))
                .hasSize(Math.min(recipients, Policy.STANDARD.pacing().firstBound()));
        return flight;
    }

    @Test
    void whatIsAnsweredUnderALostLeaseIsNoAnswerToALaterAttemptHoweverOftenThatWasTried() {
        toOnePhone();
        Page lost = begun();
        Flight stalled = flown(lost);
        stalled.land(now);
        now = now.plus(Policy.STANDARD.lease());
        Page again = begun();
        Flight flight = flown(again);
        enter(new Order.Settle(again, flight.land(now)));
        Retry waiting = books.retry(REF, 1).orElseThrow();
        assertThat(waiting.inDoubt()).isTrue();

        enter(stalled.answered(lost.recipients().getFirst(), new Outcome.RetryAt(null, "503"), now)
                .orElseThrow());

        assertThat(books.retry(REF, 1)).contains(waiting);
    }

    /** One node's beat after another until everybody is accounted for: an origin that never answers. */
    private Instant settledAtADeadOrigin(Pace pace, Instant until) {
        while (now.isBefore(until)) {
            Taken taken = ((Event.Took) enter(new Order.Take(REF, now))).taken();
            switch (taken) {
                case Taken.Begun begun -> {
                    Flight flight = new Flight(begun.page(), Policy.STANDARD, pace, now, now);
                    List<Recipient> left = flight.pump(now);
                    flight.handedOver(left, now);
                    now = now.plus(Policy.STANDARD.pages().patience());
                    flight.pump(now);
                    enter(new Order.Settle(begun.page(), flight.land(now)));
                    left.forEach(recipient -> flight.answered(recipient, new Outcome.RetryAt(null, "503"), now)
                            .ifPresent(this::enter));
                }
                case Taken.Nothing nothing -> now = now.plus(nothing.pause());
                case Taken.Accounted accounted -> {}
                case Taken.Finished finished -> {
                    return now;
                }
            }
        }
        return now;
    }

    @Test
    void whoWaitsForAnOriginThatIsDeadForADayIsGivenUpSoThatTheDispatchIsThrough() {
        for (int key = 1; key <= 200; key++) {
            towns.add(new SimPhone(1, key, "dead"));
        }
        Instant end = NOW.plus(Duration.ofDays(30));
        books.open(
                new OpenDispatch(REF, 1, "phone", false, false, State.OPEN, 200, 0, NOW, NOW, end, false, null),
                SimTowns.EVERYBODY);

        Instant settled = settledAtADeadOrigin(new Pace(Policy.STANDARD, new SplittableRandom(7)), end);

        assertThat(Duration.between(NOW, settled))
                .isBetween(
                        Policy.STANDARD.retrying().persistence(),
                        Policy.STANDARD.retrying().persistence().plusHours(6));
        assertThat(books.account(REF).failed()).isEqualTo(200);
    }

    @Test
    void whatOnlyWaitsForItsNextAttemptIsLeftAloneUntilThen() {
        toOnePhone();
        Page page = begun();
        Flight flight = flown(page);
        flight.answered(page.recipients().getFirst(), new Outcome.RetryAt(Duration.ofSeconds(40), "429"), now);
        enter(new Order.Settle(page, flight.land(now)));
        Duration next = Duration.between(now, books.nextRetry(REF).orElseThrow());
        assertThat(next).isGreaterThan(Policy.STANDARD.lease());

        assertThat(enter(new Order.Take(REF, now)))
                .isInstanceOfSatisfying(
                        Event.Took.class, took -> assertThat(took.taken()).isEqualTo(new Taken.Nothing(next)));
    }

    private Taken taken() {
        return ((Event.Took) enter(new Order.Take(REF, now))).taken();
    }

    @Test
    void aLeaseThatEndsLaterThanAnyCanWasMadeBeforeAClockWasSetBackAndHoldsNobodyUp() {
        toOnePhone();
        begun();

        now = NOW.minus(Policy.STANDARD.lease().dividedBy(2));
        assertThat(taken()).as("whoever made it looked at the clock later").isInstanceOf(Taken.Nothing.class);
        now = NOW.minus(Policy.STANDARD.lease().multipliedBy(2));
        assertThat(taken()).isInstanceOf(Taken.Begun.class);
    }

    @Test
    void anAttemptThatIsDueLaterThanAnyCanWasPutOffBeforeAClockWasSetBackAndIsDue() {
        toOnePhone();
        Page page = begun();
        Flight flight = flown(page);
        flight.answered(page.recipients().getFirst(), new Outcome.RetryAt(Duration.ofSeconds(40), "429"), now);
        enter(new Order.Settle(page, flight.land(now)));

        now = NOW.minus(Policy.STANDARD.lease());
        assertThat(taken()).as("whoever wrote it looked at the clock later").isInstanceOf(Taken.Nothing.class);
        now = NOW.minus(Policy.STANDARD.lease().multipliedBy(3));
        assertThat(taken()).isInstanceOf(Taken.Begun.class);
    }

    @Test
    void whoWasInAPageWhoseNodeIsGoneMayHaveMissedWhatIsStopped() {
        toOnePhone();
        begun();
        books.stop(1, 1);
        now = now.plus(Policy.STANDARD.lease());

        assertThat(taken()).isInstanceOf(Taken.Accounted.class);

        assertThat(asked).contains("missed");
    }

    @Test
    void aPageWhoseNodeIsGoneAndOfWhomNobodyIsLeftToBeTriedAgainIsWoundUpAllTheSame() {
        toOnePhone();
        unanswered(new Outcome.RetryAt(null, "503"));
        begun();
        books.remove(REF, List.of(1L));
        books.stop(1, 1);
        now = now.plus(Policy.STANDARD.lease());

        taken();

        assertThat(taken()).isInstanceOf(Taken.Finished.class);
    }

    @Test
    void whoMovesWhenTheirTurnComesAgainIsToldOnceTheyAreBackAndNeitherGoneNorStopped() {
        toOnePhone();
        SimPhone phone = new SimPhone(1, 1, "origin");
        Page page = begun();
        Flight flight = flown(page);
        flight.answered(phone, new Outcome.RetryAt(Duration.ofSeconds(1), "429"), now);
        enter(new Order.Settle(page, flight.land(now)));
        towns.move(phone, true);

        now = now.plusSeconds(2);
        assertThat(taken()).isInstanceOf(Taken.Accounted.class);
        assertThat(taken())
                .isInstanceOfSatisfying(
                        Taken.Nothing.class,
                        nothing -> assertThat(nothing.pause()).isBetween(Duration.ofSeconds(1), Policy.STANDARD.nap()));
        assertThat(books.account(REF)).isEqualTo(Tally.NONE);

        towns.move(phone, false);
        now = now.plus(Policy.STANDARD.nap());
        assertThat(begun().recipients()).containsExactly(phone);
    }

    @Test
    void whatIsAnsweredToTheAttemptBeforeIsNoAnswerToTheOneWhoseNodeIsGoneThoughTheirPhoneIsAwayNow() {
        toOnePhone();
        SimPhone phone = new SimPhone(1, 1, "origin");
        Page first = begun();
        Flight answeredLate = flown(first);
        enter(new Order.Settle(first, answeredLate.land(now)));
        now = now.plus(Policy.STANDARD.pacing().answer());
        flown(begun());
        now = now.plus(Policy.STANDARD.lease());
        towns.move(phone, true);
        assertThat(taken()).isInstanceOf(Taken.Accounted.class);
        Retry away = books.retry(REF, 1).orElseThrow();
        assertThat(away.inDoubt()).isTrue();

        enter(answeredLate
                .answered(phone, new Outcome.RetryAt(null, "503"), now)
                .orElseThrow());

        assertThat(books.retry(REF, 1)).contains(away);
    }

    @Test
    void aPageThatIsTakenUpOnceMoreIsTakenUpAsAWholeWhoeverOfItsRangeCameSince() {
        int size = Policy.STANDARD.sizes().page();
        for (int key = 1; key <= size; key++) {
            towns.add(new SimPhone(1, 2 * key, "origin"));
        }
        SimPhone late = new SimPhone(1, 5, "origin");
        towns.addPending(late);
        Instant end = NOW.plus(Duration.ofHours(1));
        books.open(
                new OpenDispatch(REF, 1, "phone", false, false, State.OPEN, 2 * size, 0, NOW, NOW, end, false, null),
                SimTowns.EVERYBODY);
        Page lost = begun();
        assertThat(lost.recipients()).hasSize(size);

        towns.tick(late);
        now = now.plus(Policy.STANDARD.lease());
        Page again = begun();
        assertThat(again.upTo()).isEqualTo(lost.upTo());
        assertThat(again.recipients()).hasSize(size + 1).contains(late);

        enter(new Order.Settle(again, flown(again, size + 1).land(now)));
        assertThat(books.slice(REF, 0).orElseThrow().sent()).isEqualTo(lost.upTo());
    }

    /** Four phones of a service that is shut when their page begins. */
    private void putOffTogether() {
        for (int key = 1; key <= 4; key++) {
            towns.add(new SimPhone(1, key, "shut"));
        }
        Instant end = NOW.plus(Duration.ofHours(1));
        books.open(
                new OpenDispatch(REF, 1, "phone", false, false, State.OPEN, 4, 0, NOW, NOW, end, false, null),
                SimTowns.EVERYBODY);
        Pace pace = new Pace(Policy.STANDARD, new SplittableRandom(1));
        pace.silent("shut", now);
        Page page = begun();
        Flight flight = new Flight(page, Policy.STANDARD, pace, now, now);
        assertThat(flight.pump(now)).isEmpty();
        enter(new Order.Settle(page, flight.land(now)));
    }

    @Test
    void whoIsPutOffTogetherIsOneRowAndComesTogetherWhoeverOfThemIsGoneMeanwhile() {
        putOffTogether();
        assertThat(books.retries(REF, 1))
                .singleElement()
                .satisfies(row -> assertThat(row.keys()).containsExactly(1L, 2L, 3L, 4L));

        towns.leave(new SimPhone(1, 1, "shut"));
        towns.leave(new SimPhone(1, 3, "shut"));
        now = books.nextRetry(REF).orElseThrow();

        Page page = begun();
        assertThat(page.recipients()).extracting(Recipient::key).containsExactly(2L, 4L);
        assertThat(books.account(REF)).isEqualTo(Tally.gone(2));
        assertThat(books.retries(REF, 1)).singleElement().satisfies(row -> {
            assertThat(row.keys()).containsExactly(2L, 4L);
            assertThat(row.underWay()).isTrue();
        });
        Flight flight = new Flight(page, Policy.STANDARD, new Pace(Policy.STANDARD, new SplittableRandom(1)), now, now);
        flight.pump(now).forEach(phone -> flight.answered(phone, new Outcome.Accepted(), now));
        enter(new Order.Settle(page, flight.land(now)));
        assertThat(taken()).isInstanceOf(Taken.Finished.class);
        assertThat(books.account(REF).accepted()).isEqualTo(2);
    }

    @Test
    void eachOfThoseWhoWerePutOffTogetherIsCountedWhenNothingLeavesAnyMore() {
        putOffTogether();

        assertThat(stopped()).isEqualTo(Tally.stopped(4));
    }

    @Test
    void ofThoseWhoWerePutOffTogetherAnyMayHaveBeenToldOnceTheirPageHasBegun() {
        putOffTogether();
        now = books.nextRetry(REF).orElseThrow();
        begun();

        assertThat(stopped()).isEqualTo(Tally.unknown(4));
    }

    /** It left, and nobody answered while it was waited for; what came late said nothing of it either. */
    private Pace unanswered(@Nullable Outcome late) {
        Pace pace = new Pace(Policy.STANDARD, new SplittableRandom(1));
        Page page = begun();
        Flight flight = new Flight(page, Policy.STANDARD, pace, now, now);
        assertThat(flight.pump(now)).hasSize(1);
        enter(new Order.Settle(page, flight.land(now)));
        if (late != null) {
            enter(flight.answered(page.recipients().getFirst(), late, now).orElseThrow());
        }
        now = now.plus(Policy.STANDARD.pacing().answer());
        return pace;
    }

    private Tally stopped() {
        books.stop(1, 1);
        now = now.plus(Policy.STANDARD.retrying().longestWait());
        while (!(taken() instanceof Taken.Finished)) {}
        return books.account(REF);
    }

    /** Told to wait, then not even asked, since its service is shut. */
    private void putOffTwice(Pace pace) {
        Page told = begun();
        Flight toWait = new Flight(told, Policy.STANDARD, pace, now, now);
        toWait.pump(now);
        toWait.answered(told.recipients().getFirst(), new Outcome.RetryAt(Duration.ofSeconds(9), "429"), now);
        enter(new Order.Settle(told, toWait.land(now)));
        now = books.nextRetry(REF).orElseThrow();
        Page parked = begun();
        pace.answered(
                Pace.Whom.of(parked.dispatch(), parked.recipients().getFirst()),
                false,
                new Outcome.RetryAt(Duration.ofMinutes(9), "503"),
                Duration.ZERO,
                now);
        Flight shut = new Flight(parked, Policy.STANDARD, pace, now, now);
        assertThat(shut.pump(now)).isEmpty();
        enter(new Order.Settle(parked, shut.land(now)));
    }

    @Test
    void whomAnUnansweredAttemptMayHaveReachedIsNotCountedAsNotToldHoweverOftenTheyArePutOffSince() {
        toOnePhone();
        putOffTwice(unanswered(null));

        assertThat(stopped()).isEqualTo(Tally.unknown(1));
    }

    @Test
    void whoeverNobodyAnsweredForInTimeIsNotCountedAsNotToldEither() {
        toOnePhone();
        putOffTwice(unanswered(new Outcome.RetryAt(null, "timeout", true)));

        assertThat(stopped()).isEqualTo(Tally.unknown(1));
    }

    @Test
    void whoWasToldToWaitAndNothingElseIsCountedAsNotTold() {
        toOnePhone();
        unanswered(new Outcome.RetryAt(null, "503"));

        assertThat(stopped()).isEqualTo(Tally.stopped(1));
    }

    @Test
    void whoMayHaveBeenToldByANodeThatIsGoneIsNotCountedAsNotToldWhenTheEndComesBeforeTheyLeaveAgain() {
        toOnePhone();
        flown(begun());
        now = now.plus(Policy.STANDARD.lease());
        Page again = begun();
        now = NOW.plus(Duration.ofHours(1));
        Flight late = new Flight(again, Policy.STANDARD, new Pace(Policy.STANDARD, new SplittableRandom(1)), now, now);
        assertThat(late.pump(now)).isEmpty();
        enter(new Order.Settle(again, late.land(now)));

        assertThat(books.account(REF)).isEqualTo(Tally.unknown(1));
    }

    /** Servers that are told what comes of a notice by whether they know of it. */
    private void toInboxes(int count) {
        for (int key = 1; key <= count; key++) {
            towns.add(new SimPhone(1, key, SimPhone.INBOX));
        }
        Instant end = NOW.plus(Duration.ofHours(1));
        books.open(
                new OpenDispatch(
                        REF, 1, SimPhone.INBOX, false, false, State.OPEN, count, 0, NOW, NOW, end, false, null),
                SimTowns.EVERYBODY);
    }

    @Test
    void whomAPageWhoseHolderIsGoneMayHaveToldIsNotedToHaveMissedItWhenTheEndComesBeforeTheyLeaveAgain() {
        toInboxes(2);
        flown(begun(), 2);
        now = now.plus(Policy.STANDARD.lease());
        Page again = begun();
        now = NOW.plus(Duration.ofHours(1));
        Flight late = new Flight(again, Policy.STANDARD, new Pace(Policy.STANDARD, new SplittableRandom(1)), now, now);
        assertThat(late.pump(now)).isEmpty();
        enter(new Order.Settle(again, late.land(now)));

        assertThat(books.account(REF)).isEqualTo(Tally.unknown(2));
        assertThat(towns.noted()).extracting(SimTowns.Missed::key).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void whoWasToldIsNotNotedToHaveMissedItWithThoseOfItsPageWhoWereCalledBack() {
        toInboxes(3);
        Page page = begun();
        Flight flight = flown(page, 3);
        flight.answered(page.recipients().get(0), new Outcome.Accepted(), now);
        flight.stop();
        flight.answered(page.recipients().get(1), new Outcome.Recalled(), now);
        flight.answered(page.recipients().get(2), new Outcome.RetryAt(null, "503"), now);
        enter(new Order.Settle(page, flight.land(now)));
        assertThat(towns.noted()).extracting(SimTowns.Missed::key).containsExactly(2L);

        stopped();
        assertThat(towns.noted())
                .as("nor who is to be tried again, before they are tried no more")
                .extracting(SimTowns.Missed::key)
                .containsExactly(3L);
    }
}
