package fr.tambour.dispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The engine in thousands of simulated towns, days and disasters. A seed that fails is printed; it is run alone with
 * `-Dtambour.simulation.first=SEED -Dtambour.simulation.seeds=1`.
 */
class SimulationTest {

    private static final long FIRST = Long.getLong("tambour.simulation.first", 0);
    private static final long SEEDS = Long.getLong("tambour.simulation.seeds", 10_000);

    /** How often each of them occurred, and in how many runs each two of them did. */
    private static final Path PAIRS = Path.of("target/check/engine/pairs.txt");

    /** Faults and transitions; each of them, and each two of them in one run, must have occurred. */
    private static final List<String> HAPPENINGS = List.of(
            "429",
            "503",
            "an origin answers again",
            "answer after its page",
            "answers message by message",
            "called back in the line",
            "clock jumps ahead",
            "clock jumps back",
            "commit that is heard of after its lease",
            "commit whose answer is lost",
            "corrected between pages",
            "corrected while a page is under way",
            "counted as expired",
            "counted as stopped",
            "counted as unknown",
            "crash after the commit",
            "crash before the commit",
            "crash between two steps",
            "deaf for a while",
            "exercise",
            "finished",
            "given up with its origin",
            "gone",
            "held",
            "hands full",
            "long line",
            "missed, as it was to be tried again",
            "missed, as its page is settled",
            "missed, by a page whose holder is gone",
            "nobody is signed in",
            "nothing to take",
            "one message asks an origin that gave trouble",
            "one phone put off alone",
            "origin that takes and is silent",
            "over in the line",
            "over quota",
            "page begun",
            "page of retries begun",
            "page settled",
            "page settled without its last answers",
            "page taken over",
            "parked for its origin",
            "published",
            "put off together",
            "quiet hours",
            "rejected",
            "released",
            "silent origin",
            "slow origin",
            "somebody leaves amid it",
            "somebody moves amid it",
            "somebody subscribes amid it",
            "somebody ticks amid a page",
            "somebody ticks between pages",
            "somebody unticks amid it",
            "stalled",
            "stalled beyond its lease",
            "the books' clock jumps",
            "told of what they missed",
            "told twice after an interruption",
            "transaction refused",
            "transaction that waited for another",
            "two channels",
            "unfinished",
            "unreachable origin",
            "waits to know who missed it",
            "wanted it no more when tried again",
            "withdrawn between pages",
            "withdrawn while a page is under way",
            "wound up, over",
            "wound up, stopped");

    @Test
    void everybodyIsAccountedForWhateverHappens() throws IOException {
        Coverage coverage = new Coverage();
        Queue<String> complaints = new ConcurrentLinkedQueue<>();
        LongStream.range(FIRST, FIRST + SEEDS).parallel().forEach(seed -> {
            World world = new World(seed);
            try {
                world.run();
                coverage.add(world.coverage);
            } catch (AssertionError | RuntimeException e) {
                complaints.add("seed " + seed + ": " + e);
            }
        });
        Map<String, Long> counted = coverage.of(HAPPENINGS);
        System.out.print(coverage.summary(counted));
        Files.createDirectories(PAIRS.getParent());
        Files.writeString(PAIRS, Coverage.table(counted));
        System.out.printf("How often each two of %d met is in %s%n", HAPPENINGS.size(), PAIRS);
        assertThat(complaints).isEmpty();
        assertThat(HAPPENINGS).as("what is counted has to occur").containsAll(coverage.seen());
        if (SEEDS >= 10_000) {
            assertThat(counted)
                    .allSatisfy((happening, count) ->
                            assertThat(count).as(happening).isPositive());
        }
    }
}
