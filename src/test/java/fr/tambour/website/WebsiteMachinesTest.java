package fr.tambour.website;

import static fr.tambour.website.TestSite.address;
import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.Content;
import fr.tambour.notice.NoticeId;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the site tells programs: schema.org, Open Graph, sitemap, robots, security.txt, feeds; read back field by field. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebsiteMachinesTest {

    private TestSite site;

    @BeforeAll
    void aTown() {
        site = TestSite.ofAnEmptyTown();
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    void anEventHasItsPlaceItsTimeInTheTownsZoneAndItsOrganiser() throws Exception {
        NoticeId id = site.published(site.event("Heure du conte", "Médiathèque </script><b>"));
        String page = site.page(address(id, "heure-du-conte"));
        JsonNode event = data(page);
        assertThat(event.get("@context").asString()).isEqualTo("https://schema.org");
        assertThat(event.get("@type").asString()).isEqualTo("Event");
        assertThat(event.get("name").asString()).isEqualTo("Heure du conte");
        assertThat(event.get("description").asString()).isEqualTo("Un résumé.\n\nRampe à l’entrée");
        assertThat(event.has("accessibilitySummary")).isFalse();
        assertThat(event.get("offers").get("@type").asString()).isEqualTo("Offer");
        assertThat(event.get("offers").get("description").asString()).isEqualTo("4\u00a0€");
        assertThat(event.get("startDate").asString()).isEqualTo("2026-12-01T17:00:00+01:00");
        assertThat(event.get("endDate").asString()).isEqualTo("2026-12-01T18:00:00+01:00");
        assertThat(event.get("eventStatus").asString()).isEqualTo("https://schema.org/EventScheduled");
        JsonNode place = event.get("location");
        assertThat(place.get("name").asString()).isEqualTo("Médiathèque </script><b>");
        assertThat(place.get("address").get("streetAddress").asString()).isEqualTo("8, rue du Four");
        assertThat(place.get("address").get("postalCode").asString()).isEqualTo("91990");
        assertThat(event.get("organizer").get("name").asString()).isEqualTo("Les amis du four");
        assertThat(event.get("url").asString()).isEqualTo("https://clairval.example" + address(id, "heure-du-conte"));
        assertThat(page).doesNotContain("</script><b>");
    }

    @Test
    void anEventPutOffSaysFromWhen() throws Exception {
        Content written = site.event("Don du sang", "Salle des fêtes");
        NoticeId id = site.published(written);
        site.clock().advance(Duration.ofMinutes(1));
        site.corrected(id, site.moved(written, LocalDateTime.of(2026, 12, 8, 18, 0)), "La salle est prise.");

        JsonNode event = data(site.page(address(id, "don-du-sang")));
        assertThat(event.get("eventStatus").asString()).isEqualTo("https://schema.org/EventRescheduled");
        assertThat(event.get("previousStartDate").asString()).isEqualTo("2026-12-01T17:00:00+01:00");
        assertThat(event.get("startDate").asString()).isEqualTo("2026-12-08T18:00:00+01:00");
    }

    @Test
    void anEventThatComesBackSaysWhenNextAndByWhichRule() throws Exception {
        Content written = site.repeated("Atelier couture");
        NoticeId id = site.published(written);
        site.corrected(
                id, written.withEvent(written.event().without(LocalDate.of(2026, 12, 16))), "L’atelier est fermé.");
        Instant before = site.clock().instant();
        site.clock().moveTo(Instant.parse("2026-12-10T10:00:00Z"));
        try {
            JsonNode event = data(site.page(address(id, "atelier-couture")));
            assertThat(event.get("startDate").asString()).isEqualTo("2026-12-23T14:00:00+01:00");
            assertThat(event.get("endDate").asString()).isEqualTo("2026-12-23T17:00:00+01:00");
            assertThat(event.get("eventStatus").asString()).isEqualTo("https://schema.org/EventScheduled");
            JsonNode schedule = event.get("eventSchedule");
            assertThat(schedule.get("@type").asString()).isEqualTo("Schedule");
            assertThat(schedule.get("repeatFrequency").asString()).isEqualTo("P1W");
            assertThat(schedule.get("startDate").asString()).isEqualTo("2026-12-02");
            assertThat(schedule.get("endDate").asString()).isEqualTo("2027-01-31");
            assertThat(schedule.get("startTime").asString()).isEqualTo("14:00:00");
            assertThat(schedule.get("endTime").asString()).isEqualTo("17:00:00");
            assertThat(schedule.get("scheduleTimezone").asString()).isEqualTo("Europe/Paris");
            assertThat(schedule.get("exceptDate").get(0).asString()).isEqualTo("2026-12-16");
        } finally {
            site.clock().moveTo(before);
        }
    }

    @Test
    void newsHasItsHeadlineItsTimesItsPublisherAndItsPicture() throws Exception {
        NoticeId id = site.published(site.illustrated("La halle rouvre"));
        Instant first = site.clock().instant();
        site.clock().advance(Duration.ofHours(2));
        site.corrected(id, site.illustrated("La halle rouvre"), "Deux images au lieu d'une.");
        JsonNode news = data(site.page(address(id, "la-halle-rouvre")));
        assertThat(news.get("@type").asString()).isEqualTo("NewsArticle");
        assertThat(news.get("headline").asString()).isEqualTo("La halle rouvre");
        assertThat(instant(news.get("datePublished"))).isEqualTo(first);
        assertThat(instant(news.get("dateModified"))).isEqualTo(first.plus(Duration.ofHours(2)));
        assertThat(news.get("publisher").get("@type").asString()).isEqualTo("GovernmentOrganization");
        assertThat(news.get("publisher").get("name").asString()).isEqualTo("Ville de Clairval");
        assertThat(news.get("image").get(0).asString()).startsWith("https://clairval.example/images/");
        assertThat(news.get("inLanguage").asString()).isEqualTo("fr");
    }

    @Test
    void anAlarmAndAPracticalNoticeAreAnnouncementsWithTheirEnd() throws Exception {
        NoticeId alarm = site.alarm();
        JsonNode announcement = data(site.page(address(alarm, "ne-buvez-pas-l-eau-du-robinet")));
        assertThat(announcement.get("@type").asString()).isEqualTo("SpecialAnnouncement");
        assertThat(instant(announcement.get("datePosted")))
                .isEqualTo(site.clock().instant());
        assertThat(instant(announcement.get("expires")))
                .isEqualTo(site.clock().instant().plus(Duration.ofHours(24)));
        assertThat(announcement.get("text").asString()).contains("Utilisez de l’eau en bouteille.");
        assertThat(announcement.get("spatialCoverage").get("name").asString()).isEqualTo("quartier des Tilleuls");
        site.withdrawn(alarm, "Fin de l'alerte.");

        NoticeId cut = site.published(site.practical("Coupure d'eau"));
        JsonNode practical = data(site.page(address(cut, "coupure-d-eau")));
        assertThat(practical.get("@type").asString()).isEqualTo("SpecialAnnouncement");
        assertThat(instant(practical.get("expires"))).isEqualTo(Instant.parse("2026-11-26T12:00:00Z"));
    }

    @Test
    void theHomePageSaysWhoseSiteItIs() throws Exception {
        JsonNode home = data(site.page("/"));
        assertThat(home.get("@type").asString()).isEqualTo("WebSite");
        assertThat(home.get("name").asString()).isEqualTo("Ville de Clairval");
        assertThat(home.get("url").asString()).isEqualTo("https://clairval.example/");
    }

    @Test
    void aSharedNoticeShowsItsTitleItsSummaryAndItsPictureWithTheAlternative() throws Exception {
        NoticeId id = site.published(site.illustrated("Une image à partager"));
        Map<String, String> graph = openGraph(site.page(address(id, "une-image-a-partager")));
        assertThat(graph)
                .containsEntry("og:type", "article")
                .containsEntry("og:title", "Une image à partager")
                .containsEntry("og:description", "Avec deux images.")
                .containsEntry("og:url", "https://clairval.example" + address(id, "une-image-a-partager"))
                .containsEntry("og:site_name", "Ville de Clairval")
                .containsEntry("og:locale", "fr_FR")
                .containsEntry("og:image:alt", "La halle");
        HttpResponse<String> image = site.get(graph.get("og:image").replace("https://clairval.example", ""));
        assertThat(image.statusCode()).isEqualTo(200);
        assertThat(image.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    }

    @Test
    void everyPageIsSharedWithItsTitleAndSaysWhereItsLanguagesAre() throws Exception {
        assertThat(openGraph(site.page("/en/thematiques/culture-et-fetes")))
                .containsEntry("og:type", "website")
                .containsEntry("og:title", "Culture")
                .containsEntry("og:url", "https://clairval.example/en/thematiques/culture-et-fetes")
                .containsEntry("og:site_name", "Ville de Clairval")
                .containsEntry("og:locale", "en_GB")
                .containsKey("og:description");
        assertThat(openGraph(site.page("/")))
                .containsEntry("og:title", "Ville de Clairval")
                .containsEntry("og:locale", "fr_FR")
                .containsKey("og:description");
        assertThat(site.page("/en/agenda")).contains("hreflang=\"x-default\" href=\"https://clairval.example/agenda\"");
    }

    @Test
    void theSitemapListsPagesAndPermalinksUnderThePublicAddressButNothingWithdrawn() throws Exception {
        NoticeId id = site.published(site.news("Dans le plan du site", "Un résumé.", "Un texte."));
        NoticeId gone = site.published(site.news("Retiré du plan", "Un résumé.", "Un texte."));
        site.withdrawn(gone, "Une erreur.");
        Document index = xml(site.page("/sitemap.xml"));
        assertThat(index.getDocumentElement().getNodeName()).isEqualTo("sitemapindex");
        List<String> pages = new ArrayList<>();
        for (String sitemap : locations(index)) {
            List<String> listed = locations(xml(site.page(sitemap.replace("https://clairval.example", ""))));
            assertThat(listed).as(sitemap).isNotEmpty();
            pages.addAll(listed);
        }
        assertThat(pages)
                .contains(
                        "https://clairval.example/",
                        "https://clairval.example/agenda",
                        "https://clairval.example/thematiques/culture-et-fetes",
                        "https://clairval.example" + address(id, "dans-le-plan-du-site"))
                .noneMatch(page -> page.contains(gone.ref()));
        for (String page : pages) {
            String path = page.replace("https://clairval.example", "");
            assertThat(site.get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void aSitemapOfAMonthWithoutNoticesIsNone() throws Exception {
        for (String month : List.of("1999-01", "2026-13", "hier")) {
            assertThat(site.get("/sitemap.xml?mois=" + month).statusCode())
                    .as(month)
                    .isEqualTo(404);
        }
    }

    /** A link to the month before, on and on, would be a maze of empty pages to a crawler. */
    @Test
    void theArchiveLeadsToMonthsThatHoldSomethingAndNoFurther() throws Exception {
        site.published(site.news("Un premier mois", "Un résumé.", "Un texte."));
        String month = "/archives/"
                + YearMonth.from(site.clock().instant().atZone(ZoneId.of("Europe/Paris")))
                        .toString()
                        .replace('-', '/');
        assertThat(site.page(month)).contains("Un premier mois").doesNotContain("month__nav");
        String empty = site.page("/archives/2031/05");
        assertThat(empty).contains("href=\"" + month + "\"").contains("<meta name=\"robots\" content=\"noindex\">");
        assertThat(site.page(month)).doesNotContain("noindex");
    }

    @Test
    void robotsAreToldWhereToGoAndWhereNot() throws Exception {
        assertThat(site.page("/robots.txt").lines())
                .contains("User-agent: *", "Disallow: /studio", "Sitemap: https://clairval.example/sitemap.xml");
    }

    /** RFC 9116: one Contact at least, one Expires less than a year ahead, Canonical its own address. */
    @Test
    void whoeverFindsAHoleKnowsWhomToTell() throws Exception {
        HttpResponse<String> answer = site.get("/.well-known/security.txt");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .isEqualToIgnoringCase("text/plain;charset=UTF-8");
        Map<String, List<String>> fields = answer.body()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(": ", 2))
                .collect(Collectors.groupingBy(
                        field -> field[0], Collectors.mapping(field -> field[1], Collectors.toList())));
        assertThat(fields.get("Contact")).isNotEmpty().allMatch(contact -> contact.matches("(https|mailto):.+"));
        assertThat(fields.get("Expires")).hasSize(1);
        assertThat(Instant.parse(fields.get("Expires").getFirst()))
                .isBetween(
                        site.clock().instant().plus(Duration.ofDays(30)),
                        site.clock().instant().plus(Duration.ofDays(364)));
        assertThat(fields.get("Canonical")).containsExactly("https://clairval.example/.well-known/security.txt");
        assertThat(fields.get("Preferred-Languages")).containsExactly("fr, en");
    }

    @Test
    void everyPageNamesTheFeedsAndThoseOfAThemeItsOwn() throws Exception {
        assertThat(alternates(site.page("/")))
                .containsEntry("/flux/avis.rss", "application/rss+xml")
                .containsEntry("/flux/avis.atom", "application/atom+xml")
                .containsEntry("/flux/avis.json", "application/feed+json")
                .containsEntry("/agenda.ics", "text/calendar");
        assertThat(alternates(site.page("/en/thematiques/culture-et-fetes")))
                .containsEntry("/en/flux/thematiques/culture-et-fetes.rss", "application/rss+xml");
        for (String feed :
                alternates(site.page("/thematiques/culture-et-fetes")).keySet()) {
            assertThat(site.get(feed).statusCode()).as(feed).isEqualTo(200);
        }
    }

    private static JsonNode data(String page) {
        Matcher script = Pattern.compile("<script type=\"application/ld\\+json\">(.*?)</script>", Pattern.DOTALL)
                .matcher(page);
        assertThat(script.find()).isTrue();
        return JsonMapper.shared().readTree(script.group(1));
    }

    private static Instant instant(JsonNode field) {
        return OffsetDateTime.parse(field.asString()).toInstant();
    }

    private static Map<String, String> openGraph(String page) {
        return Pattern.compile("<meta property=\"([^\"]+)\" content=\"([^\"]*)\">")
                .matcher(page)
                .results()
                .collect(Collectors.toMap(meta -> meta.group(1), meta -> meta.group(2)));
    }

    private static Map<String, String> alternates(String page) {
        return Pattern.compile("<link rel=\"alternate\" type=\"([^\"]+)\" href=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .collect(Collectors.toMap(link -> link.group(2), link -> link.group(1), (one, same) -> one));
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)));
    }

    private static List<String> locations(Document sitemap) {
        var found = sitemap.getElementsByTagName("loc");
        List<String> locations = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            locations.add(found.item(i).getTextContent());
        }
        return locations;
    }
}
