package fr.tambour.town;

import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a town's administrators may change about it.
 *
 * @param name « Clairval », « Le Havre »; of an EPCI what follows « Communauté de communes »: « du Val d’Orge »
 * @param style the words before the name
 * @param postalCode five digits, or empty (an EPCI has none)
 * @param population municipal population; null where unknown
 * @param baseUrl scheme, host and port of its public links, though not of its identifiers ({@link Town#identifier}); its
 *     host is one of {@code hosts}
 * @param hosts names that show this town, lower-case ASCII, without port; unique on this instance
 * @param languages BCP 47 tags of the languages its notices may have, the mandatory one first; {@code fr-simple} is easy
 *     reading (FALC)
 * @param zone its clocks' time zone
 * @param colours the two colours of its pages
 * @param arms its arms, or none: then a drawn shield with its initial
 * @param director who answers for what it publishes
 * @param contact where residents find the town hall
 */
public record Profile(
        String name,
        TownStyle style,
        String postalCode,
        @Nullable Integer population,
        URI baseUrl,
        List<String> hosts,
        List<String> languages,
        ZoneId zone,
        Colours colours,
        @Nullable Arms arms,
        Director director,
        Contact contact) {

    public Profile {
        hosts = List.copyOf(hosts);
        languages = List.copyOf(languages);
    }

    /**
     * Colours as the town chose them, {@code #rrggbb}.
     *
     * @param first fills and links
     * @param second accents
     */
    public record Colours(String first, String second) {

        /** For a town that has not chosen. */
        public static final Colours DEFAULT = new Colours("#0d5b63", "#e9b23f");
    }

    /**
     * A picture kept by `media`.
     *
     * @param hash its content's
     * @param mediaType {@code image/png} or {@code image/jpeg}
     */
    public record Arms(String hash, String mediaType) {}

    /**
     * The publication director (loi du 29 juillet 1982, art. 93-2): the mayor, or the EPCI's president.
     *
     * @param name may be empty until it is known
     * @param function « maire », « présidente »
     */
    public record Director(String name, String function) {}

    /**
     * All may be empty.
     *
     * @param address several lines
     * @param openingHours several lines
     */
    public record Contact(String address, String phone, String mail, String openingHours) {

        public static final Contact NONE = new Contact("", "", "", "");
    }

    public Profile withColours(Colours changed) {
        return new Profile(
                name, style, postalCode, population, baseUrl, hosts, languages, zone, changed, arms, director, contact);
    }

    public Profile withArms(@Nullable Arms changed) {
        return new Profile(
                name,
                style,
                postalCode,
                population,
                baseUrl,
                hosts,
                languages,
                zone,
                colours,
                changed,
                director,
                contact);
    }
}
