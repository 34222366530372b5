package fr.tambour.people.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Whose password is looked at next. That takes a tenth of a second of one core, so that a flood of sign-ins would take
 * all cores and, waiting, all threads: few may wait, and few of them from one address; all others are told at once to
 * come again. A device that signed in to its account before waits in a line of its own, where no stranger stands.
 */
@Component
class Lines {

    private static final int PLACES = 16;
    private static final int PLACES_OF_ONE = 4;

    private final Line strangers = new Line(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    private final Line devices = new Line(1);

    /** @return a place, to be closed; empty if too many wait already */
    Optional<Place> enter(Throttle.Attempt attempt) {
        return attempt.device() == null ? strangers.enter(attempt.address()) : devices.enter(attempt.device());
    }

    interface Place extends AutoCloseable {

        /** Waits for its turn, and does this. */
        <T> T take(Supplier<T> work);

        @Override
        void close();
    }

    private static final class Line {

        private final Semaphore atATime;
        private final Map<String, Integer> waiting = new HashMap<>();

        Line(int atATime) {
            this.atATime = new Semaphore(atATime, true);
        }

        synchronized Optional<Place> enter(String who) {
            int all = waiting.values().stream().mapToInt(Integer::intValue).sum();
            if (all >= PLACES || waiting.getOrDefault(who, 0) >= PLACES_OF_ONE) {
                return Optional.empty();
            }
            waiting.merge(who, 1, Integer::sum);
            return Optional.of(new InLine(who));
        }

        private synchronized void leave(String who) {
            waiting.computeIfPresent(who, (key, places) -> places == 1 ? null : places - 1);
        }

        private final class InLine implements Place {

            private final String who;

            InLine(String who) {
                this.who = who;
            }

            @Override
            public <T> T take(Supplier<T> work) {
                atATime.acquireUninterruptibly();
                try {
                    return work.get();
                } finally {
                    atATime.release();
                }
            }

            @Override
            public void close() {
                leave(who);
            }
        }
    }
}
