package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Choices;
import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.Errand.Reach;
import fr.tambour.notice.DeskTown;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Millis;
import fr.tambour.testing.TestClock;
import fr.tambour.town.TownId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Choices that others took the place of are kept for whom a correction may still have to find, and no longer. */
@ParameterizedClass
@MethodSource("fr.tambour.notice.DeskTown#onBothEngines")
class PastChoicesTest {

    private static final Choices NEWS = new Choices(Set.of(Kind.NEWS), Set.of(), Set.of(), null, "fr", false);
    private static final Choices EVENTS = new Choices(Set.of(Kind.EVENT), Set.of(), Set.of(), null, "fr", false);

    private final DeskTown town;
    private final Phones phones;
    private final TestClock clock;

    PastChoicesTest(DeskTown town) {
        this.town = town;
        phones = town.tambour.bean(Phones.class);
        clock = town.tambour.clock();
    }

    private long phone(Choices choices) {
        return town.write(() -> {
            long key = phones.highestKey(town.here.id()) + 1;
            Phone phone = new Phone(
                    key,
                    "push.example",
                    new PushEndpoint(
                            URI.create("https://push.example/" + key), TestKeys.publicKey(), TestKeys.secret(1)),
                    "fr");
            phones.add(town.here.id(), phone, "mac" + key, true, choices, "token", clock.instant());
            phones.activate(town.here.id(), key, "token", clock.instant(), clock.instant(), YearMonth.of(2026, 11));
            return key;
        });
    }

    private void chooses(long key, Choices choices) {
        town.write(() -> {
            phones.choose(town.here.id(), key, choices, clock.instant());
            return true;
        });
    }

    private Dispatch told(NoticeId id) {
        return town.tambour.bean(Dispatches.class).of(town.here.id(), id).stream()
                .filter(dispatch -> dispatch.channel().equals(PhoneChannel.NAME))
                .findFirst()
                .orElseThrow();
    }

    private NoticeId news(String title) {
        return town.published(town.news(title).withChannels(new TreeSet<>(Set.of("phone", "website"))));
    }

    private int kept(long key) {
        return phones.past(town.here.id(), key, key, Instant.EPOCH)
                .getOrDefault(key, List.of())
                .size();
    }

    private void sweepAfter(Duration passed) {
        clock.advance(passed);
        town.tambour.bean(PhoneSweeper.class).sweep();
    }

    /** Nothing more of it is under way: whoever was told was told at once. */
    private void settled(NoticeId id) {
        town.write(() -> town.tambour
                .bean(JdbcClient.class)
                .sql("UPDATE dispatch SET settled_at = opened_at WHERE town_id = :town AND notice_id = :notice")
                .param("town", town.here.id().value())
                .param("notice", id.value())
                .update());
    }

    private void settledAt(NoticeId id, Instant at) {
        town.write(() -> town.tambour
                .bean(JdbcClient.class)
                .sql("UPDATE dispatch SET settled_at = :at WHERE town_id = :town AND notice_id = :notice")
                .param("at", Millis.of(at))
                .param("town", town.here.id().value())
                .param("notice", id.value())
                .update());
    }

    @Test
    void aCorrectionReachesWhomTheFirstVersionReachedAfterTheSweepToo() {
        long key = phone(EVENTS);
        clock.advance(Duration.ofMinutes(1));
        chooses(key, NEWS);
        clock.advance(Duration.ofMinutes(1));
        NoticeId id = news("La halle rouvre");
        clock.advance(Duration.ofMinutes(1));
        chooses(key, EVENTS);
        clock.advance(Duration.ofMinutes(1));
        chooses(key, NEWS);
        clock.advance(Duration.ofMinutes(1));
        chooses(key, EVENTS);
        settled(id);
        assertThat(kept(key)).isEqualTo(4);

        sweepAfter(Duration.ofDays(20));

        assertThat(kept(key)).as("what was in force when it was told").isEqualTo(1);
        Dispatch first = told(id);
        Errand correction = new Errand(
                9,
                town.here.id(),
                id,
                2,
                Purpose.CORRECTION,
                new Audience(Kind.NEWS, false, Set.of(), Set.of()),
                new Hours.Awake(9),
                clock.instant(),
                null,
                List.of(new Reach(
                        0,
                        key,
                        new Audience(Kind.NEWS, false, Set.of(), Set.of()),
                        new Hours.Awake(9),
                        first.openedAt(),
                        first.notBefore(),
                        first.settledAt())));
        assertThat(town.write(() -> town.tambour.bean(PhoneChannel.class).recipients(correction, 0, key, 100)))
                .extracting(Phone::key)
                .contains(key);

        // News stands for 30 days, and who was told of it is known for 30 more.
        sweepAfter(Duration.ofDays(39));
        assertThat(kept(key)).isEqualTo(1);
        sweepAfter(Duration.ofDays(2));
        assertThat(kept(key)).isZero();
    }

    private static Errand numbered(long dispatch, TownId town, NoticeId notice) {
        return new Errand(
                dispatch,
                town,
                notice,
                1,
                Purpose.PUBLICATION,
                new Audience(Kind.NEWS, false, Set.of(), Set.of()),
                new Hours.Any(),
                TestClock.START,
                null,
                List.of());
    }

    @Test
    void theWordsOfOneTownsDispatchAreNotThoseOfAnothersOfTheSameNumber() {
        PhoneChannel channel = town.tambour.bean(PhoneChannel.class);
        NoticeId notice = town.published(town.news("Ici").withChannels(new TreeSet<>(Set.of("website"))));
        Errand here = numbered(4_711, town.here.id(), notice);
        Errand there = numbered(4_711, town.there.id(), notice);

        assertThat(channel.mailing(here)).isSameAs(channel.mailing(here)).isNotSameAs(channel.mailing(there));
    }

    @Test
    void whatWasWithdrawnIsFollowedUntilItsWithdrawalIsThrough() {
        long key = phone(NEWS);
        clock.advance(Duration.ofMinutes(1));
        NoticeId id = news("Le bal");
        clock.advance(Duration.ofMinutes(1));
        chooses(key, EVENTS);
        town.desk.withdraw(town.approver, id, "Il pleut.");

        sweepAfter(Duration.ofHours(2));
        assertThat(kept(key)).isEqualTo(1);

        settled(id);
        sweepAfter(Duration.ofHours(2));
        assertThat(kept(key)).isZero();
    }

    @Test
    void whatWasChosenWhileADispatchWasPausedIsKeptForWhoeverWasToldByIt() {
        long key = phone(EVENTS);
        clock.advance(Duration.ofMinutes(1));
        NoticeId id = news("La piscine rouvre");
        clock.advance(Duration.ofMinutes(30));
        chooses(key, NEWS);
        clock.advance(Duration.ofMinutes(30));
        Instant resumed = clock.instant();
        clock.advance(Duration.ofMinutes(30));
        chooses(key, EVENTS);
        clock.advance(Duration.ofMinutes(30));
        chooses(key, NEWS);

        sweepAfter(Duration.ofHours(2));
        assertThat(kept(key)).as("while it is under way").isEqualTo(3);

        settledAt(id, resumed);
        sweepAfter(Duration.ofHours(2));
        assertThat(kept(key)).as("in force until it was through").isEqualTo(2);
        settled(id);
    }

    @Test
    void whatNoDispatchAsksForIsLetGoWithinHours() {
        long key = phone(NEWS);
        clock.advance(Duration.ofMinutes(1));
        chooses(key, EVENTS);

        sweepAfter(Duration.ofMinutes(10));
        assertThat(kept(key)).as("somebody's clock may be behind").isEqualTo(1);
        sweepAfter(Duration.ofHours(2));
        assertThat(kept(key)).isZero();
    }
}
