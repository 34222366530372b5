package fr.tambour.website.site;

import fr.tambour.notice.PublicNotices;
import fr.tambour.town.Town;
import fr.tambour.ui.Panels;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Scope;
import fr.tambour.ui.SitemapEntries;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What robots ask for: robots.txt (RFC 9309), the sitemap (sitemaps.org 0.9), security.txt (RFC 9116). */
@Controller
class MachinesController {

    private static final String SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static final Duration SECURITY_TXT_VALID = Duration.ofDays(180);

    private final PublicNotices notices;
    private final Panels panels;
    private final Clock clock;

    MachinesController(PublicNotices notices, Panels panels, Clock clock) {
        this.notices = notices;
        this.panels = panels;
        this.clock = clock;
    }

    @GetMapping("/robots.txt")
    ResponseEntity<String> robots(Town town) {
        String rules = town.demonstration()
                ? "User-agent: *\nDisallow: /\n"
                : "User-agent: *\nDisallow: /studio\nDisallow: /mise-en-place\nDisallow: /api\n\nSitemap: "
                        + town.url("/sitemap.xml") + "\n";
        return text(rules);
    }

    @GetMapping("/.well-known/security.txt")
    ResponseEntity<String> security(Town town) {
        String mail = town.profile().contact().mail();
        String contact = mail.isBlank() ? town.url("/mentions-legales") : "mailto:" + mail;
        Instant expires =
                Instant.ofEpochSecond(clock.instant().plus(SECURITY_TXT_VALID).getEpochSecond());
        return text("Contact: " + contact + "\nExpires: " + expires + "\nPreferred-Languages: "
                + String.join(", ", town.languages()) + "\nCanonical: " + town.url("/.well-known/security.txt") + "\n");
    }

    private static ResponseEntity<String> text(String body) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
                .cacheControl(CacheControl.noCache())
                .body(body);
    }

    /** The index of all sitemaps: one of the pages that stand, and one of each month of the archive. */
    @GetMapping("/sitemap.xml")
    ResponseEntity<String> index(Town town) throws XMLStreamException {
        return written("sitemapindex", xml -> {
            sitemap(xml, town.url("/sitemap.xml?pages"));
            for (YearMonth month : notices.archiveMonths(town.id()).keySet()) {
                sitemap(xml, town.url("/sitemap.xml?mois=" + month));
            }
        });
    }

    @GetMapping(path = "/sitemap.xml", params = "pages")
    ResponseEntity<String> pages(Town town) throws XMLStreamException {
        return written("urlset", xml -> {
            for (SitemapEntries.Entry entry :
                    panels.sitemap(new Scope(town.id().value(), town.locale(), "/sitemap.xml"))) {
                url(xml, town.url(entry.path()), entry.changed());
            }
        });
    }

    /** A sitemap that would list nothing is none: the schema asks for one address at least. */
    @GetMapping(path = "/sitemap.xml", params = "mois")
    ResponseEntity<String> month(@RequestParam String mois, Town town) throws XMLStreamException {
        List<PublicNotices.Permalink> links = asked(mois)
                .map(month -> notices.permalinks(town.id(), month, town.zone()))
                .orElse(List.of());
        if (links.isEmpty()) {
            throw new Refusal(HttpStatus.NOT_FOUND, "not-found");
        }
        return written("urlset", xml -> {
            for (PublicNotices.Permalink link : links) {
                url(xml, town.url(Permalink.of(link.id(), link.slug())), link.changedAt());
            }
        });
    }

    private static Optional<YearMonth> asked(String month) {
        return month.matches("[0-9]{4}-(0[1-9]|1[0-2])") ? Optional.of(YearMonth.parse(month)) : Optional.empty();
    }

    private interface Elements {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    private static ResponseEntity<String> written(String root, Elements elements) throws XMLStreamException {
        StringWriter text = new StringWriter();
        XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement(root);
        xml.writeDefaultNamespace(SITEMAP);
        elements.write(xml);
        xml.writeEndElement();
        xml.writeEndDocument();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_XML)
                .cacheControl(CacheControl.noCache())
                .body(text.toString());
    }

    private static void sitemap(XMLStreamWriter xml, String location) throws XMLStreamException {
        xml.writeStartElement("sitemap");
        element(xml, "loc", location);
        xml.writeEndElement();
    }

    private static void url(XMLStreamWriter xml, String location, @Nullable Instant changed) throws XMLStreamException {
        xml.writeStartElement("url");
        element(xml, "loc", location);
        if (changed != null) {
            element(
                    xml,
                    "lastmod",
                    Instant.ofEpochSecond(changed.getEpochSecond()).toString());
        }
        xml.writeEndElement();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
