package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.Errand.Reach;
import fr.tambour.dispatch.Outcome;
import fr.tambour.fediverse.internal.Activities.Repost;
import fr.tambour.fediverse.internal.FollowingInbox.Following;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundClient;
import fr.tambour.testing.TestClock;
import fr.tambour.town.TownId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What one inbox is told, by which accounts are followed there and what may have reached it before. */
class FediverseMailingTest {

    private static final TownId TOWN = new TownId(1);
    private static final long VILLE = 7;
    private static final long JEUNESSE = 8;
    private static final long VOIRIE = 9;
    private static final Instant BEFORE = Instant.parse("2026-11-24T08:00:00Z");
    private static final Instant NOW = BEFORE.plusSeconds(3_600);
    private static final KeyPair KEYS = RsaKeys.pair();

    private @Nullable Instant missed;

    private static Actor account(long id, Actor.Kind kind, long theme, Actor.State state) {
        URI base = URI.create("https://clairval.example");
        return new Actor(
                id,
                TOWN,
                kind,
                "a" + id,
                base,
                "x",
                KEYS.getPublic(),
                KEYS.getPrivate(),
                theme,
                state,
                "main-key",
                false);
    }

    private static final Actor TOWNS = account(VILLE, Actor.Kind.TOWN, 0, Actor.State.ON);

    private static Repost repost(long id, boolean meant, Actor.State state) {
        return new Repost(
                account(id, Actor.Kind.THEME, id, state), meant, bytes("Announce " + id), bytes("Undo " + id));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private FollowingInbox inbox(Following... following) {
        return new FollowingInbox(
                50,
                URI.create("https://other.example/inbox"),
                "other.example",
                true,
                null,
                null,
                missed,
                List.of(following));
    }

    private static Following now(long account) {
        return new Following(account, null);
    }

    /** What an earlier dispatch told, which those accounts had a part in. */
    private static Told.Earlier reached(Long... accounts) {
        return reached(BEFORE, accounts);
    }

    private static Told.Earlier reached(Instant at, Long... accounts) {
        Audience audience = new Audience(Kind.NEWS, false, Set.of(), Set.of());
        return new Told.Earlier(new Reach(0, 100, audience, new Hours.Any(), at, at, NOW), Set.of(accounts));
    }

    private static Errand errand() {
        return new Errand(
                1,
                TOWN,
                new NoticeId(5),
                2,
                Purpose.CORRECTION,
                new Audience(Kind.NEWS, false, Set.of(), Set.of()),
                new Hours.Any(),
                NOW,
                null,
                List.of());
    }

    private static List<String> told(
            FollowingInbox inbox,
            @Nullable List<byte[]> anew,
            List<byte[]> again,
            List<Repost> reposts,
            Told.Earlier... earlier) {
        FediverseMailing mailing = new FediverseMailing(
                errand(),
                TOWNS,
                new Activities.Said(anew, again, reposts),
                new Told(Set.of(VILLE), Arrays.asList(earlier)),
                null,
                null,
                () -> true,
                anyone -> false,
                UnaryOperator.identity(),
                Clock.fixed(NOW, ZoneOffset.UTC));
        return mailing.saidTo(inbox).stream()
                .map(post -> post.from().id() + " " + new String(post.activity(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> corrected(FollowingInbox inbox, List<Repost> reposts, Told.Earlier... earlier) {
        return told(inbox, List.of(bytes("Create")), List.of(bytes("Update")), reposts, earlier);
    }

    private static List<String> withdrawn(FollowingInbox inbox, List<Repost> reposts, Told.Earlier... earlier) {
        return told(inbox, null, List.of(bytes("Delete")), reposts, earlier);
    }

    private static List<Repost> both() {
        return List.of(repost(JEUNESSE, true, Actor.State.ON), repost(VOIRIE, true, Actor.State.ON));
    }

    @Test
    void whoKnowsNothingOfItIsToldByTheTownAndByTheThemesThatAreFollowedThere() {
        assertThat(corrected(inbox(now(VILLE)), both())).containsExactly("7 Create");
        assertThat(corrected(inbox(now(VILLE), now(VOIRIE)), both())).containsExactly("7 Create", "9 Announce 9");
        assertThat(corrected(inbox(now(JEUNESSE), now(VOIRIE)), both()))
                .containsExactly("8 Announce 8", "9 Announce 9");
    }

    @Test
    void anAccountThatIsStoppedRepostsNothingNewAndTakesNothingBack() {
        List<Repost> stopped = List.of(repost(JEUNESSE, true, Actor.State.OFF));

        assertThat(corrected(inbox(now(VILLE), now(JEUNESSE)), stopped)).containsExactly("7 Create");
        assertThat(corrected(inbox(now(JEUNESSE)), stopped, reached(VILLE, JEUNESSE)))
                .containsExactly("7 Update");
    }

    @Test
    void whoWasToldIsToldOnceThatItChangedAndReposted() {
        assertThat(corrected(inbox(now(VILLE), now(JEUNESSE)), both(), reached(VILLE, JEUNESSE)))
                .containsExactly("7 Update");
        // Now it is about roads as well.
        assertThat(corrected(inbox(now(VOIRIE), now(JEUNESSE)), both(), reached(VILLE, JEUNESSE)))
                .containsExactly("7 Update", "9 Announce 9");
    }

    @Test
    void whatIsNoLongerOfAThemeIsTakenBackByItsAccountWhereItWasReposted() {
        List<Repost> noMore = List.of(repost(JEUNESSE, false, Actor.State.ON));

        assertThat(corrected(inbox(now(VILLE), now(JEUNESSE)), noMore, reached(VILLE, JEUNESSE)))
                .containsExactly("7 Update", "8 Undo 8");
        assertThat(corrected(inbox(now(VILLE)), noMore, reached(VILLE, JEUNESSE)))
                .containsExactly("7 Update");
        assertThat(corrected(
                        inbox(new Following(JEUNESSE, BEFORE.minusSeconds(1)), now(VILLE)),
                        noMore,
                        reached(VILLE, JEUNESSE)))
                .as("who had left before it came out")
                .containsExactly("7 Update");
    }

    @Test
    void whatIsGivenBackToAThemeIsRepostedAgainAndWhatIsTakenFromItIsTakenBackOnce() {
        Told.Earlier first = reached(BEFORE, VILLE, JEUNESSE);
        Told.Earlier without = reached(BEFORE.plusSeconds(60), VILLE);
        FollowingInbox both = inbox(now(VILLE), now(JEUNESSE));

        assertThat(corrected(both, List.of(repost(JEUNESSE, true, Actor.State.ON)), first, without))
                .containsExactly("7 Update", "8 Announce 8");
        assertThat(corrected(both, List.of(repost(JEUNESSE, false, Actor.State.ON)), first, without))
                .containsExactly("7 Update");
        missed = NOW;
        assertThat(corrected(
                        inbox(now(VILLE), now(JEUNESSE)),
                        List.of(repost(JEUNESSE, false, Actor.State.ON)),
                        first,
                        without))
                .as("who may not have been told that it was taken back")
                .contains("8 Undo 8");
    }

    @Test
    void whoMayHaveMissedItIsToldAllOfIt() {
        missed = NOW;

        assertThat(corrected(inbox(now(VILLE), now(JEUNESSE)), both(), reached(VILLE, JEUNESSE)))
                .containsExactly("7 Create", "8 Announce 8", "7 Update");
        assertThat(corrected(inbox(now(JEUNESSE)), both(), reached(VILLE, JEUNESSE)))
                .containsExactly("8 Announce 8", "7 Update");
    }

    @Test
    void whatIsWithdrawnIsDeletedOnceAndTakenBackWhereOnlyThemesAreFollowed() {
        assertThat(withdrawn(inbox(now(VILLE), now(JEUNESSE)), both(), reached(VILLE, JEUNESSE)))
                .containsExactly("7 Delete");
        assertThat(withdrawn(inbox(now(JEUNESSE), now(VOIRIE)), both(), reached(VILLE, JEUNESSE)))
                .containsExactly("7 Delete", "8 Undo 8");
        assertThat(withdrawn(inbox(new Following(JEUNESSE, NOW)), both(), reached(VILLE, JEUNESSE)))
                .as("who has left since")
                .containsExactly("7 Delete", "8 Undo 8");
    }

    @Test
    void ofAThreadEachPostIsToldAfterTheOneBeforeItAndWhatIsNewInItIsToldOnce() {
        byte[] third = bytes("Create 3");
        List<byte[]> anew = List.of(bytes("Create"), bytes("Create 2"), third);
        List<byte[]> again = List.of(bytes("Update"), bytes("Update 2"), third, bytes("Delete 4"));
        List<Repost> youth = List.of(repost(JEUNESSE, true, Actor.State.ON));
        FollowingInbox both = inbox(now(VILLE), now(JEUNESSE));

        assertThat(told(both, anew, again, youth))
                .containsExactly("7 Create", "7 Create 2", "7 Create 3", "8 Announce 8");
        assertThat(told(both, anew, again, youth, reached(VILLE, JEUNESSE)))
                .containsExactly("7 Update", "7 Update 2", "7 Create 3", "7 Delete 4");
        missed = NOW;
        assertThat(told(inbox(now(VILLE)), anew, again, youth, reached(VILLE, JEUNESSE)))
                .containsExactly("7 Create", "7 Create 2", "7 Create 3", "7 Update", "7 Update 2", "7 Delete 4");
    }

    private static final FollowingInbox ALL = new FollowingInbox(
            50,
            URI.create("https://other.example/inbox"),
            "other.example",
            true,
            null,
            null,
            null,
            List.of(now(VILLE), now(JEUNESSE), now(VOIRIE)));

    /** Three activities on their way to a server, which answers each in this time and in turn by these. */
    private final class Way implements AutoCloseable {
        final List<String> sent = new CopyOnWriteArrayList<>();
        final AtomicInteger goesOn = new AtomicInteger();
        final AtomicInteger permits = new AtomicInteger(Integer.MAX_VALUE);
        final AtomicBoolean blocked = new AtomicBoolean();
        final StrangersWork work = new StrangersWork();
        final TestClock clock = new TestClock();
        final FediverseMailing mailing;

        Way(Duration each, Integer... statuses) {
            clock.moveTo(NOW);
            Iterator<Integer> next = List.of(statuses).iterator();
            OutboundClient client = (request, answer) -> {
                if (!request.wanted().getAsBoolean()) {
                    answer.accept(new OutboundAnswer.Recalled());
                    return;
                }
                sent.add(new String(request.body(), StandardCharsets.UTF_8));
                clock.advance(each);
                answer.accept(new OutboundAnswer.Answered(next.next(), Map.of(), new byte[0], true));
            };
            mailing = new FediverseMailing(
                    errand(),
                    TOWNS,
                    new Activities.Said(List.of(bytes("Create")), List.of(bytes("Update")), both()),
                    new Told(Set.of(VILLE), List.of()),
                    new Delivery(client, work, clock),
                    new Standing(null, clock, null),
                    () -> true,
                    inbox -> blocked.get(),
                    UnaryOperator.identity(),
                    clock);
        }

        Outcome outcome() throws InterruptedException {
            BlockingQueue<Outcome> told = new LinkedBlockingQueue<>();
            mailing.send(ALL, null, () -> permits.getAndDecrement() > 0, goesOn::incrementAndGet, told::add);
            return Objects.requireNonNull(told.poll(1, TimeUnit.MINUTES));
        }

        @Override
        public void close() {
            work.close();
        }
    }

    /** Its server takes so many, answers 503 twice, and takes the rest. */
    private List<String> sentAfter(int taken) throws InterruptedException {
        Integer[] statuses = new Integer[5];
        Arrays.setAll(statuses, i -> i == taken || i == taken + 1 ? 503 : 202);
        try (Way way = new Way(Duration.ZERO, statuses)) {
            for (int refused = 0; refused < 2; refused++) {
                assertThat(way.outcome()).isInstanceOf(Outcome.RetryAt.class);
                way.sent.removeLast();
            }
            assertThat(way.outcome()).isInstanceOf(Outcome.Accepted.class);
            return way.sent;
        }
    }

    @Test
    void whatIsRefusedAmidAThreadIsNotBookedAsAcceptedWhateverComesAfterIt() throws InterruptedException {
        try (Way way = new Way(Duration.ZERO, 202, 422, 202)) {
            assertThat(way.outcome()).isEqualTo(new Outcome.Rejected("422"));
            assertThat(way.sent).hasSize(3);
        }
        try (Way way = new Way(Duration.ZERO, 422, 503, 202, 202)) {
            assertThat(way.outcome()).isInstanceOf(Outcome.RetryAt.class);
            assertThat(way.outcome()).isEqualTo(new Outcome.Rejected("422"));
        }
    }

    @Test
    void whatTimeDoesNotSufficeForGoesOnSoonAndIsNotItsServersFault() throws InterruptedException {
        try (Way way = new Way(Duration.ofSeconds(3), 202, 202, 202)) {
            assertThat(way.outcome()).isEqualTo(new Outcome.Unfinished());
            assertThat(way.goesOn).hasValue(2);
            assertThat(way.outcome()).isEqualTo(new Outcome.Accepted());
            assertThat(way.sent).containsExactly("Create", "Announce 8", "Announce 9");
        }
    }

    @Test
    void whatMayNotLeaveAnyMoreAfterSomeOfItArrivedIsUnfinishedAndElseRecalled() throws InterruptedException {
        try (Way way = new Way(Duration.ZERO, 202, 202, 202)) {
            way.permits.set(0);
            assertThat(way.outcome()).isEqualTo(new Outcome.Recalled());
            way.permits.set(1);
            assertThat(way.outcome()).isEqualTo(new Outcome.Unfinished());
            way.permits.set(2);
            assertThat(way.outcome()).isEqualTo(new Outcome.Accepted());
            assertThat(way.sent).containsExactly("Create", "Announce 8", "Announce 9");
        }
    }

    @Test
    void whoseServerIsBlockedAsItLeavesIsToldNothing() throws InterruptedException {
        try (Way way = new Way(Duration.ZERO, 202, 202, 202)) {
            way.blocked.set(true);
            assertThat(way.outcome()).isEqualTo(new Outcome.Recalled());
            assertThat(way.sent).isEmpty();
            way.blocked.set(false);
            assertThat(way.outcome()).isEqualTo(new Outcome.Accepted());
        }
    }

    @Test
    void whatWasTakenIsNotSentAgainWithWhatWasNot() throws InterruptedException {
        for (int taken = 0; taken < 3; taken++) {
            assertThat(sentAfter(taken)).containsExactly("Create", "Announce 8", "Announce 9");
        }
    }
}
