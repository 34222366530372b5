package fr.tambour.phone.site;

import fr.tambour.ui.Phrase;
import java.util.List;

/**
 * « Être prévenu ».
 *
 * @param key the town's public key for push services, base64url
 * @param prefix of the page's language in addresses, or nothing
 * @param host as a browser names the site when it asks
 * @param kinds beside emergencies, which come anyway
 * @param desk whether the team was sent here to tick « Exercices »: that is marked, and still theirs to do
 * @param quietFrom the hour at which quiet begins for who touches nothing
 * @param languages more than one, or none is asked for
 * @param months how long a phone is kept that does not open the site
 */
public record SubscribePage(
        String key,
        String prefix,
        String host,
        List<Pick> kinds,
        List<Pick> themes,
        List<Pick> districts,
        List<Hour> hours,
        boolean desk,
        int quietFrom,
        int quietUntil,
        String language,
        List<Language> languages,
        int months) {

    /** @param hint a second line, or empty */
    public record Pick(String value, Phrase name, String hint, boolean ticked) {}

    public record Hour(int value, String name) {}

    public record Language(String tag, String name) {}
}
