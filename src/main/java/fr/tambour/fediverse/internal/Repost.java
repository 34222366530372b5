package fr.tambour.fediverse.internal;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A post of somebody else's that the town shows those who follow it.
 *
 * @param post its identifier
 * @param author whose it is, by identifier
 * @param authorName as they call themselves
 * @param authorPage where people find them
 * @param authorInbox where they read
 * @param page where people find it
 * @param text its words, bounded
 * @param language BCP 47 tag, or null
 */
public record Repost(
        long id,
        URI post,
        URI author,
        String authorName,
        URI authorPage,
        URI authorInbox,
        URI page,
        String text,
        @Nullable String language,
        Instant at) {}
