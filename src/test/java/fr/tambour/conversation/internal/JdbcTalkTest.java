package fr.tambour.conversation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.Reaction;
import fr.tambour.conversation.Report;
import fr.tambour.conversation.Spread;
import fr.tambour.conversation.internal.Preferences.SavedReply;
import fr.tambour.conversation.internal.Preferences.Settings;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.PersonId;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Likes, reports, blocks and settings, alike in both databases. */
@OnBothEngines
class JdbcTalkTest {

    private static final AtomicLong TOWNS = new AtomicLong(19_000);
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private final Engine engine;
    private final Reactions reactions;
    private final Guard guard;
    private final Paces paces;
    private final Preferences preferences;
    private final TownId town = new TownId(TOWNS.incrementAndGet());
    private final NoticeId notice = new NoticeId(town.value() * 10);

    JdbcTalkTest(Engine engine) {
        this.engine = engine;
        this.reactions = engine.make(JdbcReactions.class);
        this.guard = engine.make(JdbcGuard.class);
        this.paces = engine.make(JdbcPaces.class);
        this.preferences = engine.make(JdbcPreferences.class);
    }

    @BeforeEach
    void aTownWithANotice() {
        engine.insertTown(town.value(), "clairval-" + town.value());
        engine.insertNotice(town.value(), notice.value(), "NEWS");
    }

    private void writes(Runnable work) {
        engine.writing().executeWithoutResult(status -> work.run());
    }

    private <T> T reads(Supplier<T> work) {
        return engine.reading().execute(status -> work.get());
    }

    private void likes(String who, String activity, Reaction.Kind kind) {
        writes(() -> reactions.add(town, new Reaction(notice, kind, who, activity, "other.example"), NOW));
    }

    @Test
    void whoLikesTwiceCountsOnceAndNobodyIsNamed() {
        likes("https://other.example/a", "https://other.example/likes/1", Reaction.Kind.LIKE);
        likes("https://other.example/a", "https://other.example/likes/2", Reaction.Kind.LIKE);
        likes("https://other.example/b", "https://other.example/likes/3", Reaction.Kind.LIKE);
        likes("https://other.example/a", "https://other.example/boosts/1", Reaction.Kind.REPOST);

        assertThat(reads(() -> reactions.count(town, notice, Reaction.Kind.LIKE)))
                .isEqualTo(2);
        assertThat(reads(() -> reactions.count(town, notice, Reaction.Kind.REPOST)))
                .isEqualTo(1);
        assertThat(engine.jdbc()
                        .sql("SELECT author FROM conversation_reaction WHERE town_id = :town")
                        .param("town", town.value())
                        .query(String.class)
                        .list())
                .allSatisfy(author -> assertThat(author).matches("[0-9a-f]{64}"));
        assertThat(reads(() -> reactions.anyBy(town, "https://other.example/a", "https://other.example/likes/2")))
                .as("the last one is the one to be taken back")
                .isTrue();
        assertThat(reads(() -> reactions.anyBy(town, "https://other.example/b", "https://other.example/likes/2")))
                .isFalse();

        writes(() -> reactions.remove(town, "https://other.example/a", "https://other.example/likes/2"));
        writes(() -> reactions.remove(town, notice, Reaction.Kind.LIKE, "https://other.example/b"));
        assertThat(reads(() -> reactions.count(town, notice, Reaction.Kind.LIKE)))
                .isZero();
        writes(() -> reactions.removeAll(town, "https://other.example/a"));
        assertThat(reads(() -> reactions.anyOf(town, "https://other.example/a")))
                .isFalse();
    }

    private void reacts(NoticeId to, Reaction.Kind kind, String who, String host, Instant at) {
        writes(() -> reactions.add(
                town, new Reaction(to, kind, "https://" + host + "/" + who, who + kind + to.value(), host), at));
    }

    @Test
    void howFarNoticesWentIsCountedByServersAndSinceADay() {
        NoticeId second = new NoticeId(notice.value() + 1);
        engine.insertNotice(town.value(), second.value(), "NEWS");
        Instant before = NOW.minusSeconds(60);
        reacts(notice, Reaction.Kind.REPOST, "a", "a.example", before);
        reacts(notice, Reaction.Kind.REPOST, "b", "a.example", NOW);
        reacts(notice, Reaction.Kind.REPOST, "c", "c.example", NOW);
        reacts(notice, Reaction.Kind.REPOST, "d", "d.example", NOW);
        reacts(notice, Reaction.Kind.LIKE, "e", "e.example", NOW);
        reacts(second, Reaction.Kind.REPOST, "c", "c.example", NOW);
        reacts(second, Reaction.Kind.LIKE, "a", "a.example", before);
        writes(() -> reactions.remove(town, notice, Reaction.Kind.REPOST, "https://d.example/d"));

        NoticeId untold = new NoticeId(notice.value() + 2);
        assertThat(reads(() -> reactions.spread(town, List.of(notice, second, untold))))
                .containsOnly(Map.entry(notice, new Spread(3, 2, 1)), Map.entry(second, new Spread(1, 1, 1)));
        assertThat(reads(() -> reactions.spread(town, List.of()))).isEmpty();
        assertThat(reads(() -> reactions.spread(new TownId(town.value() + 500), List.of(notice))))
                .as("another town's")
                .isEmpty();
        assertThat(reads(() -> reactions.since(town, Instant.EPOCH)))
                .as("a server that passed on two of them is one server")
                .isEqualTo(new Spread(4, 2, 2));
        assertThat(reads(() -> reactions.since(town, NOW))).isEqualTo(new Spread(3, 2, 1));
        assertThat(reads(() -> reactions.since(town, NOW.plusMillis(1)))).isEqualTo(Spread.NONE);
    }

    @Test
    void somebodyIsBlockedOrTheirWholeServerUntilItIsLifted() {
        Block author = Block.ofPerson(1, "https://a.example/x", "x@a.example", NOW, new PersonId(5));
        Block host = Block.ofServer(2, "b.example", "", NOW, new PersonId(5));
        writes(() -> {
            guard.block(town, author);
            guard.block(town, host);
        });

        assertThat(engine.writing().<Boolean>execute(status -> guard.block(town, author)))
                .isFalse();
        assertThat(reads(() -> guard.isBlocked(town, "https://a.example/x", "", "a.example")))
                .isTrue();
        assertThat(reads(() -> guard.isBlocked(town, "https://a.example/y", "", "a.example")))
                .isFalse();
        assertThat(reads(() -> guard.isBlocked(town, "https://b.example/y", "", "b.example")))
                .isTrue();
        for (String below : List.of("b.example:8443", "new.b.example", "B.example.", "a.new.b.example:444")) {
            assertThat(reads(() -> guard.isBlocked(town, "https://b.example/y", "", below)))
                    .as(below)
                    .isTrue();
        }
        assertThat(reads(() -> guard.isBlocked(town, "https://x.example/y", "", "notb.example")))
                .isFalse();
        assertThat(reads(() -> guard.isBlocked(new TownId(1), "https://b.example/y", "", "b.example")))
                .isFalse();
        List<String> asked = List.of("a.example", "b.example:8443", "a.new.b.example:444", "notb.example", "c.example");
        assertThat(reads(() -> guard.blocked(town, asked)))
                .as("all in one question")
                .containsExactlyInAnyOrder("b.example:8443", "a.new.b.example:444");
        assertThat(reads(() -> guard.blocked(town, List.of()))).isEmpty();
        assertThat(reads(() -> guard.blocked(new TownId(1), asked))).isEmpty();
        assertThat(reads(() -> guard.blocks(town, "", 10, 0))).containsExactly(host, author);
        assertThat(reads(() -> guard.blocks(town, "", 1, 1))).containsExactly(author);
        assertThat(reads(() -> guard.blocks(town, "X@A", 10, 0))).containsExactly(author);
        assertThat(reads(() -> guard.blocks(town, "_", 10, 0))).isEmpty();
        assertThat(reads(() -> guard.servers(town))).containsExactly(host);
        assertThat(engine.writing().<Optional<Block>>execute(status -> guard.lift(town, 2)))
                .contains(host);
        assertThat(reads(() -> guard.isBlocked(town, "https://b.example/y", "", "b.example")))
                .isFalse();
    }

    @Test
    void somebodyIsBlockedByWhatTheyAreCalled() {
        Block called = Block.ofAddress(31, "alice@a.example", NOW, new PersonId(5));
        writes(() -> guard.block(town, called.from(7)));

        for (String handle : List.of("alice@a.example", "Alice@A.example:8443")) {
            assertThat(reads(() -> guard.isBlocked(town, "https://a.example/1", handle, "a.example")))
                    .as(handle)
                    .isTrue();
        }
        for (String handle : List.of("", "bob@a.example", "alice@b.example", "https://a.example/1")) {
            assertThat(reads(() -> guard.isBlocked(town, "https://a.example/1", handle, "a.example")))
                    .as(handle)
                    .isFalse();
        }
        assertThat(reads(() -> guard.names(town, Scope.ADDRESS)))
                .containsExactly(called.name())
                .doesNotContain("alice@a.example");
        assertThat(reads(() -> guard.ofList(town, 7, 10))).containsExactly(called.from(7));
        assertThat(reads(() -> guard.amountOfList(town, 7))).isEqualTo(1);
        assertThat(reads(() -> guard.ofList(town, 8, 10))).isEmpty();

        writes(() -> assertThat(guard.forgetNames(NOW.plusSeconds(1), 100)).isPositive());
        assertThat(reads(() -> guard.blocks(town, "", 10, 0)))
                .singleElement()
                .satisfies(block -> assertThat(block.shown()).isEqualTo("…@a.example"));
        assertThat(reads(() -> guard.isBlocked(town, "https://a.example/1", "alice@a.example", "a.example")))
                .isTrue();
    }

    @Test
    void whoIsBlockedByAnAddressIsBlockedByTheIdentifierThatTheirServerNamesUntilItIsLifted() {
        String alice = "https://social.a.example/users/9abc";
        writes(() -> guard.block(town, Block.ofAddress(51, "alice@a.example", NOW, new PersonId(5))));
        assertThat(reads(() -> guard.isBlocked(town, alice, "", "social.a.example")))
                .isFalse();

        writes(() -> {
            assertThat(guard.isKnownAs(town, "alice@a.example", alice)).isTrue();
            assertThat(guard.isKnownAs(town, "bob@a.example", "https://social.a.example/users/1"))
                    .as("who is not blocked")
                    .isFalse();
        });

        assertThat(reads(() -> guard.isBlocked(town, alice, "", "social.a.example")))
                .isTrue();
        assertThat(reads(() -> guard.isBlocked(town, "https://social.a.example/users/1", "", "social.a.example")))
                .isFalse();
        assertThat(engine.jdbc()
                        .sql("SELECT known_as FROM conversation_block WHERE town_id = :town")
                        .param("town", town.value())
                        .query(String.class)
                        .single())
                .as("no name of theirs is kept by it")
                .matches("[0-9a-f]{64}");
        writes(() -> guard.lift(town, 51));
        assertThat(reads(() -> guard.isBlocked(town, alice, "", "social.a.example")))
                .isFalse();
    }

    @Test
    void aListIsKeptUntilItIsTakenOverOrNobodyWantsIt() {
        KnownLists lists = engine.make(JdbcKnownLists.class);
        KnownList list = new KnownList(41, Scope.HOST, "spam.csv", 3, NOW, new PersonId(5), null, null, null);
        Map<String, String> names = new LinkedHashMap<>();
        names.put("a.example", "Publicité");
        names.put("b.example", "");
        writes(() -> lists.add(town, list, names));

        assertThat(reads(() -> lists.find(town, 41))).contains(list);
        assertThat(reads(() -> lists.find(new TownId(1), 41))).isEmpty();
        assertThat(reads(() -> lists.names(town, 41))).isEqualTo(names);
        assertThat(reads(() -> lists.begun(town, 10))).isEmpty();

        writes(() -> assertThat(lists.begin(town, 41, NOW.plusSeconds(1))).isTrue());
        writes(() -> assertThat(lists.begin(town, 41, NOW.plusSeconds(2))).isTrue());
        writes(() -> lists.forget(town, 41));
        assertThat(reads(() -> lists.find(town, 41)).orElseThrow().state()).isEqualTo(KnownList.State.BEGUN);
        assertThat(reads(() -> lists.begun(town, 10)))
                .extracting(KnownList::begun)
                .containsExactly(NOW.plusSeconds(1));
        writes(() -> lists.finish(town, 41, NOW.plusSeconds(3)));
        assertThat(reads(() -> lists.find(town, 41)).orElseThrow().state()).isEqualTo(KnownList.State.DONE);
        assertThat(reads(() -> lists.names(town, 41))).isEmpty();
        writes(() -> lists.lift(town, 41, NOW.plusSeconds(4)));
        writes(() -> assertThat(lists.begin(town, 41, NOW.plusSeconds(5))).isFalse());
        assertThat(reads(() -> lists.find(town, 41)).orElseThrow().state()).isEqualTo(KnownList.State.LIFTED);

        writes(() -> lists.add(
                town, new KnownList(42, Scope.ADDRESS, "", 0, NOW, new PersonId(5), null, null, null), names));
        writes(() -> assertThat(lists.purge(NOW, NOW, 100)).isZero());
        writes(() -> assertThat(lists.purge(NOW.plusSeconds(1), NOW, 100)).isEqualTo(1));
        assertThat(reads(() -> lists.find(town, 42))).isEmpty();
        writes(() -> assertThat(lists.purge(NOW, NOW.plusSeconds(5), 100)).isEqualTo(1));
        assertThat(reads(() -> lists.find(town, 41))).isEmpty();
    }

    @Test
    void whatIsNotHereAnyMoreIsStillKnownToBeAboutItsNoticeAndIsCounted() {
        Instant hour = NOW.minusSeconds(3_600);
        writes(() -> {
            guard.depart(town, departed("1", Optional.of(notice), null), NOW);
            guard.depart(town, departed("2", Optional.of(notice), NOW.minusSeconds(60)), NOW);
            guard.depart(town, departed("3", Optional.of(notice), NOW.minusSeconds(7_200)), NOW);
            guard.depart(town, departed("4", Optional.empty(), NOW.minusSeconds(60)), NOW);
            guard.depart(town, departed("2", Optional.of(notice), null), NOW);
        });

        assertThat(reads(() -> guard.noticeOfDeparted(town, "https://a.example/1")))
                .contains(notice);
        assertThat(reads(() -> guard.noticeOfDeparted(town, "https://a.example/4")))
                .isEmpty();
        assertThat(reads(() -> guard.noticeOfDeparted(town, "https://a.example/5")))
                .isEmpty();
        assertThat(reads(() -> guard.departed(town, "a.example", notice, hour))).isEqualTo(1);
        assertThat(reads(() -> guard.departed(town, "a.example", null, hour))).isEqualTo(1);
        assertThat(reads(() -> guard.departed(town, "b.example", notice, hour))).isZero();
        assertThat(reads(() -> guard.departedOf(town, "https://a.example/x", notice, hour)))
                .isEqualTo(1);
        assertThat(reads(() -> guard.departedOf(town, "https://a.example/x", hour)))
                .isEqualTo(2);
        assertThat(engine.jdbc()
                        .sql("SELECT name || author FROM conversation_departed WHERE town_id = :town")
                        .param("town", town.value())
                        .query(String.class)
                        .list())
                .hasSize(4)
                .allSatisfy(kept -> assertThat(kept).matches("[0-9a-f]{128}"));
        writes(() -> assertThat(guard.purgeDeparted(NOW, 100)).isZero());
        writes(() -> assertThat(guard.purgeDeparted(NOW.plusSeconds(1), 100)).isEqualTo(4));
    }

    private static Guard.Departed departed(String name, Optional<NoticeId> notice, @Nullable Instant arrived) {
        return new Guard.Departed("https://a.example/" + name, notice, "https://a.example/x", "a.example", arrived);
    }

    @Test
    void ofWhoIsBlockedAFingerprintStaysAndAfterAYearNoName() {
        Block author = Block.ofPerson(11, "https://a.example/z", "zoe@a.example", NOW, new PersonId(5));
        writes(() -> {
            guard.block(town, author);
            // As it was kept at first.
            guard.block(
                    town,
                    new Block(12, Scope.AUTHOR, "https://a.example/old", "old@a.example", "", NOW, new PersonId(5)));
        });
        assertThat(author.name()).matches("[0-9a-f]{64}");
        assertThat(reads(() -> guard.isBlocked(town, "https://a.example/old", "", "a.example")))
                .isTrue();

        writes(() -> assertThat(guard.forgetNames(NOW.plusSeconds(1), 100)).isGreaterThanOrEqualTo(2));

        assertThat(reads(() -> guard.blocks(town, "", 10, 0))).allSatisfy(block -> {
            assertThat(block.shown()).isEqualTo("…@a.example");
            assertThat(block.name()).matches("[0-9a-f]{64}");
        });
        for (String who : List.of("https://a.example/z", "https://a.example/old")) {
            assertThat(reads(() -> guard.isBlocked(town, who, "", "a.example"))).isTrue();
        }
        writes(() -> assertThat(guard.forgetNames(NOW.plusSeconds(1), 100)).isZero());
    }

    @Test
    void whoWasBlockedBeforePeopleWereKeptByAHashAndOnceMoreIsForgottenAsWell() {
        Block again = Block.ofPerson(3, "https://a.example/old", "old@a.example", NOW, new PersonId(5));
        writes(() -> {
            guard.block(
                    town, new Block(2, Scope.AUTHOR, "https://a.example/old", "old@a.example", "", NOW, again.by()));
            guard.block(town, again);
        });

        writes(() -> assertThat(guard.forgetNames(NOW.plusSeconds(1), 100)).isGreaterThanOrEqualTo(2));

        assertThat(reads(() -> guard.blocks(town, "", 10, 0))).singleElement().satisfies(block -> {
            assertThat(block.shown()).isEqualTo("…@a.example");
            assertThat(block.name()).isEqualTo(again.name());
        });
    }

    @Test
    void whatWasTakenBackIsKnownForAWhileByNothingThatNamesAnybody() {
        writes(() -> {
            guard.bury(town, "https://a.example/x", "https://a.example/notes/1", NOW);
            guard.bury(town, "https://a.example/x", "https://a.example/notes/1", NOW);
        });
        assertThat(reads(() -> guard.isBuried(town, "https://a.example/x", "https://a.example/notes/1")))
                .isTrue();
        assertThat(reads(() -> guard.isBuried(town, "https://b.example/y", "https://a.example/notes/1")))
                .as("nobody takes back for another")
                .isFalse();
        assertThat(engine.jdbc()
                        .sql("SELECT name FROM conversation_tombstone WHERE town_id = :town")
                        .param("town", town.value())
                        .query(String.class)
                        .list())
                .allSatisfy(name -> assertThat(name).matches("[0-9a-f]{64}"));
        writes(() -> guard.purgeTombstones(NOW.plusSeconds(1), 100));
        assertThat(reads(() -> guard.isBuried(town, "https://a.example/x", "https://a.example/notes/1")))
                .isFalse();
    }

    @Test
    void whoTakesBackWhatIsBeingBroughtWaitsForItAndFindsIt() throws Exception {
        // SQLite has one writer at a time anyhow.
        String author = "https://a.example/w";
        String name = "https://a.example/notes/w";
        CountDownLatch brought = new CountDownLatch(1);
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService others = Executors.newSingleThreadExecutor()) {
            Future<Boolean> waited = others.submit(() -> {
                brought.await();
                writes(() -> guard.bury(town, author, name, NOW));
                return over.get();
            });
            writes(() -> {
                assertThat(guard.arrivesBeforeItsEnd(town, author, name, NOW)).isTrue();
                brought.countDown();
                // As long as anybody could take who does not wait.
                assertThatThrownBy(() -> waited.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
                over.set(true);
            });
            assertThat(waited.get(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(reads(() -> guard.isBuried(town, author, name))).isTrue();
        writes(() ->
                assertThat(guard.arrivesBeforeItsEnd(town, author, name, NOW)).isFalse());
    }

    @Test
    void whatComesIsCountedByServerAndDay() {
        LocalDate today = LocalDate.of(2026, 11, 24);
        for (long i = 1; i <= 3; i++) {
            long expected = i;
            writes(() -> assertThat(guard.arrives(town, "a.example", today, Guard.Arrival.REACTION))
                    .isEqualTo(expected));
        }
        writes(() -> assertThat(guard.arrives(town, "a.example", today, Guard.Arrival.MESSAGE))
                .isEqualTo(1));
        writes(() -> assertThat(guard.arrives(town, "a.example", today.plusDays(1), Guard.Arrival.REACTION))
                .isEqualTo(1));
        assertThat(reads(() -> guard.beyond(town, Guard.Arrival.REACTION, today)))
                .isEmpty();
        engine.jdbc()
                .sql("UPDATE conversation_arrived SET amount = :most + 1 WHERE town_id = :town AND kind = 'REACTION'")
                .param("most", Guard.Arrival.REACTION.mostADay())
                .param("town", town.value())
                .update();
        assertThat(reads(() -> guard.beyond(town, Guard.Arrival.REACTION, today)))
                .containsExactly("a.example");
    }

    @Test
    void aNoticesPaceIsKeptUntilItIsNormalAgain() {
        assertThat(reads(() -> paces.of(town, notice))).isEmpty();
        Paces.Paced slow = new Paces.Paced(Pace.SLOW, NOW, new PersonId(5));
        Paces.Paced stopped = new Paces.Paced(Pace.STOPPED, NOW.plusSeconds(5), new PersonId(6));
        writes(() -> paces.set(town, notice, slow));
        assertThat(reads(() -> paces.of(town, notice))).contains(slow);
        writes(() -> paces.set(town, notice, stopped));
        assertThat(reads(() -> paces.of(town, notice))).contains(stopped);
        writes(() -> paces.set(town, notice, new Paces.Paced(Pace.NORMAL, NOW, new PersonId(5))));
        assertThat(reads(() -> paces.of(town, notice))).isEmpty();
    }

    @Test
    void whatIsNotKeptIsCountedByServer() {
        LocalDate today = LocalDate.of(2026, 11, 24);
        writes(() -> {
            guard.dropped(town, "a.example", today);
            guard.dropped(town, "b.example", today.minusDays(40));
            guard.dropped(town, "a.example", today.minusDays(1));
        });
        assertThat(reads(() -> guard.dropped(town, today.minusDays(7)))).isEqualTo(Map.of("a.example", 2L));
        writes(() -> guard.purgeCounts(today.minusDays(30), 10));
        assertThat(reads(() -> guard.dropped(town, today.minusDays(90)))).isEqualTo(Map.of("a.example", 2L));
    }

    @Test
    void aReportIsKeptOnceAndSettled() {
        Report report = new Report("fediverse", "https://a.example/flags/1", "a.example", notice, "Faux.");
        writes(() -> {
            guard.report(town, 1, report, NOW);
            guard.report(town, 2, report, NOW);
        });
        assertThat(reads(() -> guard.reports(town, false, 10)))
                .singleElement()
                .satisfies(kept -> assertThat(kept.notice()).contains(notice));
        assertThat(reads(() -> guard.reportsWaiting(town, 10))).isEqualTo(1);
        assertThat(reads(() -> guard.reportsSince(town, "a.example", NOW.minusSeconds(1))))
                .isEqualTo(1);
        writes(() -> guard.settleReport(town, 1, NOW));
        assertThat(reads(() -> guard.reportsWaiting(town, 10))).isZero();
        assertThat(reads(() -> guard.reports(town, false, 10))).isEmpty();
        assertThat(reads(() -> guard.reports(town, true, 10))).hasSize(1);
    }

    @Test
    void aTownAnswersAtOnceUntilItSaysOtherwiseAndKeepsItsReplies() {
        assertThat(reads(() -> preferences.of(town))).isEqualTo(new Settings(false, List.of()));
        writes(() -> {
            preferences.put(town, new Settings(true, List.of("nigaud", "gros mot")));
            preferences.put(town, new SavedReply(7, "Horaires", "De 9 h à 17 h."));
            preferences.put(town, new SavedReply(7, "Horaires", "De 9 h à 18 h."));
        });
        assertThat(reads(() -> preferences.of(town))).isEqualTo(new Settings(true, List.of("nigaud", "gros mot")));
        assertThat(reads(() -> preferences.replies(town)))
                .containsExactly(new SavedReply(7, "Horaires", "De 9 h à 18 h."));
        writes(() -> preferences.removeReply(town, 7));
        assertThat(reads(() -> preferences.reply(town, 7))).isEmpty();
    }

    @Test
    void wordsOfTheListAreFoundWholeWhateverTheirAccents() {
        assertThat(Hints.insults("Espèce de NIGAUD, va", List.of("nigaud", "espece", "pece", "de nigaud va", " ")))
                .containsExactly("nigaud", "espece", "de nigaud va");
    }
}
