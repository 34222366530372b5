package fr.tambour.ui;

import gg.jte.Content;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a template needs to know about the page around it. One per request; every template may declare {@code @param Frame frame}. Only what a template
 * asks for is gathered from the providers.
 */
public interface Frame {

    Scope scope();

    Words words();

    default Locale locale() {
        return words().locale();
    }

    /** BCP 47 tag of the page. */
    default String lang() {
        return words().lang();
    }

    /** A sentence from the bundles, in the page's language. */
    default String text(String key, Object... args) {
        return words().get(key, args);
    }

    /** A sentence that holds markup of ours; the arguments are escaped. */
    default Content rich(String key, Object... args) {
        return words().rich(key, args);
    }

    /** A public path in the page's language: {@code /agenda} or {@code /en/agenda}. Staff pages, files and absolute addresses stay as they are. */
    String href(String path);

    /** The address of a file, see {@link Assets#url}. */
    String asset(String name);

    Optional<Brand> brand();

    /** « Ville de Clairval-sur-Orge », or Tambour where there is no town. */
    String siteName();

    /** The page's absolute address in its language, without query; empty where there is no town. */
    Optional<String> canonical();

    /** The page's language as Open Graph writes it, {@code fr_FR}; empty where the territory is anybody's guess. */
    Optional<String> territory();

    /** The absolute address of the town's arms, where other sites can show them: they take no SVG. */
    Optional<String> picture();

    List<Band> bands();

    List<SiteLink> links(SiteLink.Place place);

    List<HeadLink> headLinks();

    List<HeadMeta> headMetas();

    List<MenuEntry> menu(MenuEntry.Group group);

    Optional<SignedIn> signedIn();

    /** The same page in the town's other languages. */
    List<Translation> translations();

    /** Whether the path is this page or one of the pages above it, for {@code aria-current}. */
    boolean at(String href);

    /** Whether it is exactly this page. */
    boolean on(String href);

    /** For forms of signed-in pages; asking creates a session, so public pages never do. */
    Optional<CsrfField> csrf();

    /** @param current the page is in this language already */
    record Translation(
            String lang, String name, String href, @Nullable String absolute, boolean current) {}

    record CsrfField(String name, String value) {}
}
