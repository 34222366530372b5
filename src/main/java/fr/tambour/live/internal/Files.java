package fr.tambour.live.internal;

import fr.tambour.live.HotResource;
import java.util.List;
import org.springframework.stereotype.Component;

/** What every page is made of: under surge each reader asks for it as well. And what open pages ask for all at once. */
@Component
class Files implements HotResource {

    /** Where open pages read which alerts stand. */
    static final String ALERTS = "/alertes";

    private static final List<String> FOLDERS = List.of("/assets/", "/styles/", "/fonts/", "/marks/");

    static boolean ours(String path) {
        return FOLDERS.stream().anyMatch(path::startsWith);
    }

    @Override
    public boolean at(String path) {
        return path.equals(ALERTS) || ours(path);
    }
}
