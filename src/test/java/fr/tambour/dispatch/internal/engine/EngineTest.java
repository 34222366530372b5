package fr.tambour.dispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is reached for next. */
class EngineTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Policy POLICY = Policy.STANDARD;
    private static final Taken NOTHING = new Taken.Nothing(Duration.ofMinutes(1));
    private static final int ORDINARY = POLICY.pages().atOnce() - POLICY.pages().reserved();

    private final Engine engine = new Engine(POLICY, new Pace(POLICY, new SplittableRandom(1)));

    private static OpenDispatch dispatch(long town, long id, boolean emergency) {
        return dispatch(town, id, emergency, false);
    }

    private static OpenDispatch exercise(long town, long id) {
        return dispatch(town, id, true, true);
    }

    private static OpenDispatch dispatch(long town, long id, boolean emergency, boolean exercise) {
        return dispatch(town, id, emergency, exercise, State.OPEN, NOW.plus(Duration.ofHours(1)));
    }

    private static OpenDispatch dispatch(long town, long id, State state, Instant until) {
        return dispatch(town, id, false, false, state, until);
    }

    private static OpenDispatch dispatch(
            long town, long id, boolean emergency, boolean exercise, State state, Instant until) {
        return new OpenDispatch(
                new Ref(town, id),
                id,
                "phone",
                emergency,
                exercise,
                state,
                1_000_000,
                0,
                NOW.plusMillis(id),
                NOW.plusMillis(id),
                until,
                false,
                null);
    }

    private List<Ref> taken(List<Order> orders) {
        List<Ref> refs = new ArrayList<>();
        orders.forEach(order -> {
            if (order instanceof Order.Take take) {
                refs.add(take.ref());
            }
        });
        return refs;
    }

    private static Event.Seen.Part part(boolean emergency, OpenDispatch... dispatches) {
        return new Event.Seen.Part(
                Stream.of(dispatches)
                        .filter(dispatch -> dispatch.emergency() == emergency)
                        .toList(),
                null);
    }

    private List<Ref> seen(OpenDispatch... dispatches) {
        return seen(NOW, dispatches);
    }

    private List<Ref> seen(Instant at, OpenDispatch... dispatches) {
        return taken(engine.on(new Event.Seen(part(true, dispatches), part(false, dispatches)), at));
    }

    /** What is reached for once one that was reached for has come to this. */
    private List<Ref> took(Ref ref, Taken taken) {
        return taken(engine.on(new Event.Took(ref, NOW, taken), NOW));
    }

    @Test
    void anExerciseGoesBeforeWhatIsNotUrgentAndTakesNothingFromAnAlert() {
        assertThat(seen(dispatch(1, 1, false), exercise(1, 2)))
                .hasSize(ORDINARY)
                .allSatisfy(ref -> assertThat(ref.dispatch()).isEqualTo(2));

        assertThat(seen(dispatch(1, 1, false), exercise(1, 2), dispatch(1, 3, true)))
                .hasSize(POLICY.pages().reserved())
                .allSatisfy(ref -> assertThat(ref.dispatch()).isEqualTo(3));
    }

    @Test
    void someOfThePagesAreKeptForEmergencies() {
        assertThat(seen(dispatch(1, 1, false))).hasSize(ORDINARY);

        assertThat(seen(dispatch(1, 1, false), dispatch(2, 2, true)))
                .hasSize(POLICY.pages().reserved())
                .containsOnly(new Ref(2, 2));
    }

    @Test
    void whateverIsSettledMakesRoomForAnEmergencyFirst() {
        seen(dispatch(1, 1, false));
        seen(dispatch(1, 1, false), dispatch(2, 2, true));

        Page settled = new Page(dispatch(1, 1, false), new Lease(0, 1), 10, List.of(), Map.of(), Set.of());
        assertThat(taken(engine.on(new Event.Settled(settled), NOW))).containsExactly(new Ref(2, 2));
    }

    /** So many pages of news are settled one after the other: what is reached for then. */
    private List<Ref> newsSettled(int pages, Instant at) {
        Page settled = new Page(dispatch(1, 1, false), new Lease(0, 1), 10, List.of(), Map.of(), Set.of());
        List<Ref> next = new ArrayList<>();
        for (int i = 0; i < pages; i++) {
            next.addAll(taken(engine.on(new Event.Settled(settled), at)));
        }
        return next;
    }

    /** News have all their room, and an alert has one page under way and no other to begin. */
    private Page alertAmidNews(int recipients) {
        OpenDispatch news = dispatch(1, 1, false);
        Page alert = page(dispatch(2, 2, true), recipients);
        seen(news);
        assertThat(seen(news, alert.dispatch())).hasSize(POLICY.pages().reserved());
        begun(alert);
        took(alert.ref(), NOTHING);
        return alert;
    }

    @Test
    void whileAnAlertGoesOnNothingElseIsBegun() {
        Page alert = alertAmidNews(10);

        assertThat(newsSettled(ORDINARY, NOW)).isEmpty();

        // Once nothing is left of it, news have all of their room again.
        alert.recipients().forEach(phone -> engine.on(new Event.Answered(alert, phone, new Outcome.Accepted()), NOW));
        assertThat(taken(engine.on(new Event.Tick(), NOW))).isEmpty();
        List<Ref> next = taken(engine.on(new Event.Settled(alert), NOW));
        assertThat(next).containsOnly(alert.ref());
        List<Ref> freed = next.stream()
                .flatMap(ref -> taken(engine.on(new Event.Took(ref, NOW, new Taken.Finished()), NOW)).stream())
                .toList();
        assertThat(freed).hasSize(ORDINARY).containsOnly(new Ref(1, 1));
    }

    @Test
    void anAlertThatOnlyWaitsForASlowOriginHoldsNothingElseBack() {
        Page alert = alertAmidNews(10);
        assertThat(newsSettled(ORDINARY, NOW)).isEmpty();

        assertThat(taken(engine.on(new Event.Tick(), NOW.plus(POLICY.pages().lull()))))
                .hasSizeGreaterThanOrEqualTo(ORDINARY)
                .containsOnly(new Ref(1, 1));
    }

    @Test
    void norDoesOneWhoseOriginAnswersSlowlyButAllTheTime() {
        Page alert = alertAmidNews(100);
        assertThat(newsSettled(ORDINARY, NOW)).isEmpty();

        Duration lull = POLICY.pages().lull();
        Duration between = lull.minusMillis(10);
        Instant now = NOW;
        for (Recipient phone : alert.recipients()) {
            if (!now.plus(between).isBefore(NOW.plus(POLICY.pages().patience()))) {
                break;
            }
            now = now.plus(between);
            engine.on(new Event.Answered(alert, phone, new Outcome.Accepted()), now);
            List<Order> orders = engine.on(new Event.Tick(), now);
            for (Order.Send send : sent(orders)) {
                engine.on(new Event.HandedOver(send), now);
            }
            assertThat(taken(orders)).isEmpty();
        }

        assertThat(taken(engine.on(new Event.Tick(), NOW.plus(POLICY.pages().patience()))))
                .as("beside its page")
                .hasSize(ORDINARY - 1)
                .containsOnly(new Ref(1, 1));
    }

    @Test
    void whoAnswersLateOfAPageThatIsThroughMakesNoRoomForOthersBesideTheNext() {
        Page first = alertAmidNews(10);
        Page second = page(dispatch(2, 2, true), 11);
        Instant later = NOW.plus(POLICY.pages().patience());
        assertThat(taken(engine.on(new Event.Tick(), later))).isEmpty();
        List<Ref> next = taken(engine.on(new Event.Settled(first), later));
        assertThat(next).isNotEmpty().containsOnly(second.ref());
        engine.on(new Event.Took(second.ref(), later, new Taken.Begun(second)), later);
        next.stream().skip(1).forEach(ref -> engine.on(new Event.Took(ref, later, NOTHING), later));

        assertThat(newsSettled(ORDINARY, later)).isEmpty();
    }

    @Test
    void anAlertThatIsStoppedIsOnlyAccountedForAndHoldsNothingElseBack() {
        seen(dispatch(1, 1, false));
        OpenDispatch stopped = dispatch(2, 2, true, false, State.STOPPED, NOW.plus(Duration.ofHours(1)));
        assertThat(seen(dispatch(1, 1, false), stopped)).hasSize(2).containsOnly(stopped.ref());
        took(stopped.ref(), NOTHING);

        assertThat(newsSettled(2, NOW)).containsExactly(new Ref(1, 1));
    }

    @Test
    void townsTakeTurnsHoweverMuchOneOfThemPublishes() {
        OpenDispatch[] all = LongStream.rangeClosed(1, 300)
                .mapToObj(id -> dispatch(id == 300 ? 2 : 1, id, false))
                .toArray(OpenDispatch[]::new);

        assertThat(seen(all)).extracting(Ref::town).startsWith(1L, 2L, 1L, 2L);
    }

    @Test
    void ofTownsWithAsMuchUnderWayTheOneIsNextThatHasWaitedTheLongest() {
        seen(dispatch(3, 3, false));
        assertThat(seen(dispatch(1, 1, false), dispatch(2, 2, false), dispatch(3, 3, false)))
                .isEmpty();

        assertThat(took(new Ref(3, 3), new Taken.Accounted())).containsExactly(new Ref(1, 1));
        assertThat(took(new Ref(1, 1), new Taken.Accounted())).containsExactly(new Ref(2, 2));
        assertThat(took(new Ref(2, 2), new Taken.Accounted())).containsExactly(new Ref(1, 1));
    }

    @Test
    void whatIsFoundNoMoreIsReachedForNoMore() {
        seen(dispatch(1, 1, false));
        assertThat(seen()).isEmpty();

        assertThat(took(new Ref(1, 1), new Taken.Accounted())).isEmpty();
    }

    @Test
    void ofOneTownWhatWasPublishedFirstGoesFirst() {
        assertThat(seen(dispatch(1, 7, false), dispatch(1, 3, false)).getFirst())
                .isEqualTo(new Ref(1, 3));
    }

    @Test
    void whatHasNothingToTakeIsLeftAloneForAsLongAsItSays() {
        seen(dispatch(1, 1, false));
        for (int i = 0; i < ORDINARY; i++) {
            engine.on(new Event.Took(new Ref(1, 1), NOW, new Taken.Nothing(Duration.ofSeconds(3))), NOW);
        }

        assertThat(taken(engine.on(new Event.Tick(), NOW.plusSeconds(2)))).isEmpty();
        assertThat(taken(engine.on(new Event.Tick(), NOW.plusSeconds(3)))).isNotEmpty();
    }

    private void leftAloneFor(Duration pause) {
        seen(dispatch(1, 1, false));
        for (int i = 0; i < ORDINARY; i++) {
            assertThat(took(new Ref(1, 1), new Taken.Nothing(pause))).isEmpty();
        }
    }

    @Test
    void howeverLongThereIsSaidToBeNothingToTakeItIsReachedForAfterANap() {
        leftAloneFor(Duration.ofDays(1));

        assertThat(taken(engine.on(new Event.Tick(), NOW.plus(POLICY.nap()).minusMillis(1))))
                .isEmpty();
        assertThat(taken(engine.on(new Event.Tick(), NOW.plus(POLICY.nap())))).isNotEmpty();
    }

    @Test
    void whatIsStoppedOrOverIsReachedForAtOnceHoweverLongThereWasNothingToTake() {
        OpenDispatch brief = dispatch(1, 1, State.OPEN, NOW.plusSeconds(1));
        leftAloneFor(Duration.ofMinutes(1));
        assertThat(seen(brief)).isEmpty();
        assertThat(seen(NOW.plusSeconds(1), brief)).as("its end has come").hasSize(ORDINARY);

        leftAloneFor(Duration.ofMinutes(1));
        assertThat(seen(dispatch(1, 1, State.STOPPED, NOW.plusSeconds(1)))).hasSize(ORDINARY);
    }

    @Test
    void whatTheBooksRefuseIsNotAskedOfThemAgainAtOnce() {
        Ref ref = new Ref(1, 1);
        seen(dispatch(1, 1, false));

        assertThat(taken(engine.on(new Event.Failed(new Order.Take(ref, NOW)), NOW)))
                .isEmpty();
        assertThat(taken(engine.on(new Event.Tick(), NOW.plus(POLICY.looks().every()))))
                .containsExactly(ref);
    }

    @Test
    void whoIsDueSinceTheirOriginAnswersIsBroughtForwardThoughTheBooksRefusedItOnce() {
        Order forward = new Order.BringForward(Set.of("shared"));

        assertThat(engine.on(new Event.Failed(forward), NOW)).containsExactly(forward);
    }

    /** Whoever asks for its origin gets into trouble. */
    private record Troubled(long key) implements Recipient {
        @Override
        public String origin() {
            throw new IllegalStateException("no origin");
        }
    }

    @Test
    void aPageThatCannotBeCarriedGivesItsPlaceBackAndIsSaidToBeGivenUpOnce() {
        Ref ref = new Ref(1, 1);
        seen(dispatch(1, 1, false));
        for (int page = 1; page <= ORDINARY; page++) {
            Page broken = new Page(
                    dispatch(1, 1, false), new Lease(0, page), page, List.of(new Troubled(page)), Map.of(), Set.of());
            assertThat(engine.on(new Event.Took(ref, NOW, new Taken.Begun(broken)), NOW))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Order.Report.class,
                            report -> assertThat(report.page()).isSameAs(broken));
        }
        assertThat(engine.isIdle()).isTrue();

        assertThat(engine.on(new Event.Tick(), NOW.plus(POLICY.looks().every())))
                .noneMatch(Order.Report.class::isInstance)
                .filteredOn(Order.Take.class::isInstance)
                .hasSize(ORDINARY);
    }

    @Test
    void aNodeThatIsAboutToStopReachesForNothing() {
        engine.on(new Event.Leaving(), NOW);

        assertThat(seen(dispatch(1, 1, true))).isEmpty();
        assertThat(engine.isIdle()).isTrue();
    }

    private record Phone(long key, String origin) implements Recipient {}

    private static Page page(OpenDispatch dispatch, int recipients) {
        List<Recipient> phones = LongStream.rangeClosed(1, recipients)
                .<Recipient>mapToObj(key -> new Phone(key, "shared"))
                .toList();
        return new Page(dispatch, new Lease(0, 1), recipients, phones, Map.of(), Set.of());
    }

    /** Who leaves as it begins, and is on their way at once. */
    private List<Order.Send> begun(Page page) {
        List<Order.Send> sends = sent(engine.on(new Event.Took(page.ref(), NOW, new Taken.Begun(page)), NOW));
        sends.forEach(send -> engine.on(new Event.HandedOver(send), NOW));
        return sends;
    }

    private static List<Order.Send> sent(List<Order> orders) {
        return orders.stream()
                .filter(Order.Send.class::isInstance)
                .map(Order.Send.class::cast)
                .toList();
    }

    @Test
    void placesThatASharedOriginFreesGoToAnAlertFirstAndToAnExerciseBeforeTheRest() {
        seen(dispatch(1, 1, false), exercise(2, 2), dispatch(3, 3, true));
        Page news = page(dispatch(1, 1, false), 250);
        Page practice = page(exercise(2, 2), 250);
        Page alert = page(dispatch(3, 3, true), 10);
        List<Recipient> left = begun(news).getFirst().recipients();
        assertThat(left).hasSize(POLICY.pacing().firstBound());
        begun(practice);
        begun(alert);

        Instant soon = NOW.plusMillis(10);
        left.subList(0, 10).forEach(phone -> engine.on(new Event.Answered(news, phone, new Outcome.Accepted()), soon));

        // Each that is answered promptly frees its place and earns another.
        List<Order.Send> sends = sent(engine.on(new Event.Tick(), soon));
        assertThat(sends).extracting(Order.Send::page).containsExactly(alert, practice);
        assertThat(sends.getFirst().recipients()).hasSize(10);
    }

    @Test
    void aPageThatIsBegunTakesNoPlaceThatASharedOriginHasFreedForAnAlert() {
        seen(dispatch(1, 1, false), dispatch(3, 3, true));
        Page news = page(dispatch(1, 1, false), 250);
        Page alert = page(dispatch(3, 3, true), 100);
        List<Recipient> left = begun(news).getFirst().recipients();
        begun(alert);

        Instant soon = NOW.plusMillis(10);
        left.subList(0, 10).forEach(phone -> engine.on(new Event.Answered(news, phone, new Outcome.Accepted()), soon));
        Page more = page(dispatch(1, 1, false), 250);
        List<Order.Send> sends = sent(engine.on(new Event.Took(more.ref(), NOW, new Taken.Begun(more)), soon));

        assertThat(sends).extracting(Order.Send::page).containsExactly(alert);
    }

    /** The one message of a page that left for a silent origin, and whose page is settled. */
    private Page landed() {
        seen(dispatch(1, 1, false));
        Page page = page(dispatch(1, 1, false), 1);
        begun(page);
        Order.Settle settle =
                settled(engine.on(new Event.Tick(), NOW.plus(POLICY.pages().patience())));
        assertThat(settle.page()).isSameAs(page);
        engine.on(new Event.Settled(page), NOW.plus(POLICY.pages().patience()));
        return page;
    }

    private static Order.Settle settled(List<Order> orders) {
        return orders.stream()
                .filter(Order.Settle.class::isInstance)
                .map(Order.Settle.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private List<Order> answeredLate(Page page, Outcome outcome, Instant at) {
        return engine.on(new Event.Answered(page, page.recipients().getFirst(), outcome), at);
    }

    @Test
    void aLateAnswerThatBooksDoNotTakeIsLetGoOnceItsRecipientIsTriedAgain() {
        Page page = landed();
        Instant late = NOW.plusSeconds(5);
        Order order = answeredLate(page, new Outcome.Accepted(), late).getFirst();
        assertThat(order).isInstanceOf(Order.SettleLate.class);

        assertThat(engine.on(new Event.Failed(order), late.plusSeconds(1))).contains(order);
        assertThat(engine.on(new Event.Failed(order), late.plus(POLICY.pacing().answer())))
                .noneMatch(Order.SettleLate.class::isInstance);
        assertThat(engine.on(new Event.Failed(order), late.minusSeconds(1)))
                .as("a clock was set back")
                .noneMatch(Order.SettleLate.class::isInstance);
    }

    @Test
    void whatCameLateIsBroughtBehindItsPageWhereThatHadToBeWrittenOnceMore() {
        seen(dispatch(1, 1, false));
        Page page = page(dispatch(1, 1, false), 1);
        begun(page);
        Instant over = NOW.plus(POLICY.pages().patience());
        Order settle = settled(engine.on(new Event.Tick(), over));
        Order late =
                answeredLate(page, new Outcome.Accepted(), over.plusMillis(10)).getFirst();

        // What came late was written meanwhile, and found nobody who waited for it.
        assertThat(engine.on(new Event.Failed(settle), over.plusMillis(250))).startsWith(settle, late);
        assertThat(engine.on(new Event.Failed(late), over.plusMillis(250)))
                .as("it is brought already")
                .doesNotContain(late);
        engine.on(new Event.Settled(page), over.plusMillis(260));
        assertThat(engine.on(new Event.Failed(settle), over.plusMillis(270))).doesNotContain(late);
    }

    @Test
    void pagesThatTheBooksDoNotTakeKeepNoPlaceFromAnAlert() {
        seen(dispatch(1, 1, false));
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i < ORDINARY; i++) {
            pages.add(page(dispatch(1, 1, false), 1));
            begun(pages.getLast());
        }
        Instant over = NOW.plus(POLICY.pages().patience());
        List<Order> settling = engine.on(new Event.Tick(), over).stream()
                .filter(Order.Settle.class::isInstance)
                .toList();
        assertThat(settling).hasSize(ORDINARY);
        assertThat(seen(dispatch(1, 1, false), dispatch(2, 2, true)))
                .hasSize(POLICY.pages().reserved());

        assertThat(settling.stream().flatMap(settle -> taken(engine.on(new Event.Failed(settle), over)).stream()))
                .hasSize(ORDINARY)
                .containsOnly(new Ref(2, 2));
    }

    @Test
    void aPageWhoseResultTheBooksRefuseUntilItsLeaseIsOverIsLetGo() {
        seen(dispatch(1, 1, false));
        Page page = page(dispatch(1, 1, false), 1);
        begun(page);
        Order settle =
                settled(engine.on(new Event.Tick(), NOW.plus(POLICY.pages().patience())));
        Instant over = NOW.plus(POLICY.lease());

        List<Order> refused = engine.on(new Event.Failed(settle), over.minusMillis(1));
        assertThat(refused).contains(settle);
        assertThat(taken(refused)).as("the next page waits for no books").containsExactly(page.ref());

        List<Order> last = engine.on(new Event.Failed(settle), over);
        assertThat(last).noneMatch(Order.Settle.class::isInstance);
        assertThat(taken(last)).as("the next page has its place").isEmpty();
    }

    /** Whose origin gets into trouble once it is broken. */
    private record Breaking(long key, AtomicBoolean broken) implements Recipient {
        @Override
        public String origin() {
            if (broken.get()) {
                throw new IllegalStateException("no origin");
            }
            return "breaking";
        }
    }

    @Test
    void aPageThatIsGivenUpWhileItsResultIsWrittenGivesItsPlaceBackOnce() {
        AtomicBoolean broken = new AtomicBoolean();
        seen(dispatch(1, 1, false));
        Page page = new Page(
                dispatch(1, 1, false), new Lease(0, 1), 1, List.of(new Breaking(1, broken)), Map.of(), Set.of());
        begun(page);
        Instant over = NOW.plus(POLICY.pages().patience());
        settled(engine.on(new Event.Tick(), over));
        broken.set(true);
        assertThat(answeredLate(page, new Outcome.Accepted(), over)).hasOnlyElementsOfType(Order.Report.class);

        Instant later = over.plus(POLICY.looks().every());
        assertThat(taken(engine.on(new Event.Tick(), later))).isEmpty();
        assertThat(taken(engine.on(new Event.Settled(page), later))).containsExactly(page.ref());
    }

    @Test
    void whoIsToBeTriedAgainByALateAnswerIsReachedForThenHoweverLongThereWasNothingToTake() {
        Page page = landed();
        for (int i = 0; i < ORDINARY; i++) {
            engine.on(new Event.Took(page.ref(), NOW, new Taken.Nothing(Duration.ofMinutes(1))), NOW);
        }
        Instant late = NOW.plusSeconds(5);
        assertThat(taken(engine.on(new Event.Tick(), late))).isEmpty();

        answeredLate(page, new Outcome.RetryAt(Duration.ofSeconds(3), "503"), late);

        assertThat(taken(engine.on(new Event.Tick(), late.plusSeconds(2)))).isEmpty();
        assertThat(taken(engine.on(new Event.Tick(), late.plusSeconds(4)))).isNotEmpty();
    }

    @Test
    void whoIsToBeTriedAgainByALateAnswerIsReachedForThenThoughThereWasNothingToTakeWhenItCame() {
        Page page = landed();
        Instant late = NOW.plusSeconds(5);
        answeredLate(page, new Outcome.RetryAt(Duration.ofSeconds(3), "503"), late);
        // What was ordered before it was known finds nobody.
        for (int i = 0; i < ORDINARY; i++) {
            engine.on(new Event.Took(page.ref(), NOW, new Taken.Nothing(Duration.ofSeconds(25))), late.plusMillis(5));
        }

        assertThat(taken(engine.on(new Event.Tick(), late.plusSeconds(2)))).isEmpty();
        Instant due = late.plusSeconds(4);
        assertThat(taken(engine.on(new Event.Tick(), due))).isNotEmpty();
        for (int i = 0; i < ORDINARY; i++) {
            engine.on(new Event.Took(page.ref(), due, new Taken.Nothing(Duration.ofSeconds(25))), due);
        }
        assertThat(taken(engine.on(new Event.Tick(), due.plusSeconds(24))))
                .as("it was looked at once it was due")
                .isEmpty();
        assertThat(taken(engine.on(new Event.Tick(), due.plusSeconds(25)))).isNotEmpty();
    }
}
