package fr.tambour.ui.internal;

import fr.tambour.ui.CspSource;
import fr.tambour.ui.FilterOrder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** What browsers are told on every answer. One policy for all pages: nothing inline, nothing from elsewhere, no frame. */
@Component
@Order(FilterOrder.HEADERS)
final class SecurityHeaders extends OncePerRequestFilter {

    private final Map<String, String> fields;

    SecurityHeaders(List<CspSource> sources) {
        this.fields = Map.of(
                "Content-Security-Policy",
                policy(sources),
                "X-Content-Type-Options",
                "nosniff",
                "X-Frame-Options",
                "DENY",
                "Referrer-Policy",
                "strict-origin-when-cross-origin",
                "Cross-Origin-Opener-Policy",
                "same-origin",
                "Cross-Origin-Resource-Policy",
                "same-origin",
                "Permissions-Policy",
                "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()");
    }

    static String policy(List<CspSource> sources) {
        Map<String, String> directives = new LinkedHashMap<>();
        directives.put("default-src", "'none'");
        directives.put("script-src", "'self'");
        directives.put("style-src", "'self'");
        directives.put("img-src", "'self' data:");
        directives.put("font-src", "'self'");
        directives.put("connect-src", "'self'");
        directives.put("manifest-src", "'self'");
        directives.put("form-action", "'self'");
        directives.put("base-uri", "'none'");
        directives.put("frame-ancestors", "'none'");
        for (CspSource source : sources) {
            directives.merge(
                    source.directive(),
                    source.source(),
                    (known, more) -> known.equals("'none'") ? more : known + " " + more);
        }
        return directives.entrySet().stream()
                .map(directive -> directive.getKey() + " " + directive.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Also on the container's own errors, for which it begins anew. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        fields.forEach(response::setHeader);
        chain.doFilter(request, response);
    }

    /** Name and value. */
    Map<String, String> fields() {
        return fields;
    }
}
