package fr.tambour.desk.studio;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param languages the town's, the first one first
 * @param version of the lists that the form was made from
 * @param problem what is wrong, or null
 */
public record ListSettingsPage(
        List<String> languages,
        String version,
        List<Line> districts,
        List<Line> themes,
        @Nullable String problem,
        boolean saved) {

    /**
     * One line of a list.
     *
     * @param id empty for a new one
     * @param place from 1
     * @param names by BCP 47 tag
     */
    public record Line(String id, int place, Map<String, String> names) {

        public String name(String language) {
            return names.getOrDefault(language, "");
        }
    }
}
