package fr.tambour.desk.internal;

import fr.tambour.ui.Words;
import java.util.Locale;

/** Languages as the reader of the page calls them. */
public final class LanguageNames {

    private LanguageNames() {}

    /** Java's name, and ours for what Java does not know or names otherwise than its speakers. */
    public static String of(String tag, Words words) {
        String own = "desk.language." + tag;
        if (words.has(own)) {
            return words.get(own);
        }
        return words.capital(Locale.forLanguageTag(tag).getDisplayLanguage(words.locale()));
    }
}
