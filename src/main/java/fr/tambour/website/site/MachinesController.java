package fr.tambour.website.site;

import fr.tambour.notice.NoticeId;
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
import java.util.List;
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
    private static final int ENTRIES = 5_000;
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

    /** Pages of {@value #ENTRIES} notices, each beginning after the last of the one before; without {@code apres}, the index of all. */
    @GetMapping("/sitemap.xml")
    ResponseEntity<String> sitemap(@RequestParam(name = "apres", required = false) @Nullable String after, Town town)
            throws XMLStreamException {
        StringWriter text = new StringWriter();
        XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        xml.writeStartDocument("UTF-8", "1.0");
        if (after == null) {
            index(xml, town);
        } else {
            NoticeId start = after.isEmpty()
                    ? null
                    : NoticeId.ofRef(after).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
            pages(xml, town, start);
        }
        xml.writeEndDocument();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_XML)
                .cacheControl(CacheControl.noCache())
                .body(text.toString());
    }

    private void index(XMLStreamWriter xml, Town town) throws XMLStreamException {
        xml.writeStartElement("sitemapindex");
        xml.writeDefaultNamespace(SITEMAP);
        sitemap(xml, town, "");
        List<PublicNotices.Permalink> page = notices.permalinks(town.id(), null, ENTRIES);
        while (page.size() == ENTRIES) {
            NoticeId last = page.getLast().id();
            sitemap(xml, town, last.ref());
            page = notices.permalinks(town.id(), last, ENTRIES);
        }
        xml.writeEndElement();
    }

    private static void sitemap(XMLStreamWriter xml, Town town, String after) throws XMLStreamException {
        xml.writeStartElement("sitemap");
        element(xml, "loc", town.url("/sitemap.xml?apres=" + after));
        xml.writeEndElement();
    }

    private void pages(XMLStreamWriter xml, Town town, @Nullable NoticeId after) throws XMLStreamException {
        xml.writeStartElement("urlset");
        xml.writeDefaultNamespace(SITEMAP);
        if (after == null) {
            for (SitemapEntries.Entry entry :
                    panels.sitemap(new Scope(town.id().value(), town.locale(), "/sitemap.xml"))) {
                url(xml, town.url(entry.path()), entry.changed());
            }
        }
        for (PublicNotices.Permalink link : notices.permalinks(town.id(), after, ENTRIES)) {
            url(xml, town.url(Permalink.of(link.id(), link.slug())), link.changedAt());
        }
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
