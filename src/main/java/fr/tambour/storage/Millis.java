package fr.tambour.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one converter between {@link Instant} and the BIGINT milliseconds since 1970-01-01T00:00Z that both databases
 * store. SQLite would store an Instant as text that sorts wrongly; the PostgreSQL driver has no Instant.
 */
public final class Millis {

    private Millis() {}

    public static long of(Instant instant) {
        return instant.toEpochMilli();
    }

    public static @Nullable Long ofNullable(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    public static Instant toInstant(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    /** For `rs.getObject(column)` of a nullable BIGINT, which either driver may hand out as Integer or Long. */
    public static @Nullable Instant toInstantOrNull(@Nullable Object millis) {
        return millis == null ? null : Instant.ofEpochMilli(((Number) millis).longValue());
    }
}
