package fr.tambour.town;

/** What a town is in the official geographic code. */
public enum TownType {
    /** A commune of today. */
    COMMUNE,
    /** A delegated or associated commune: part of a commune, with a mayor of its own. */
    DELEGATED,
    /** A municipal arrondissement of Paris, Lyon or Marseille. */
    ARRONDISSEMENT,
    /** A group of communes with taxes of its own (établissement public de coopération intercommunale). */
    EPCI
}
