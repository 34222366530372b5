package fr.tambour.notice.studio;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Emergency;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.Focus;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.notice.Content.Source;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Kind;
import fr.tambour.notice.WallTime;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A notice's content as the fields of its form, there and back. Reading what was written gives the same content, but for
 * offsets that decide nothing. Dates and times are those of {@link FormTimes}.
 *
 * <pre>
 * kind   title.LANG summary.LANG body.LANG price.LANG accessibility.LANG instruction.LANG
 * picture (hash, in order)   picture.HASH.alt.LANG picture.HASH.decorative picture.HASH.credit picture.HASH.focus
 * district theme channel (as often as chosen)   source.name source.date
 * from until wished event.start event.end (an all-day one: .date alone, the last day)
 * event.allDay event.place event.address event.organiser
 * event.repeat event.repeat.last event.repeat.except
 * emergency.severity emergency.area emergency.contact
 * edited.CHANNEL.LANG (ticked), edited.CHANNEL.LANG.FIELD, derived.CHANNEL.LANG.FIELD, chosen.CHANNEL.LANG.FIELD
 * </pre>
 */
final class NoticeForm {

    /** What a date without a time means: a wish is for office hours, an end is the end of that day. */
    private static final LocalTime WISHED = LocalTime.of(8, 0);

    private static final LocalTime LAST_MINUTE = LocalTime.of(23, 59);

    private final Town town;
    private final FormTimes times;

    NoticeForm(Town town) {
        this.town = town;
        this.times = new FormTimes(town.zone());
    }

    FormFields write(Content content) {
        FormFields form = FormFields.empty();
        form.put("kind", content.kind());
        content.words().forEach((language, words) -> {
            form.put("title." + language, words.title());
            form.put("summary." + language, words.summary());
            form.put("body." + language, words.body());
            form.put("price." + language, words.price());
            form.put("accessibility." + language, words.accessibility());
            form.put("instruction." + language, words.instruction());
        });
        content.pictures().forEach(picture -> picture(form, picture));
        content.districts().forEach(id -> form.add("district", id));
        content.themes().forEach(id -> form.add("theme", id));
        content.channels().forEach(channel -> form.add("channel", channel));
        FormTimes.write(form, "from", content.from());
        FormTimes.write(form, "until", content.until());
        FormTimes.write(form, "wished", content.wished());
        if (content.source() != null) {
            form.put("source.name", content.source().name());
            if (content.source().date() != null) {
                form.put("source.date", content.source().date());
            }
        }
        if (content.event() != null) {
            event(form, content.event());
        }
        if (content.emergency() != null) {
            emergency(form, content.emergency());
        }
        content.edited()
                .forEach((channel, languages) -> languages.forEach((language, fields) -> {
                    form.put("edited." + channel + "." + language, "on");
                    fields.forEach((field, text) -> form.put("edited." + channel + "." + language + "." + field, text));
                }));
        return form;
    }

    private static void picture(FormFields form, PictureUse picture) {
        String name = "picture." + picture.hash();
        form.add("picture", picture.hash());
        picture.alternatives().forEach((language, text) -> form.put(name + ".alt." + language, text));
        form.put(name + ".credit", picture.credit());
        form.put(name + ".focus", picture.focus());
        if (picture.decorative()) {
            form.put(name + ".decorative", "on");
        }
    }

    private static void event(FormFields form, Event event) {
        FormTimes.write(form, "event.start", event.start());
        WallTime end = event.end();
        if (event.allDay()) {
            form.put("event.allDay", "on");
            if (end != null) {
                // Stored as the midnight after the last day; people say the last day.
                form.put("event.end.date", end.local().toLocalDate().minusDays(1));
            }
        } else {
            FormTimes.write(form, "event.end", end);
            if (end != null
                    && end.local().equals(sameNight(event.start(), end.local().toLocalTime()))) {
                // Said by its time alone, it goes with the start when that is moved.
                form.values().remove("event.end.date");
            }
        }
        form.put("event.place", event.place());
        form.put("event.address", event.address());
        form.put("event.organiser", event.organiser());
        Repeat repeat = event.repeat();
        if (repeat != null) {
            form.put("event.repeat", repeat.frequency());
            if (repeat.last() != null) {
                form.put("event.repeat.last", repeat.last());
            }
            repeat.except().forEach(day -> form.add("event.repeat.except", day));
        }
    }

    private static void emergency(FormFields form, Emergency emergency) {
        if (emergency.severity() != null) {
            form.put("emergency.severity", emergency.severity());
        }
        form.put("emergency.area", emergency.area());
        form.put("emergency.contact", emergency.contact());
    }

    /**
     * @throws Refusal 422 {@code notice.date-unreadable} for a date that does not exist, {@code notice.form-unreadable} for
     *     what no form sends
     */
    Content read(FormFields form) {
        return new Content(
                oneOf(Kind.class, form.get("kind")),
                words(form),
                pictures(form),
                ids(form.all("district")),
                ids(form.all("theme")),
                times.read(form, "from"),
                times.read(form, "until", LAST_MINUTE),
                source(form),
                event(form),
                emergency(form),
                new TreeSet<>(form.all("channel")),
                edited(form),
                times.read(form, "wished", WISHED));
    }

    private SortedMap<String, Words> words(FormFields form) {
        SortedMap<String, Words> all = new TreeMap<>();
        for (String language : town.languages()) {
            Function<String, String> text = field -> form.get(field + "." + language);
            all.put(
                    language,
                    new Words(
                            text.apply("title"),
                            text.apply("summary"),
                            text.apply("body"),
                            text.apply("price"),
                            text.apply("accessibility"),
                            text.apply("instruction")));
        }
        return all;
    }

    private List<PictureUse> pictures(FormFields form) {
        List<PictureUse> pictures = new ArrayList<>();
        for (String hash : new LinkedHashSet<>(form.all("picture"))) {
            String name = "picture." + hash;
            SortedMap<String, String> alternatives = new TreeMap<>();
            for (String language : town.languages()) {
                String text = form.get(name + ".alt." + language);
                if (!text.isBlank()) {
                    alternatives.put(language, text);
                }
            }
            pictures.add(new PictureUse(
                    hash,
                    alternatives,
                    form.has(name + ".decorative"),
                    form.get(name + ".credit"),
                    form.has(name + ".focus") ? oneOf(Focus.class, form.get(name + ".focus")) : Focus.CENTRE));
        }
        return pictures;
    }

    private static @Nullable Source source(FormFields form) {
        String name = form.get("source.name");
        LocalDate date = FormTimes.date(form.get("source.date"));
        return name.isBlank() && date == null ? null : new Source(name, date);
    }

    /** Kept while the notice is of another kind: a tap on the wrong one costs nothing. */
    private @Nullable Event event(FormFields form) {
        if (!form.get("kind").equals(Kind.EVENT.name()) && isBlank(form.part("event"))) {
            return null;
        }
        boolean allDay = form.has("event.allDay");
        WallTime start = times.read(form, "event.start");
        return new Event(
                start,
                allDay ? afterLastDay(form) : end(form, start),
                allDay,
                form.get("event.place"),
                form.get("event.address"),
                form.get("event.organiser"),
                repeat(form));
    }

    private static boolean isBlank(Map<String, List<String>> part) {
        return part.values().stream().flatMap(List::stream).allMatch(String::isBlank);
    }

    private static @Nullable WallTime afterLastDay(FormFields form) {
        LocalDate last = FormTimes.date(form.get("event.end.date"));
        return last == null ? null : WallTime.of(last.plusDays(1).atStartOfDay());
    }

    /** An end without a date is on the same day, or in the night that follows. */
    private @Nullable WallTime end(FormFields form, @Nullable WallTime start) {
        if (!form.has("event.end.date") && form.has("event.end.time") && start != null) {
            LocalDateTime end = Objects.requireNonNull(sameNight(start, FormTimes.time(form.get("event.end.time"))));
            return times.chosen(form, "event.end", end);
        }
        return times.read(form, "event.end", LAST_MINUTE);
    }

    private static @Nullable LocalDateTime sameNight(@Nullable WallTime start, LocalTime ends) {
        if (start == null) {
            return null;
        }
        LocalDateTime end = start.local().toLocalDate().atTime(ends);
        return end.isAfter(start.local()) ? end : end.plusDays(1);
    }

    private static @Nullable Repeat repeat(FormFields form) {
        LocalDate last = FormTimes.date(form.get("event.repeat.last"));
        if (!form.has("event.repeat")) {
            return null;
        }
        SortedSet<LocalDate> except = new TreeSet<>();
        for (String text : form.all("event.repeat.except")) {
            Arrays.stream(text.split("[\\s,;]+")).map(FormTimes::date).forEach(day -> {
                if (day != null) {
                    except.add(day);
                }
            });
        }
        return new Repeat(oneOf(Repeat.Frequency.class, form.get("event.repeat")), last, except);
    }

    private static @Nullable Emergency emergency(FormFields form) {
        if (!form.get("kind").equals(Kind.EMERGENCY.name()) && isBlank(form.part("emergency"))) {
            return null;
        }
        return new Emergency(
                form.has("emergency.severity") ? oneOf(Emergency.Severity.class, form.get("emergency.severity")) : null,
                form.get("emergency.area"),
                form.get("emergency.contact"));
    }

    /** What differs from the text that was derived when the form was shown: so an untouched field keeps following the notice. */
    private static SortedMap<String, SortedMap<String, SortedMap<String, String>>> edited(FormFields form) {
        SortedMap<String, SortedMap<String, SortedMap<String, String>>> edited = new TreeMap<>();
        form.values().keySet().forEach(name -> {
            String[] parts = name.split("\\.", 4);
            if (parts.length < 4 || !parts[0].equals("edited") && !parts[0].equals("chosen")) {
                return;
            }
            String place = parts[1] + "." + parts[2];
            String text = form.get(name);
            String derived = form.get("derived." + place + "." + parts[3]);
            boolean said = parts[0].equals("chosen") || form.has("edited." + place);
            if (said && !plain(text).equals(plain(derived))) {
                edited.computeIfAbsent(parts[1], channel -> new TreeMap<>())
                        .computeIfAbsent(parts[2], language -> new TreeMap<>())
                        .put(parts[3], text);
            }
        });
        return edited;
    }

    /**
     * With the edits of renditions that the form did not show, because their channel was not chosen or their language not
     * complete: only a person who sees an edit undoes it.
     */
    static Content withUnseenEdits(FormFields form, Content content, Content stored) {
        Content all = content;
        for (var channel : stored.edited().entrySet()) {
            for (var language : channel.getValue().entrySet()) {
                String place = channel.getKey() + "." + language.getKey();
                if (form.part("derived." + place).isEmpty()
                        && form.part("edited." + place).isEmpty()) {
                    all = all.withEdited(channel.getKey(), language.getKey(), language.getValue());
                }
            }
        }
        return all;
    }

    private static String plain(String text) {
        return text.replace("\r\n", "\n").strip();
    }

    private static SortedSet<Long> ids(List<String> texts) {
        SortedSet<Long> ids = new TreeSet<>();
        texts.forEach(text -> ids.add(FormFields.parsed(text, Long::valueOf)));
        return ids;
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, String name) {
        return FormFields.parsed(name, text -> Enum.valueOf(type, text));
    }
}
