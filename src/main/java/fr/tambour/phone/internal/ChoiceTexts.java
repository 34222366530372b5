package fr.tambour.phone.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.dispatch.Choices;
import fr.tambour.dispatch.Choices.QuietHours;
import fr.tambour.notice.Kind;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Choices as columns, and back. Most phones of a town have one of a few: these are read once. */
final class ChoiceTexts {

    /** Unit separator, which no text of a phone holds: its endpoint is a URI, all else is ours. */
    static final String SEPARATOR = "\u001f";

    /** All of them as one text, as {@link #choices} reads it. */
    static final String CHOICES = "concat_ws('" + SEPARATOR
            + "', kinds, themes, districts, COALESCE(CAST(quiet_from AS TEXT), ''), COALESCE(CAST(quiet_until AS TEXT), ''),"
            + " language, exercises)";

    private static final int REMEMBERED = 4_096;

    private final Cache<String, Choices> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    static String kinds(Collection<Kind> kinds) {
        return kinds.stream().sorted().map(Kind::name).collect(Collectors.joining(","));
    }

    static String ids(Collection<Long> ids) {
        return ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** @param text as {@link #CHOICES} selects it */
    Choices choices(String text) {
        return known.get(text, unknown -> {
            String[] at = unknown.split(SEPARATOR);
            return new Choices(
                    set(at[0], Kind::valueOf),
                    set(at[1], Long::valueOf),
                    set(at[2], Long::valueOf),
                    at[3].isEmpty() ? null : new QuietHours(Integer.parseInt(at[3]), Integer.parseInt(at[4])),
                    at[5],
                    at[6].equals("1"));
        });
    }

    private static <T> Set<T> set(String text, Function<String, T> each) {
        return text.isEmpty()
                ? Set.of()
                : Arrays.stream(text.split(",")).map(each).collect(Collectors.toUnmodifiableSet());
    }
}
