package fr.tambour.ui.internal;

import fr.tambour.ui.FilterOrder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the language off the address: {@code /en/agenda} reaches the controller of {@code /agenda}, in English. The interface speaks English for every
 * town; other prefixes are the town's own languages. The first language has no prefix: {@code /fr/agenda} leads to {@code /agenda}.
 */
@Component
@Order(FilterOrder.LANGUAGE)
final class LanguageFilter extends OncePerRequestFilter {

    private static final Pattern PREFIXED = Pattern.compile("/([a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2})(/.*)?");

    private final Languages languages;

    LanguageFilter(Languages languages) {
        this.languages = languages;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Matcher path = PREFIXED.matcher(request.getRequestURI());
        if (!path.matches()) {
            chain.doFilter(request, response);
            return;
        }
        String tag = path.group(1);
        String rest = path.group(2) == null ? "/" : path.group(2);
        List<String> known = languages.ofTown(request);
        if (tag.equals(known.getFirst()) && isRead(request) && !rest.startsWith("//")) {
            String query = request.getQueryString();
            response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
            response.setHeader("Location", query == null ? rest : rest + "?" + query);
        } else if ((known.contains(tag) || tag.equals("en")) && Languages.translated(rest)) {
            request.setAttribute(Languages.PREFIX, "/" + tag);
            request.setAttribute(Languages.LANGUAGE, Locale.forLanguageTag(tag));
            chain.doFilter(new WithoutPrefix(request, "/" + tag), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static final class WithoutPrefix extends HttpServletRequestWrapper {

        private final String prefix;

        WithoutPrefix(HttpServletRequest request, String prefix) {
            super(request);
            this.prefix = prefix;
        }

        @Override
        public String getRequestURI() {
            return without(super.getRequestURI());
        }

        @Override
        public String getServletPath() {
            return without(super.getServletPath());
        }

        private String without(String path) {
            return path.equals(prefix) ? "/" : path.startsWith(prefix + "/") ? path.substring(prefix.length()) : path;
        }
    }
}
