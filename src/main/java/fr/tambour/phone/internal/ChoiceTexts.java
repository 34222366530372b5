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
import org.jspecify.annotations.Nullable;

/** Choices as columns, and back. Most phones of a town have one of a few: these are read once. */
final class ChoiceTexts {

    private static final int REMEMBERED = 4_096;

    private final Cache<Key, Choices> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private record Key(
            String kinds,
            String themes,
            String districts,
            @Nullable QuietHours quiet,
            String language,
            boolean exercises) {}

    static String kinds(Collection<Kind> kinds) {
        return kinds.stream().sorted().map(Kind::name).collect(Collectors.joining(","));
    }

    static String ids(Collection<Long> ids) {
        return ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    }

    Choices choices(
            String kinds,
            String themes,
            String districts,
            @Nullable QuietHours quiet,
            String language,
            boolean exercises) {
        return known.get(
                new Key(kinds, themes, districts, quiet, language, exercises),
                key -> new Choices(
                        set(kinds, Kind::valueOf),
                        set(themes, Long::valueOf),
                        set(districts, Long::valueOf),
                        quiet,
                        language,
                        exercises));
    }

    private static <T> Set<T> set(String text, Function<String, T> each) {
        return text.isEmpty()
                ? Set.of()
                : Arrays.stream(text.split(",")).map(each).collect(Collectors.toUnmodifiableSet());
    }
}
