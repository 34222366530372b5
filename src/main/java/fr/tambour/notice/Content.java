package fr.tambour.notice;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All of a notice that is shown to the public, or decides to whom and when: what approval covers. Immutable; texts are
 * never null, empty means absent. The internal note is not part of it.
 *
 * @param kind what sort of notice
 * @param words the texts, by BCP 47 tag
 * @param pictures in the order shown; the first is the lead picture
 * @param districts ids of districts; empty: the whole town
 * @param themes ids of themes; empty: every theme
 * @param from when what it says begins to hold; informative
 * @param until its end, exclusive; absent: the kind's default (see {@link Validity})
 * @param source where the information comes from
 * @param event for {@link Kind#EVENT}
 * @param emergency for {@link Kind#EMERGENCY}
 * @param channels the channels chosen, by name
 * @param edited renditions changed by hand: channel → BCP 47 tag → field → text
 * @param wished when to publish it, as the author wishes
 */
public record Content(
        Kind kind,
        SortedMap<String, Words> words,
        List<PictureUse> pictures,
        SortedSet<Long> districts,
        SortedSet<Long> themes,
        @Nullable WallTime from,
        @Nullable WallTime until,
        @Nullable Source source,
        @Nullable Event event,
        @Nullable Emergency emergency,
        SortedSet<String> channels,
        SortedMap<String, SortedMap<String, SortedMap<String, String>>> edited,
        @Nullable WallTime wished) {

    public Content {
        words = Collections.unmodifiableSortedMap(new TreeMap<>(words));
        pictures = List.copyOf(pictures);
        districts = sorted(districts);
        themes = sorted(themes);
        channels = sorted(channels);
        edited = copied(edited, languages -> copied(languages, fields -> copied(fields, text -> text)));
    }

    private static <T> SortedMap<String, T> copied(SortedMap<String, T> values, UnaryOperator<T> each) {
        SortedMap<String, T> copy = new TreeMap<>();
        values.forEach((name, value) -> copy.put(name, each.apply(value)));
        return Collections.unmodifiableSortedMap(copy);
    }

    private static <T extends Comparable<? super T>> SortedSet<T> sorted(Collection<T> values) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }

    /** A blank notice of {@code kind}, to be written in {@code language}. */
    public static Content blank(Kind kind, String language, Collection<String> channels) {
        return new Content(
                kind,
                new TreeMap<>(Map.of(language, Words.NONE)),
                List.of(),
                new TreeSet<>(),
                new TreeSet<>(),
                null,
                null,
                null,
                null,
                kind == Kind.EMERGENCY ? new Emergency(null, "", "") : null,
                new TreeSet<>(channels),
                new TreeMap<>(),
                null);
    }

    /** The words in {@code language}, or none. */
    public Words in(String language) {
        return words.getOrDefault(language, Words.NONE);
    }

    /** Without what belongs to another kind: a draft keeps it for whoever comes back to that kind. */
    public Content fitted() {
        return withEvent(kind == Kind.EVENT ? event : null).withEmergency(kind == Kind.EMERGENCY ? emergency : null);
    }

    /** The languages complete enough to go out: they say all that the first language says, of pictures too. */
    public List<String> completeLanguages(String first) {
        List<String> complete = new ArrayList<>();
        Words model = in(first);
        words.forEach((language, text) -> {
            if (language.equals(first) || text.completeBeside(model) && describesPictures(language, first)) {
                complete.add(language);
            }
        });
        return complete;
    }

    private boolean describesPictures(String language, String first) {
        return pictures.stream()
                .filter(picture -> !picture.decorative())
                .map(PictureUse::alternatives)
                .allMatch(texts -> Words.said(texts.getOrDefault(first, ""), texts.getOrDefault(language, "")));
    }

    public Content withWords(String language, Words text) {
        SortedMap<String, Words> all = new TreeMap<>(words);
        all.put(language, text);
        return withAllWords(all);
    }

    public Content withAllWords(SortedMap<String, Words> all) {
        return new Content(
                kind, all, pictures, districts, themes, from, until, source, event, emergency, channels, edited,
                wished);
    }

    public Content withUntil(@Nullable WallTime end) {
        return new Content(
                kind, words, pictures, districts, themes, from, end, source, event, emergency, channels, edited,
                wished);
    }

    public Content withWished(@Nullable WallTime time) {
        return new Content(
                kind, words, pictures, districts, themes, from, until, source, event, emergency, channels, edited,
                time);
    }

    public Content withChannels(SortedSet<String> others) {
        return new Content(
                kind, words, pictures, districts, themes, from, until, source, event, emergency, others, edited,
                wished);
    }

    public Content withEmergency(@Nullable Emergency other) {
        return new Content(
                kind, words, pictures, districts, themes, from, until, source, event, other, channels, edited, wished);
    }

    /** @param fields what is edited of the rendition; none: it is derived again */
    public Content withEdited(String channel, String language, SortedMap<String, String> fields) {
        SortedMap<String, SortedMap<String, SortedMap<String, String>>> all = new TreeMap<>(edited);
        SortedMap<String, SortedMap<String, String>> languages =
                new TreeMap<>(all.getOrDefault(channel, new TreeMap<>()));
        languages.put(language, fields);
        all.put(channel, languages);
        return new Content(
                kind, words, pictures, districts, themes, from, until, source, event, emergency, channels, all, wished);
    }

    /** With every rendition derived again. */
    public Content withoutEdits() {
        return new Content(
                kind,
                words,
                pictures,
                districts,
                themes,
                from,
                until,
                source,
                event,
                emergency,
                channels,
                new TreeMap<>(),
                wished);
    }

    public Content withEvent(@Nullable Event other) {
        return new Content(
                kind, words, pictures, districts, themes, from, until, source, other, emergency, channels, edited,
                wished);
    }

    /**
     * The texts in one language.
     *
     * @param title says what and where; about 80 characters
     * @param summary what short channels show; about 180 characters
     * @param body Markdown
     * @param price of an event
     * @param accessibility of an event's place
     * @param instruction what to do in an emergency
     */
    public record Words(
            String title, String summary, String body, String price, String accessibility, String instruction) {

        public static final Words NONE = new Words("", "", "", "", "", "");

        public static Words of(String title, String summary, String body) {
            return new Words(title, summary, body, "", "", "");
        }

        boolean completeBeside(Words model) {
            return said(model.title, title)
                    && said(model.summary, summary)
                    && said(model.body, body)
                    && said(model.price, price)
                    && said(model.accessibility, accessibility)
                    && said(model.instruction, instruction);
        }

        private static boolean said(String model, String here) {
            return model.isBlank() || !here.isBlank();
        }
    }

    /**
     * A picture as this notice uses it.
     *
     * @param hash its name in `media`
     * @param alternatives what it shows, for whoever cannot see it, by BCP 47 tag
     * @param decorative said on purpose: it tells nothing, and needs no alternative
     * @param credit who made it
     * @param focus what of it is to remain visible where it is cut; the centre where nobody said
     */
    public record PictureUse(
            String hash, SortedMap<String, String> alternatives, boolean decorative, String credit, Focus focus) {

        public PictureUse {
            alternatives = Collections.unmodifiableSortedMap(new TreeMap<>(alternatives));
            // Content that was stored before anybody could say.
            focus = Objects.requireNonNullElse(focus, Focus.CENTRE);
        }
    }

    /** A ninth of a picture, as whoever looks at it sees it. */
    public enum Focus {
        TOP_LEFT,
        TOP,
        TOP_RIGHT,
        LEFT,
        CENTRE,
        RIGHT,
        BOTTOM_LEFT,
        BOTTOM,
        BOTTOM_RIGHT;

        /** −1 for what is on the left, 0 in the middle, 1 on the right. */
        public int across() {
            return ordinal() % 3 - 1;
        }

        /** −1 for what is at the bottom, 0 in the middle, 1 at the top. */
        public int up() {
            return 1 - ordinal() / 3;
        }
    }

    /**
     * Where the information comes from.
     *
     * @param name the service or body that says so
     * @param date when it said so
     */
    public record Source(String name, @Nullable LocalDate date) {}

    /**
     * When and where.
     *
     * @param start absent in a draft only; for a whole day its midnight
     * @param end exclusive; absent: it is not said; for whole days the midnight after the last
     * @param allDay whether it has dates only
     */
    public record Event(
            @Nullable WallTime start,
            @Nullable WallTime end,
            boolean allDay,
            String place,
            String address,
            String organiser,
            @Nullable Repeat repeat) {

        /** The same, with one day of its repeats called off. */
        public Event without(LocalDate day) {
            return repeat == null
                    ? this
                    : new Event(start, end, allDay, place, address, organiser, repeat.without(day));
        }
    }

    /**
     * How an event comes back.
     *
     * @param frequency every day, week (same weekday) or month (same day of the month; months without it are skipped)
     * @param last the last day on which it may begin; absent in a draft only
     * @param except the days on which it does not take place
     */
    public record Repeat(Frequency frequency, @Nullable LocalDate last, SortedSet<LocalDate> except) {

        public Repeat {
            except = sorted(except);
        }

        Repeat without(LocalDate day) {
            SortedSet<LocalDate> days = new TreeSet<>(except);
            days.add(day);
            return new Repeat(frequency, last, days);
        }

        /** RFC 5545 FREQ. */
        public enum Frequency {
            DAILY,
            WEEKLY,
            MONTHLY
        }
    }

    /**
     * What an alert adds.
     *
     * @param severity absent in a draft only
     * @param area where it holds, in words
     * @param contact whom to call
     */
    public record Emergency(@Nullable Severity severity, String area, String contact) {

        /** As in the Common Alerting Protocol 1.2, without "unknown". */
        public enum Severity {
            MINOR,
            MODERATE,
            SEVERE,
            EXTREME
        }
    }
}
