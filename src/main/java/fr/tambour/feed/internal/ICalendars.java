package fr.tambour.feed.internal;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.TimezoneAssignment;
import biweekly.io.TimezoneInfo;
import biweekly.property.DateEnd;
import biweekly.property.DateStart;
import biweekly.property.ExceptionDates;
import biweekly.property.RefreshInterval;
import biweekly.property.Status;
import biweekly.util.Duration;
import biweekly.util.Frequency;
import biweekly.util.ICalDate;
import biweekly.util.Recurrence;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Kind;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicNotices.Filter;
import fr.tambour.notice.PublicNotices.Gone;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.WallTime;
import fr.tambour.text.Markdown;
import fr.tambour.text.Typography;
import fr.tambour.town.Town;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * iCalendar (RFC 5545): events that stand, and those that are gone as cancelled for as long as a calendar may still show
 * them. An event's UID never changes; its SEQUENCE counts the public changes.
 */
@Component
class ICalendars {

    private static final int EVENTS = 300;

    private final PublicNotices notices;
    private final FeedWords words;
    private final Clock clock;

    ICalendars(PublicNotices notices, FeedWords words, Clock clock) {
        this.notices = notices;
        this.words = words;
        this.clock = clock;
    }

    String calendar(Town town, String language, Filter filter, String path, String subject) {
        Instant now = clock.instant();
        Filter ofEvents = new Filter(Kind.EVENT, filter.theme(), filter.district(), FeedChannel.NAME);
        List<PublishedNotice> standing = notices.events(town.id(), ofEvents, now, EVENTS);
        // What took place and was corrected afterwards is not cancelled.
        List<Gone> gone =
                notices.gone(town.id(), FeedChannel.NAME, ofEvents, now.minus(Gathering.TOMBSTONES), EVENTS).stream()
                        .filter(left -> !left.over())
                        .toList();
        String name = Typography.of(town.fullName(), Locale.forLanguageTag(language));
        return write(
                town,
                language,
                subject.isEmpty() ? name : words.in(language).get("feed.title", name, subject),
                town.url(Gathering.prefix(town, language) + path),
                standing,
                gone);
    }

    /** The calendar of one event. */
    String single(Town town, String language, PublishedNotice notice) {
        return write(town, language, "", Gathering.url(town, notice, language) + ".ics", List.of(notice), List.of());
    }

    /** The calendar of one event that is gone. */
    String single(Town town, String language, Gone gone) {
        return write(
                town, language, "", Gathering.url(town, gone.notice(), language) + ".ics", List.of(), List.of(gone));
    }

    private String write(
            Town town, String language, String name, String source, List<PublishedNotice> standing, List<Gone> gone) {
        ICalendar calendar = new ICalendar();
        calendar.setVersion(ICalVersion.V2_0);
        calendar.setProductId("-//Tambour//Tambour 1//FR");
        if (!name.isEmpty()) {
            calendar.setName(name);
            calendar.addExperimentalProperty("X-WR-CALNAME", name);
            calendar.addExperimentalProperty("X-WR-TIMEZONE", town.zone().getId());
            calendar.setUrl(source);
            calendar.setRefreshInterval(
                    new RefreshInterval(Duration.builder().hours(1).build()));
        }
        List<PublishedNotice> shown =
                standing.stream().filter(ICalendars::hasStart).toList();
        List<Gone> cancelled =
                gone.stream().filter(left -> hasStart(left.notice())).toList();
        List<Event> events = Stream.concat(shown.stream(), cancelled.stream().map(Gone::notice))
                .map(ICalendars::event)
                .toList();
        TimezoneInfo zones = new TimezoneInfo();
        zones.setDefaultTimezone(new TimezoneAssignment(
                TimeZone.getTimeZone(town.zone()),
                VTimezones.of(town.zone(), first(events, town), last(events, town))));
        calendar.setTimezoneInfo(zones);
        shown.forEach(notice -> calendar.addEvent(confirmed(town, language, notice)));
        cancelled.forEach(left -> calendar.addEvent(cancelled(town, language, left)));
        return Biweekly.write(calendar).go();
    }

    private static boolean hasStart(PublishedNotice notice) {
        return notice.content().event() != null && notice.content().event().start() != null;
    }

    private static Event event(PublishedNotice notice) {
        return Objects.requireNonNull(notice.content().event());
    }

    private Instant first(List<Event> events, Town town) {
        return events.stream()
                .map(event -> Objects.requireNonNull(event.start()).instant(town.zone()))
                .min(Comparator.naturalOrder())
                .filter(start -> start.isBefore(clock.instant()))
                .orElse(clock.instant());
    }

    /** When the last occurrence of all is over, at the latest. */
    private Instant last(List<Event> events, Town town) {
        return events.stream()
                .map(event -> end(event).atZone(town.zone()).toInstant())
                .max(Comparator.naturalOrder())
                .filter(end -> end.isAfter(clock.instant()))
                .orElse(clock.instant());
    }

    private static LocalDateTime end(Event event) {
        LocalDateTime start = Objects.requireNonNull(event.start()).local();
        LocalDateTime end = event.end() == null ? start : event.end().local();
        return event.repeat() == null
                ? end
                : Objects.requireNonNull(event.repeat().last())
                        .atTime(start.toLocalTime())
                        .plus(java.time.Duration.between(start, end));
    }

    /** What every entry of a notice says, whatever became of it. */
    private static VEvent entry(Town town, PublishedNotice notice, String language) {
        VEvent entry = new VEvent();
        entry.setUid(notice.id().ref() + "@" + town.identifierBase().getHost());
        entry.setSequence(notice.sequence());
        entry.setDateTimeStamp(Date.from(notice.changedAt()));
        entry.setSummary(Gathering.title(town, notice, language)).setLanguage(language);
        times(entry, event(notice), town.zone());
        return entry;
    }

    /** Nothing of the text: what is gone leaves its title, so that it is found, and the reason. */
    private VEvent cancelled(Town town, String wanted, Gone gone) {
        String language = Gathering.shownIn(town, gone.notice(), wanted);
        VEvent entry = entry(town, gone.notice(), language);
        entry.setDescription(words.why(gone, town, Locale.forLanguageTag(language)))
                .setLanguage(language);
        entry.setStatus(Status.cancelled());
        return entry;
    }

    private VEvent confirmed(Town town, String wanted, PublishedNotice notice) {
        String language = Gathering.shownIn(town, notice, wanted);
        Event event = event(notice);
        VEvent entry = entry(town, notice, language);
        entry.setCreated(Date.from(notice.firstPublishedAt()));
        entry.setLastModified(Date.from(notice.changedAt()));
        entry.setUrl(Gathering.url(town, notice, wanted));
        entry.setDescription(description(notice, language, town)).setLanguage(language);
        String place = Stream.of(event.place(), event.address().replace("\n", ", "))
                .filter(part -> !part.isBlank())
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        if (!place.isEmpty()) {
            entry.setLocation(place);
        }
        entry.setStatus(Status.confirmed());
        return entry;
    }

    private String description(PublishedNotice notice, String language, Town town) {
        Locale locale = Locale.forLanguageTag(language);
        Words said = notice.content().in(language);
        List<String> parts = new ArrayList<>();
        notice.corrections()
                .forEach(correction ->
                        parts.add(words.in(language).get("feed.correction", words.day(correction.at(), town, locale))
                                + " " + correction.reason()));
        parts.add(Gathering.summary(town, notice, language));
        parts.add(Markdown.toPlain(said.body(), locale));
        parts.add(said.price());
        parts.add(said.accessibility());
        return parts.stream()
                .filter(part -> !part.isBlank())
                .map(part -> Typography.of(part, locale))
                .reduce((one, other) -> one + "\n\n" + other)
                .orElse("");
    }

    private static void times(VEvent entry, Event event, ZoneId zone) {
        WallTime start = Objects.requireNonNull(event.start());
        boolean hasTime = !event.allDay();
        entry.setDateStart(new DateStart(date(start, zone, hasTime)));
        if (event.end() != null) {
            entry.setDateEnd(new DateEnd(date(event.end(), zone, hasTime)));
        } else if (!hasTime) {
            entry.setDateEnd(new DateEnd(date(WallTime.of(start.local().plusDays(1)), zone, false)));
        }
        Repeat repeat = event.repeat();
        if (repeat != null) {
            entry.setRecurrenceRule(rule(repeat, start, zone, hasTime));
            if (!repeat.except().isEmpty()) {
                ExceptionDates except = new ExceptionDates();
                for (LocalDate day : repeat.except()) {
                    LocalDateTime at = day.atTime(start.local().toLocalTime());
                    except.getValues().add(date(WallTime.of(at), zone, hasTime));
                }
                entry.addExceptionDates(except);
            }
        }
    }

    private static Recurrence rule(Repeat repeat, WallTime start, ZoneId zone, boolean hasTime) {
        Frequency frequency = switch (repeat.frequency()) {
            case DAILY -> Frequency.DAILY;
            case WEEKLY -> Frequency.WEEKLY;
            case MONTHLY -> Frequency.MONTHLY;
        };
        // RFC 5545 §3.3.10: UNTIL is inclusive, in UTC where the start has a time zone, a date where it is a date.
        WallTime last = WallTime.of(
                Objects.requireNonNull(repeat.last()).atTime(start.local().toLocalTime()));
        return new Recurrence.Builder(frequency)
                .until(date(last, zone, hasTime))
                .build();
    }

    private static ICalDate date(WallTime time, ZoneId zone, boolean hasTime) {
        Instant instant = hasTime
                ? time.instant(zone)
                // biweekly writes a date by the JVM's own zone.
                : time.local()
                        .toLocalDate()
                        .atStartOfDay(ZoneId.systemDefault())
                        .toInstant();
        return new ICalDate(Date.from(instant), hasTime);
    }
}
