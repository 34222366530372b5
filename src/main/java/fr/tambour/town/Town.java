package fr.tambour.town;

import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * A town: whose notices these are.
 *
 * @param id identifies it for good
 * @param slug its name in addresses ({@code clairval}), unique on this instance, never changed: {@code clairval.localhost}
 *     always shows it
 * @param origin its entry in the official geographic code
 * @param profile what its administrators may change
 * @param identifierBase scheme, host and port with which identifiers begin, whatever address the town has by now: what has
 *     gone into a feed reader or a calendar is known there by its identifier for good
 * @param demonstration plausible but invented; marked as such on every page
 * @param version raised by one at each change; two changes from the same version do not both win
 */
public record Town(
        TownId id,
        String slug,
        Origin origin,
        Profile profile,
        URI identifierBase,
        boolean demonstration,
        long version) {

    /** As it is founded: the address it has then is the one its identifiers keep. */
    public Town(TownId id, String slug, Origin origin, Profile profile, boolean demonstration, long version) {
        this(id, slug, origin, profile, profile.baseUrl(), demonstration, version);
    }

    /**
     * What the official geographic code says, kept as it was when the town was set up.
     *
     * @param type what it is
     * @param code INSEE code of five characters, or an EPCI's SIREN of nine
     * @param departmentCode {@code 35}, {@code 2A}, {@code 974}
     * @param departmentName {@code Ille-et-Vilaine}
     */
    public record Origin(TownType type, String code, String departmentCode, String departmentName) {}

    public TownType type() {
        return origin.type();
    }

    /** « Clairval », « Le Havre », « Communauté de communes du Val d’Orge ». */
    public String name() {
        return profile.style().ofCommune() ? profile.name() : fullName();
    }

    /** « Ville du Havre », « Commune d’Évry », « Communauté de communes du Val d’Orge ». */
    public String fullName() {
        return profile.style().before(profile.name());
    }

    /** « de Clairval », « d’Évry », « du Havre », « des Ulis », « de la Communauté de communes du Val d’Orge ». */
    public String ofName() {
        return FrenchName.of(name());
    }

    /** « à Clairval », « à Évry », « au Havre », « aux Ulis ». */
    public String inName() {
        return FrenchName.in(name());
    }

    /**
     * Scheme, host and port; no path, no slash at the end. Every public link starts with it, never with the Host header; no
     * identifier does.
     */
    public URI baseUrl() {
        return profile.baseUrl();
    }

    /**
     * A public link of this town.
     *
     * @param path begins with a slash
     */
    public String url(String path) {
        return profile.baseUrl() + path;
    }

    /**
     * The name by which programs know something of this town again: it looks like a link, and is one as long as the town
     * keeps the address it was founded with.
     *
     * @param path begins with a slash
     */
    public String identifier(String path) {
        return identifierBase + path;
    }

    /** Whether identifiers are links as well. */
    public boolean hasLinksForIdentifiers() {
        return identifierBase.equals(profile.baseUrl());
    }

    /** BCP 47 tags, the mandatory one first. */
    public List<String> languages() {
        return profile.languages();
    }

    /** The mandatory language's tag. */
    public String language() {
        return profile.languages().getFirst();
    }

    /** The mandatory language. */
    public Locale locale() {
        return Locale.forLanguageTag(language());
    }

    public ZoneId zone() {
        return profile.zone();
    }

    /** The colour roles of its pages, contrast guaranteed. */
    public Palette palette() {
        return Palette.of(profile.colours());
    }
}
