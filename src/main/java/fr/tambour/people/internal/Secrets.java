package fr.tambour.people.internal;

import fr.tambour.keys.Keys;
import fr.tambour.keys.MacKey;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.stereotype.Component;

/**
 * Makes what opens a door (links, tokens), and the MAC by which it is found again: whoever reads the database can open
 * nothing with it.
 */
@Component
class Secrets {

    private final SecureRandom random = new SecureRandom();
    private final MacKey links;
    private final MacKey tokens;
    private final MacKey sessions;

    Secrets(Keys keys) {
        this.links = keys.mac("people.link");
        this.tokens = keys.mac("people.token");
        this.sessions = keys.mac("people.session");
    }

    /** 256 bits, 43 characters that need no quoting in an address. */
    String fresh() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String ofLink(String secret) {
        return links.hex(secret);
    }

    String ofToken(String secret) {
        return tokens.hex(secret);
    }

    String ofSession(String id) {
        return sessions.hex(id);
    }
}
