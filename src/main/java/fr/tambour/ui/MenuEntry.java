package fr.tambour.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the studio's menu. Providers hand out only what the signed-in person may open.
 *
 * @param label in the scope's language
 * @param count a short figure beside it, or null
 */
public record MenuEntry(
        Group group,
        int order,
        String label,
        String href,
        @Nullable String count) {

    public enum Group {
        DESK,
        CHANNELS,
        SETTINGS
    }

    public interface Provider {
        List<MenuEntry> entries(Scope scope);
    }
}
