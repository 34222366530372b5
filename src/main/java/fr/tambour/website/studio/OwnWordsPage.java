package fr.tambour.website.studio;

import java.util.List;

/**
 * Writing on one standing page.
 *
 * @param key of the page
 * @param path where it is read
 * @param base the version that the form was made from
 */
public record OwnWordsPage(
        String key,
        String name,
        String about,
        String path,
        long base,
        boolean saved,
        List<Text> texts,
        List<Past> past) {

    /** @param name of the language; empty where the town has but one */
    public record Text(String language, String name, String text) {}

    /** An earlier version. */
    public record Past(String iso, String heading, String text) {}
}
