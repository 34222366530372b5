package fr.tambour.live.internal;

import fr.tambour.live.HotResource;
import fr.tambour.ui.Assets;
import java.util.List;
import org.springframework.stereotype.Component;

/** What every page is made of: under surge each reader asks for it as well. And what open pages ask for all at once. */
@Component
class Files implements HotResource {

    /** Where open pages read which alerts stand. */
    static final String ALERTS = "/alertes";

    private static final List<String> FOLDERS = List.of("/assets/", "/fonts/", "/marks/");
    private static final List<String> STYLES = List.of("site.css", "studio.css");

    private final Assets assets;

    Files(Assets assets) {
        this.assets = assets;
    }

    static boolean ours(String path) {
        return FOLDERS.stream().anyMatch(path::startsWith);
    }

    @Override
    public boolean at(String path) {
        return path.equals(ALERTS) || ours(path) || path.startsWith("/styles/") && isCurrent(path);
    }

    /** Under the name of an older content, or of none, they are answered as well. */
    private boolean isCurrent(String path) {
        return STYLES.stream().anyMatch(name -> assets.url(name).equals(path));
    }
}
