package fr.tambour.town.internal;

/** How well an entry answers a query, best first; the order is the order of the results. */
enum Closeness {
    EXACT,
    EXACT_BUT_FOR_ARTICLES,
    /** It has the INSEE code or SIREN that was typed. Comes after the postal code: five digits mostly mean that. */
    OWN_CODE,
    BEGINS_SO,
    BEGINS_SO_BUT_FOR_ARTICLES,
    WHOLE_WORDS,
    BEGINNINGS_OF_WORDS,
    RUN_TOGETHER,
    NONE;

    Closeness orBetter(Closeness other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
