package fr.tambour.conversation.internal;

import fr.tambour.town.Town;
import java.util.Locale;
import java.util.Set;

/** In which of the town's languages somebody is answered. */
public final class Tongue {

    /** Those that Tambour itself speaks. */
    private static final Set<String> SPOKEN = Set.of("fr", "en");

    private Tongue() {}

    /** That of the message, where the town has it; else the town's first. */
    public static String of(Message message, Town town) {
        String theirs = message.language();
        return theirs.isEmpty()
                ? town.language()
                : town.languages().stream()
                        .filter(theirs::equalsIgnoreCase)
                        .findFirst()
                        .or(() -> town.languages().stream()
                                .filter(own -> own.equals(primary(theirs)))
                                .findFirst())
                        .orElse(town.language());
    }

    /** The same, for what Tambour says by itself. */
    public static String spoken(Message message, Town town) {
        String primary = primary(of(message, town));
        return SPOKEN.contains(primary)
                ? primary
                : SPOKEN.contains(primary(town.language())) ? primary(town.language()) : "fr";
    }

    private static String primary(String tag) {
        return Locale.forLanguageTag(tag).getLanguage();
    }
}
