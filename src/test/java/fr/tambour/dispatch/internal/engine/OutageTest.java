package fr.tambour.dispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.Outcome;
import fr.tambour.dispatch.Retrying;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How soon people are told once a service is back that was out of order for long: one node, by the measures of every day. */
class OutageTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Policy POLICY = Policy.STANDARD.with(channel -> Optional.of(
            new Retrying(12, Duration.ofDays(3), Duration.ofSeconds(2), Duration.ofMinutes(30), Duration.ofDays(3))));
    private static final Duration BEAT = Duration.ofMillis(50);
    private static final Duration ANSWER = Duration.ofMillis(20);
    private static final Duration OUTAGE = Duration.ofMinutes(40);
    private static final Instant BACK = NOW.plus(OUTAGE);

    private static final String SERVICE = "service";
    private static final int PHONES = 400;

    private Instant now = NOW;
    private final SimTowns towns = new SimTowns(true);
    private final MemoryBooks books = new MemoryBooks(towns, () -> now);
    private final Clerk clerk = new Clerk(POLICY);
    private final PriorityQueue<Coming> coming =
            new PriorityQueue<>(Comparator.comparing(Coming::at).thenComparing(Coming::number));
    private final Map<Long, List<Instant>> accepted = new HashMap<>();
    private Engine engine = started();
    private int number;
    private int asked;

    /** What the service says while it is out of order. */
    private Outcome refusal = new Outcome.RetryAt(null, "503");

    private record Coming(Instant at, int number, Event event) {}

    private static Engine started() {
        return new Engine(POLICY, new Pace(POLICY, new SplittableRandom(3)));
    }

    @BeforeEach
    void manyPhonesOfOneServiceAndOneOfAnother() {
        for (int key = 1; key <= PHONES; key++) {
            towns.add(new SimPhone(1, key, SERVICE));
        }
        towns.add(new SimPhone(1, PHONES + 1, "other"));
    }

    private Ref published(long id, boolean emergency) {
        Ref ref = new Ref(1, id);
        Instant end = now.plus(Duration.ofDays(1));
        books.open(
                new OpenDispatch(
                        ref, id, "phone", emergency, false, State.OPEN, PHONES + 1, 0, now, now, end, false, null),
                SimTowns.EVERYBODY);
        return ref;
    }

    private void until(Instant end) {
        while (now.isBefore(end)) {
            now = now.plus(BEAT);
            while (!coming.isEmpty() && !coming.peek().at().isAfter(now)) {
                hear(coming.remove().event());
            }
            hear(new Event.Tick());
        }
    }

    private void hear(Event event) {
        for (Order order : engine.on(event, now)) {
            switch (order) {
                case Order.Entry entry -> comes(Duration.ZERO, books.write(ledger -> clerk.enter(ledger, entry)));
                case Order.Send send -> send.recipients().forEach(phone -> send(send.page(), phone));
                case Order.Report report -> throw new AssertionError(report.failure());
            }
        }
    }

    private void comes(Duration after, Event event) {
        coming.add(new Coming(now.plus(after), number++, event));
    }

    private void send(Page page, Recipient phone) {
        boolean isOut = phone.origin().equals(SERVICE) && now.isBefore(BACK);
        asked += isOut ? 1 : 0;
        if (!isOut) {
            accepted.computeIfAbsent(page.ref().dispatch(), id -> new ArrayList<>())
                    .add(now);
        }
        comes(ANSWER, new Event.Answered(page, phone, isOut ? refusal : new Outcome.Accepted()));
    }

    private List<Instant> acceptedOf(Ref ref) {
        return accepted.getOrDefault(ref.dispatch(), List.of());
    }

    private @Nullable Instant lastOf(Ref ref) {
        return acceptedOf(ref).stream().max(Comparator.naturalOrder()).orElse(null);
    }

    @Test
    void anAlertAfterAnOutageReachesEverybodyWithinSecondsAndWhatWaitedSinceFollows() {
        Ref news = published(1, false);
        until(BACK.plusSeconds(60));
        int askedAnyway = asked;
        Ref alert = published(2, true);
        Instant released = now;

        until(released.plusSeconds(120));

        assertThat(acceptedOf(alert)).hasSize(PHONES + 1);
        assertThat(lastOf(alert)).isBefore(released.plusSeconds(7));
        assertThat(acceptedOf(news))
                .filteredOn(at -> at.isBefore(released.plusSeconds(10)))
                .as("all but those who were asked by themselves meanwhile")
                .hasSizeGreaterThan(PHONES - askedAnyway);
        assertThat(askedAnyway).as("nothing but a probe now and then").isBetween(20, 300);
    }

    @Test
    void anAlertAmidAnOutageReachesEverybodyWithinSecondsOfItsEnd() {
        published(1, false);
        until(NOW.plus(Duration.ofMinutes(30)));
        Ref alert = published(2, true);
        until(BACK);
        assertThat(acceptedOf(alert)).hasSize(1);

        until(BACK.plus(POLICY.outages().longestPause()).plusSeconds(10));

        assertThat(acceptedOf(alert)).hasSize(PHONES + 1);
        assertThat(acceptedOf(alert))
                .filteredOn(at -> at.isBefore(BACK.plusSeconds(8)))
                .as("who has not been asked for by themselves")
                .hasSizeGreaterThan(PHONES / 2);
    }

    @Test
    void aServiceThatAsksForHalfAnHourIsAskedByAnAlertAllTheSame() {
        refusal = new Outcome.RetryAt(Duration.ofMinutes(30), "503");
        Ref news = published(1, false);
        until(BACK.plusSeconds(60));
        assertThat(acceptedOf(news)).hasSize(1);
        Ref alert = published(2, true);

        until(now.plusSeconds(7));

        assertThat(acceptedOf(alert)).hasSize(PHONES + 1);
        assertThat(acceptedOf(news)).hasSizeGreaterThan(PHONES - 10);
    }

    @Test
    void whoWasPutOffBeforeARestartIsTriedAgainAsSoonAsTheirServiceAnswersAnybody() {
        refusal = new Outcome.RetryAt(Duration.ofMinutes(30), "503");
        Ref news = published(1, false);
        until(BACK.plusSeconds(60));
        engine = started();
        coming.clear();
        published(2, true);

        until(now.plusSeconds(7));

        assertThat(acceptedOf(news)).hasSizeGreaterThan(PHONES - 10);
    }

    @Test
    void whoIsAloneAtAServiceHearsOfAnAlertShortlyAfterItIsBack() {
        for (int key = 2; key <= PHONES; key++) {
            towns.leave(new SimPhone(1, key, SERVICE));
        }
        Ref alert = published(2, true);
        until(BACK);
        assertThat(acceptedOf(alert)).hasSize(1);

        until(BACK.plus(POLICY.outages().longestPause()).plusSeconds(3));

        assertThat(acceptedOf(alert)).hasSize(2);
    }
}
