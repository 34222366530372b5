package fr.tambour.website.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.live.Shown;
import fr.tambour.people.Actor;
import fr.tambour.storage.Ids;
import fr.tambour.text.Clean;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import fr.tambour.website.internal.OwnTexts.Version;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Writing the town's own words: each change is one transaction with its versions and its entry in the journal. */
@Service
public class OwnPages {

    /** Graphemes: some ten printed pages. */
    public static final int LENGTH = 20_000;

    private final OwnTexts texts;
    private final Towns towns;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;
    private final Shown shown;

    OwnPages(OwnTexts texts, Towns towns, Audit audit, Ids ids, Clock clock, Shown shown) {
        this.texts = texts;
        this.towns = towns;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.shown = shown;
    }

    /** The newest version's id, 0 where nothing was ever written: what a change is based on. */
    @Transactional(readOnly = true)
    public long newest(Town town, OwnPage page) {
        return newest(texts.versions(town.id(), page, 1));
    }

    private static long newest(List<Version> versions) {
        return versions.isEmpty() ? 0 : versions.getFirst().id();
    }

    /**
     * @param base what {@link #newest} said when the person opened the page
     * @param written by language; languages that are not the town's are passed over
     * @throws Refusal 409 if somebody else has changed the page meanwhile
     */
    @Transactional
    public void write(Actor actor, Town town, OwnPage page, long base, Map<String, String> written) {
        towns.lock(town.id());
        if (newest(texts.versions(town.id(), page, 1)) != base) {
            throw new Refusal(HttpStatus.CONFLICT, "website.page-changed");
        }
        Map<String, String> standing = texts.of(town.id(), page);
        Map<String, String> lengths = new LinkedHashMap<>();
        Instant now = clock.instant();
        for (String language : town.languages()) {
            String text = Clean.block(written.getOrDefault(language, ""), LENGTH);
            if (!text.equals(standing.getOrDefault(language, ""))) {
                texts.put(town.id(), new Version(ids.next(), page, language, text, now, actor.person()));
                lengths.put(language, Integer.toString(text.length()));
            }
        }
        if (!lengths.isEmpty()) {
            shown.changes(town.id());
            audit.record(new AuditEntry(
                    town.id().value(), actor.person().value(), "website.page-changed", page.key(), lengths));
        }
    }
}
