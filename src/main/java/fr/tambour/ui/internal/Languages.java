package fr.tambour.ui.internal;

import fr.tambour.ui.Brand;
import fr.tambour.ui.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.LocaleResolver;

/**
 * Which language a page speaks. Public pages: the prefix in the address, else the town's first. Staff pages and the API: what the signed-in person
 * reads, else French or English by Accept-Language.
 */
@Component(DispatcherServlet.LOCALE_RESOLVER_BEAN_NAME)
final class Languages implements LocaleResolver {

    /** Request attributes that {@link LanguageFilter} leaves. */
    static final String PREFIX = "fr.tambour.ui.prefix";

    static final String LANGUAGE = "fr.tambour.ui.language";

    private static final List<String> FILES = List.of(
            "/assets/", "/styles/", "/fonts/", "/images/", "/ville/", "/api", "/actuator", "/studio", "/mise-en-place");

    private final ObjectProvider<Brand.Provider> brands;

    Languages(ObjectProvider<Brand.Provider> brands) {
        this.brands = brands;
    }

    /** The town's languages, its first one first; French alone where there is no town. */
    List<String> ofTown(HttpServletRequest request) {
        long town = Scope.townOf(request);
        return town == 0
                ? List.of("fr")
                : Gather.first(brands, p -> p.brand(new Scope(town, Locale.FRENCH, path(request))))
                        .map(Brand::languages)
                        .filter(tags -> !tags.isEmpty())
                        .orElse(List.of("fr"));
    }

    Locale of(HttpServletRequest request) {
        if (request.getAttribute(Scope.LOCALE) instanceof Locale chosen) {
            return chosen;
        }
        String path = path(request);
        if (request.getAttribute(LANGUAGE) instanceof Locale prefixed) {
            return prefixed;
        }
        return Scope.isStudio(path) || Scope.isApi(path) || Scope.townOf(request) == 0
                ? accepted(request)
                : Locale.forLanguageTag(ofTown(request).getFirst());
    }

    private static Locale accepted(HttpServletRequest request) {
        Enumeration<Locale> wanted = request.getLocales();
        while (request.getHeader("Accept-Language") != null && wanted.hasMoreElements()) {
            Locale locale = wanted.nextElement();
            if (locale.getLanguage().equals("fr") || locale.getLanguage().equals("en")) {
                return Locale.forLanguageTag(locale.getLanguage());
            }
        }
        return Locale.FRENCH;
    }

    /** Whether a path exists once per language. */
    static boolean translated(String path) {
        return path.startsWith("/") && FILES.stream().noneMatch(path::startsWith);
    }

    /** Path without language prefix, as the person asked for it even where this is an error dispatch. */
    static String path(HttpServletRequest request) {
        Object original = request.getAttribute("jakarta.servlet.error.request_uri");
        String path = original instanceof String uri ? uri : request.getRequestURI();
        String prefix = prefix(request);
        return !prefix.isEmpty() && path.startsWith(prefix + "/")
                ? path.substring(prefix.length())
                : path.equals(prefix) ? "/" : path;
    }

    static String prefix(HttpServletRequest request) {
        return Optional.ofNullable((String) request.getAttribute(PREFIX)).orElse("");
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return of(request);
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("The language of a page is in its address");
    }
}
