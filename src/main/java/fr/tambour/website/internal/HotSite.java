package fr.tambour.website.internal;

import fr.tambour.live.HotResource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The site's pages, but for what is asked for with a query. */
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

    private static final List<String> FOLDERS =
            List.of("/avis/", "/agenda/", "/archives/", "/thematiques/", "/quartiers/");

    @Override
    public boolean at(String path) {
        return PAGES.contains(path) || FOLDERS.stream().anyMatch(path::startsWith);
    }
}
