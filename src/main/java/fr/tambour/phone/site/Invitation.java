package fr.tambour.phone.site;

import fr.tambour.town.Town;
import java.util.Locale;

/**
 * Where a poster leads.
 *
 * @param address of « Être prévenu » in the poster's language
 * @param typed the same, as one types it
 */
public record Invitation(String address, String typed) {

    static Invitation of(Town town, Locale locale) {
        String tag = locale.toLanguageTag();
        String address = town.url((tag.equals(town.language()) ? "" : "/" + tag) + PhonePaths.SUBSCRIBE);
        return new Invitation(address, address.replaceFirst("^https?://", ""));
    }
}
