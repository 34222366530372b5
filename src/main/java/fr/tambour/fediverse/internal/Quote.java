package fr.tambour.fediverse.internal;

import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.net.URI;
import java.time.Instant;

/**
 * A post of somebody else's that quotes a notice with the town's leave (FEP-044f).
 *
 * @param post its identifier
 * @param at when leave was given
 * @param revoked whether the leave holds no more
 */
public record Quote(
        TownId town, long id, NoticeId notice, URI post, URI author, URI inbox, Instant at, boolean revoked) {

    /** What people call who wrote it, {@code @alice@other.example}, as far as their identifier shows it; else that. */
    public String who() {
        return Whom.address(author).map(address -> "@" + address).orElse(author.toString());
    }
}
