package fr.tambour.town;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Prepositions before a town's name, contracted and elided as French does. */
final class FrenchName {

    private static final String VOWELS = "AEIOUYÀÂÄÆÉÈÊËÎÏÔÖŒÙÛÜŸ";

    private FrenchName() {}

    /** « de Clairval », « d’Évry », « d’Hyères », « de Haguenau », « du Havre », « des Ulis », « de La Rochelle ». */
    static String of(String name) {
        if (name.startsWith("Le ")) {
            return "du " + withoutContracted(name);
        }
        if (name.startsWith("Les ") || name.startsWith("Aux ")) {
            return "des " + withoutContracted(name);
        }
        if (name.startsWith("Métropole ") || name.startsWith("Eurométropole ") || name.startsWith("Communauté ")) {
            return (name.startsWith("E") ? "de l’" : "de la ") + name;
        }
        return elides(name) ? "d’" + name : "de " + name;
    }

    /** « à Clairval », « au Havre », « aux Ulis ». */
    static String in(String name) {
        if (name.startsWith("Le ")) {
            return "au " + withoutContracted(name);
        }
        if (name.startsWith("Les ") || name.startsWith("Aux ")) {
            return "aux " + withoutContracted(name);
        }
        if (name.startsWith("Métropole ") || name.startsWith("Eurométropole ") || name.startsWith("Communauté ")) {
            return (name.startsWith("E") ? "à l’" : "à la ") + name;
        }
        return "à " + name;
    }

    /** What is left of the name after « du » or « des »: « Havre », « Ulis »; « La Rochelle » stays. */
    static String withoutContracted(String name) {
        if (name.startsWith("Le ")) {
            return name.substring(3);
        }
        if (name.startsWith("Les ") || name.startsWith("Aux ")) {
            return name.substring(4);
        }
        return name;
    }

    private static boolean elides(String name) {
        if (name.isEmpty()) {
            return false;
        }
        String first = name.substring(0, 1).toUpperCase(Locale.FRENCH);
        return VOWELS.contains(first) || (first.equals("H") && !Aspirated.NAMES.contains(name));
    }

    /** The communes whose H stands like a consonant: 250 of 700, by INSEE's « type de nom en clair » 0. */
    private static final class Aspirated {

        static final Set<String> NAMES = read();

        private static Set<String> read() {
            try (InputStream in = FrenchName.class.getResourceAsStream("h-aspire.txt")) {
                return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .collect(Collectors.toUnmodifiableSet());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
