package fr.tambour.people.studio;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.regex.Pattern;

/** Where somebody wanted to go before they were asked to sign in: a page of the studio, nowhere else. */
final class Return {

    private static final Pattern WITHIN = Pattern.compile("/studio([/?][\\x21-\\x5B\\x5D-\\x7E]*)?");

    /** What the server redirects to; it sends no escaped slash, percent or the like. */
    private static final Pattern PAGE = Pattern.compile("[A-Za-z0-9/._~@:+,-]*");

    private static final int LONGEST = 500;

    /** What {@link URI} makes of escaped bytes that are no UTF-8. */
    private static final char UNREADABLE = '\uFFFD';

    private Return() {}

    static String to(String wanted) {
        boolean within = wanted.length() <= LONGEST
                && WITHIN.matcher(wanted).matches()
                && isPlain(wanted)
                && !wanted.startsWith("/studio/connexion")
                && !wanted.startsWith("/studio/deconnexion");
        return within ? wanted : "/studio";
    }

    /**
     * Without steps upwards, of which a browser or the server would make another place, and without controls, which the
     * server cannot send however they are written.
     */
    private static boolean isPlain(String address) {
        try {
            URI uri = new URI(address);
            String whole = uri.getPath() + Objects.requireNonNullElse(uri.getQuery(), "");
            return uri.normalize().equals(uri)
                    && PAGE.matcher(uri.getRawPath()).matches()
                    && !uri.getPath().contains("..")
                    && whole.chars().noneMatch(c -> Character.isISOControl(c) || c == UNREADABLE);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
