package fr.tambour.live.internal;

import fr.tambour.notice.NoticeId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * One public transition, as open pages are told of it.
 *
 * @param counter the town's, its place among all others of the town
 * @param emergency whether the notice is an alert: one begins with PUBLISHED, and is over with WITHDRAWN or EXPIRED
 */
record LiveEvent(long counter, Step step, boolean emergency, NoticeId notice, Instant at) {

    enum Step {
        PUBLISHED,
        CORRECTED,
        WITHDRAWN,
        EXPIRED
    }

    /** As it goes over the wire (docs/reference/live.md). */
    byte[] framed() {
        String name = step.name().toLowerCase(Locale.ROOT);
        return ("id: %d\nevent: notice\ndata: {\"step\":\"%s\",\"emergency\":%b,\"notice\":\"%s\",\"at\":\"%s\"}\n\n"
                        .formatted(counter, name, emergency, notice.ref(), at))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Something has become of a notice's way out: no event of the town's log, so it has no number. */
    static byte[] progress(NoticeId notice) {
        return "event: progress\ndata: {\"notice\":\"%s\"}\n\n"
                .formatted(notice.ref())
                .getBytes(StandardCharsets.UTF_8);
    }
}
