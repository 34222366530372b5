package fr.tambour.live.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.live.internal.EventLog.Stretch;
import fr.tambour.notice.NoticeId;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The end of a log, as streams read it. */
class TailTest {

    private static Stretch events(long from, long to) {
        return new Stretch(
                from - 1,
                to,
                LongStream.rangeClosed(from, to).mapToObj(TailTest::event).toList());
    }

    private static LiveEvent event(long counter) {
        return new LiveEvent(counter, LiveEvent.Step.PUBLISHED, false, new NoticeId(counter), Instant.EPOCH);
    }

    private static List<String> ids(ByteBuffer bytes) {
        return StandardCharsets.UTF_8
                .decode(bytes)
                .toString()
                .lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring(4))
                .toList();
    }

    @Test
    void whatCameAfterAPositionIsToldInOneGo() {
        Tail tail = Tail.of(events(5, 7)).with(events(8, 9));
        assertThat(tail.position()).isEqualTo(9);
        assertThat(ids(tail.after(6).bytes())).containsExactly("7", "8", "9");
        assertThat(ids(tail.after(9).bytes())).isEmpty();
    }

    @Test
    void allThatStandAtOnePlaceAreWrittenTheSameBytes() {
        Tail tail = Tail.of(events(5, 7));
        assertThat(tail.after(5)).isEqualTo(tail.after(5)).isNotSameAs(tail.after(5));
    }

    /** A stranger says where they stand. */
    @Test
    void whoeverStandsAtHoweverManyPlacesTakesNoMemoryMore() {
        Tail tail = Tail.of(events(1, EventLog.KEPT));
        long before = direct();
        List<Tail.Piece> pieces =
                LongStream.rangeClosed(0, EventLog.KEPT).mapToObj(tail::after).toList();
        assertThat(direct() - before).isLessThan(1_000_000);
        assertThat(pieces)
                .extracting(Tail.Piece::events)
                .startsWith(EventLog.KEPT)
                .endsWith(1, 0);
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    @Test
    void whatWasToldBeforeStaysAsItWasHoweverMuchFollows() {
        Tail tail = Tail.of(events(1, 3));
        Tail old = tail;
        for (long counter = 4; counter <= 3 * EventLog.KEPT; counter++) {
            Tail before = tail;
            tail = tail.with(events(counter, counter));
            assertThat(ids(tail.after(counter - 1).bytes())).containsExactly(Long.toString(counter));
            assertThat(ids(before.after(counter - 2).bytes())).containsExactly(Long.toString(counter - 1));
        }
        assertThat(ids(old.after(0).bytes())).containsExactly("1", "2", "3");
        assertThat(tail.reaches(2L * EventLog.KEPT)).isTrue();
        assertThat(tail.reaches(2L * EventLog.KEPT - 1)).isFalse();
        assertThat(ids(tail.after(2L * EventLog.KEPT).bytes()))
                .hasSize(EventLog.KEPT)
                .startsWith(Integer.toString(2 * EventLog.KEPT + 1))
                .endsWith(Integer.toString(3 * EventLog.KEPT));
    }

    @Test
    void ofMoreThanTheLogKeepsTheLatestIsKept() {
        Tail tail = Tail.of(events(1, EventLog.KEPT + 7)).with(events(EventLog.KEPT + 8, 3 * EventLog.KEPT));
        assertThat(tail.reaches(2L * EventLog.KEPT - 1)).isFalse();
        assertThat(ids(tail.after(2L * EventLog.KEPT).bytes())).hasSize(EventLog.KEPT);
    }

    @Test
    void aPositionBeforeTheLogOrAheadOfItIsNotReached() {
        Tail tail = Tail.of(events(5, 7));
        assertThat(tail.reaches(3)).isFalse();
        assertThat(tail.reaches(4)).isTrue();
        assertThat(tail.reaches(7)).isTrue();
        assertThat(tail.reaches(8)).isFalse();
    }

    @Test
    void noMoreIsKeptThanTheLogKeeps() {
        Tail tail = Tail.of(events(1, EventLog.KEPT)).with(events(EventLog.KEPT + 1, EventLog.KEPT + 10));
        assertThat(tail.reaches(9)).isFalse();
        assertThat(tail.reaches(10)).isTrue();
        assertThat(ids(tail.after(10).bytes())).hasSize(EventLog.KEPT);
    }

    @Test
    void aTownWhereNothingHasHappenedLatelyBeginsWhereItsCounterStands() {
        Tail tail = Tail.of(new Stretch(41, 41, List.of()));
        assertThat(tail.reaches(41)).isTrue();
        assertThat(tail.reaches(40)).isFalse();
    }
}
