package fr.tambour.notice.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of what happened to a notice, the newest first.
 *
 * @param older address of the page with what was before; null where that is all
 */
public record Stretch<T>(List<T> items, @Nullable String older) {

    static <T> Stretch<T> none() {
        return new Stretch<>(List.of(), null);
    }
}
