package fr.tambour.operations.internal.demonstration;

import fr.tambour.notice.Channels;
import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Emergency;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.notice.Content.Source;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Kind;
import fr.tambour.notice.WallTime;
import fr.tambour.operations.internal.demonstration.DemoContent.DemoCorrection;
import fr.tambour.operations.internal.demonstration.DemoContent.DemoEvent;
import fr.tambour.operations.internal.demonstration.DemoContent.DemoNotice;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the invented notices into contents, as they stood at first and after each correction. */
class DemoNotices {

    private final Channels channels;
    private final Map<String, Long> districts;
    private final Map<String, Long> themes;
    private final Map<String, String> pictures;

    /**
     * @param districts slug → id
     * @param themes slug → id
     * @param pictures file name → hash
     */
    DemoNotices(
            Channels channels, Map<String, Long> districts, Map<String, Long> themes, Map<String, String> pictures) {
        this.channels = channels;
        this.districts = districts;
        this.themes = themes;
        this.pictures = pictures;
    }

    /** The content once its first {@code corrections} corrections are made. */
    Content content(DemoNotice notice, DemoDates dates, LocalDate published, int corrections) {
        Kind kind = Kind.valueOf(notice.kind());
        Undone undone = new Undone(notice, corrections);
        return new Content(
                kind,
                words(notice, undone, published),
                pictures(notice),
                ids(notice.districts(), districts),
                ids(notice.themes(), themes),
                from(notice, kind, published),
                until(notice, kind, published),
                notice.source() == null ? null : new Source(notice.source().name(), published.minusDays(1)),
                notice.event() == null ? null : event(notice.event(), undone, dates),
                emergency(notice),
                channels.defaults(kind),
                new TreeMap<>(),
                null);
    }

    /** Corrections that are not made yet put the old text back. */
    private record Undone(List<DemoCorrection> pending) {

        Undone(DemoNotice notice, int made) {
            this(
                    notice.corrections() == null
                            ? List.of()
                            : notice.corrections()
                                    .subList(made, notice.corrections().size()));
        }

        String text(String field, @Nullable String corrected) {
            String text = corrected == null ? "" : corrected;
            for (int i = pending.size() - 1; i >= 0; i--) {
                DemoCorrection correction = pending.get(i);
                if (correction.field().equals(field)) {
                    text = text.replace(correction.corrected(), Objects.requireNonNullElse(correction.old(), ""));
                }
            }
            return text;
        }
    }

    private static SortedMap<String, Words> words(DemoNotice notice, Undone undone, LocalDate published) {
        String price = notice.event() == null ? "" : text(notice.event().price());
        String access = notice.event() == null ? "" : text(notice.event().accessibility());
        String instruction =
                notice.emergency() == null ? "" : notice.emergency().instruction();
        SortedMap<String, Words> words = new TreeMap<>();
        words.put(
                "fr",
                new Words(
                        filled(undone.text("title", notice.titleFr()), published, "fr"),
                        filled(undone.text("summary", notice.summaryFr()), published, "fr"),
                        filled(undone.text("body", notice.bodyFr()), published, "fr"),
                        price,
                        access,
                        instruction));
        if (notice.titleEn() != null) {
            words.put(
                    "en",
                    new Words(
                            filled(notice.titleEn(), published, "en"),
                            filled(notice.summaryEn(), published, "en"),
                            filled(notice.bodyEn(), published, "en"),
                            notice.event() == null ? "" : either(notice.event().priceEn(), price),
                            notice.event() == null ? "" : either(notice.event().accessibilityEn(), access),
                            notice.emergency() == null
                                    ? ""
                                    : either(notice.emergency().instructionEn(), instruction)));
        }
        if (notice.titleFrsimple() != null) {
            words.put(
                    "fr-simple",
                    new Words(
                            filled(notice.titleFrsimple(), published, "fr"),
                            filled(notice.summaryFrsimple(), published, "fr"),
                            filled(notice.bodyFrsimple(), published, "fr"),
                            price,
                            access,
                            instruction));
        }
        return words;
    }

    private static String filled(@Nullable String text, LocalDate published, String language) {
        return DemoWords.filled(text, published, language);
    }

    private List<PictureUse> pictures(DemoNotice notice) {
        return notice.pictures().stream().map(this::picture).toList();
    }

    private PictureUse picture(DemoContent.DemoPicture picture) {
        SortedMap<String, String> alternatives = new TreeMap<>();
        alternatives.put("fr", text(picture.altFr()));
        if (picture.altEn() != null) {
            alternatives.put("en", picture.altEn());
        }
        return new PictureUse(
                Objects.requireNonNull(pictures.get(picture.picture()), picture.picture()),
                alternatives,
                false,
                text(picture.credit()),
                Content.Focus.CENTRE);
    }

    private static TreeSet<Long> ids(Collection<String> slugs, Map<String, Long> known) {
        return slugs.stream()
                .map(slug -> Objects.requireNonNull(known.get(slug), slug))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static @Nullable WallTime from(DemoNotice notice, Kind kind, LocalDate published) {
        if (notice.fromDays() == null || kind != Kind.PRACTICAL) {
            return null;
        }
        LocalDate day = published.plusDays(notice.fromDays());
        return WallTime.of(notice.from() == null ? day.atStartOfDay() : day.atTime(LocalTime.parse(notice.from())));
    }

    /**
     * Whole days where no hour is given, so that « jusqu’au 12 » holds all of the 12th; events and emergencies end by
     * their own rule.
     */
    private static @Nullable WallTime until(DemoNotice notice, Kind kind, LocalDate published) {
        if (notice.untilDays() == null || kind == Kind.EVENT || kind == Kind.EMERGENCY) {
            return null;
        }
        LocalDate last = published.plusDays(notice.untilDays());
        return WallTime.of(
                notice.until() == null
                        ? last.plusDays(1).atStartOfDay()
                        : last.atTime(LocalTime.parse(notice.until())));
    }

    private static Event event(DemoEvent event, Undone undone, DemoDates dates) {
        LocalDate first = dates.ahead(event.startDays());
        LocalDate last = dates.ahead(event.endDays() == null ? event.startDays() : event.endDays());
        WallTime start;
        WallTime end;
        if (event.allDay() || event.start() == null) {
            start = WallTime.of(first.atStartOfDay());
            end = WallTime.of(last.plusDays(1).atStartOfDay());
        } else {
            start = WallTime.of(first.atTime(LocalTime.parse(event.start())));
            end = event.end() == null ? null : WallTime.of(last.atTime(LocalTime.parse(event.end())));
        }
        Repeat repeat = event.repeat() == null
                ? null
                : new Repeat(
                        Repeat.Frequency.valueOf(event.repeat().frequency().toUpperCase(Locale.ROOT)),
                        dates.ahead(event.repeat().untilDays()),
                        event.repeat().exceptDays().stream()
                                .map(dates::ahead)
                                .collect(Collectors.toCollection(TreeSet::new)));
        return new Event(
                start,
                end,
                event.allDay(),
                undone.text("event.place", event.place()),
                undone.text("event.address", event.address()),
                text(event.organiser()),
                repeat);
    }

    private static @Nullable Emergency emergency(DemoNotice notice) {
        return notice.emergency() == null
                ? null
                : new Emergency(
                        Emergency.Severity.valueOf(notice.emergency().severity().toUpperCase(Locale.ROOT)),
                        notice.emergency().area(),
                        notice.emergency().contact());
    }

    /** When a correction is told of, oldest first. */
    static List<DemoCorrection> corrections(DemoNotice notice, DemoDates dates) {
        List<DemoCorrection> past = new ArrayList<>();
        if (notice.corrections() != null) {
            for (DemoCorrection correction : notice.corrections()) {
                if (dates.ago(correction.daysAgo()).isBefore(dates.today())) {
                    past.add(correction);
                }
            }
        }
        return past;
    }

    private static String either(@Nullable String text, String otherwise) {
        return Objects.requireNonNullElse(text, otherwise);
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
