package fr.tambour.town;

import java.util.Locale;

/** Prepositions before a town's name, contracted and elided as French does. */
final class FrenchName {

    private FrenchName() {}

    /** « de Clairval », « d’Évry », « du Havre », « des Ulis », « de La Rochelle ». */
    static String of(String name) {
        if (name.startsWith("Le ")) {
            return "du " + name.substring(3);
        }
        if (name.startsWith("Les ")) {
            return "des " + name.substring(4);
        }
        return elides(name) ? "d’" + name : "de " + name;
    }

    /** « à Clairval », « au Havre », « aux Ulis ». */
    static String in(String name) {
        if (name.startsWith("Le ")) {
            return "au " + name.substring(3);
        }
        if (name.startsWith("Les ")) {
            return "aux " + name.substring(4);
        }
        return "à " + name;
    }

    private static boolean elides(String name) {
        return !name.isEmpty()
                && "AEIOUÀÂÆÉÈÊËÎÏÔŒÙÛÜ".indexOf(name.substring(0, 1).toUpperCase(Locale.FRENCH)) >= 0;
    }
}
