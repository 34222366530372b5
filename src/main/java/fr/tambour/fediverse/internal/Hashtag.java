package fr.tambour.fediverse.internal;

import fr.tambour.notice.Content;
import fr.tambour.text.Counting;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A theme as people search for it.
 *
 * @param name with its sign: {@code #VieAssociative}
 * @param page where the town shows what belongs to it
 */
record Hashtag(String name, String page) {

    /** What they may take of a post together: the others stand in its {@code tag} alone, where servers look for them. */
    private static final int MOST_WRITTEN = 120;

    /** Those of a notice, in the town's first language. */
    static List<Hashtag> of(Content content, Town town, Themes themes) {
        if (content.themes().isEmpty()) {
            return List.of();
        }
        Map<Long, Theme> known = themes.ever(town.id()).stream().collect(Collectors.toMap(Theme::id, theme -> theme));
        return content.themes().stream()
                .map(known::get)
                .flatMap(theme -> theme == null ? Stream.empty() : Stream.of(theme))
                .flatMap(theme ->
                        of(theme.name(town.language(), town.language()), town.url("/thematiques/" + theme.slug()))
                                .stream())
                .toList();
    }

    /** Those that are written in the post. */
    static List<Hashtag> written(List<Hashtag> all) {
        int left = MOST_WRITTEN;
        List<Hashtag> written = new ArrayList<>();
        for (Hashtag tag : all) {
            int needs = Counting.graphemes(tag.name()) + 1;
            if (needs <= left) {
                written.add(tag);
                left -= needs;
            }
        }
        return written;
    }

    /** In characters, with what parts them from each other and from what stands before them. */
    static int length(List<Hashtag> all) {
        List<Hashtag> written = written(all);
        return written.isEmpty()
                ? 0
                : 1
                        + written.stream()
                                .mapToInt(tag -> Counting.graphemes(tag.name()) + 1)
                                .sum();
    }

    /** Each word with a capital, so that screen readers part them; empty where nothing is left that such a word may hold. */
    static Optional<Hashtag> of(String words, String page) {
        String joined = Arrays.stream(words.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, word.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
                        + word.substring(word.offsetByCodePoints(0, 1)))
                .collect(Collectors.joining());
        // A number alone is no hashtag anywhere.
        return joined.codePoints().anyMatch(Character::isLetter)
                ? Optional.of(new Hashtag("#" + joined, page))
                : Optional.empty();
    }
}
