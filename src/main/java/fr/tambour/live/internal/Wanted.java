package fr.tambour.live.internal;

import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.QuotedQualityCSV;
import org.eclipse.jetty.server.Request;

/** What somebody would rather have at an address that people and programs share (RFC 9110 12.5.1). */
enum Wanted {
    PAGE("text/html, */*;q=0.8"),
    ACTIVITY("application/activity+json"),
    /** What is not the same for all who ask so. */
    OTHER("");

    private final String accept;

    Wanted(String accept) {
        this.accept = accept;
    }

    /** How to ask for it. */
    String accept() {
        return accept;
    }

    static Wanted by(Request request) {
        List<String> accepted = request.getHeaders().getValuesList(HttpHeader.ACCEPT);
        if (accepted.stream().noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("json"))) {
            return PAGE;
        }
        QuotedQualityCSV types = new QuotedQualityCSV();
        accepted.forEach(types::addValue);
        return types.getValues().stream().findFirst().map(Wanted::of).orElse(PAGE);
    }

    private static Wanted of(String type) {
        String name = type.toLowerCase(Locale.ROOT).replaceFirst("\\s*;.*", "");
        return switch (name) {
            case "application/activity+json", "application/ld+json" -> ACTIVITY;
            default -> name.contains("json") ? OTHER : PAGE;
        };
    }
}
