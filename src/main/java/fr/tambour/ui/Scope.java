package fr.tambour.ui;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * For whom and where something is shown: what providers are given.
 *
 * @param townId 0 where there is no town (before set-up, unknown host)
 * @param locale language of the page
 * @param path path without the language prefix: {@code /agenda}
 */
public record Scope(long townId, Locale locale, String path) {

    /** Request attribute of type Long, set by whoever knows which town the host belongs to. */
    public static final String TOWN = "fr.tambour.ui.town";

    /** Request attribute of type Locale, set by whoever knows which language the signed-in person reads. */
    public static final String LOCALE = "fr.tambour.ui.locale";

    /** Staff pages, signing in and set-up included: they speak the person's language, not the town's. */
    public boolean studio() {
        return isStudio(path);
    }

    public static boolean isStudio(String path) {
        return under(path, "/studio") || under(path, "/mise-en-place");
    }

    public static boolean isApi(String path) {
        return under(path, "/api");
    }

    /** The town of this request, 0 where there is none. */
    public static long townOf(HttpServletRequest request) {
        return request.getAttribute(TOWN) instanceof Long id ? id : 0;
    }

    private static boolean under(String path, String root) {
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }
}
