package fr.tambour.fediverse.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A theme as people search for it.
 *
 * @param name with its sign: {@code #VieAssociative}
 * @param page where the town shows what belongs to it
 */
record Hashtag(String name, String page) {

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
