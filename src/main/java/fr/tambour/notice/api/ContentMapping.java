package fr.tambour.notice.api;

import fr.tambour.notice.Channels;
import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.RenditionDeriver;
import fr.tambour.notice.WallTime;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** A notice's content from the API's words to the domain's and back. Nothing is cleaned or judged here: the desk does. */
@Component
class ContentMapping {

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

    private final Channels channels;

    ContentMapping(Channels channels) {
        this.channels = channels;
    }

    /** @param field where in the request the content stands; empty: it is the request */
    Content read(Town town, NoticeContent body, String field) {
        return read(town, body, field, Optional.empty());
    }

    /** @param before what it takes the place of: whoever does not say what is to remain visible of a picture changes nothing about that */
    Content read(Town town, NoticeContent body, String field, Optional<Content> before) {
        ContentReading in = new ContentReading(town.zone(), field);
        Map<String, Content.Focus> focuses = new HashMap<>();
        before.ifPresent(known -> known.pictures().forEach(use -> focuses.put(use.hash(), use.focus())));
        Kind kind = Vocabulary.same(Kind.class, body.kind());
        return new Content(
                kind,
                sorted(body.words(), ContentReading::words),
                listed(body.pictures(), picture -> ContentReading.picture(picture, focuses.get(picture.hash()))),
                in.ids(body.districts(), "districts"),
                in.ids(body.themes(), "themes"),
                in.time(body.from(), "from"),
                in.time(body.until(), "until"),
                in.source(body.source()),
                in.event(body.event()),
                in.emergency(body.emergency()),
                body.channels() == null ? channels.defaults(kind) : chosen(body.channels(), in.at("channels")),
                edited(town, body.edited(), in.at("edited")),
                in.time(body.wished(), "wished"));
    }

    private SortedSet<String> chosen(List<String> names, String field) {
        for (int i = 0; i < names.size(); i++) {
            if (channel(names.get(i)).isEmpty()) {
                throw unknown(field + "[" + i + "]", channelNames());
            }
        }
        return new TreeSet<>(names);
    }

    private SortedMap<String, SortedMap<String, SortedMap<String, String>>> edited(
            Town town, @Nullable Map<String, Map<String, Map<String, String>>> edited, String field) {
        SortedMap<String, SortedMap<String, SortedMap<String, String>>> read = new TreeMap<>();
        if (edited != null) {
            edited.forEach((name, languages) -> {
                RenditionDeriver channel = channel(name).orElseThrow(() -> unknown(field + "." + name, channelNames()));
                SortedMap<String, SortedMap<String, String>> texts = new TreeMap<>();
                languages.forEach((language, fields) -> {
                    String at = field + "." + name + "." + language;
                    if (!town.languages().contains(language)) {
                        throw unknown(at, String.join(", ", town.languages()));
                    }
                    texts.put(language, fields(channel, fields, at));
                });
                read.put(name, texts);
            });
        }
        return read;
    }

    /** A rendition's fields as they were sent; one that the channel does not show is refused, not dropped. */
    static SortedMap<String, String> fields(RenditionDeriver channel, Map<String, String> fields, String field) {
        fields.keySet().stream()
                .filter(name -> !channel.fields().contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw unknown(field + "." + name, String.join(", ", channel.fields()));
                });
        channel.choices().forEach((name, values) -> {
            if (fields.containsKey(name) && !values.contains(fields.get(name))) {
                throw unknown(field + "." + name, String.join(", ", values));
            }
        });
        return new TreeMap<>(fields);
    }

    Optional<RenditionDeriver> channel(String name) {
        return channels.all().stream()
                .filter(channel -> channel.channel().equals(name))
                .findFirst();
    }

    private String channelNames() {
        return channels.all().stream().map(RenditionDeriver::channel).collect(Collectors.joining(", "));
    }

    private static ApiRefusal unknown(String field, String known) {
        return ApiRefusal.ofValue("api.unknown-name", field, known);
    }

    /** Whether what is begun is to be an exercise. */
    static boolean exercise(NoticeContent body) {
        return body.emergency() != null && Boolean.TRUE.equals(body.emergency().exercise());
    }

    /** Refuses content that says of a notice that it is an exercise where it is none, or the other way round. */
    static void requireSame(NoticeContent body, boolean exercise) {
        Boolean said = body.emergency() == null ? null : body.emergency().exercise();
        if (said != null && said != exercise) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.exercise-stays");
        }
    }

    NoticeContent write(Town town, boolean exercise, Content stored) {
        Content content = stored.fitted();
        ZoneId zone = town.zone();
        Map<String, NoticeContent.Words> words = new TreeMap<>();
        content.words().forEach((language, text) -> words.put(language, words(text)));
        return new NoticeContent(
                Vocabulary.same(Vocabulary.Kind.class, content.kind()),
                words,
                content.pictures().stream().map(ContentMapping::picture).toList(),
                ids(content.districts()),
                ids(content.themes()),
                time(content.from(), zone),
                time(content.until(), zone),
                source(content.source()),
                event(content.event(), zone),
                emergency(content.emergency(), exercise),
                List.copyOf(content.channels()),
                sorted(content.edited(), languages -> sorted(languages, TreeMap::new)),
                time(content.wished(), zone));
    }

    private static NoticeContent.Words words(Content.Words text) {
        return new NoticeContent.Words(
                text.title(), text.summary(), text.body(), text.price(), text.accessibility(), text.instruction());
    }

    private static NoticeContent.PictureUse picture(Content.PictureUse picture) {
        return new NoticeContent.PictureUse(
                picture.hash(),
                picture.alternatives(),
                picture.decorative(),
                picture.credit(),
                Vocabulary.same(Vocabulary.Focus.class, picture.focus()));
    }

    private static NoticeContent.@Nullable Source source(Content.@Nullable Source source) {
        return source == null ? null : new NoticeContent.Source(source.name(), day(source.date()));
    }

    private static NoticeContent.@Nullable Event event(Content.@Nullable Event event, ZoneId zone) {
        return event == null
                ? null
                : new NoticeContent.Event(
                        time(event.start(), zone),
                        time(event.end(), zone),
                        event.allDay(),
                        event.place(),
                        event.address(),
                        event.organiser(),
                        repeat(event.repeat()));
    }

    private static NoticeContent.@Nullable Repeat repeat(Content.@Nullable Repeat repeat) {
        return repeat == null
                ? null
                : new NoticeContent.Repeat(
                        Vocabulary.same(Vocabulary.Frequency.class, repeat.frequency()),
                        Objects.toString(repeat.last(), null),
                        repeat.except().stream().map(LocalDate::toString).toList());
    }

    private static NoticeContent.@Nullable Emergency emergency(
            Content.@Nullable Emergency emergency, boolean exercise) {
        return emergency == null
                ? null
                : new NoticeContent.Emergency(
                        emergency.severity() == null
                                ? null
                                : Vocabulary.same(Vocabulary.Severity.class, emergency.severity()),
                        emergency.area(),
                        emergency.contact(),
                        exercise);
    }

    private static List<String> ids(SortedSet<Long> ids) {
        return ids.stream().map(String::valueOf).toList();
    }

    private static @Nullable String day(@Nullable LocalDate day) {
        return day == null ? null : day.toString();
    }

    /** With the offset that it turns out to have; without one where it has none or two. */
    static @Nullable TownTime time(@Nullable WallTime time, ZoneId zone) {
        if (time == null) {
            return null;
        }
        String offset = time.resolve(zone) instanceof WallTime.Resolution.Once once
                ? zone.getRules().getOffset(once.instant()).getId()
                : null;
        return new TownTime(MINUTES.format(time.local()), zone.getId(), offset);
    }

    /** A time that stands alone in a request. */
    @Nullable
    WallTime time(Town town, @Nullable TownTime time, String field) {
        return new ContentReading(town.zone(), "").time(time, field);
    }

    /** A day that stands alone in a request. */
    LocalDate day(String text, String field) {
        return ContentReading.date(text, field);
    }

    private static <A, B> SortedMap<String, B> sorted(@Nullable Map<String, A> map, Function<A, B> each) {
        SortedMap<String, B> sorted = new TreeMap<>();
        if (map != null) {
            map.forEach((name, value) -> sorted.put(name, each.apply(value)));
        }
        return sorted;
    }

    private static <A, B> List<B> listed(@Nullable List<A> list, Function<A, B> each) {
        return list == null ? List.of() : list.stream().map(each).toList();
    }
}
