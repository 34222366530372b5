package fr.tambour.town;

import fr.tambour.town.internal.CommuneIndex;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * All communes of France, their delegated communes, municipal arrondissements and EPCIs, as packed in this build.
 *
 * <p>About 39,000 entries from {@code communes.tsv.gz}; {@code docs/maintain/communes/COMMUNES.md} says where they come
 * from and how to renew them. They are read at first use (some tenths of a second), held in 3 to 4 MB, and may be
 * dropped when memory runs short: setting up a town needs them, serving its notices does not.
 *
 * <p>Safe for use by several threads.
 */
@Component
public final class Communes {

    /** Longer queries are cut, in {@code char}s. */
    public static final int LONGEST_QUERY = 100;

    /** More results than this are never given. */
    public static final int MOST_RESULTS = 100;

    private volatile SoftReference<@Nullable CommuneIndex> index = new SoftReference<>(null);

    /**
     * What somebody may mean by what they have typed so far, best first.
     *
     * <ul>
     *   <li>A name or its beginning, whatever the accents, case, hyphens, apostrophes and articles, « St » for
     *       « Saint »: exact names first, then names that begin so, then names with these words; among equals
     *       communes first, the most populous first.
     *   <li>A postal code or at least its first two digits, an INSEE code, or the SIREN of an EPCI.
     *   <li>A name with a department or postal code beside it: {@code Saint-Denis 974}.
     *   <li>« CC », « communauté de communes » and the like before a name: EPCIs only.
     * </ul>
     *
     * @param query anything; what cannot be understood finds nothing
     * @param limit at most so many, 0 to {@value #MOST_RESULTS}; what lies outside is brought inside
     */
    public List<Commune> search(String query, int limit) {
        var bounded = query.length() > LONGEST_QUERY ? query.substring(0, LONGEST_QUERY) : query;
        return index().search(bounded, Math.clamp(limit, 0, MOST_RESULTS));
    }

    /**
     * The entry with this code.
     *
     * @param code INSEE code, or for an EPCI its SIREN; letters in either case
     */
    public Optional<Commune> byCode(TownType type, String code) {
        return index().byCode(type, code);
    }

    /**
     * The delegated communes or arrondissements of a commune, in the order of their codes.
     *
     * @param code the commune's INSEE code
     */
    public List<Commune> partsOf(String code) {
        return index().partsOf(code);
    }

    private CommuneIndex index() {
        var held = index.get();
        return held != null ? held : load();
    }

    private synchronized CommuneIndex load() {
        var held = index.get();
        if (held == null) {
            held = CommuneIndex.load();
            index = new SoftReference<>(held);
        }
        return held;
    }
}
