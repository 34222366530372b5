package fr.tambour.website.internal;

import fr.tambour.live.HotResource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The site's pages and their pictures, but for what is asked for with a query. */
@Component
class HotSite implements HotResource {

    private static final Set<String> PAGES = Set.of(
            "/",
            "/actualites",
            "/agenda",
            "/pratique",
            "/archives",
            "/a-propos",
            "/accessibilite",
            "/donnees-personnelles",
            "/mentions-legales");

    private static final List<String> FOLDERS = List.of("/agenda/", "/archives/", "/thematiques/", "/quartiers/");

    /** Its page, its account, its calendar; what lies deeper is for other servers, and they ask for it by name. */
    private static final Pattern NOTICE = Pattern.compile("/avis/[^/]+(?:/[^/]+)?");

    /** What a notice shows, and shows no more once that is withdrawn. */
    private static final Pattern PICTURE = Pattern.compile("/images/[0-9A-Za-z_-]{1,128}/[0-9]{1,5}\\.(?:jpg|png)");

    @Override
    public boolean at(String path) {
        return PAGES.contains(path)
                || FOLDERS.stream().anyMatch(path::startsWith)
                || NOTICE.matcher(path).matches()
                || PICTURE.matcher(path).matches();
    }
}
