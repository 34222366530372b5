package fr.tambour.notice.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Reads query parameters as strictly as JSON: one that nobody knows is refused, not ignored. */
final class Query {

    /** UTF-16 units of a search. */
    private static final int TEXT_MOST = 200;

    private Query() {}

    static void only(HttpServletRequest request, Set<String> known) {
        for (String name : request.getParameterMap().keySet()) {
            if (!known.contains(name)) {
                throw new ApiRefusal(
                        HttpStatus.BAD_REQUEST,
                        "api.unknown-parameter",
                        name.length() > 60 ? name.substring(0, 60) + "…" : name,
                        String.join(", ", new TreeSet<>(known)));
            }
            if (request.getParameterValues(name).length > 1) {
                throw new ApiRefusal(HttpStatus.BAD_REQUEST, "api.parameter-twice", name);
            }
        }
    }

    static int number(String name, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused with the same sentence as a number out of bounds.
        }
        throw new ApiRefusal(HttpStatus.BAD_REQUEST, "api.number", name, least, most);
    }

    /** Absent, it is false. */
    static boolean flag(String name, @Nullable String text) {
        if (text == null || text.equals("false") || text.equals("true")) {
            return "true".equals(text);
        }
        throw new ApiRefusal(HttpStatus.BAD_REQUEST, "api.unknown-value", name, "true, false");
    }

    static String text(String name, String text) {
        if (text.length() > TEXT_MOST) {
            throw new ApiRefusal(HttpStatus.BAD_REQUEST, "api.parameter-too-long", name, TEXT_MOST);
        }
        return text;
    }

    /** The request's own path and query with one parameter set: relative, so that no Host header finds its way into it. */
    static String with(HttpServletRequest request, String name, String value) {
        return UriComponentsBuilder.fromPath(request.getRequestURI())
                .query(request.getQueryString())
                .replaceQueryParam(name, UriUtils.encode(value, "UTF-8"))
                .build(true)
                .toUriString();
    }
}
