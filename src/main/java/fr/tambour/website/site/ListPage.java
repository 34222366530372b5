package fr.tambour.website.site;

import fr.tambour.ui.Phrase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of notices.
 *
 * @param practical shown as dates in a margin rather than as stories
 * @param nothing what an empty list says
 * @param older address of the next page, or null
 * @param feed address of this list's feed, or null
 */
public record ListPage(
        Phrase title,
        String intro,
        boolean practical,
        List<Card> cards,
        String nothing,
        boolean first,
        @Nullable String older,
        @Nullable String feed) {}
