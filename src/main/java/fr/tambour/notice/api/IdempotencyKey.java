package fr.tambour.notice.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Reads the header field: a string of RFC 9651, quoted, as the draft asks; bare, as most programs send it. */
final class IdempotencyKey {

    /** Characters; a UUID has 36. */
    static final int MOST = 255;

    private IdempotencyKey() {}

    static Optional<String> of(HttpServletRequest request) {
        List<String> fields = Collections.list(request.getHeaders(Once.HEADER));
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        String key = fields.size() == 1 ? unquoted(fields.getFirst().strip()) : "";
        boolean good = !key.isEmpty() && key.length() <= MOST && key.chars().allMatch(c -> c > 0x20 && c < 0x7F);
        if (!good) {
            throw new ApiRefusal(HttpStatus.BAD_REQUEST, "api.idempotency-key", MOST);
        }
        return Optional.of(key);
    }

    private static String unquoted(String field) {
        boolean quoted = field.length() >= 2 && field.startsWith("\"") && field.endsWith("\"");
        return quoted ? field.substring(1, field.length() - 1) : field;
    }
}
