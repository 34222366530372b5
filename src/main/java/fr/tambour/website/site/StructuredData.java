package fr.tambour.website.site;

import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.WallTime;
import fr.tambour.town.Town;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a page says to machines: schema.org in JSON-LD. The result is safe inside a script element: no character of it can close one. A block of this
 * type is data, which Content-Security-Policy does not regard.
 */
final class StructuredData {

    private StructuredData() {}

    static String site(Town town) {
        Map<String, Object> site = thing("WebSite");
        site.put("name", town.fullName());
        site.put("url", town.url("/"));
        site.put("inLanguage", town.languages());
        site.put("publisher", publisher(town));
        return json(site);
    }

    static String notice(
            PublishedNotice notice,
            Told told,
            Town town,
            String url,
            @Nullable String image,
            Optional<Happening> next) {
        Map<String, Object> data = switch (notice.kind()) {
            case EVENT -> event(notice, told, town, url, next);
            case EMERGENCY, PRACTICAL -> announcement(notice, told);
            case NEWS -> thing("NewsArticle");
        };
        if (notice.kind() != Kind.EVENT) {
            data.put("headline", told.title());
            data.put("datePublished", iso(notice.firstPublishedAt(), town));
            data.put("dateModified", iso(notice.publishedAt(), town));
            data.put("author", publisher(town));
            data.put("publisher", publisher(town));
        }
        data.put("name", told.title());
        data.putIfAbsent("description", told.summary());
        data.put("inLanguage", told.language());
        data.put("url", url);
        data.put("mainEntityOfPage", url);
        if (image != null) {
            data.put("image", List.of(image));
        }
        return json(data);
    }

    private static Map<String, Object> announcement(PublishedNotice notice, Told told) {
        Map<String, Object> data = thing("SpecialAnnouncement");
        data.put("datePosted", notice.firstPublishedAt().toString());
        data.put("expires", notice.until().toString());
        data.put(
                "text",
                told.facts().instruction().isBlank()
                        ? told.summary()
                        : told.facts().instruction());
        Content.Emergency emergency = notice.content().emergency();
        if (emergency != null && !emergency.area().isBlank()) {
            Map<String, Object> place = plain("Place");
            place.put("name", emergency.area());
            data.put("spatialCoverage", place);
        }
        return data;
    }

    /**
     * Of an event that comes back, the occurrence that goes on or comes next, and the rule: search engines drop what is over.
     */
    private static Map<String, Object> event(
            PublishedNotice notice, Told told, Town town, String url, Optional<Happening> next) {
        Map<String, Object> data = thing("Event");
        Content.Event event = notice.content().event();
        next.ifPresent(happening -> {
            data.put("startDate", start(happening, town));
            if (happening.occurrence().end().isAfter(happening.occurrence().start())) {
                data.put("endDate", end(happening, town));
            }
        });
        Content.Repeat repeat = event == null ? null : event.repeat();
        Optional<String> moved = repeat == null ? movedFrom(notice, town) : Optional.empty();
        moved.ifPresent(before -> data.put("previousStartDate", before));
        data.put(
                "eventStatus",
                "https://schema.org/"
                        + (next.isEmpty()
                                ? "EventCancelled"
                                : moved.isPresent() ? "EventRescheduled" : "EventScheduled"));
        if (event != null && repeat != null) {
            data.put("eventSchedule", schedule(event, repeat, town));
        }
        data.put("eventAttendanceMode", "https://schema.org/OfflineEventAttendanceMode");
        Map<String, Object> place = plain("Place");
        place.put("name", event == null || event.place().isBlank() ? town.name() : event.place());
        Map<String, Object> address = plain("PostalAddress");
        if (event != null && !event.address().isBlank()) {
            address.put("streetAddress", event.address());
        }
        address.put("addressLocality", town.name());
        if (!town.profile().postalCode().isBlank()) {
            address.put("postalCode", town.profile().postalCode());
        }
        address.put("addressCountry", "FR");
        place.put("address", address);
        data.put("location", place);
        Map<String, Object> organiser = plain("Organization");
        organiser.put("name", event == null || event.organiser().isBlank() ? town.fullName() : event.organiser());
        organiser.put("url", town.url("/"));
        data.put("organizer", organiser);
        if (!told.facts().price().isBlank()) {
            Map<String, Object> offer = plain("Offer");
            offer.put("description", told.facts().price());
            offer.put("url", url);
            data.put("offers", offer);
        }
        // Only a CreativeWork has a property for it.
        if (!told.facts().accessibility().isBlank()) {
            data.put("description", told.summary() + "\n\n" + told.facts().accessibility());
        }
        return data;
    }

    /** When it was to begin before its start was last corrected. */
    private static Optional<String> movedFrom(PublishedNotice notice, Town town) {
        return notice.corrections().stream()
                .flatMap(correction -> correction.changes().stream())
                .filter(change ->
                        change.field().equals("event.start") && !change.before().isEmpty())
                .findFirst()
                .map(change -> LocalDateTime.parse(change.before()))
                .map(before -> isAllDay(notice)
                        ? before.toLocalDate().toString()
                        : iso(before.atZone(town.zone()).toInstant(), town));
    }

    private static boolean isAllDay(PublishedNotice notice) {
        Content.Event event = notice.content().event();
        return event != null && event.allDay();
    }

    private static Map<String, Object> schedule(Content.Event event, Content.Repeat repeat, Town town) {
        Map<String, Object> schedule = plain("Schedule");
        schedule.put(
                "repeatFrequency",
                switch (repeat.frequency()) {
                    case DAILY -> "P1D";
                    case WEEKLY -> "P1W";
                    case MONTHLY -> "P1M";
                });
        if (event.start() != null) {
            schedule.put("startDate", event.start().local().toLocalDate().toString());
        }
        if (repeat.last() != null) {
            schedule.put("endDate", repeat.last().toString());
        }
        if (!event.allDay() && event.start() != null) {
            schedule.put("startTime", time(event.start()));
            if (event.end() != null) {
                schedule.put("endTime", time(event.end()));
            }
            schedule.put("scheduleTimezone", town.zone().getId());
        }
        if (!repeat.except().isEmpty()) {
            schedule.put(
                    "exceptDate",
                    repeat.except().stream().map(LocalDate::toString).toList());
        }
        return schedule;
    }

    private static String time(WallTime at) {
        return DateTimeFormatter.ISO_LOCAL_TIME.format(at.local());
    }

    private static Map<String, Object> publisher(Town town) {
        Map<String, Object> publisher = plain("GovernmentOrganization");
        publisher.put("name", town.fullName());
        publisher.put("url", town.url("/"));
        return publisher;
    }

    private static String start(Happening happening, Town town) {
        return happening.allDay()
                ? happening.firstDay().toString()
                : iso(happening.occurrence().start(), town);
    }

    private static String end(Happening happening, Town town) {
        LocalDate last = happening.lastDay();
        return happening.allDay() ? last.toString() : iso(happening.occurrence().end(), town);
    }

    private static String iso(Instant at, Town town) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(town.zone()));
    }

    private static Map<String, Object> thing(String type) {
        Map<String, Object> thing = new LinkedHashMap<>();
        thing.put("@context", "https://schema.org");
        thing.put("@type", type);
        return thing;
    }

    private static Map<String, Object> plain(String type) {
        Map<String, Object> thing = new LinkedHashMap<>();
        thing.put("@type", type);
        return thing;
    }

    private static String json(Map<String, Object> data) {
        return JsonMapper.shared()
                .writeValueAsString(data)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
