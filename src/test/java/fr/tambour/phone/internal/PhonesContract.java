package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Choices;
import fr.tambour.dispatch.Choices.QuietHours;
import fr.tambour.notice.Kind;
import fr.tambour.phone.internal.Phones.Standing;
import fr.tambour.phone.internal.Phones.Superseded;
import fr.tambour.town.TownId;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every store of phones promises. */
interface PhonesContract {

    Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    YearMonth MONTH = YearMonth.of(2026, 11);
    Choices ALL = new Choices(Set.of(), Set.of(), Set.of(), null, "fr", false);
    Choices SOME = new Choices(
            Set.of(Kind.EMERGENCY, Kind.EVENT), Set.of(7L, 5L), Set.of(9L), new QuietHours(21, 7), "en", true);

    Phones phones();

    /** A town without a phone. */
    TownId town();

    <T> T written(Supplier<T> change);

    /** Whoever has not been seen since before a month is let go of in another. */
    void forgets(YearMonth before, YearMonth now);

    private Phone pending(long key, Choices choices, Instant at) {
        Phone phone = new Phone(
                key, "push.example", TestKeys.endpoint("https://push.example/" + key, (int) key), choices.language());
        return written(() -> {
            phones().add(town(), phone, "mac" + key, false, choices, "token" + key, at);
            return phone;
        });
    }

    private Phone active(long key, Choices choices, Instant at) {
        Phone phone = pending(key, choices, at);
        return written(() -> {
            phones().activate(town(), key, "token" + key, at, at, MONTH);
            return phone;
        });
    }

    private List<Long> keys(List<Standing> standing) {
        return standing.stream().map(one -> one.phone().key()).toList();
    }

    private <T> void does(Runnable change) {
        written(() -> {
            change.run();
            return true;
        });
    }

    @Test
    default void aPhoneIsFoundAgainAsItWasKept() {
        Phone phone = pending(1, SOME, NOW);

        Standing found = phones().find(town(), "mac1").orElseThrow();

        assertThat(found.phone().origin()).isEqualTo("push.example");
        assertThat(found.phone().endpoint().address())
                .isEqualTo(phone.endpoint().address());
        assertThat(found.phone().endpoint().publicKey())
                .isEqualTo(phone.endpoint().publicKey());
        assertThat(found.phone().endpoint().secret()).isEqualTo(phone.endpoint().secret());
        assertThat(found.choices()).isEqualTo(SOME);
        assertThat(found.phone().language()).isEqualTo("en");
        assertThat(found.active()).isFalse();
        assertThat(found.token()).isEqualTo("token1");
        assertThat(found.pendingSince()).isEqualTo(NOW);
        assertThat(found.seen()).isEqualTo(MONTH);
        assertThat(found.chosenAt()).isNull();
        assertThat(phones().find(town(), "mac2")).isEmpty();
    }

    @Test
    default void onlyAPhoneThatGaveBackItsTokenIsReadAndInTheOrderOfItsKey() {
        active(3, ALL, NOW);
        pending(2, ALL, NOW);
        active(1, ALL, NOW);
        active(4, SOME, NOW);

        assertThat(keys(phones().active(town(), 0, 10, 10))).containsExactly(1L, 3L, 4L);
        assertThat(keys(phones().active(town(), 1, 3, 10))).containsExactly(3L);
        assertThat(keys(phones().active(town(), 0, 10, 2))).containsExactly(1L, 3L);
        assertThat(keys(phones().active(town(), List.of(4L, 2L, 1L, 99L)))).containsExactly(1L, 4L);
        assertThat(phones().highestKey(town())).isEqualTo(4);
    }

    @Test
    default void aSliceEndsAtTheKeyOfItsLastPhone() {
        assertThat(phones().highestKey(town())).isZero();
        for (long key = 10; key <= 50; key += 10) {
            active(key, ALL, NOW);
        }

        assertThat(phones().boundary(town(), 0, 50, 2)).isEqualTo(20);
        assertThat(phones().boundary(town(), 20, 50, 2)).isEqualTo(40);
        assertThat(phones().boundary(town(), 40, 50, 2)).isEqualTo(50);
        assertThat(phones().boundary(town(), 40, 45, 2)).isEqualTo(45);
    }

    @Test
    default void choicesThatOthersTookThePlaceOfAreKeptWithTheirTimes() {
        active(1, ALL, NOW);
        Instant later = NOW.plus(Duration.ofHours(1));
        does(() -> phones().choose(town(), 1, SOME, later));

        Standing now = phones().find(town(), "mac1").orElseThrow();
        assertThat(now.choices()).isEqualTo(SOME);
        assertThat(now.chosenAt()).isEqualTo(later);
        assertThat(phones().past(town(), 1, 1, NOW)).isEqualTo(Map.of(1L, List.of(new Phones.Past(ALL, NOW, later))));
        assertThat(phones().past(town(), 1, 1, later)).isEmpty();
        assertThat(phones().past(town(), 2, 9, NOW)).isEmpty();
    }

    @Test
    default void whatWasChosenByAClockThatWasSetBackSinceIsKeptAndHadBegunWhoKnowsWhen() {
        Instant ahead = NOW.plus(Duration.ofHours(2));
        active(1, ALL, ahead);
        does(() -> phones().choose(town(), 1, SOME, NOW));

        Standing now = phones().find(town(), "mac1").orElseThrow();
        assertThat(now.choices()).isEqualTo(SOME);
        assertThat(now.chosenAt()).isEqualTo(NOW);
        Instant before = NOW.minus(Duration.ofDays(1));
        assertThat(phones().past(town(), 1, 1, before))
                .isEqualTo(Map.of(1L, List.of(new Phones.Past(ALL, ahead, NOW))));
        assertThat(phones().past(town(), 1, 1, before).get(1L)).allMatch(past -> past.hadBegunBy(before));
    }

    @Test
    default void choicesAreInForceSinceAMomentAtTheLatest() {
        active(1, ALL, NOW);
        active(2, ALL, NOW.plusSeconds(10));
        active(3, ALL, NOW.plusSeconds(10));
        pending(4, ALL, NOW);

        does(() -> List.of(1L, 2L, 4L).forEach(key -> phones().chosenBy(town(), key, NOW.plusSeconds(5))));

        assertThat(phones().find(town(), "mac1").orElseThrow().chosenAt()).isEqualTo(NOW);
        assertThat(phones().find(town(), "mac2").orElseThrow().chosenAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(phones().find(town(), "mac3").orElseThrow().chosenAt()).isEqualTo(NOW.plusSeconds(10));
        assertThat(phones().find(town(), "mac4").orElseThrow().chosenAt()).isNull();
    }

    @Test
    default void choicesThatOthersTookThePlaceOfAreReadAPageAtATimeAndDropped() {
        Instant second = NOW.plus(Duration.ofHours(1));
        Instant third = NOW.plus(Duration.ofHours(2));
        for (long key = 1; key <= 2; key++) {
            long phone = key;
            active(phone, ALL, NOW);
            does(() -> phones().choose(town(), phone, SOME, second));
            does(() -> phones().choose(town(), phone, ALL, third));
        }
        List<Superseded> all = List.of(
                new Superseded(1, NOW, second),
                new Superseded(1, second, third),
                new Superseded(2, NOW, second),
                new Superseded(2, second, third));

        Instant after = third.plusSeconds(1);
        assertThat(phones().superseded(town(), Superseded.NONE, after, 3)).isEqualTo(all.subList(0, 3));
        assertThat(phones().superseded(town(), all.get(1), after, 3)).isEqualTo(all.subList(2, 4));
        assertThat(phones().superseded(town(), Superseded.NONE, third, 9)).containsExactly(all.get(0), all.get(2));

        does(() -> phones().drop(town(), List.of(all.get(0), all.get(3))));

        assertThat(phones().superseded(town(), Superseded.NONE, after, 9)).containsExactly(all.get(1), all.get(2));
    }

    @Test
    default void whatAPhoneChoseBeforeItWasToldAnythingLeavesNoTrace() {
        pending(1, ALL, NOW);
        does(() -> phones().choose(town(), 1, SOME, NOW.plusSeconds(5)));

        assertThat(phones().past(town(), 1, 1, NOW.minusSeconds(60))).isEmpty();
        assertThat(phones().find(town(), "mac1").orElseThrow().choices()).isEqualTo(SOME);
    }

    @Test
    default void quietHoursThatOthersTookThePlaceOfAreKnownSinceAMoment() {
        active(1, SOME, NOW);
        active(2, SOME, NOW);
        active(3, ALL, NOW);
        does(() -> phones().choose(town(), 1, ALL, NOW.plusSeconds(5)));
        does(() -> phones().choose(town(), 2, ALL, NOW.plusSeconds(6)));
        does(() -> phones().choose(town(), 3, SOME, NOW.plusSeconds(7)));

        assertThat(phones().formerQuiet(town(), NOW.plusSeconds(5))).containsExactly(new QuietHours(21, 7));
        assertThat(phones().formerQuiet(town(), NOW.plusSeconds(6))).isEmpty();
    }

    @Test
    default void twoChangesInOneMillisecondKeepTheFirstAndTheLast() {
        active(1, ALL, NOW);
        Instant later = NOW.plusSeconds(1);
        does(() -> phones().choose(town(), 1, SOME, later));
        does(() -> phones().choose(town(), 1, ALL, later));

        assertThat(phones().past(town(), 1, 1, NOW).get(1L)).hasSize(1);
        assertThat(phones().find(town(), "mac1").orElseThrow().choices()).isEqualTo(ALL);
    }

    @Test
    default void aPhoneThatIsGoneIsForgottenOnlyIfItHasNotChanged() {
        Phone phone = active(1, ALL, NOW);
        active(2, ALL, NOW);
        does(() -> phones().choose(town(), 1, SOME, NOW.plusSeconds(1)));
        Phone moved = new Phone(1, "other.example", TestKeys.endpoint("https://other.example/1", 9), "fr");
        does(() -> phones().move(town(), 1, moved, "mac1b", true, "token", NOW, NOW.plusSeconds(600)));

        does(() -> phones().forget(town(), phone, "mac1"));
        assertThat(phones().find(town(), "mac1b")).isPresent();
        assertThat(phones().find(town(), "mac1b").orElseThrow().active()).isFalse();

        does(() -> phones().forget(town(), moved, "mac1b"));
        assertThat(phones().find(town(), "mac1b")).isEmpty();
        assertThat(phones().past(town(), 0, 9, NOW.minusSeconds(60))).isEmpty();
        assertThat(phones().find(town(), "mac2")).isPresent();
    }

    @Test
    default void aPhoneThatHasOtherKeysSinceIsNotForgotten() {
        PushEndpoint now = active(1, ALL, NOW).endpoint();

        for (PushEndpoint before : List.of(
                new PushEndpoint(now.address(), now.publicKey(), TestKeys.secret(9)),
                new PushEndpoint(now.address(), TestKeys.publicKey(), now.secret()))) {
            does(() -> phones().forget(town(), new Phone(1, "push.example", before, "fr"), "mac1"));
            assertThat(phones().find(town(), "mac1")).isPresent();
        }
    }

    @Test
    default void anAddressHasOnePhoneAndOnlyWhoIsThereMoves() {
        Phone phone = pending(1, SOME, NOW);
        Phone twin = new Phone(2, "push.example", phone.endpoint(), "fr");

        assertThat(written(() -> phones().add(town(), twin, "mac1", false, ALL, "other", NOW)))
                .isFalse();
        assertThat(phones().find(town(), "mac1").orElseThrow().phone().key()).isEqualTo(1);
        assertThat(phones().find(town(), "mac1").orElseThrow().token()).isEqualTo("token1");
        assertThat(written(() -> phones().move(town(), 1, phone, "mac1b", true, "token", NOW, NOW.plusSeconds(600))))
                .isTrue();
        assertThat(written(() -> phones().move(town(), 9, phone, "mac9", true, "token", NOW, NOW.plusSeconds(600))))
                .isFalse();
    }

    @Test
    default void aPhoneThatMovedKeepsItsKeyAndSinceWhenItsChoicesHold() {
        active(1, SOME, NOW);
        Phone moved = new Phone(1, "other.example", TestKeys.endpoint("https://other.example/1", 9), "fr");
        does(() -> phones().move(town(), 1, moved, "mac1b", true, "token", NOW.plusSeconds(9), NOW.plusSeconds(600)));
        does(() -> phones().activate(town(), 1, "token", NOW.plusSeconds(9), NOW.plusSeconds(10), MONTH));

        Standing now = phones().find(town(), "mac1b").orElseThrow();
        assertThat(now.chosenAt()).isEqualTo(NOW);
        assertThat(now.choices()).isEqualTo(SOME);
        assertThat(now.phone().origin()).isEqualTo("other.example");
    }

    /** Whoever checks a token has read the phone before: what it becomes meanwhile has proved nothing. */
    @Test
    default void onlyThePhoneThatWaitsForTheTokenThatWasCheckedIsToldFromThenOn() {
        pending(1, ALL, NOW);
        Phone victim = new Phone(1, "victim.example", TestKeys.endpoint("https://victim.example/1", 9), "fr");
        assertThat(activates(1, "token1", NOW)).isTrue();
        does(() ->
                phones().move(town(), 1, victim, "mac1b", false, "pushed", NOW.plusSeconds(5), NOW.plusSeconds(600)));

        assertThat(activates(1, "token1", NOW)).as("moved meanwhile").isFalse();
        assertThat(activates(1, "token1", NOW.plusSeconds(5))).isFalse();
        assertThat(activates(1, "pushed", NOW)).isFalse();
        assertThat(phones().find(town(), "mac1b").orElseThrow().active()).isFalse();
        assertThat(phones().find(town(), "mac1b").orElseThrow().pendingSince()).isEqualTo(NOW.plusSeconds(5));
        assertThat(activates(9, "pushed", NOW.plusSeconds(5)))
                .as("nobody is there")
                .isFalse();

        assertThat(activates(1, "pushed", NOW.plusSeconds(5))).isTrue();
        assertThat(activates(1, "pushed", NOW.plusSeconds(5)))
                .as("it is told already")
                .isFalse();
        assertThat(phones().find(town(), "mac1b").orElseThrow().token())
                .as("so that it may be given back once more")
                .isEqualTo("pushed");
    }

    private boolean activates(long key, String token, Instant since) {
        return written(() -> phones().activate(town(), key, token, since, NOW.plusSeconds(10), MONTH));
    }

    @Test
    default void whoNeverAnsweredAndWhoIsNotSeenAnyMoreAreSwept() {
        pending(1, ALL, NOW);
        pending(2, ALL, NOW.plusSeconds(60));
        active(3, ALL, NOW);
        assertThat(phones().pending(town())).isEqualTo(2);
        assertThat(phones().unknownOrigins(town(), null)).isEqualTo(new Phones.Strange(1, 2));

        does(() -> phones().sweepPending(NOW.plusSeconds(1), NOW));
        assertThat(phones().find(town(), "mac1")).isEmpty();
        assertThat(phones().find(town(), "mac2")).isPresent();
        does(() -> phones().dropOldestPending(town()));
        assertThat(phones().pending(town())).isZero();

        active(4, ALL, NOW);
        YearMonth year = MONTH.plusMonths(12);
        does(() -> phones().seen(town(), 4, year));
        forgets(MONTH, year.plusMonths(1));
        assertThat(phones().find(town(), "mac3")).isPresent();
        does(() -> phones().seen(town(), 3, MONTH.plusMonths(1)));
        forgets(MONTH.plusMonths(1), year.plusMonths(1));
        assertThat(phones().find(town(), "mac3")).isPresent();
        forgets(MONTH.plusMonths(2), year.plusMonths(2));
        assertThat(phones().find(town(), "mac3")).isEmpty();
        assertThat(phones().find(town(), "mac4")).isPresent();
    }

    @Test
    default void byAClockThatIsAYearAheadNobodyIsForgotten() {
        active(5, ALL, NOW);
        active(6, ALL, NOW);
        // All towns' phones are swept together: in those months no other test has seen one.
        YearMonth wrong = MONTH.plusMonths(140);

        forgets(wrong.minusMonths(12), wrong);
        assertThat(phones().find(town(), "mac5")).isPresent();

        // Somebody opens the site at once.
        does(() -> phones().seen(town(), 6, wrong));
        forgets(wrong.minusMonths(12), wrong);
        assertThat(phones().find(town(), "mac5")).isPresent();
    }

    @Test
    default void ofUnknownServicesWhoeverWaitsLongestMakesRoomAndWhoWasToldBeforeNeverDoes() {
        Phone told = active(1, ALL, NOW);
        does(() -> phones().move(town(), 1, told, "mac1", false, "token1", NOW, NOW.plusSeconds(600)));
        pending(2, ALL, NOW.plusSeconds(2));
        pending(3, ALL, NOW.plusSeconds(1));
        active(4, ALL, NOW);
        assertThat(phones().unknownOrigins(town(), null)).isEqualTo(new Phones.Strange(2, 2));

        does(() -> phones().dropOldestUnknown(town(), null, 1));
        assertThat(phones().find(town(), "mac3")).isEmpty();
        assertThat(phones().find(town(), "mac2")).isPresent();
        does(() -> phones().dropOldestUnknown(town(), null, 9));
        assertThat(phones().find(town(), "mac1")).isPresent();
        assertThat(phones().unknownOrigins(town(), null)).isEqualTo(new Phones.Strange(2, 0));
    }

    @Test
    default void aDomainIsEveryNameBelowItAndNoOtherThatEndsInItsLetters() {
        List<String> hosts =
                List.of("evil.example", "a.evil.example", "b.c.evil.example", "notevil.example", "ntfy.example");
        for (int i = 0; i < hosts.size(); i++) {
            String host = hosts.get(i);
            Phone phone = new Phone(i + 1, host, TestKeys.endpoint("https://" + host + "/up", i + 1), "fr");
            String mac = "mac" + (i + 1);
            Instant at = NOW.plusSeconds(hosts.size() - i);
            does(() -> phones().add(town(), phone, mac, false, ALL, "token", at));
        }
        assertThat(activates(2, "token", NOW.plusSeconds(4))).isTrue();

        assertThat(phones().unknownOrigins(town(), "evil.example")).isEqualTo(new Phones.Strange(1, 2));
        assertThat(phones().unknownOrigins(town(), "ntfy.example")).isEqualTo(new Phones.Strange(0, 1));
        does(() -> phones().dropOldestUnknown(town(), "evil.example", 1));
        assertThat(phones().find(town(), "mac3"))
                .as("of the domain the longest waiting one")
                .isEmpty();
        does(() -> phones().dropOldestUnknown(town(), "evil.example", 9));
        assertThat(phones().known(town(), List.of(1L, 2L, 3L, 4L, 5L))).containsExactlyInAnyOrder(2L, 4L, 5L);
    }

    @Test
    default void whoWasToldBeforeItMovedMakesNoRoomAndWaitsLonger() {
        Phone told = active(1, ALL, NOW);
        does(() -> phones().move(town(), 1, told, "mac1", true, "token1", NOW, NOW.plusSeconds(600)));
        pending(2, ALL, NOW.plusSeconds(1));
        assertThat(phones().pending(town())).isEqualTo(1);

        does(() -> phones().dropOldestPending(town()));
        does(() -> phones().dropOldestPending(town()));
        assertThat(phones().find(town(), "mac2")).isEmpty();
        does(() -> phones().sweepPending(NOW.plusSeconds(60), NOW));
        assertThat(phones().find(town(), "mac1")).isPresent();
        does(() -> phones().sweepPending(NOW.plusSeconds(60), NOW.plusSeconds(1)));
        assertThat(phones().find(town(), "mac1")).isEmpty();
    }

    @Test
    default void whoMovedIsAskedAgainWhenItIsTimeByOneNodeAndUntilItAnswers() {
        Phone told = active(1, SOME, NOW);
        Instant first = NOW.plusSeconds(600);
        Instant second = NOW.plusSeconds(1_200);
        does(() -> phones().move(town(), 1, told, "mac1", true, "token1", NOW, first));
        pending(2, ALL, NOW);
        Phone never = pending(3, ALL, NOW);
        does(() -> phones().move(town(), 3, never, "mac3", true, "token3", NOW, first));

        assertThat(due(first.minusMillis(1))).isEmpty();
        Phones.Waiting waiting = due(first).getFirst();
        assertThat(due(first)).hasSize(1);
        assertThat(waiting.phone().endpoint().address())
                .isEqualTo(told.endpoint().address());
        assertThat(waiting.phone().language()).isEqualTo("en");
        assertThat(waiting.since()).isEqualTo(NOW);

        assertThat(written(() -> phones().waits(waiting, "again", second))).isTrue();
        assertThat(written(() -> phones().waits(waiting, "again", second)))
                .as("another node was first")
                .isFalse();
        assertThat(due(first)).isEmpty();
        assertThat(phones().find(town(), "mac1").orElseThrow().token()).isEqualTo("again");

        does(() -> phones().activate(town(), 1, "again", NOW, second, MONTH));
        assertThat(due(second.plusSeconds(1))).isEmpty();
    }

    private List<Phones.Waiting> due(Instant now) {
        return phones().waiting(now, 1_000).stream()
                .filter(one -> one.town().equals(town()))
                .toList();
    }

    @Test
    default void whoChangesItsMindAllDayTakesNoMoreRoomAndIsStillToldOfWhatItMayHaveBeenTold() {
        active(1, SOME, NOW);
        for (int i = 1; i <= 3 * Phones.MOST_PAST; i++) {
            Choices next = new Choices(Set.of(Kind.EMERGENCY), Set.of((long) i), Set.of(), null, "fr", false);
            Instant at = NOW.plusSeconds(i);
            does(() -> phones().choose(town(), 1, next, at));
        }

        List<Phones.Past> past = phones().past(town(), 1, 1, Instant.EPOCH).get(1L);
        assertThat(past).hasSize(Phones.MOST_PAST);
        for (int i = 0; i < 3 * Phones.MOST_PAST; i++) {
            Instant at = NOW.plusSeconds(i);
            long theme = i == 0 ? 7 : i;
            assertThat(past)
                    .as("after %d changes", i)
                    .anyMatch(old -> old.wasInForce(at)
                            && (old.choices().themes().isEmpty()
                                    || old.choices().themes().contains(theme)));
        }
        assertThat(past)
                .filteredOn(old -> old.wasInForce(NOW))
                .singleElement()
                .satisfies(old -> assertThat(old.choices().kinds()).contains(Kind.EVENT));
        assertThat(past)
                .filteredOn(old -> old.wasInForce(NOW))
                .allMatch(old -> old.choices().exercises() && old.choices().quiet() == null);
    }

    @Test
    default void whatWasChosenByAClockThatWasSetBackMayHaveBegunAnyTimeWhenTwoBecomeOneToo() {
        active(1, SOME, NOW.plus(Duration.ofHours(2)));
        for (int i = 0; i <= Phones.MOST_PAST; i++) {
            Choices next = new Choices(Set.of(), Set.of(), Set.of((long) i), null, "fr", false);
            Instant at = NOW.plusSeconds(i);
            does(() -> phones().choose(town(), 1, next, at));
        }

        List<Phones.Past> past = phones().past(town(), 1, 1, Instant.EPOCH).get(1L);
        assertThat(past).hasSize(Phones.MOST_PAST);
        Instant before = NOW.minus(Duration.ofDays(1));
        assertThat(past).anyMatch(old -> old.wasInForce(before));
    }

    @Test
    default void aHundredSubjectsAreKept() {
        Set<Long> many =
                LongStream.range(0, 100).mapToObj(i -> Long.MAX_VALUE - i).collect(Collectors.toSet());
        Choices choices = new Choices(Set.of(), many, many, null, "fr", false);
        active(1, choices, NOW);

        assertThat(phones().find(town(), "mac1").orElseThrow().choices()).isEqualTo(choices);
    }

    @Test
    default void aCodeCarriesChoicesOnceAndNotForEver() {
        does(() -> phones().addCode(town(), "one", SOME, NOW.plusSeconds(10)));
        does(() -> phones().addCode(town(), "late", SOME, NOW.plusSeconds(10)));

        assertThat(written(() -> phones().takeCode(town(), "one", NOW))).contains(SOME);
        assertThat(written(() -> phones().takeCode(town(), "one", NOW))).isEmpty();
        assertThat(written(() -> phones().takeCode(town(), "late", NOW.plusSeconds(10))))
                .isEmpty();
        assertThat(written(() -> phones().takeCode(town(), "none", NOW))).isEmpty();
    }

    @Test
    default void phonesAreCountedByServiceAndByChoice() {
        active(1, ALL, NOW);
        active(2, ALL, NOW);
        active(3, SOME, NOW);
        pending(4, SOME, NOW);

        Phones.Census census = phones().census(town());
        assertThat(census.active()).isEqualTo(3);
        assertThat(census.byOrigin()).isEqualTo(Map.of("push.example", 3));
        assertThat(census.byChoices()).isEqualTo(Map.of(ALL, 2, SOME, 1));
    }
}
