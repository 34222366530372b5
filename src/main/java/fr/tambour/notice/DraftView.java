package fr.tambour.notice;

import fr.tambour.town.Town;
import java.time.Instant;

/**
 * A draft as checks and channels look at it.
 *
 * @param town whose notice it is
 * @param content as it stands
 * @param now the moment of looking
 * @param correction whether the notice was already published
 */
public record DraftView(Town town, Content content, Instant now, boolean correction) {

    /** The town's first language, which is mandatory. */
    public String firstLanguage() {
        return town.languages().getFirst();
    }
}
