package fr.tambour.notice.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Emergency;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Correction.Change;
import fr.tambour.notice.WallTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a correction changed, fact by fact. */
final class Changes {

    private Changes() {}

    /**
     * @param ended when the earlier one was to end, as it really stood: nobody need have said
     * @param ends when the later one does
     */
    static List<Change> between(Content before, @Nullable Instant ended, Content after, Instant ends, ZoneId zone) {
        List<Change> changes = new ArrayList<>();
        SortedSet<String> languages = new TreeSet<>(before.words().keySet());
        languages.addAll(after.words().keySet());
        for (String language : languages) {
            words(language, before.in(language), after.in(language), changes);
        }
        fact("event.start", time(before, Event::start), time(after, Event::start), changes);
        fact("event.end", time(before, Event::end), time(after, Event::end), changes);
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
        fact("from", iso(before.from()), iso(after.from()), changes);
        fact("until", ended == null ? "" : local(ended, zone), local(ends, zone), changes);
        if (!before.districts().equals(after.districts())) {
            changes.add(new Change("districts", "", "", ""));
        }
        if (!before.themes().equals(after.themes())) {
            changes.add(new Change("themes", "", "", ""));
        }
        fact("source", source(before), source(after), changes);
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

    private static void text(String field, String language, String before, String after, List<Change> changes) {
        if (!before.equals(after)) {
            changes.add(new Change(field, language, before, after));
        }
    }

    private static void fact(String field, String before, String after, List<Change> changes) {
        text(field, "", before, after, changes);
    }

    private static String time(Content content, Function<Event, @Nullable WallTime> part) {
        return content.event() == null ? "" : iso(part.apply(content.event()));
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

    private static String source(Content content) {
        return content.source() == null ? "" : content.source().name();
    }

    private static String local(Instant instant, ZoneId zone) {
        return LocalDateTime.ofInstant(instant, zone)
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    private static String iso(@Nullable WallTime time) {
        return time == null ? "" : Objects.toString(time.local());
    }
}
