package fr.tambour.notice;

import fr.tambour.notice.Content.PictureUse;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tells a language that was added from a correction. */
public final class Translations {

    private Translations() {}

    /** Whether {@code after} says in more languages what {@code before} said, and nothing else. */
    public static boolean only(Content before, Content after, String first) {
        SortedSet<String> shown = new TreeSet<>(before.completeLanguages(first));
        Set<String> now = new TreeSet<>(after.completeLanguages(first));
        return now.size() > shown.size()
                && now.containsAll(shown)
                && kept(before, shown).equals(kept(after, shown));
    }

    /** The content but for languages that nobody has been shown yet, and for the author's wishes. */
    private static Content kept(Content content, Set<String> languages) {
        return new Content(
                content.kind(),
                those(content.words(), languages),
                content.pictures().stream()
                        .map(picture -> new PictureUse(
                                picture.hash(),
                                those(picture.alternatives(), languages),
                                picture.decorative(),
                                picture.credit(),
                                picture.focus()))
                        .toList(),
                content.districts(),
                content.themes(),
                content.from(),
                content.until(),
                content.source(),
                content.event(),
                content.emergency(),
                content.channels(),
                content.edited().entrySet().stream()
                        .map(channel -> Map.entry(channel.getKey(), those(channel.getValue(), languages)))
                        .filter(channel -> !channel.getValue().isEmpty())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new)),
                null);
    }

    private static <T> SortedMap<String, T> those(SortedMap<String, T> all, Set<String> languages) {
        SortedMap<String, T> some = new TreeMap<>(all);
        some.keySet().retainAll(languages);
        return some;
    }
}
