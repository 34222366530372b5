package fr.tambour.website.site;

import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Town;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            List<Happening> happenings) {
        Map<String, Object> data = switch (notice.kind()) {
            case EVENT -> event(notice, told, town, happenings);
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
        data.put("description", told.summary());
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

    private static Map<String, Object> event(PublishedNotice notice, Told told, Town town, List<Happening> happenings) {
        Map<String, Object> data = thing("Event");
        Content.Event event = notice.content().event();
        if (!happenings.isEmpty()) {
            Happening first = happenings.getFirst();
            data.put("startDate", start(first, town));
            if (first.occurrence().end().isAfter(first.occurrence().start())) {
                data.put("endDate", end(first, town));
            }
        }
        data.put("eventStatus", "https://schema.org/EventScheduled");
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
        if (!told.facts().accessibility().isBlank()) {
            data.put("accessibilitySummary", told.facts().accessibility());
        }
        return data;
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
