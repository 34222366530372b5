package fr.tambour.live.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.live.internal.EventLog.Stretch;
import fr.tambour.notice.NoticeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** One open page, on a line that takes its time. */
class StreamTest {

    private final List<String> written = new ArrayList<>();
    private final List<Callback> pending = new ArrayList<>();
    private final LongAdder events = new LongAdder();
    private Tail tail = Tail.of(new Stretch(40, 40, List.of()));
    private final Stream stream = new Stream(line(), () -> tail, events, "192.0.2.1", null);

    /** Remembers what is written; when it has arrived, the test says. */
    private Line line() {
        return new UncertainLine() {
            @Override
            public void write(ByteBuffer bytes, Callback then) {
                written.add(StandardCharsets.UTF_8.decode(bytes).toString());
                pending.add(then);
            }
        };
    }

    private void arrived() {
        pending.removeFirst().succeeded();
    }

    private void happens(long from, long to) {
        tail = tail.with(new Stretch(
                from - 1,
                to,
                LongStream.rangeClosed(from, to)
                        .mapToObj(counter -> new LiveEvent(
                                counter, LiveEvent.Step.PUBLISHED, false, new NoticeId(counter), Instant.EPOCH))
                        .toList()));
        stream.advance();
    }

    private static List<String> ids(String bytes) {
        return bytes.lines().filter(line -> line.startsWith("id: ")).toList();
    }

    @Test
    void eventsThatComeCloseTogetherLeaveInOneWriteWhenTheLineIsFree() {
        stream.begin(-1);
        arrived();
        happens(41, 41);
        assertThat(written).hasSize(2);
        happens(42, 42);
        happens(43, 44);
        happens(45, 45);
        assertThat(written).as("one write is under way").hasSize(2);

        arrived();

        assertThat(written).hasSize(3);
        assertThat(ids(written.getLast())).containsExactly("id: 42", "id: 43", "id: 44", "id: 45");
        arrived();
        assertThat(written).hasSize(3);
        assertThat(events.sum()).isEqualTo(5);
    }

    @Test
    void whatHappensWhileItBeginsFollowsTheBeginning() {
        stream.begin(40);
        happens(41, 42);
        assertThat(written).hasSize(1);
        arrived();
        assertThat(ids(written.getLast())).containsExactly("id: 41", "id: 42");
    }

    @Test
    void whoComesBackIsToldWhatCameAfterTheLastThatArrived() {
        happens(41, 44);
        stream.begin(42);
        arrived();
        assertThat(ids(written.getFirst())).containsExactly("id: 42");
        assertThat(ids(written.getLast())).containsExactly("id: 43", "id: 44");
    }

    @Test
    void thatANoticeHasMovedIsToldOnceHoweverOftenItIsLookedAtWhileTheLineIsBusy() {
        Stream following = new Stream(line(), () -> tail, events, "192.0.2.1", new NoticeId(7));
        following.begin(-1);
        following.marked(1);
        following.marked(1);
        assertThat(written).as("one write is under way").hasSize(1);

        arrived();

        assertThat(written).hasSize(2);
        assertThat(written.getLast()).contains("event: progress");
        arrived();
        following.marked(1);
        assertThat(written).as("it has not moved since").hasSize(2);
        following.marked(2);
        assertThat(written).hasSize(3);
    }
}
