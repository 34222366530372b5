package fr.tambour.phone.internal;

import fr.tambour.keys.Keys;
import fr.tambour.keys.MacKey;
import org.springframework.stereotype.Component;

/** The short names by which endpoints, tokens and codes are looked up. */
@Component
class EndpointNames {

    private final MacKey endpoints;
    private final MacKey tokens;
    private final MacKey codes;

    EndpointNames(Keys keys) {
        endpoints = keys.mac("phone.endpoint");
        tokens = keys.mac("phone.token");
        codes = keys.mac("phone.code");
    }

    String of(String endpoint) {
        return endpoints.hex(endpoint);
    }

    String ofToken(String token) {
        return tokens.hex(token);
    }

    String ofCode(String code) {
        return codes.hex(code);
    }
}
