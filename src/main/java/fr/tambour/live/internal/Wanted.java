package fr.tambour.live.internal;

import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.QuotedQualityCSV;
import org.eclipse.jetty.server.Request;

/** What somebody would rather have of what an address may give (RFC 9110 12.5.1). */
enum Wanted {
    PAGE("text/html, */*;q=0.8"),
    ACTIVITY("application/activity+json"),
    /** Whatever is there, as a program reads it: what refuses tells a program in its own words. */
    DATA("application/json");

    private final String accept;

    Wanted(String accept) {
        this.accept = accept;
    }

    /** How to ask for it. */
    String accept() {
        return accept;
    }

    /** @param shared whether programs that ask for ActivityStreams by name get something else than people at this address */
    static Wanted by(Request request, BooleanSupplier shared) {
        return by(request.getHeaders().getValuesList(HttpHeader.ACCEPT), shared);
    }

    static Wanted by(List<String> accepted, BooleanSupplier shared) {
        if (accepted.stream().noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("json"))) {
            return PAGE;
        }
        QuotedQualityCSV types = new QuotedQualityCSV();
        try {
            accepted.forEach(types::addValue);
        } catch (IllegalArgumentException e) {
            // What cannot be read says nothing (RFC 9110 12.5.1): a quote is open to its end.
            return PAGE;
        }
        List<String> ranked =
                types.getValues().stream().map(Wanted::withoutParameters).toList();
        // Of the kinds of JSON there is only one: whoever would rather have another takes that.
        boolean activity = ranked.stream()
                .takeWhile(name -> name.contains("json"))
                .anyMatch(name -> name.equals("application/activity+json") || name.equals("application/ld+json"));
        if (activity && shared.getAsBoolean()) {
            return ACTIVITY;
        }
        return ranked.isEmpty() || !ranked.getFirst().contains("json") || ranked.contains("text/html") ? PAGE : DATA;
    }

    private static String withoutParameters(String type) {
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
