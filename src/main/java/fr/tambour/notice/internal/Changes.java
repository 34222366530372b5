package fr.tambour.notice.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Emergency;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.Source;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Correction.Change;
import fr.tambour.notice.Rendition;
import fr.tambour.notice.StaffNotice.Revision;
import fr.tambour.notice.WallTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a correction changed of what readers see, fact by fact. */
final class Changes {

    private Changes() {}

    /**
     * @param ended when the earlier one was to end, as it really stood: nobody need have said
     * @param ends when the later one does
     */
    static List<Change> between(Revision earlier, @Nullable Instant ended, Revision later, Instant ends, ZoneId zone) {
        Content before = earlier.content();
        Content after = later.content();
        List<Change> changes = new ArrayList<>();
        SortedSet<String> languages = new TreeSet<>(before.words().keySet());
        languages.addAll(after.words().keySet());
        for (String language : languages) {
            words(language, before.in(language), after.in(language), changes);
        }
        renditions(earlier, later, changes);
        fact("event.start", time(before, Event::start, zone), time(after, Event::start, zone), changes);
        fact("event.end", time(before, Event::end, zone), time(after, Event::end, zone), changes);
        if (allDay(before) != allDay(after)) {
            changes.add(new Change("event.all-day", "", "", ""));
        }
        fact("event.place", text(before, Event::place), text(after, Event::place), changes);
        fact("event.address", text(before, Event::address), text(after, Event::address), changes);
        fact("event.organiser", text(before, Event::organiser), text(after, Event::organiser), changes);
        fact("event.repeat", repeat(before), repeat(after), changes);
        fact("emergency.severity", severity(before), severity(after), changes);
        fact("emergency.area", alert(before, Emergency::area), alert(after, Emergency::area), changes);
        fact("emergency.contact", alert(before, Emergency::contact), alert(after, Emergency::contact), changes);
        fact("from", iso(before.from(), zone), iso(after.from(), zone), changes);
        fact("until", ended == null ? "" : iso(ended, zone), iso(ends, zone), changes);
        fact("channels", String.join(", ", before.channels()), String.join(", ", after.channels()), changes);
        if (!before.districts().equals(after.districts())) {
            changes.add(new Change("districts", "", "", ""));
        }
        if (!before.themes().equals(after.themes())) {
            changes.add(new Change("themes", "", "", ""));
        }
        fact("source", source(before, Source::name), source(after, Source::name), changes);
        fact("source.date", source(before, Source::date), source(after, Source::date), changes);
        if (!before.pictures().equals(after.pictures())) {
            changes.add(new Change("pictures", "", "", ""));
        }
        return changes;
    }

    private static void words(String language, Words before, Words after, List<Change> changes) {
        text("title", language, before.title(), after.title(), changes);
        text("summary", language, before.summary(), after.summary(), changes);
        text("price", language, before.price(), after.price(), changes);
        text("accessibility", language, before.accessibility(), after.accessibility(), changes);
        text("instruction", language, before.instruction(), after.instruction(), changes);
        if (!before.body().equals(after.body())) {
            changes.add(new Change("body", language, "", ""));
        }
    }

    /** What a person wrote for one channel, before or after, beside what is said everywhere. */
    private static void renditions(Revision earlier, Revision later, List<Change> changes) {
        for (Rendition after : later.renditions()) {
            earlier.renditions().stream()
                    .filter(before -> before.channel().equals(after.channel())
                            && before.language().equals(after.language())
                            && (before.edited() || after.edited()))
                    .findFirst()
                    .ifPresent(before -> rendition(
                            before, earlier.content().in(before.language()), after, later.content(), changes));
        }
    }

    private static void rendition(
            Rendition before, Words saidBefore, Rendition after, Content content, List<Change> changes) {
        Words saidAfter = content.in(after.language());
        SortedSet<String> fields = new TreeSet<>(before.written().keySet());
        fields.addAll(after.written().keySet());
        fields.removeIf(field -> !before.written().containsKey(field) && !isChosen(content, after, field));
        for (String field : fields) {
            String was = before.text(field);
            String is = after.text(field);
            boolean everywhere = was.equals(said(saidBefore, field)) && is.equals(said(saidAfter, field));
            if (!was.equals(is) && !everywhere) {
                boolean shown = field.equals("body");
                String name = after.channel() + "." + field;
                changes.add(new Change(name, after.language(), shown ? "" : was, shown ? "" : is));
            }
        }
    }

    /** Whether a person wrote it: a field that the channel has only had since is nothing that they changed. */
    private static boolean isChosen(Content content, Rendition rendition, String field) {
        return content.edited()
                .getOrDefault(rendition.channel(), new TreeMap<>())
                .getOrDefault(rendition.language(), new TreeMap<>())
                .containsKey(field);
    }

    private static String said(Words words, String field) {
        return switch (field) {
            case "title" -> words.title();
            case "summary" -> words.summary();
            case "body" -> words.body();
            default -> "";
        };
    }

    private static void text(String field, String language, String before, String after, List<Change> changes) {
        if (!before.equals(after)) {
            changes.add(new Change(field, language, before, after));
        }
    }

    private static void fact(String field, String before, String after, List<Change> changes) {
        text(field, "", before, after, changes);
    }

    private static String time(Content content, Function<Event, @Nullable WallTime> part, ZoneId zone) {
        return content.event() == null ? "" : iso(part.apply(content.event()), zone);
    }

    private static String text(Content content, Function<Event, String> part) {
        return content.event() == null ? "" : part.apply(content.event());
    }

    private static String repeat(Content content) {
        if (content.event() == null || content.event().repeat() == null) {
            return "";
        }
        Content.Repeat repeat = content.event().repeat();
        return repeat.frequency() + "/" + repeat.last() + (repeat.except().isEmpty() ? "" : "/" + repeat.except());
    }

    private static String severity(Content content) {
        return content.emergency() == null || content.emergency().severity() == null
                ? ""
                : content.emergency().severity().name();
    }

    private static String alert(Content content, Function<Emergency, String> part) {
        return content.emergency() == null ? "" : part.apply(content.emergency());
    }

    private static boolean allDay(Content content) {
        return content.event() != null && content.event().allDay();
    }

    private static String source(Content content, Function<Source, @Nullable Object> part) {
        return content.source() == null ? "" : Objects.toString(part.apply(content.source()), "");
    }

    private static String iso(Instant instant, ZoneId zone) {
        return iso(WallTime.of(instant.truncatedTo(ChronoUnit.MINUTES), zone), zone);
    }

    /** With its offset on the night that has it twice; on any other the town's clock says enough. */
    private static String iso(@Nullable WallTime time, ZoneId zone) {
        if (time == null) {
            return "";
        }
        boolean twice = zone.getRules().getValidOffsets(time.local()).size() > 1;
        return twice
                ? time.instant(zone).atZone(zone).toOffsetDateTime().toString()
                : time.local().toString();
    }
}
