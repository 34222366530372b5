package fr.tambour.live.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.live.Progress;
import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;

/** The open pages of one town, whatever fails. */
class TownStreamsTest {

    private static final TownId TOWN = new TownId(7);
    private static final String HERE = "192.0.2.1";

    private final Said log = new Said();
    private final List<Runnable> whileItPauses = new ArrayList<>();
    private final List<Runnable> silence = new ArrayList<>();
    private boolean silent;
    private final TownStreams streams = new TownStreams(
            TOWN,
            log,
            read -> {
                if (silent) {
                    silence.add(read);
                } else {
                    read.run();
                }
            },
            time -> whileItPauses.forEach(Runnable::run));
    private final List<NoticeId> asked = new ArrayList<>();

    /** A log in memory that fails when told to. */
    private static final class Said extends EventLog {
        private final List<LiveEvent> events = new ArrayList<>();
        private @Nullable RuntimeException failure;
        private long happened;

        Said() {
            super(null, null);
        }

        @Override
        public Stretch all(TownId town) {
            return after(town, -1);
        }

        @Override
        public Stretch after(TownId town, long counter) {
            if (failure != null) {
                throw failure;
            }
            List<LiveEvent> after =
                    events.stream().filter(event -> event.counter() > counter).toList();
            long floor = after.isEmpty() ? happened : after.getFirst().counter() - 1;
            return new Stretch(floor, happened, after);
        }

        void happens() {
            long counter = ++happened;
            events.add(new LiveEvent(counter, LiveEvent.Step.PUBLISHED, false, new NoticeId(counter), Instant.EPOCH));
        }
    }

    /** What one open page was sent. */
    private final class Page {
        private final StringBuilder sent = new StringBuilder();
        private int writes;
        private int refusals;
        private Runnable whileItIsTold = () -> {};
        private @Nullable RuntimeException failure;

        Page() {
            this(HERE, null);
        }

        Page(String address, @Nullable NoticeId followed) {
            this(-1, address, followed);
        }

        Page(long since) {
            this(since, HERE, null);
        }

        private Page(long since, String address, @Nullable NoticeId followed) {
            Stream stream = new Stream(line(), streams::tail, new LongAdder(), address, followed);
            streams.whenKnown(since, () -> streams.open(stream, since), () -> refusals++);
        }

        private Line line() {
            return new UncertainLine() {
                @Override
                public void write(ByteBuffer bytes, Callback written) {
                    if (failure != null) {
                        throw failure;
                    }
                    sent.append(StandardCharsets.UTF_8.decode(bytes));
                    writes++;
                    whileItIsTold.run();
                    written.succeeded();
                }
            };
        }

        boolean heard(long counter) {
            return sent.indexOf("\nid: " + counter + "\n") >= 0 || sent.indexOf("id: " + counter + "\nevent") >= 0;
        }

        boolean isSentToReadAnew() {
            return sent.indexOf("event: reload") >= 0;
        }

        boolean isTold() {
            return sent.indexOf("event: progress") >= 0;
        }
    }

    private void happens() {
        log.happens();
        streams.wake();
    }

    @Test
    void whateverTheDatabaseFailsWithItIsAskedAgain() {
        Page page = new Page();
        log.failure = new IllegalStateException("no connection, in an unusual way");
        happens();
        assertThat(streams.isBehind()).isTrue();
        log.failure = null;

        streams.wake();

        assertThat(streams.isBehind()).isFalse();
        assertThat(page.heard(1)).isTrue();
    }

    @Test
    void whateverEndsAReadingTheNextThatIsAskedForIsDone() {
        Page page = new Page();
        page.whileItIsTold = () -> {
            page.whileItIsTold = () -> {};
            happens();
        };
        whileItPauses.add(() -> {
            throw new IllegalStateException("this thread is over");
        });
        assertThatThrownBy(this::happens).hasMessage("this thread is over");
        assertThat(streams.isBehind()).isTrue();
        whileItPauses.clear();

        streams.wake();

        assertThat(streams.isBehind()).isFalse();
        assertThat(page.heard(2)).isTrue();
    }

    /** As when it slept, or got no answer from the database, while others published. */
    @Test
    void aNodeThatWasTooLateForWhatTheLogHasLetGoSaysSo() {
        happens();
        Page page = new Page();
        log.happens();
        log.happens();
        log.events.removeFirst();
        streams.wake();
        assertThat(page.heard(3)).isTrue();
        assertThat(page.isSentToReadAnew()).isFalse();
        log.happens();
        log.happens();
        log.events.removeIf(event -> event.counter() < 5);

        streams.wake();

        assertThat(page.isSentToReadAnew()).isTrue();
        assertThat(page.heard(5)).isTrue();
        Page later = new Page(4);
        assertThat(later.isSentToReadAnew()).isFalse();
        assertThat(new Page(3).isSentToReadAnew()).isTrue();
        happens();
        assertThat(later.heard(6)).isTrue();
        assertThat(later.isSentToReadAnew()).isFalse();
    }

    @Test
    void aPageThatTheDatabaseWillNotAnswerIsRefusedAtOnceAndTakenWhenItDoes() {
        log.failure = new IllegalStateException("no connection");
        Page refused = new Page();
        assertThat(refused.refusals).isEqualTo(1);
        assertThat(refused.writes).isZero();
        assertThat(streams.all()).isEmpty();
        log.failure = null;

        Page page = new Page();

        assertThat(page.refusals).isZero();
        assertThat(page.writes).isEqualTo(1);
    }

    @Test
    void aPageThatTheDatabaseAnswersTooLateIsRefusedOnceAndTheLineIsFreeForTheNext() {
        silent = true;
        Page page = new Page();
        streams.letGo(System.nanoTime());
        assertThat(page.refusals).isZero();

        streams.letGo(System.nanoTime() + TownStreams.LONGEST_WAIT.toNanos());
        assertThat(page.refusals).isEqualTo(1);
        silent = false;
        silence.forEach(Runnable::run);

        assertThat(page.refusals).isEqualTo(1);
        assertThat(page.writes).isZero();
        assertThat(new Page().writes).isEqualTo(1);
    }

    @Test
    void aPageThatKnowsNoMoreThanThisNodeNeedsNoDatabase() {
        happens();
        new Page();
        log.failure = new IllegalStateException("no connection");
        assertThat(new Page(1).writes).isEqualTo(1);
        assertThat(new Page(2).refusals).isEqualTo(1);
    }

    @Test
    void onePageThatFailsKeepsNoOtherFromHearing() {
        List<Page> pages = IntStream.range(0, 8).mapToObj(i -> new Page()).toList();
        pages.get(3).failure = new IllegalStateException("broken");

        happens();
        happens();

        assertThat(pages.stream().filter(page -> page != pages.get(3)))
                .allMatch(page -> page.heard(1) && page.heard(2));
    }

    @Test
    void whatHappensInQuickSuccessionIsToldTogether() {
        Page page = new Page();
        assertThat(page.writes).isEqualTo(1);
        page.whileItIsTold = () -> {
            page.whileItIsTold = () -> {};
            happens();
        };
        whileItPauses.add(log::happens);
        whileItPauses.add(log::happens);

        happens();

        assertThat(page.writes).isEqualTo(3);
        assertThat(IntStream.rangeClosed(1, 4)).allMatch(page::heard);
    }

    /** So many that several threads tell them. */
    @Test
    void thousandsOfPagesHearEverythingOnceAndInOrder() {
        List<Page> pages = IntStream.range(0, 3_000).mapToObj(i -> new Page()).toList();
        for (int i = 0; i < 5; i++) {
            happens();
        }
        assertThat(pages)
                .allMatch(page -> page.sent
                        .toString()
                        .replaceAll("(?s)^.*?\n\n|event: .*?\n\n", "")
                        .equals("id: 1\nid: 2\nid: 3\nid: 4\nid: 5\n"));
    }

    private void follow() {
        asked.clear();
        Progress progress = (town, notice) -> {
            asked.add(notice);
            return notice.value() < 1_000 ? OptionalLong.of(1) : OptionalLong.empty();
        };
        streams.follow(new ObjectProvider<>() {
            @Override
            public Progress getObject() {
                return progress;
            }
        });
    }

    private static String address(int number) {
        return "192.0.2." + number;
    }

    @Test
    void whatGoesNowhereIsAskedForOnceAndTakesNobodysPlace() {
        for (int i = 0; i < Followed.MOST; i++) {
            new Page(address(i), new NoticeId(1_000 + i));
        }
        Page desk = new Page(HERE, new NoticeId(5));
        follow();
        assertThat(desk.isTold()).isFalse();

        follow();

        assertThat(asked).containsExactly(new NoticeId(5));
        assertThat(desk.isTold()).isTrue();
    }

    @Test
    void whatIsNewIsAskedForWhoeverFollowsHoweverManyThatAreOld() {
        for (int i = 0; i < 2 * Followed.MOST; i++) {
            new Page(address(i), new NoticeId(100 + i));
        }
        Page desk = new Page(HERE, new NoticeId(500));
        follow();
        assertThat(asked).hasSize(Followed.MOST).startsWith(new NoticeId(500), new NoticeId(199));
        assertThat(desk.isTold()).isTrue();
    }

    @Test
    void oneAddressFollowsAFewAndHowManyPagesFollowOneIsNoMatter() {
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i < 2 * Followed.MOST_FROM_ONE; i++) {
            pages.add(new Page(HERE, new NoticeId(100 + i)));
            pages.add(new Page(HERE, new NoticeId(100)));
        }
        follow();
        assertThat(asked).hasSize(Followed.MOST_FROM_ONE);
        assertThat(pages.stream().filter(Page::isTold)).hasSize(3 * Followed.MOST_FROM_ONE);
    }
}
