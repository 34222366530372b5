package fr.tambour.fediverse.internal;

import java.net.URI;
import java.time.Instant;

/**
 * Somebody who has asked to follow an account that lets in only whom the town accepts, and waits.
 *
 * @param account whose, by its id
 * @param follow the activity by which they asked
 * @param handle {@code alice@other.example}
 * @param displayed as they call themselves; may be empty, and anything
 * @param page where people find them
 */
public record Asking(
        long id,
        long account,
        URI who,
        URI follow,
        URI inbox,
        URI sharedInbox,
        String host,
        String handle,
        String displayed,
        URI page,
        Instant at) {}
