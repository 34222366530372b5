package fr.tambour.website.internal;

import fr.tambour.town.TownId;
import java.util.Optional;

/** What a town adds in its own words to a standing page of its site: Markdown, one text per page and language. */
public interface OwnTexts {

    Optional<String> of(TownId town, String page, String language);

    /** Replaces it; blank removes it. */
    void put(TownId town, String page, String language, String text);
}
