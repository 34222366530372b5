package fr.tambour.notice.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Emergency;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.notice.Content.Source;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Correction;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Rendition;
import fr.tambour.notice.StaffNotice.Revision;
import fr.tambour.notice.WallTime;
import fr.tambour.people.PersonId;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A correction says something about whatever it changed, also about what a notice will hold one day. */
class ChangesTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** A time that comes twice, so that its offset counts. */
    private static final WallTime TWICE = new WallTime(LocalDateTime.of(2026, 10, 25, 2, 30), ZoneOffset.ofHours(2));

    /** Nothing is absent: what is added to a notice has to be filled in here, and is then walked as well. */
    private static final Content FULL = new Content(
            Kind.EVENT,
            new TreeMap<>(Map.of("fr", new Words("Titre", "Résumé", "Texte", "Gratuit", "Rampe", "Restez"))),
            List.of(new PictureUse(
                    "abc", new TreeMap<>(Map.of("fr", "Un pont")), false, "La ville", Content.Focus.CENTRE)),
            new TreeSet<>(Set.of(1L)),
            new TreeSet<>(Set.of(2L)),
            TWICE,
            TWICE,
            new Source("Préfecture", LocalDate.of(2026, 10, 1)),
            new Event(
                    TWICE,
                    TWICE,
                    false,
                    "Gymnase",
                    "1, rue du Four",
                    "Le club",
                    new Repeat(
                            Repeat.Frequency.WEEKLY,
                            LocalDate.of(2026, 12, 20),
                            new TreeSet<>(Set.of(LocalDate.of(2026, 11, 1))))),
            new Emergency(Emergency.Severity.SEVERE, "Rives de l’Orge", "Le 112"),
            new TreeSet<>(Set.of("feed", "website")),
            new TreeMap<>(Map.of(
                    "website",
                    new TreeMap<>(Map.of("fr", new TreeMap<>(Map.of("summary", "Sur le site", "body", "Là")))))),
            TWICE);

    /** A kind does not change once it is public; when its author wished it to come out is nothing that readers see. */
    private static final Set<String> UNTOLD = Set.of("kind", "wished");

    private record Altered(String path, @Nullable Object value) {

        Altered in(String name, @Nullable Object whole) {
            return new Altered(path.isEmpty() ? name : name + "." + path, whole);
        }

        @Override
        public String toString() {
            return path;
        }
    }

    static Stream<Altered> everyChangeOfOneThing() {
        return altered(FULL).filter(one -> !UNTOLD.contains(one.path().split("\\.")[0]));
    }

    @ParameterizedTest
    @MethodSource("everyChangeOfOneThing")
    void whateverIsChangedIsTold(Altered altered) {
        Content after = (Content) Objects.requireNonNull(altered.value());

        assertThat(Changes.between(revision(FULL), end(FULL), revision(after), end(after), PARIS))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    private static Instant end(Content content) {
        return content.until() == null ? Instant.EPOCH : content.until().instant(PARIS);
    }

    private static Revision revision(Content content) {
        List<Rendition> renditions = content.channels().stream()
                .flatMap(channel ->
                        content.words().keySet().stream().map(language -> rendition(content, channel, language)))
                .toList();
        return new Revision(1, content, renditions, "", "", Instant.EPOCH, new PersonId(7), null);
    }

    private static Rendition rendition(Content content, String channel, String language) {
        Words words = content.in(language);
        SortedMap<String, String> edits =
                content.edited().getOrDefault(channel, new TreeMap<>()).getOrDefault(language, new TreeMap<>());
        SortedMap<String, String> fields =
                new TreeMap<>(Map.of("title", words.title(), "summary", words.summary(), "body", words.body()));
        fields.putAll(edits);
        return new Rendition(channel, language, fields, !edits.isEmpty());
    }

    /** The same with one thing changed, in every place there is. */
    private static Stream<Altered> altered(Object value) {
        return switch (value) {
            case String text -> one(text + " !");
            case Boolean flag -> one(!flag);
            case LocalDate day -> one(day.plusDays(1));
            case LocalDateTime time -> one(time.plusDays(1));
            case ZoneOffset ignored -> one(ZoneOffset.ofHours(1));
            case Enum<?> constant ->
                Arrays.stream(constant.getDeclaringClass().getEnumConstants())
                        .filter(other -> other != constant)
                        .map(other -> new Altered("", other));
            case Set<?> ignored -> one(new TreeSet<>());
            case List<?> list -> Stream.concat(one(List.of()), places(list));
            case Map<?, ?> map -> Stream.concat(one(new TreeMap<>()), values(map));
            case Record whole -> components(whole);
            default -> throw new AssertionError("Nobody has said how to change a " + value.getClass());
        };
    }

    private static Stream<Altered> one(Object value) {
        return Stream.of(new Altered("", value));
    }

    private static Stream<Altered> places(List<?> list) {
        return IntStream.range(0, list.size())
                .boxed()
                .flatMap(place -> altered(list.get(place)).map(each -> {
                    List<@Nullable Object> copy = new ArrayList<>(list);
                    copy.set(place, each.value());
                    return each.in(Integer.toString(place), copy);
                }));
    }

    private static Stream<Altered> values(Map<?, ?> map) {
        return map.entrySet().stream()
                .flatMap(entry -> altered(entry.getValue()).map(each -> {
                    Map<Object, @Nullable Object> copy = new TreeMap<>(map);
                    copy.put(entry.getKey(), each.value());
                    return each.in(entry.getKey().toString(), copy);
                }));
    }

    private static Stream<Altered> components(Record whole) {
        RecordComponent[] components = whole.getClass().getRecordComponents();
        return IntStream.range(0, components.length).boxed().flatMap(place -> {
            String name = components[place].getName();
            Object value = Objects.requireNonNull(read(components[place], whole), "Fill in " + name);
            boolean optional = components[place].getAnnotatedType().isAnnotationPresent(Nullable.class)
                    // Without an offset the first of two is meant, as it is here.
                    && !name.equals("offset");
            return Stream.concat(altered(value), optional ? Stream.of(new Altered("absent", null)) : Stream.empty())
                    .map(each -> each.in(name, with(whole, components, place, each.value())));
        });
    }

    private static @Nullable Object read(RecordComponent component, Record of) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object with(Record whole, RecordComponent[] components, int place, @Nullable Object value) {
        @Nullable
        Object[] values = Arrays.stream(components)
                .map(component -> read(component, whole))
                .toArray();
        values[place] = value;
        try {
            Constructor<? extends Record> constructor = whole.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** As it was frozen before the channel had that field. */
    @Test
    void aFieldThatItsChannelHasOnlyHadSinceIsNoChangeUnlessSomebodyChoseIt() {
        Revision before = posts(new TreeMap<>(Map.of("text", "À la main")), FULL);
        SortedMap<String, String> now = new TreeMap<>(Map.of("text", "À la main", "form", "post"));
        assertThat(Changes.between(before, end(FULL), posts(now, FULL), end(FULL), PARIS))
                .isEmpty();

        Content chosen = FULL.withEdited("fediverse", "fr", new TreeMap<>(Map.of("form", "thread")));
        now.put("form", "thread");
        assertThat(Changes.between(before, end(FULL), posts(now, chosen), end(chosen), PARIS))
                .extracting(Correction.Change::field)
                .containsExactly("fediverse.form");
    }

    private static Revision posts(SortedMap<String, String> fields, Content content) {
        return new Revision(
                1,
                content,
                List.of(new Rendition("fediverse", "fr", fields, true)),
                "",
                "",
                Instant.EPOCH,
                new PersonId(7),
                null);
    }
}
