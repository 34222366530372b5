package fr.tambour.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.apptasticsoftware.rssreader.Item;
import com.apptasticsoftware.rssreader.RssReader;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeTown;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import org.springframework.transaction.support.TransactionTemplate;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What tests of feeds and of calendars share. */
abstract class FeedReaderTest {

    final HttpClient http = HttpClient.newHttpClient();
    final NoticeTown house;
    final TambourServer tambour;

    FeedReaderTest(NoticeTown house) {
        this.house = house;
        this.tambour = house.server();
    }

    /**
     * What the four formats say of some notices.
     *
     * @param identifiers by where they stand
     * @param links by where they stand
     */
    record Told(Map<String, String> identifiers, Map<String, String> links) {}

    Told told(List<NoticeId> notices) throws Exception {
        Map<String, String> identifiers = new TreeMap<>();
        Map<String, String> links = new TreeMap<>();
        Document atom = xml("/flux/avis.atom");
        identifiers.put("atom feed", text(atom.getDocumentElement(), "id"));
        links.put("atom feed", link(atom.getDocumentElement(), "self"));
        JsonObject json = ReadJsonFeed.of(get("/flux/avis.json").body());
        links.put("json home", json.getString("home_page_url"));
        links.put("json feed", json.getString("feed_url"));
        Calendar calendar = calendar("/agenda.ics");
        links.put("calendar", calendar.getRequiredProperty(Property.URL).getValue());
        for (NoticeId id : notices) {
            Item rss = items("/flux/avis.rss", id);
            identifiers.put("rss " + id, rss.getGuid().orElseThrow());
            links.put("rss " + id, rss.getLink().orElseThrow());
            JsonObject item = json("/flux/avis.json", id);
            identifiers.put("json " + id, item.getString("id"));
            links.put("json " + id, item.getString("url"));
            VEvent event = event(calendar, id);
            identifiers.put("calendar " + id, value(event, Property.UID));
            event.<Property>getProperty(Property.URL).ifPresent(url -> links.put("calendar " + id, url.getValue()));
        }
        for (Element entry : elements(atom, ATOM, "entry")) {
            String title = text(entry, "title");
            identifiers.put("atom " + title, text(entry, "id"));
            links.put("atom " + title, link(entry, "alternate"));
        }
        for (Element deleted : elements(atom, "http://purl.org/atompub/tombstones/1.0", "deleted-entry")) {
            identifiers.put("atom tombstone " + identifiers.size(), deleted.getAttribute("ref"));
        }
        assertThat(identifiers.keySet()).hasSizeGreaterThanOrEqualTo(3 * notices.size() + 3);
        return new Told(identifiers, links);
    }

    static final String ATOM = "http://www.w3.org/2005/Atom";

    Document xml(String path) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(get(path).body())));
    }

    static List<Element> elements(Document document, String namespace, String name) {
        NodeList found = document.getElementsByTagNameNS(namespace, name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    /** Of an element's own children. */
    static Stream<Element> children(Element of, String name) {
        NodeList found = of.getChildNodes();
        return IntStream.range(0, found.getLength())
                .mapToObj(found::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .filter(child -> ATOM.equals(child.getNamespaceURI()) && name.equals(child.getLocalName()));
    }

    static String text(Element of, String name) {
        return children(of, name).findFirst().orElseThrow().getTextContent();
    }

    static String link(Element of, String rel) {
        return children(of, "link")
                .filter(link -> link.getAttribute("rel").equals(rel))
                .findFirst()
                .orElseThrow()
                .getAttribute("href");
    }

    Town moveTo(String host) {
        return tambour.bean(TransactionTemplate.class).execute(status -> {
            Towns towns = tambour.bean(Towns.class);
            Town now = towns.get(house.town().id());
            return towns.change(now.id(), now.version(), TestTowns.profile("Clairval", host));
        });
    }

    List<Item> all(String path) throws Exception {
        byte[] body = get(path).body().getBytes(StandardCharsets.UTF_8);
        return new RssReader().read(new ByteArrayInputStream(body)).toList();
    }

    Item items(String path, NoticeId id) throws Exception {
        return all(path).stream()
                .filter(item -> item.getGuid().orElse("").endsWith(id.ref()))
                .findFirst()
                .orElseThrow();
    }

    JsonObject json(String path, NoticeId id) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/feed+json");
        for (JsonObject item :
                ReadJsonFeed.of(answer.body()).getJsonArray("items").getValuesAs(JsonObject.class)) {
            if (item.getString("id").endsWith(id.ref())) {
                return item;
            }
        }
        throw new AssertionError(id + " is not in " + path);
    }

    Calendar calendar(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                .isEqualTo("text/calendar;charset=UTF-8");
        return new CalendarBuilder().build(new StringReader(response.body()));
    }

    static VEvent event(Calendar calendar, NoticeId id) {
        return calendar.<VEvent>getComponents(Component.VEVENT).stream()
                .filter(event -> value(event, Property.UID).startsWith(id.ref()))
                .findFirst()
                .orElseThrow();
    }

    static String value(VEvent event, String property) {
        return event.getRequiredProperty(property).getValue();
    }

    /** RFC 822 in RSS, RFC 3339 in Atom. */
    static Instant instant(String date) {
        return Character.isDigit(date.charAt(0))
                ? Instant.parse(date)
                : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(tambour.url(path)).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
