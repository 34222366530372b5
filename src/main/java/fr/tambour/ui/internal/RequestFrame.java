package fr.tambour.ui.internal;

import fr.tambour.ui.Band;
import fr.tambour.ui.Brand;
import fr.tambour.ui.Frame;
import fr.tambour.ui.HeadLink;
import fr.tambour.ui.HeadMeta;
import fr.tambour.ui.MenuEntry;
import fr.tambour.ui.Scope;
import fr.tambour.ui.SignedIn;
import fr.tambour.ui.SiteLink;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.util.function.SingletonSupplier;

/** The frame of one request; each part is gathered at most once, when a template first asks. */
final class RequestFrame implements Frame {

    private final FrameSources sources;
    private final HttpServletRequest request;
    private final boolean alone;
    private final Scope scope;
    private final Words words;
    private final String prefix;
    private final Supplier<Optional<Brand>> brand;
    private final Supplier<List<Band>> bands;
    private final Supplier<List<SiteLink>> links;
    private final Supplier<List<MenuEntry>> menu;
    private final Supplier<Optional<SignedIn>> signedIn;
    private List<HeadLink> shown = List.of();

    /** @param alone shows nothing of what modules hand to the frame: any of it may need the database */
    RequestFrame(FrameSources sources, HttpServletRequest request, boolean alone) {
        this.sources = sources;
        this.alone = alone;
        this.request = request;
        this.scope = new Scope(Scope.townOf(request), sources.languages().of(request), Languages.path(request));
        this.words = sources.words().in(scope.locale());
        this.prefix = Languages.prefix(request);
        this.brand =
                SingletonSupplier.of(() -> alone ? sources.brand(scope).map(Brand::withoutArms) : sources.brand(scope));
        this.bands = SingletonSupplier.of(() -> all(sources.bands(), p -> p.bands(scope)).stream()
                .sorted(Comparator.comparingInt(Band::order))
                .toList());
        this.links = SingletonSupplier.of(() -> all(sources.links(), p -> p.links(scope)).stream()
                .sorted(Comparator.comparingInt(SiteLink::order))
                .toList());
        this.menu = SingletonSupplier.of(() -> all(sources.menu(), p -> p.entries(scope)).stream()
                .sorted(Comparator.comparingInt(MenuEntry::order))
                .toList());
        this.signedIn = SingletonSupplier.of(() ->
                all(
                                sources.signedIn(),
                                provider -> provider.signedIn(scope).stream().toList())
                        .stream()
                        .findFirst());
    }

    private <P, T> List<T> all(Iterable<P> providers, Function<P, List<T>> ask) {
        return alone ? List.of() : Gather.all(providers, ask);
    }

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public Words words() {
        return words;
    }

    @Override
    public String href(String path) {
        return prefix.isEmpty() || !Languages.translated(path) ? path : path.equals("/") ? prefix : prefix + path;
    }

    @Override
    public String asset(String name) {
        return sources.assets().url(name);
    }

    @Override
    public Optional<Brand> brand() {
        return brand.get();
    }

    @Override
    public String siteName() {
        return brand().map(b -> b.prefix().isEmpty() || b.prefix().endsWith("’")
                        ? b.prefix() + b.name()
                        : b.prefix() + " " + b.name())
                .orElse("Tambour");
    }

    @Override
    public Optional<String> canonical() {
        return brand().map(b -> b.baseUrl() + href(scope.path()));
    }

    @Override
    public Optional<String> territory() {
        Locale locale = words.locale();
        return !locale.getCountry().isEmpty()
                ? Optional.of(locale.getLanguage() + "_" + locale.getCountry())
                : switch (locale.getLanguage()) {
                    case "fr" -> Optional.of("fr_FR");
                    case "en" -> Optional.of("en_GB");
                    default -> Optional.empty();
                };
    }

    @Override
    public Optional<String> picture() {
        return brand().filter(b -> b.arms() != null && !b.arms().contains(".svg"))
                .map(b -> b.baseUrl() + b.arms());
    }

    @Override
    public List<Band> bands() {
        return bands.get();
    }

    @Override
    public List<SiteLink> links(SiteLink.Place place) {
        return links.get().stream().filter(link -> link.place() == place).toList();
    }

    @Override
    public List<HeadLink> headLinks() {
        List<HeadLink> gathered = all(sources.headLinks(), p -> p.headLinks(scope));
        shown = gathered;
        return gathered;
    }

    /** Those that a template has asked for. */
    List<HeadLink> shownLinks() {
        return shown;
    }

    @Override
    public List<HeadMeta> headMetas() {
        return all(sources.headMetas(), p -> p.headMetas(scope));
    }

    @Override
    public List<MenuEntry> menu(MenuEntry.Group group) {
        return menu.get().stream().filter(entry -> entry.group() == group).toList();
    }

    @Override
    public Optional<SignedIn> signedIn() {
        return signedIn.get();
    }

    @Override
    public List<Translation> translations() {
        List<String> tags = brand().map(Brand::languages).orElse(List.of());
        if (tags.size() < 2 || !Languages.translated(scope.path())) {
            return List.of();
        }
        return tags.stream().map(tag -> translation(tag, tags.getFirst())).toList();
    }

    private Translation translation(String tag, String first) {
        Locale locale = Locale.forLanguageTag(tag);
        String path =
                tag.equals(first) ? scope.path() : "/" + tag + (scope.path().equals("/") ? "" : scope.path());
        String key = "ui.language." + tag;
        String name = words.has(key) ? words.get(key) : words.in(locale).capital(locale.getDisplayLanguage(locale));
        return new Translation(
                tag, name, path, brand().map(b -> b.baseUrl() + path).orElse(null), tag.equals(words.lang()));
    }

    @Override
    public boolean at(String href) {
        return on(href) || (href.length() > 1 && scope.path().startsWith(href + "/"));
    }

    @Override
    public boolean on(String href) {
        return scope.path().equals(href);
    }

    @Override
    public Optional<CsrfField> csrf() {
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                ? Optional.of(new CsrfField(token.getParameterName(), token.getToken()))
                : Optional.empty();
    }
}
