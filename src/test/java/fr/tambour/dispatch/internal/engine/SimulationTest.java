package fr.tambour.dispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    /** Faults and transitions; each of them, and each two of them in one run, must have occurred. */
    private static final List<String> HAPPENINGS = List.of(
            "429",
            "503",
            "answer after its page",
            "clock jumps ahead",
            "clock jumps back",
            "commit whose answer is lost",
            "corrected between pages",
            "corrected while a page is under way",
            "counted as expired",
            "counted as stopped",
            "counted as unknown",
            "crash after the commit",
            "crash before the commit",
            "crash between two steps",
            "finished",
            "gone",
            "held",
            "nothing to take",
            "one phone put off alone",
            "origin that takes and is silent",
            "over quota",
            "page begun",
            "page of retries begun",
            "page settled",
            "page settled without its last answers",
            "page taken over",
            "parked for its origin",
            "published",
            "rejected",
            "released",
            "silent origin",
            "slow origin",
            "somebody leaves amid it",
            "somebody subscribes amid it",
            "somebody unticks amid it",
            "stalled",
            "stalled beyond its lease",
            "the books' clock jumps",
            "told twice after an interruption",
            "transaction refused",
            "transaction that waited for another",
            "unreachable origin",
            "wanted it no more when tried again",
            "withdrawn between pages",
            "withdrawn while a page is under way",
            "wound up, over",
            "wound up, stopped");

    @Test
    void everybodyIsAccountedForWhateverHappens() {
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
        System.out.print(coverage.table());
        assertThat(complaints).isEmpty();
        if (SEEDS >= 10_000) {
            assertThat(coverage.missing(HAPPENINGS)).as("never occurred").isEmpty();
        }
    }
}
