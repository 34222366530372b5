package fr.tambour.dispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.Outcome;
import fr.tambour.dispatch.Retrying;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A channel may try again for longer, and at longer intervals, than the engine does by itself. */
class RetryingTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Ref REF = new Ref(1, 1);
    private static final Retrying PATIENT =
            new Retrying(12, Duration.ofDays(7), Duration.ofSeconds(30), Duration.ofHours(12), Duration.ofDays(7));
    private static final Policy POLICY =
            Policy.STANDARD.with(channel -> channel.equals(SimPhone.LETTER) ? Optional.of(PATIENT) : Optional.empty());

    /** As phones are tried again. */
    private static final Policy OF_PHONES = Policy.STANDARD.with(channel -> Optional.of(
            new Retrying(12, Duration.ofDays(3), Duration.ofSeconds(2), Duration.ofMinutes(30), Duration.ofDays(3))));

    private Instant now = NOW;
    private int attempts;
    private Instant last = NOW;
    private final SimTowns towns = new SimTowns(true);
    private final MemoryBooks books = new MemoryBooks(towns, () -> now);
    private final Clerk clerk = new Clerk(POLICY);

    /** How long until it is through where every attempt fails at once. */
    private Duration failing(String channel, Duration lasts) {
        towns.add(new SimPhone(1, 1, channel + "s"));
        Instant end = NOW.plus(lasts);
        books.open(
                new OpenDispatch(REF, 1, channel, false, false, State.OPEN, 1, 0, NOW, NOW, end, false, null),
                SimTowns.EVERYBODY);
        return carry(clerk, POLICY, Instant.MAX);
    }

    /** @param back when the service is in order again */
    private Duration carry(Clerk clerk, Policy policy, Instant back) {
        Pace pace = new Pace(policy, new SplittableRandom(7));
        while (true) {
            Taken taken = ((Event.Took) clerk.enter(books, new Order.Take(REF, now))).taken();
            switch (taken) {
                case Taken.Begun begun -> {
                    Flight flight = new Flight(begun.page(), policy, pace, now, now);
                    List<Recipient> left = flight.pump(now);
                    attempts += left.size();
                    last = left.isEmpty() ? last : now;
                    Outcome outcome = now.isBefore(back) ? new Outcome.RetryAt(null, "503") : new Outcome.Accepted();
                    left.forEach(recipient -> flight.answered(recipient, outcome, now));
                    clerk.enter(books, new Order.Settle(begun.page(), flight.land(now)));
                }
                case Taken.Nothing nothing -> now = now.plus(nothing.pause());
                case Taken.Accounted accounted -> {}
                case Taken.Finished finished -> {
                    return Duration.between(NOW, now);
                }
            }
        }
    }

    @Test
    void whereAChannelTriesForAWeekNobodyIsGivenUpBeforeAndNobodyIsAskedWithoutEnd() {
        Duration through = failing(SimPhone.LETTER, Duration.ofDays(30));

        assertThat(through).isBetween(Duration.ofDays(7), Duration.ofDays(7).plusHours(13));
        assertThat(attempts).as("full jitter up to twelve hours").isBetween(20, 90);
        assertThat(books.account(REF).failures().byReason()).containsOnlyKeys("503");
    }

    @Test
    void itIsTriedNoLongerThanTheNoticeStands() {
        Duration through = failing(SimPhone.LETTER, Duration.ofDays(2));

        assertThat(through).isBetween(Duration.ofDays(2), Duration.ofDays(2).plusMinutes(2));
        assertThat(last).isBefore(NOW.plus(Duration.ofDays(2)));
        assertThat(books.account(REF).expired()).isEqualTo(1);
    }

    @Test
    void whereAChannelSaysNothingSomebodyIsGivenUpAfterSoManyAttempts() {
        Duration through = failing(SimPhone.PHONE, Duration.ofDays(30));

        assertThat(through).isLessThan(Duration.ofDays(1));
        assertThat(attempts).isEqualTo(POLICY.retrying().attempts());
    }

    @Test
    void whoeverIsAloneAtAServiceThatIsDownForDaysIsToldOnceItIsBackAndIsNotAskedWithoutEnd() {
        Duration down = Duration.ofDays(2);
        towns.add(new SimPhone(1, 1, SimPhone.LETTER + "s"));
        Instant end = NOW.plus(Duration.ofDays(30));
        books.open(
                new OpenDispatch(REF, 1, SimPhone.LETTER, false, false, State.OPEN, 1, 0, NOW, NOW, end, false, null),
                SimTowns.EVERYBODY);
        Clerk persistent = new Clerk(OF_PHONES);

        carry(persistent, OF_PHONES, NOW.plus(down));

        assertThat(books.account(REF).accepted()).isEqualTo(1);
        assertThat(last).isBetween(NOW.plus(down), NOW.plus(down).plus(Duration.ofMinutes(62)));
        assertThat(attempts).as("every quarter of an hour on average").isBetween(60, 400);
    }

    @Test
    void whatAServiceAsksForIsHeardUpToTheLongestWait() {
        Pace pace = new Pace(POLICY, new SplittableRandom(7));

        assertThat(pace.retry(PATIENT, 1, false, Duration.ofHours(5)))
                .isBetween(Duration.ofHours(5), Duration.ofHours(6));
        assertThat(pace.retry(PATIENT, 1, false, Duration.ofDays(5))).isLessThan(Duration.ofHours(14));
    }
}
