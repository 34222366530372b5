package fr.tambour.notice.api;

import fr.tambour.notice.Content;
import fr.tambour.notice.WallTime;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of one request's content; knows where it is, to say so.
 *
 * @param root where in the request the content stands; empty: it is the request
 */
record ContentReading(ZoneId zone, String root) {

    private static final DateTimeFormatter MINUTES = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm[:ss]")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

    static Content.Words words(NoticeContent.Words text) {
        return new Content.Words(
                said(text.title()),
                said(text.summary()),
                said(text.body()),
                said(text.price()),
                said(text.accessibility()),
                said(text.instruction()));
    }

    /** @param before its focus so far; null where it is new */
    static Content.PictureUse picture(NoticeContent.PictureUse picture, Content.@Nullable Focus before) {
        return new Content.PictureUse(
                picture.hash(),
                picture.alternatives() == null ? new TreeMap<>() : new TreeMap<>(picture.alternatives()),
                Boolean.TRUE.equals(picture.decorative()),
                said(picture.credit()),
                picture.focus() == null
                        ? Objects.requireNonNullElse(before, Content.Focus.CENTRE)
                        : Vocabulary.same(Content.Focus.class, picture.focus()));
    }

    Content.@Nullable Source source(NoticeContent.@Nullable Source source) {
        return source == null ? null : new Content.Source(said(source.name()), day(source.date(), "source.date"));
    }

    Content.@Nullable Event event(NoticeContent.@Nullable Event event) {
        return event == null
                ? null
                : new Content.Event(
                        time(event.start(), "event.start"),
                        time(event.end(), "event.end"),
                        Boolean.TRUE.equals(event.allDay()),
                        said(event.place()),
                        said(event.address()),
                        said(event.organiser()),
                        repeat(event.repeat()));
    }

    Content.@Nullable Repeat repeat(NoticeContent.@Nullable Repeat repeat) {
        if (repeat == null) {
            return null;
        }
        SortedSet<LocalDate> except = new TreeSet<>();
        List<String> days = repeat.except() == null ? List.of() : repeat.except();
        for (int i = 0; i < days.size(); i++) {
            except.add(date(days.get(i), at("event.repeat.except[" + i + "]")));
        }
        return new Content.Repeat(
                Vocabulary.same(Content.Repeat.Frequency.class, repeat.frequency()),
                date(repeat.last(), at("event.repeat.last")),
                except);
    }

    Content.@Nullable Emergency emergency(NoticeContent.@Nullable Emergency emergency) {
        return emergency == null
                ? null
                : new Content.Emergency(
                        emergency.severity() == null
                                ? null
                                : Vocabulary.same(Content.Emergency.Severity.class, emergency.severity()),
                        said(emergency.area()),
                        said(emergency.contact()));
    }

    SortedSet<Long> ids(@Nullable List<String> ids, String name) {
        SortedSet<Long> read = new TreeSet<>();
        for (int i = 0; ids != null && i < ids.size(); i++) {
            try {
                read.add(Long.valueOf(ids.get(i)));
            } catch (NumberFormatException e) {
                throw ApiRefusal.ofValue("api.bad-value", at(name + "[" + i + "]"), "\"123\"");
            }
        }
        return read;
    }

    @Nullable
    WallTime time(@Nullable TownTime time, String name) {
        if (time == null) {
            return null;
        }
        if (time.zone() != null && !time.zone().equals(zone.getId())) {
            throw ApiRefusal.ofValue("api.other-zone", at(name + ".zone"), zone.getId());
        }
        return new WallTime(local(time.local(), at(name + ".local")), offset(time.offset(), at(name + ".offset")));
    }

    private static LocalDateTime local(String text, String field) {
        try {
            return LocalDateTime.parse(text, MINUTES);
        } catch (DateTimeException e) {
            throw ApiRefusal.ofValue("api.bad-value", field, "2026-12-05T18:30");
        }
    }

    private static @Nullable ZoneOffset offset(@Nullable String text, String field) {
        try {
            return text == null ? null : ZoneOffset.of(text);
        } catch (DateTimeException e) {
            throw ApiRefusal.ofValue("api.bad-value", field, "+01:00");
        }
    }

    private @Nullable LocalDate day(@Nullable String text, String name) {
        return text == null ? null : date(text, at(name));
    }

    static LocalDate date(String text, String field) {
        try {
            return LocalDate.parse(text, DAY);
        } catch (DateTimeException e) {
            throw ApiRefusal.ofValue("api.bad-value", field, "2026-12-05");
        }
    }

    String at(String name) {
        return root.isEmpty() ? name : root + "." + name;
    }

    private static String said(@Nullable String text) {
        return text == null ? "" : text;
    }
}
