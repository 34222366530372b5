package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Audience.Dropped;
import fr.tambour.dispatch.Choices;
import fr.tambour.dispatch.Choices.QuietHours;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.Errand.Reach;
import fr.tambour.dispatch.FannedOutChannel.Reached;
import fr.tambour.dispatch.Retrying;
import fr.tambour.notice.ApprovalPolicies;
import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.people.PersonId;
import fr.tambour.people.Role;
import fr.tambour.phone.internal.Phones.Standing;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.Ids;
import fr.tambour.testing.TambourServer;
import fr.tambour.testing.TestClock;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How the engine finds those whom an errand is for: as pages, in order, each once. */
@ParameterizedClass
@MethodSource("onBothEngines")
class PhoneChannelTest {

    private static final int PHONES = 2_000;
    private static final Instant NOW = TestClock.START;
    private static final Instant BEFORE = NOW.minus(Duration.ofHours(1));
    private static final Choices ALL = new Choices(Set.of(), Set.of(), Set.of(), null, "fr", false);
    private static final Choices EVENTS = new Choices(Set.of(Kind.EVENT), Set.of(), Set.of(), null, "fr", false);

    private final TambourServer server;
    private final TownId town;

    /** One after the other; JUnit closes each after the class has run on it. */
    static Stream<Crowd> onBothEngines() {
        return Stream.of(Dialect.values()).map(Crowd::of);
    }

    PhoneChannelTest(Crowd crowd) {
        server = crowd.server();
        town = crowd.town();
    }

    /** A town with phones, every tenth of which wants events only. */
    record Crowd(TambourServer server, TownId town) implements AutoCloseable {

        static Crowd of(Dialect dialect) {
            TambourServer server = TambourServer.with(CaughtPushes.class, dialect, "--tambour.timer.enabled=false");
            TownId town = written(
                            server,
                            () -> server.bean(Towns.class)
                                    .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false))
                    .id();
            Phones phones = server.bean(Phones.class);
            byte[] key = TestKeys.publicKey();
            written(server, () -> {
                for (long i = 1; i <= PHONES; i++) {
                    Phone phone = new Phone(
                            i,
                            "push.example",
                            new PushEndpoint(URI.create("https://push.example/" + i), key, TestKeys.secret(1)),
                            "fr");
                    phones.add(town, phone, "mac" + i, false, i % 10 == 0 ? EVENTS : ALL, "token", BEFORE);
                    phones.activate(town, i, "token", BEFORE, BEFORE, YearMonth.of(2026, 11));
                }
                return true;
            });
            return new Crowd(server, town);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private static <T> T written(TambourServer server, Supplier<T> change) {
        return Objects.requireNonNull(
                new TransactionTemplate(server.bean(PlatformTransactionManager.class)).execute(status -> change.get()));
    }

    private <T> T written(Supplier<T> change) {
        return written(server, change);
    }

    private PhoneChannel channel() {
        return server.bean(PhoneChannel.class);
    }

    @Test
    void whoeverCannotBeToldIsTriedForAsLongAsWhatTakesANoticeBackLasts() {
        Retrying retrying = channel().retrying().orElseThrow();

        assertThat(retrying.isOver(1_000, Duration.ofDays(3).minusMillis(1))).isFalse();
        assertThat(retrying.isOver(1_000, Duration.ofDays(3))).isTrue();
        assertThat(retrying.persistence()).isEqualTo(retrying.span());
    }

    private Errand errand(Purpose purpose, Kind kind, @Nullable Instant until, Reach... earlier) {
        return new Errand(
                9,
                town,
                new NoticeId(1),
                1,
                purpose,
                new Audience(kind, false, Set.of(), Set.of()),
                purpose == Purpose.WITHDRAWAL ? new Hours.Reached() : new Hours.Any(),
                NOW,
                until,
                List.of(earlier));
    }

    private List<Long> everybody(Errand errand, int page) {
        List<Long> keys = new ArrayList<>();
        long after = 0;
        while (true) {
            long from = after;
            List<Phone> found = written(() -> channel().recipients(errand, from, PHONES, page));
            assertThat(found.size()).isLessThanOrEqualTo(page);
            found.forEach(phone -> keys.add(phone.key()));
            if (found.size() < page) {
                return keys;
            }
            after = found.getLast().key();
        }
    }

    @Test
    void pagesOfAnySizeFindTheSamePhonesInOrder() {
        Errand news = errand(Purpose.PUBLICATION, Kind.NEWS, NOW.plus(Duration.ofDays(1)));
        List<Long> all = everybody(news, 10_000);

        assertThat(all).hasSize(PHONES - PHONES / 10).isSorted().doesNotHaveDuplicates();
        for (int page : new int[] {1_000, 512, 333, 97}) {
            assertThat(everybody(news, page)).isEqualTo(all);
        }
        assertThat(everybody(errand(Purpose.PUBLICATION, Kind.EVENT, NOW.plus(Duration.ofDays(1))), 700))
                .hasSize(PHONES);
    }

    @Test
    void aNarrowAudienceFillsItsPageFromAllOverTheRange() {
        Reach reached = new Reach(
                PHONES - 5, PHONES, new Audience(Kind.NEWS, false, Set.of(), Set.of()), new Hours.Any(), NOW, NOW, NOW);
        assertThat(everybody(errand(Purpose.WITHDRAWAL, Kind.NEWS, null, reached), 3))
                .containsExactly(PHONES - 4L, PHONES - 3L, PHONES - 2L, PHONES - 1L);
    }

    @Test
    void thoseToBeTriedAgainAreStillAskedWhetherTheyAreMeant() {
        Errand news = errand(Purpose.PUBLICATION, Kind.NEWS, NOW.plus(Duration.ofDays(1)));
        assertThat(written(() -> channel().recipients(news, List.of(12L, 10L, 11L, 9_999L))))
                .extracting(Phone::key)
                .containsExactly(11L, 12L);
        assertThat(written(() -> channel().known(town, List.of(12L, 10L, 11L, 9_999L))))
                .as("whether they are meant or not")
                .containsExactlyInAnyOrder(10L, 11L, 12L);
    }

    @Test
    void theUpperBoundAndTheSlicesComeFromTheKeys() {
        assertThat(written(() -> channel().highestKey(town))).isEqualTo(PHONES);
        assertThat(written(() -> channel().highestKey(new TownId(1)))).isZero();
        assertThat(written(() -> channel().boundary(town, 0, PHONES, 500))).isEqualTo(500);
        assertThat(written(() -> channel().boundary(town, 1_900, PHONES, 500))).isEqualTo(PHONES);
        assertThat(channel().repeatable()).isTrue();
        assertThat(channel().name()).isEqualTo("phone");
    }

    @Test
    void aPhoneThatIsGoneIsForgotten() {
        String endpoint = "https://push.example/gone";
        Phone phone = new Phone(PHONES + 7, "push.example", TestKeys.endpoint(endpoint, 2), "fr");
        Phones phones = server.bean(Phones.class);
        String name = server.bean(EndpointNames.class).of(endpoint);
        written(() -> {
            phones.add(town, phone, name, false, ALL, "token", NOW);
            return true;
        });

        written(() -> {
            channel().forget(town, List.of(phone));
            return true;
        });

        assertThat(phones.find(town, name)).isEmpty();
    }

    @Test
    void whatLeavesInAPhonesQuietHoursMakesNoSoundUnlessItIsAnAlert() {
        TownId other = another("dormeurs");
        Phones phones = server.bean(Phones.class);
        // It is nine in the town.
        List<QuietHours> quiet = List.of(new QuietHours(8, 10), new QuietHours(21, 9), new QuietHours(21, 7));
        written(() -> {
            for (int i = 0; i < quiet.size(); i++) {
                Phone phone = new Phone(i + 1, "push.example", TestKeys.endpoint(sleeper(i), i + 1), "fr");
                Choices choices = new Choices(Set.of(), Set.of(), Set.of(), quiet.get(i), "fr", false);
                phones.add(other, phone, "sleeper" + i, false, choices, "token", NOW);
                phones.activate(other, i + 1, "token", NOW, NOW, YearMonth.of(2026, 11));
            }
            return true;
        });

        assertThat(silence(other, Kind.NEWS)).containsExactly(true, false, false);
        assertThat(silence(other, Kind.EMERGENCY)).containsExactly(false, false, false);
    }

    private static String sleeper(int number) {
        return "https://push.example/sleeper/" + number;
    }

    /** Whether a late notice is silent, phone by phone. */
    private List<Boolean> silence(TownId other, Kind kind) {
        NoticeId notice = published(other, kind);
        Errand late = new Errand(
                notice.value(),
                other,
                notice,
                1,
                Purpose.PUBLICATION,
                new Audience(kind, false, Set.of(), Set.of()),
                new Hours.Any(),
                NOW,
                NOW.plus(Duration.ofDays(1)),
                List.of());
        List<Phone> found = written(() -> channel().recipients(late, 0, PHONES, 10));
        found.forEach(phone -> channel().mailing(late).send(phone, null, () -> true, outcome -> {}));
        return IntStream.range(0, found.size())
                .mapToObj(i -> server.bean(CaughtPushes.class)
                        .to(sleeper(i))
                        .getLast()
                        .notification()
                        .get("silent")
                        .asBoolean())
                .toList();
    }

    private NoticeId published(TownId other, Kind kind) {
        People people = server.bean(People.class);
        PersonId person = written(() -> people.create(
                        other,
                        kind + "@orval.example",
                        "Zoé",
                        "une phrase assez longue",
                        "fr",
                        Set.of(Role.AUTHOR, Role.APPROVER)))
                .id();
        Actor actor = people.actor(other, person).orElseThrow();
        NoticeDesk desk = server.bean(NoticeDesk.class);
        Content content = Content.blank(kind, "fr", new TreeSet<>(Set.of("phone", "website")));
        if (kind == Kind.EMERGENCY) {
            NoticeId id = new NoticeId(server.bean(Ids.class).next());
            desk.releaseEmergency(
                    actor,
                    id,
                    content.withWords("fr", new Content.Words("", "", "", "", "", "Montez à l’étage."))
                            .withEmergency(
                                    new Content.Emergency(Content.Emergency.Severity.SEVERE, "Rives de l’Orge", "")));
            return id;
        }
        written(() -> {
            server.bean(ApprovalPolicies.class).set(other, kind, ApprovalPolicy.SINGLE);
            return true;
        });
        NoticeDesk.Saved begun =
                desk.create(actor, content.withWords("fr", Content.Words.of("Le bal", "Ce soir.", "Sur la place.")));
        int revision = desk.submit(actor, begun.id(), begun.version(), "");
        desk.approve(actor, begun.id(), revision, "", new NoticeDesk.Release.Now());
        return begun.id();
    }

    private TownId another(String slug) {
        return written(() -> server.bean(Towns.class)
                        .add(
                                new Town.Origin(TestTowns.CLAIRVAL.type(), "91998", "91", "Essonne"),
                                TestTowns.profile("Orval", slug + ".example"),
                                false))
                .id();
    }

    /** A second town, whose phones chose at random; the first keeps its own numbers. */
    private TownId choosy(long seed) {
        Random random = new Random(seed);
        TownId other = another("orval" + seed);
        Phones phones = server.bean(Phones.class);
        byte[] key = TestKeys.publicKey();
        written(() -> {
            for (long i = 1; i <= 600; i++) {
                Phone phone = new Phone(
                        i,
                        "push.example",
                        new PushEndpoint(URI.create("https://push.example/" + i), key, TestKeys.secret(1)),
                        "fr");
                phones.add(other, phone, "mac" + i, false, choices(random), "token", BEFORE);
                if (i % 7 != 0) {
                    phones.activate(other, i, "token", BEFORE, BEFORE, YearMonth.of(2026, 11));
                }
            }
            return true;
        });
        return other;
    }

    @Test
    void whoUnticksExercisesWhileOneIsUnderWayIsStillToldOfItsEndAlone() {
        TownId other = choosy(70_001);
        Phones phones = server.bean(Phones.class);
        Audience exercise = new Audience(Kind.EMERGENCY, true, Set.of(), Set.of());
        Reach all = new Reach(0, Long.MAX_VALUE, exercise, new Hours.Any(), NOW, NOW, NOW);
        List<Phone> told = found(other, Purpose.PUBLICATION, exercise);
        assertThat(told).hasSizeGreaterThan(1);
        long unticked = told.getFirst().key();
        written(() -> {
            phones.choose(other, unticked, ALL, NOW.plusSeconds(60));
            return true;
        });

        assertThat(found(other, Purpose.CORRECTION, exercise, all))
                .hasSize(told.size() - 1)
                .noneMatch(phone -> phone.key() == unticked);
        assertThat(found(other, Purpose.WITHDRAWAL, exercise, all)).hasSameSizeAs(told);
    }

    @Test
    void aWithdrawalFindsWhoWasToldLateByWhatTheyChoseWhileItRan() {
        TownId other = choosy(70_003);
        Phones phones = server.bean(Phones.class);
        Audience events = new Audience(Kind.EVENT, false, Set.of(), Set.of());
        Choices news = new Choices(Set.of(Kind.NEWS), Set.of(), Set.of(), null, "fr", false);
        long changing = written(() -> phones.active(other, 0, Long.MAX_VALUE, 1))
                .getFirst()
                .phone()
                .key();
        for (int second = 60; second <= 240; second += 60) {
            Instant at = NOW.plusSeconds(second);
            Choices choices = second == 120 ? EVENTS : news;
            written(() -> {
                phones.choose(other, changing, choices, at);
                return true;
            });
        }

        Reach late = new Reach(0, changing, events, new Hours.Any(), NOW.plusSeconds(90), NOW.plusSeconds(90), null);
        assertThat(found(other, Purpose.WITHDRAWAL, events, late))
                .extracting(Phone::key)
                .contains(changing);
        Reach early = new Reach(
                0, changing, events, new Hours.Any(), NOW.plusSeconds(90), NOW.plusSeconds(90), NOW.plusSeconds(100));
        assertThat(found(other, Purpose.WITHDRAWAL, events, early))
                .extracting(Phone::key)
                .doesNotContain(changing);
    }

    @Test
    void whoChoseOtherwiseSecondsBeforeAPublicationByAnotherNodesClockIsToldOfTheWithdrawal() {
        TownId other = choosy(70_007);
        Phones phones = server.bean(Phones.class);
        Instant before = NOW.minusSeconds(60);
        written(() -> {
            Phone phone = new Phone(601, "push.example", TestKeys.endpoint("https://push.example/601", 601), "fr");
            phones.add(other, phone, "mac601", false, ALL, "token", before);
            phones.activate(other, 601, before, YearMonth.of(2026, 11));
            phones.choose(other, 601, EVENTS, NOW.minusSeconds(5));
            return true;
        });
        Audience news = new Audience(Kind.NEWS, false, Set.of(), Set.of());
        Reach reached = new Reach(0, 601, news, new Hours.Any(), NOW, NOW, NOW.plusSeconds(60));

        assertThat(found(other, Purpose.WITHDRAWAL, news, reached))
                .extracting(Phone::key)
                .contains(601L);
    }

    @Test
    void whoWasToldThoughTheyChoseByAClockThatWasSetBackSinceIsToldOfTheWithdrawal() {
        TownId other = choosy(70_005);
        Phones phones = server.bean(Phones.class);
        Instant ahead = NOW.plusSeconds(3_600);
        written(() -> {
            for (long key = 601; key <= 602; key++) {
                Phone phone = new Phone(
                        key, "push.example", TestKeys.endpoint("https://push.example/" + key, (int) key), "fr");
                phones.add(other, phone, "mac" + key, false, ALL, "token", ahead);
                phones.activate(other, key, "token", ahead, ahead, YearMonth.of(2026, 11));
            }
            return true;
        });
        Audience news = new Audience(Kind.NEWS, false, Set.of(), Set.of());
        assertThat(found(other, Purpose.PUBLICATION, news))
                .extracting(Phone::key)
                .contains(601L, 602L);
        Reach told = new Reach(0, 602, news, new Hours.Any(), NOW, NOW, NOW.plusSeconds(60));
        written(() -> {
            phones.choose(other, 602, EVENTS, NOW.plusSeconds(120));
            return true;
        });

        assertThat(found(other, Purpose.WITHDRAWAL, news, told))
                .extracting(Phone::key)
                .contains(601L, 602L);
        assertThat(phones.find(other, "mac601").orElseThrow().chosenAt())
                .as("that they had it then is known when the clock has come to that hour as well")
                .isEqualTo(NOW);
    }

    private List<Phone> found(TownId other, Purpose purpose, Audience audience, Reach... earlier) {
        Errand errand = new Errand(
                10,
                other,
                new NoticeId(1),
                1,
                purpose,
                audience,
                purpose == Purpose.WITHDRAWAL ? new Hours.Reached() : new Hours.Any(),
                NOW.plusSeconds(120),
                null,
                List.of(earlier));
        List<Phone> found = written(() -> channel().recipients(errand, 0, Long.MAX_VALUE, 10_000));
        assertThat(written(() -> channel().count(errand, 0, Long.MAX_VALUE))).isEqualTo(found.size());
        return found;
    }

    /** Ids of which one is the beginning, the end or the middle of another, as they stand between commas. */
    private static final List<Long> IDS = List.of(1L, 11L, 21L, 111L, 12L);

    /** When quiet hours end, and an hour before and after it. */
    private static final int[] MORNING = IntStream.rangeClosed(5, 9).toArray();

    private static final int[] WHOLE_DAY = IntStream.range(0, 24).toArray();

    private static Choices choices(Random random) {
        QuietHours quiet =
                random.nextInt(3) == 0 ? null : new QuietHours(20 + random.nextInt(3), 6 + random.nextInt(3));
        return new Choices(
                some(random, List.of(Kind.values())),
                some(random, IDS),
                some(random, IDS),
                quiet,
                "fr",
                random.nextInt(3) == 0);
    }

    private static <T> Set<T> some(Random random, List<T> of) {
        return of.stream().filter(one -> random.nextInt(4) == 0).collect(Collectors.toSet());
    }

    @Test
    void whatIsSaidBeforehandIsWhomTheEngineFindsThen() {
        long seed = System.nanoTime() & 0xffff;
        TownId other = choosy(seed);
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            boolean exercise = i % 4 == 0;
            Audience audience = new Audience(
                    exercise ? Kind.EMERGENCY : Kind.values()[random.nextInt(Kind.values().length)],
                    exercise,
                    some(random, IDS),
                    some(random, IDS),
                    i % 2 == 0 ? Dropped.NOTHING : new Dropped(some(random, IDS), some(random, IDS)));
            int hour = random.nextInt(24);
            long after = i % 3 == 0 ? random.nextInt(300) : 0;
            long upTo = i % 3 == 0 ? 300 + random.nextInt(300) : Long.MAX_VALUE;
            String where = "seed %d: %s at %d, (%d, %d]".formatted(seed, audience, hour, after, upTo);

            Reached reached = written(() -> channel().reach(other, audience, hour, after, upTo));

            assertThat(reached.now()).as(where).isEqualTo(found(other, audience, new Hours.Awake(hour), after, upTo));
            found(other, audience, new Hours.Any(), after, upTo);
            Set<Integer> waking = written(() -> channel().wakingHours(other, hour));
            for (int until : i % 10 == 0 ? WHOLE_DAY : MORNING) {
                long later = found(other, audience, new Hours.Waking(hour, until), after, upTo);
                assertThat(reached.waking().getOrDefault(until, 0L)).as(where).isEqualTo(later);
                if (later > 0) {
                    assertThat(waking).as(where).contains(until);
                }
            }
        }
    }

    @Test
    void quietHoursThatChangeOvernightTellNobodyTwiceAndForgetNobody() {
        TownId other = choosy(70_002);
        Phones all = server.bean(Phones.class);
        Audience everybody = new Audience(Kind.NEWS, false, Set.of(), Set.of());
        List<Long> meant = keys(other, everybody, new Hours.Any());
        List<Long> told = new ArrayList<>(keys(other, everybody, new Hours.Awake(22)));
        assertThat(told).isNotEmpty().hasSizeLessThan(meant.size());
        server.clock().advance(Duration.ofHours(1));
        written(() -> {
            for (Standing phone : all.active(other, 0, Long.MAX_VALUE, 1_000)) {
                Choices choices = phone.choices();
                QuietHours quiet = choices.quiet() == null ? new QuietHours(21, 7) : null;
                all.choose(
                        other,
                        phone.phone().key(),
                        new Choices(choices.kinds(), choices.themes(), choices.districts(), quiet, "fr", false),
                        server.clock().instant());
            }
            return true;
        });

        for (int until = 0; until < 24; until++) {
            told.addAll(keys(other, everybody, new Hours.Waking(22, until)));
        }

        assertThat(told).containsExactlyInAnyOrderElementsOf(meant);
        server.clock().moveTo(NOW);
    }

    /** When it is read who wakes when, when the awake are told, and when those who wake. */
    private enum Reading {
        HOURS,
        AWAKE,
        WAKING
    }

    /** By clocks that are apart, or in a transaction that takes its time, nobody knows which of the two was first. */
    @Test
    void whoeverChangesQuietHoursAboutTheMomentOfAPublicationIsToldByExactlyOneDispatch() {
        TownId other = another("veilleurs");
        List<Optional<QuietHours>> all =
                List.of(Optional.empty(), Optional.of(new QuietHours(21, 7)), Optional.of(new QuietHours(21, 9)));
        long key = 0;
        for (Reading before : Reading.values()) {
            for (Optional<QuietHours> old : all) {
                for (Optional<QuietHours> changed : all) {
                    for (int apart : new int[] {-9_999, -200, -1, 0, 1, 200, 9_999}) {
                        assertThat(told(other, ++key, old, changed, NOW.plusMillis(apart), before))
                                .as("%s to %s at %d ms, before %s are read", old, changed, apart, before)
                                .hasSize(1);
                    }
                }
            }
        }
    }

    private List<Hours> told(
            TownId other,
            long key,
            Optional<QuietHours> old,
            Optional<QuietHours> changed,
            Instant at,
            Reading before) {
        Phones phones = server.bean(Phones.class);
        Audience everybody = new Audience(Kind.NEWS, false, Set.of(), Set.of());
        Runnable change = () -> written(() -> {
            phones.choose(other, key, quiet(changed), at);
            return true;
        });
        Phone phone = new Phone(key, "push.example", TestKeys.endpoint("https://push.example/" + key, 1), "fr");
        written(() -> {
            phones.end(other, key - 1);
            phones.add(other, phone, "mac" + key, false, quiet(old), "token", BEFORE);
            return phones.activate(other, key, "token", BEFORE, BEFORE, YearMonth.of(2026, 11));
        });
        List<Hours> told = new ArrayList<>();
        if (before == Reading.HOURS) {
            change.run();
        }
        Set<Integer> waking = written(() -> channel().wakingHours(other, 22));
        if (before == Reading.AWAKE) {
            change.run();
        }
        told.addAll(tellers(other, everybody, new Hours.Awake(22)));
        if (before == Reading.WAKING) {
            change.run();
        }
        waking.forEach(until -> told.addAll(tellers(other, everybody, new Hours.Waking(22, until))));
        return told;
    }

    private List<Hours> tellers(TownId other, Audience audience, Hours hours) {
        return keys(other, audience, hours).stream().map(key -> hours).toList();
    }

    private static Choices quiet(Optional<QuietHours> hours) {
        return new Choices(Set.of(), Set.of(), Set.of(), hours.orElse(null), "fr", false);
    }

    private List<Long> keys(TownId other, Audience audience, Hours hours) {
        Errand errand =
                new Errand(10, other, new NoticeId(1), 1, Purpose.PUBLICATION, audience, hours, NOW, null, List.of());
        List<Long> keys = written(() -> channel().recipients(errand, 0, Long.MAX_VALUE, 10_000)).stream()
                .map(Phone::key)
                .toList();
        assertThat(written(() -> channel().count(errand, 0, Long.MAX_VALUE)))
                .as("as many are counted in %s", hours)
                .isEqualTo(keys.size());
        return keys;
    }

    private long found(TownId other, Audience audience, Hours hours, long after, long upTo) {
        Errand errand =
                new Errand(10, other, new NoticeId(1), 1, Purpose.PUBLICATION, audience, hours, NOW, null, List.of());
        long found =
                written(() -> channel().recipients(errand, after, upTo, 10_000)).size();
        long meant = written(() -> server.bean(Phones.class).active(other, after, upTo, 10_000)).stream()
                .filter(phone -> Addressees.holds(errand, phone, List.of()))
                .count();
        assertThat(found).as("%s of %s", hours, audience).isEqualTo(meant);
        assertThat(written(() -> channel().count(errand, after, upTo)))
                .as("%s of %s", hours, audience)
                .isEqualTo(meant);
        return found;
    }
}
