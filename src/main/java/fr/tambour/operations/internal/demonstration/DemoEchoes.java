package fr.tambour.operations.internal.demonstration;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came back to the invented town, as it lies in {@code echoes.json}; its key {@code about} explains the conventions. */
record DemoEchoes(List<DemoRemark> remarks, List<DemoReactions> reactions) {

    /** @param to what it answers; null where that is the notice itself */
    record DemoRemark(
            String notice,
            Duration after,
            String says,
            String author,
            String name,
            String host,
            @Nullable String to,
            @Nullable String language,
            @Nullable Boolean open,
            String text) {}

    record DemoReactions(String notice, Duration after, int likes, int reposts) {}
}
