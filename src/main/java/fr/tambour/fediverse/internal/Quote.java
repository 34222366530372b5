package fr.tambour.fediverse.internal;

import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.net.URI;

/**
 * A post of somebody else's that quotes a notice with the town's leave (FEP-044f).
 *
 * @param post its identifier
 * @param revoked whether the leave holds no more
 */
public record Quote(TownId town, long id, NoticeId notice, URI post, URI author, URI inbox, boolean revoked) {}
