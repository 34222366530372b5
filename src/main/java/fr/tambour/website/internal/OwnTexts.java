package fr.tambour.website.internal;

import fr.tambour.people.PersonId;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a town says in its own words on the standing pages of its site: Markdown, one text per page and language. */
public interface OwnTexts {

    /** What stands, by language. */
    Map<String, String> of(TownId town, OwnPage page);

    /** Versions of a page in all languages, newest first. */
    List<Version> versions(TownId town, OwnPage page, int limit);

    /** Adds a version, which stands from now on; blank takes the text off the page. */
    void put(TownId town, Version version);

    /**
     * A text as somebody wrote it.
     *
     * @param id grows with time
     */
    record Version(long id, OwnPage page, String language, String text, Instant at, PersonId by) {}
}
