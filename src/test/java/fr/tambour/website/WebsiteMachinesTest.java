package fr.tambour.website;

import static fr.tambour.website.TestSite.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crawlercommons.sitemaps.AbstractSiteMap;
import crawlercommons.sitemaps.SiteMap;
import crawlercommons.sitemaps.SiteMapIndex;
import crawlercommons.sitemaps.SiteMapParser;
import crawlercommons.sitemaps.SiteMapURL;
import fr.tambour.notice.Content;
import fr.tambour.notice.NoticeId;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

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
        Thing event = Thing.on(page);
        assertThat(event.type()).isEqualTo("Event");
        assertThat(event.text("name")).isEqualTo("Heure du conte");
        assertThat(event.text("description")).isEqualTo("Un résumé.\n\nRampe à l’entrée");
        assertThat(event.has("accessibilitySummary")).isFalse();
        assertThat(event.thing("offers").type()).isEqualTo("Offer");
        assertThat(event.thing("offers").text("description")).isEqualTo("4\u00a0€");
        assertThat(event.text("startDate")).isEqualTo("2026-12-01T17:00:00+01:00");
        assertThat(event.text("endDate")).isEqualTo("2026-12-01T18:00:00+01:00");
        assertThat(event.text("eventStatus")).isEqualTo("https://schema.org/EventScheduled");
        Thing place = event.thing("location");
        assertThat(place.text("name")).isEqualTo("Médiathèque </script><b>");
        assertThat(place.thing("address").text("streetAddress")).isEqualTo("8, rue du Four");
        assertThat(place.thing("address").text("postalCode")).isEqualTo("91990");
        assertThat(event.thing("organizer").text("name")).isEqualTo("Les amis du four");
        assertThat(event.text("url")).isEqualTo("https://clairval.example" + address(id, "heure-du-conte"));
        assertThat(page).doesNotContain("</script><b>");
    }

    @Test
    void whatSchemaOrgDoesNotKnowIsSeen() {
        String place = "{\"@context\": \"https://schema.org\", \"@type\": \"Place\", \"%s\": \"x\"}";
        assertThat(Thing.read(place.formatted("name")).text("name")).isEqualTo("x");
        for (String wrong : List.of("nom", "headline")) {
            assertThatThrownBy(() -> Thing.read(place.formatted(wrong)))
                    .as(wrong)
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void anEventPutOffSaysFromWhen() throws Exception {
        Content written = site.event("Don du sang", "Salle des fêtes");
        NoticeId id = site.published(written);
        site.clock().advance(Duration.ofMinutes(1));
        site.corrected(id, site.moved(written, LocalDateTime.of(2026, 12, 8, 18, 0)), "La salle est prise.");

        Thing event = Thing.on(site.page(address(id, "don-du-sang")));
        assertThat(event.text("eventStatus")).isEqualTo("https://schema.org/EventRescheduled");
        assertThat(event.text("previousStartDate")).isEqualTo("2026-12-01T17:00:00+01:00");
        assertThat(event.text("startDate")).isEqualTo("2026-12-08T18:00:00+01:00");
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
            Thing event = Thing.on(site.page(address(id, "atelier-couture")));
            assertThat(event.text("startDate")).isEqualTo("2026-12-23T14:00:00+01:00");
            assertThat(event.text("endDate")).isEqualTo("2026-12-23T17:00:00+01:00");
            assertThat(event.text("eventStatus")).isEqualTo("https://schema.org/EventScheduled");
            Thing schedule = event.thing("eventSchedule");
            assertThat(schedule.type()).isEqualTo("Schedule");
            assertThat(schedule.text("repeatFrequency")).isEqualTo("P1W");
            assertThat(schedule.text("startDate")).isEqualTo("2026-12-02");
            assertThat(schedule.text("endDate")).isEqualTo("2027-01-31");
            assertThat(schedule.text("startTime")).isEqualTo("14:00:00");
            assertThat(schedule.text("endTime")).isEqualTo("17:00:00");
            assertThat(schedule.text("scheduleTimezone")).isEqualTo("Europe/Paris");
            assertThat(schedule.texts("exceptDate").getFirst()).isEqualTo("2026-12-16");
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
        Thing news = Thing.on(site.page(address(id, "la-halle-rouvre")));
        assertThat(news.type()).isEqualTo("NewsArticle");
        assertThat(news.text("headline")).isEqualTo("La halle rouvre");
        assertThat(news.instant("datePublished")).isEqualTo(first);
        assertThat(news.instant("dateModified")).isEqualTo(first.plus(Duration.ofHours(2)));
        assertThat(news.thing("publisher").type()).isEqualTo("GovernmentOrganization");
        assertThat(news.thing("publisher").text("name")).isEqualTo("Ville de Clairval");
        assertThat(news.texts("image").getFirst()).startsWith("https://clairval.example/images/");
        assertThat(news.text("inLanguage")).isEqualTo("fr");
    }

    @Test
    void anAlarmAndAPracticalNoticeAreAnnouncementsWithTheirEnd() throws Exception {
        NoticeId alarm = site.alarm();
        Thing announcement = Thing.on(site.page(address(alarm, "ne-buvez-pas-l-eau-du-robinet")));
        assertThat(announcement.type()).isEqualTo("SpecialAnnouncement");
        assertThat(announcement.instant("datePosted")).isEqualTo(site.clock().instant());
        assertThat(announcement.instant("expires"))
                .isEqualTo(site.clock().instant().plus(Duration.ofHours(24)));
        assertThat(announcement.text("text")).contains("Utilisez de l’eau en bouteille.");
        assertThat(announcement.thing("spatialCoverage").text("name")).isEqualTo("quartier des Tilleuls");
        site.withdrawn(alarm, "Fin de l'alerte.");

        NoticeId cut = site.published(site.practical("Coupure d'eau"));
        Thing practical = Thing.on(site.page(address(cut, "coupure-d-eau")));
        assertThat(practical.type()).isEqualTo("SpecialAnnouncement");
        assertThat(practical.instant("expires")).isEqualTo(Instant.parse("2026-11-26T12:00:00Z"));
    }

    @Test
    void theHomePageSaysWhoseSiteItIs() throws Exception {
        Thing home = Thing.on(site.page("/"));
        assertThat(home.type()).isEqualTo("WebSite");
        assertThat(home.text("name")).isEqualTo("Ville de Clairval");
        assertThat(home.text("url")).isEqualTo("https://clairval.example/");
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
        SiteMapIndex index = (SiteMapIndex) sitemap("https://clairval.example/sitemap.xml");
        Map<String, SiteMapURL> pages = new HashMap<>();
        for (AbstractSiteMap part : index.getSitemaps()) {
            SiteMap listed = (SiteMap) sitemap(part.getUrl().toString());
            assertThat(listed.getSiteMapUrls()).as("%s", part.getUrl()).isNotEmpty();
            listed.getSiteMapUrls().forEach(page -> pages.put(page.getUrl().toString(), page));
        }
        String permalink = "https://clairval.example" + address(id, "dans-le-plan-du-site");
        assertThat(pages.keySet())
                .contains(
                        "https://clairval.example/",
                        "https://clairval.example/agenda",
                        "https://clairval.example/thematiques/culture-et-fetes",
                        permalink)
                .noneMatch(page -> page.contains(gone.ref()));
        assertThat(pages.get(permalink).getLastModified())
                .isEqualTo(Date.from(site.clock().instant().truncatedTo(ChronoUnit.SECONDS)));
        for (String page : pages.keySet()) {
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
        Map<String, String> feeds = new TreeMap<>(alternates(site.page("/thematiques/culture-et-fetes")));
        // A stream has no end to wait for.
        feeds.values().removeIf("text/event-stream"::equals);
        for (String feed : feeds.keySet()) {
            assertThat(site.get(feed).statusCode()).as(feed).isEqualTo(200);
        }
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

    /** As a crawler reads it, strictly: addresses elsewhere or a foreign namespace make it none. */
    private AbstractSiteMap sitemap(String address) throws Exception {
        HttpResponse<String> answer = site.get(address.replace("https://clairval.example", ""));
        SiteMapParser parser = new SiteMapParser(true);
        parser.setStrictNamespace(true);
        return parser.parseSiteMap(
                answer.headers().firstValue("Content-Type").orElseThrow(),
                answer.body().getBytes(StandardCharsets.UTF_8),
                URI.create(address).toURL());
    }
}
