package fr.tambour.text.internal;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a link may lead: http, https, mailto, tel, or a place on our own site. */
final class Destinations {

    private static final Pattern WEB = Pattern.compile("https?://[^/?#]+.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern MAIL_OR_TELEPHONE = Pattern.compile("(?:mailto|tel):.+", Pattern.CASE_INSENSITIVE);
    /** No scheme (RFC 3986 section 3.1: a colon before any slash, question mark or hash), and no `//host`. */
    private static final Pattern RELATIVE = Pattern.compile("(?!//)[^:/?#]*(?:[/?#].*)?");
    /** Browsers drop some of these and read a backslash as a slash: what they would see is not what we checked. */
    private static final Pattern DECEITFUL = Pattern.compile("[\\\\\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private static final int MAX_LENGTH = 2_000;

    private Destinations() {}

    /** The destination to use, absolute where a base is given; empty if nobody should be led there. */
    static Optional<String> allowed(String destination, @Nullable URI base) {
        String address = destination.strip();
        if (address.isEmpty()
                || address.length() > MAX_LENGTH
                || DECEITFUL.matcher(address).find()) {
            return Optional.empty();
        }
        if (WEB.matcher(address).matches() || MAIL_OR_TELEPHONE.matcher(address).matches()) {
            return Optional.of(address);
        }
        if (!RELATIVE.matcher(address).matches()) {
            return Optional.empty();
        }
        return base == null ? Optional.of(address) : resolved(address, base);
    }

    static boolean isForeign(String destination, @Nullable URI base) {
        if (!WEB.matcher(destination).matches()) {
            return false;
        }
        if (base == null) {
            return true;
        }
        try {
            return !String.valueOf(base.getAuthority())
                    .equalsIgnoreCase(URI.create(destination).getAuthority());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static Optional<String> resolved(String address, URI base) {
        try {
            return Optional.of(base.resolve(new URI(null, null, address, null).getRawSchemeSpecificPart())
                    .toString());
        } catch (java.net.URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
