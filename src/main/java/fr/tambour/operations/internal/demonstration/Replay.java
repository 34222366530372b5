package fr.tambour.operations.internal.demonstration;

import fr.tambour.notice.NoticeClock;
import fr.tambour.storage.ReplayClock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lives through moments of the past in their order; what is due in between happens in between. */
class Replay {

    /** Something that was done. */
    record Moment(Instant at, Runnable what) {}

    private final ReplayClock clock;
    private final NoticeClock notices;

    Replay(ReplayClock clock, NoticeClock notices) {
        this.clock = clock;
        this.notices = notices;
    }

    /** Moments that are still ahead are left out. */
    void run(List<Moment> moments) {
        Instant present = clock.present();
        moments.stream()
                .filter(moment -> !moment.at().isAfter(present))
                .sorted(Comparator.comparing(Moment::at))
                .forEach(moment -> {
                    passUntil(moment.at());
                    clock.set(moment.at());
                    moment.what().run();
                });
        passUntil(present);
    }

    private void passUntil(Instant end) {
        for (Optional<Instant> due = notices.next();
                due.filter(at -> !at.isAfter(end)).isPresent();
                due = notices.next()) {
            clock.set(due.get());
            if (notices.advance(due.get(), Set.of()) == 0) {
                throw new IllegalStateException("What was due at " + due.get() + " did not happen");
            }
        }
    }
}
