package fr.tambour.phone.internal;

import fr.tambour.keys.Keys;
import fr.tambour.keys.MacKey;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** The short names by which endpoints, tokens and codes are looked up; and the tokens. */
@Component
class EndpointNames {

    private final MacKey endpoints;
    private final MacKey tokens;
    private final MacKey codes;
    private final MacKey asked;

    EndpointNames(Keys keys) {
        endpoints = keys.mac("phone.endpoint");
        tokens = keys.mac("phone.token");
        codes = keys.mac("phone.code");
        asked = keys.mac("phone.asked");
    }

    String of(String endpoint) {
        return endpoints.hex(endpoint);
    }

    /**
     * What is pushed to a phone for it to give back: the same for as long as it is asked, so that it can be pushed again and
     * is nowhere kept.
     *
     * @param name of its endpoint
     */
    String token(String name, Instant since) {
        return asked.hex(since.toEpochMilli() + " " + name);
    }

    String ofToken(String token) {
        return tokens.hex(token);
    }

    String ofCode(String code) {
        return codes.hex(code);
    }
}
