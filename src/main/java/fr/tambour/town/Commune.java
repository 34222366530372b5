package fr.tambour.town;

import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the official geographic code: what a town may be.
 *
 * @param type what it is; with {@code code} it identifies the entry (a delegated commune may share its code with the
 *     commune it became part of)
 * @param code INSEE code of five characters ({@code 35238}, {@code 2A004}), or for an EPCI its SIREN of nine digits
 * @param name as INSEE or, for an EPCI, the DGCL writes it, article included ({@code Le Mans},
 *     {@code CC Faucigny - Glières})
 * @param departmentCode two or three characters ({@code 35}, {@code 2A}, {@code 974}); overseas collectivities have one
 *     too. Of an EPCI across several departments: one of them
 * @param departmentName {@code Ille-et-Vilaine}
 * @param parent INSEE code of the commune that a delegated commune or an arrondissement belongs to, else null
 * @param nature of an EPCI, else null
 * @param population municipal, in inhabitants; unknown for delegated communes and six uninhabited territories
 * @param postalCodes five digits each; empty for EPCIs, for a delegated commune whose commune has several, and where
 *     the post does not go
 * @param zone time zone of its clocks
 * @see <a href="https://www.insee.fr/fr/information/2560452">Code officiel géographique</a>
 */
public record Commune(
        TownType type,
        String code,
        String name,
        String departmentCode,
        String departmentName,
        @Nullable String parent,
        @Nullable Nature nature,
        OptionalInt population,
        List<String> postalCodes,
        ZoneId zone) {

    public Commune {
        postalCodes = List.copyOf(postalCodes);
    }

    /** The words it usually has before its name: « Ville » from 2,000 inhabitants on, as INSEE draws the line. */
    public TownStyle usualStyle() {
        if (nature == null) {
            return population.orElse(0) >= 2_000 ? TownStyle.VILLE : TownStyle.COMMUNE;
        }
        return switch (nature) {
            case CC -> TownStyle.COMMUNAUTE_DE_COMMUNES;
            case CA -> TownStyle.COMMUNAUTE_D_AGGLOMERATION;
            case CU -> TownStyle.COMMUNAUTE_URBAINE;
            case METRO -> TownStyle.NAME_ALONE;
        };
    }

    /**
     * Its name as it stands on a page: with the apostrophe of print, of an EPCI without « CC » and without the acronym
     * behind ({@code CC du Val d'Orge (CCVO)} gives « du Val d’Orge »).
     */
    public String usualName() {
        String usual = name.replace('\'', '’').replaceFirst(" \\([^)]*\\)$", "");
        return nature == null ? usual : usual.replaceFirst("^(CC|CA|CU) ", "");
    }

    /** What an EPCI is. */
    public enum Nature {
        /** Communauté de communes. */
        CC,
        /** Communauté d'agglomération. */
        CA,
        /** Communauté urbaine. */
        CU,
        /** Métropole, that of Lyon included although its legal status differs. */
        METRO
    }
}
