package fr.tambour.people.internal;

import fr.tambour.ui.Refusal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/** E-mail addresses as people sign in with them. */
final class Emails {

    /** RFC 5321, 4.5.3.1.3. */
    private static final int LONGEST = 254;

    /** Something, one @, a domain with a dot: what is really an address only a message can tell. */
    private static final Pattern ADDRESS = Pattern.compile(
            "[^\\s@<>\",;:\\\\\\p{Cntrl}]+@[^\\s@<>\",;:\\\\\\p{Cntrl}]+\\.[^\\s@<>\",;:\\\\\\p{Cntrl}.]+");

    private Emails() {}

    /** Lower case, without spaces around: how they are stored and compared. */
    static String normal(String email) {
        String bounded = email.length() > 2 * LONGEST ? email.substring(0, 2 * LONGEST) : email;
        return bounded.strip().toLowerCase(Locale.ROOT);
    }

    /** @throws Refusal 422 {@code people.email-invalid} */
    static String check(String email) {
        String normal = normal(email);
        if (normal.length() > LONGEST || !ADDRESS.matcher(normal).matches()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "people.email-invalid");
        }
        return normal;
    }
}
