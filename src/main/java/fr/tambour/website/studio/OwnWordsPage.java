package fr.tambour.website.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writing on one standing page.
 *
 * @param key of the page
 * @param path where it is read
 * @param base the version that the form was made from
 * @param problem why it was not saved, or null; the texts are then as they were typed
 */
public record OwnWordsPage(
        String key,
        String name,
        String about,
        String path,
        long base,
        @Nullable String problem,
        boolean saved,
        List<Text> texts,
        List<Past> past) {

    /** @param name of the language; empty where the town has but one */
    public record Text(String language, String name, String text) {}

    /** An earlier version. */
    public record Past(String iso, String heading, String text) {}
}
