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
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicNotices.Filter;
import fr.tambour.notice.PublicState;
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
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * iCalendar (RFC 5545): events that stand, and withdrawn ones as cancelled for as long as a calendar may still show them.
 * An event's UID never changes; its SEQUENCE counts the public changes.
 */
@Component
class ICalendars {

    /** A withdrawn event is told of as cancelled for this long. */
    private static final java.time.Duration CANCELLED = java.time.Duration.ofDays(60);

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
        Filter onFeed = filter.on(FeedChannel.NAME);
        List<PublishedNotice> events = Stream.concat(
                        notices.events(town.id(), onFeed, now, EVENTS).stream(),
                        notices
                                .withdrawn(
                                        town.id(),
                                        new Filter(
                                                fr.tambour.notice.Kind.EVENT,
                                                filter.theme(),
                                                filter.district(),
                                                FeedChannel.NAME),
                                        now.minus(CANCELLED),
                                        EVENTS)
                                .stream())
                .toList();
        String name = Typography.of(town.fullName(), Locale.forLanguageTag(language));
        return write(
                town,
                language,
                subject.isEmpty() ? name : words.in(language).get("feed.title", name, subject),
                town.url(Gathering.prefix(town, language) + path),
                events);
    }

    /** The calendar of one event. */
    String single(Town town, String language, PublishedNotice notice) {
        return write(town, language, "", Gathering.url(town, notice, language) + ".ics", List.of(notice));
    }

    private String write(Town town, String language, String name, String source, List<PublishedNotice> events) {
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
        TimeZone zone = TimeZone.getTimeZone(town.zone());
        TimezoneInfo zones = new TimezoneInfo();
        zones.setDefaultTimezone(new TimezoneAssignment(zone, VTimezones.of(town.zone(), clock.instant())));
        calendar.setTimezoneInfo(zones);
        events.stream()
                .filter(notice -> notice.content().event() != null
                        && notice.content().event().start() != null)
                .forEach(notice -> calendar.addEvent(event(town, language, notice)));
        return Biweekly.write(calendar).go();
    }

    private VEvent event(Town town, String wanted, PublishedNotice notice) {
        String language = Gathering.shownIn(town, notice, wanted);
        Locale locale = Locale.forLanguageTag(language);
        Words said = notice.content().in(language);
        Event event = Objects.requireNonNull(notice.content().event());
        var rendition = notice.rendition(FeedChannel.NAME, language, town.language());
        VEvent entry = new VEvent();
        entry.setUid(notice.id().ref() + "@" + town.baseUrl().getHost());
        entry.setSequence(notice.sequence());
        entry.setDateTimeStamp(Date.from(notice.changedAt()));
        entry.setCreated(Date.from(notice.firstPublishedAt()));
        entry.setLastModified(Date.from(notice.changedAt()));
        entry.setSummary(Typography.of(rendition.map(r -> r.text("title")).orElse(said.title()), locale))
                .setLanguage(language);
        entry.setUrl(Gathering.url(town, notice, wanted));
        entry.setDescription(description(notice, said, locale, town)).setLanguage(language);
        String place = Stream.of(event.place(), event.address().replace("\n", ", "))
                .filter(part -> !part.isBlank())
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        if (!place.isEmpty()) {
            entry.setLocation(place);
        }
        times(entry, event, town.zone());
        boolean withdrawn = notice.state() == PublicState.WITHDRAWN;
        entry.setStatus(withdrawn ? Status.cancelled() : Status.confirmed());
        return entry;
    }

    private String description(PublishedNotice notice, Words said, Locale locale, Town town) {
        List<String> parts = new ArrayList<>();
        notice.withdrawal().ifPresent(withdrawal -> parts.add(withdrawal.reason()));
        notice.corrections()
                .forEach(correction -> parts.add(words.in(locale.toLanguageTag())
                                .get("feed.correction", words.day(correction.at(), town, locale))
                        + " " + correction.reason()));
        parts.add(said.summary());
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
