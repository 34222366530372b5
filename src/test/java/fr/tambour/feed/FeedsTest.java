package fr.tambour.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.apptasticsoftware.rssreader.Item;
import com.apptasticsoftware.rssreader.RssReader;
import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeTown;
import fr.tambour.notice.WallTime;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.component.VTimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.support.TransactionTemplate;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What the feeds say, read by libraries other than those that wrote them. */
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.notice.NoticeTown#onBothEngines")
class FeedsTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final NoticeTown house;
    private final TambourServer tambour;

    FeedsTest(NoticeTown house) {
        this.house = house;
        this.tambour = house.server();
    }

    @Test
    void aFeedReaderFindsTitleSummaryBodyAndDates() throws Exception {
        NoticeId id = house.publish(
                house.news("Les bacs jaunes jeudi", "Collecte reportée.", "Sortez-les **mercredi soir**."));

        Item item = items("/flux/avis.rss", id);
        assertThat(item.getTitle()).hasValue("Les bacs jaunes jeudi");
        assertThat(item.getDescription()).hasValue("Collecte reportée.");
        assertThat(item.getContent().orElseThrow()).contains("<strong>mercredi soir</strong>");
        assertThat(item.getLink()).hasValue("https://clairval.example/avis/" + id.ref() + "/les-bacs-jaunes-jeudi");
        assertThat(item.getPubDate().map(FeedsTest::instant))
                .hasValue(tambour.clock().instant());

        Item entry = items("/flux/avis.atom", id);
        assertThat(entry.getTitle()).hasValue("Les bacs jaunes jeudi");
        assertThat(entry.getGuid()).hasValue("https://clairval.example/avis/" + id.ref());

        JsonObject json = json("/flux/avis.json", id);
        assertThat(json.getString("title")).isEqualTo("Les bacs jaunes jeudi");
        assertThat(json.getString("content_html")).contains("<strong>mercredi soir</strong>");
        assertThat(json.getString("url")).endsWith("/les-bacs-jaunes-jeudi");
    }

    @Test
    void aReaderOfJsonFeedFindsWhoseItIsWhereItIsAndWhenEachNoticeCameOut() throws Exception {
        NoticeId id = house.publish(house.news("La halle rouvre", "Résumé.", "Texte."));
        Instant published = tambour.clock().instant();
        tambour.clock().advance(Duration.ofHours(1));
        house.correct(id, house.news("La halle rouvre samedi", "Résumé.", "Texte."), "Le jour manquait.");

        JsonObject feed = ReadJsonFeed.of(get("/flux/avis.json").body());
        assertThat(feed.getString("title")).contains("Clairval");
        assertThat(feed.getString("home_page_url")).startsWith("https://clairval.example/");
        assertThat(feed.getString("feed_url")).isEqualTo("https://clairval.example/flux/avis.json");
        assertThat(feed.getString("language")).isEqualTo("fr");
        assertThat(feed.getJsonArray("authors").getJsonObject(0).getString("name"))
                .isEqualTo("Ville de Clairval");
        JsonObject item = json("/flux/avis.json", id);
        assertThat(item.getString("id")).isEqualTo("https://clairval.example/avis/" + id.ref());
        assertThat(item.getString("summary")).isEqualTo("Résumé.");
        assertThat(Instant.parse(item.getString("date_published"))).isEqualTo(published);
        assertThat(Instant.parse(item.getString("date_modified")))
                .isEqualTo(tambour.clock().instant());
    }

    @Test
    void whatIsNoJsonFeedIsSeenToBeNone() {
        String item = "{\"id\": \"1\", \"content_html\": \"x\"%s}";
        String feed = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"x\", \"items\": [%s]}";
        assertThat(ReadJsonFeed.errors(feed.formatted(item.formatted("")))).isEmpty();
        for (String wrong : List.of(
                "{\"id\": \"1\"}", item.formatted(", \"date_published\": \"hier\""), item.formatted(", \"tag\": []"))) {
            assertThat(ReadJsonFeed.errors(feed.formatted(wrong))).as(wrong).isNotEmpty();
        }
    }

    /** JSON Feed 1.1 asks for content of every item, and a notice may be told in a title and a summary. */
    @Test
    void aNoticeWithoutBodyIsReadByItsSummary() throws Exception {
        NoticeId id = house.publish(house.news("Piscine fermée", "De 9 h à 10 h < ce jour.", ""));

        assertThat(json("/flux/avis.json", id).getString("content_html"))
                .isEqualTo("<p>De 9\u00a0h à 10\u00a0h &lt; ce jour.</p>\n");
        assertThat(items("/flux/avis.rss", id).getContent().orElseThrow()).contains("&lt; ce jour.");
        assertThat(items("/flux/avis.atom", id).getContent().orElseThrow()).contains("&lt; ce jour.");
    }

    /** What a feed reader takes for HTML must not become any. */
    @Test
    void textThatLooksLikeMarkupIsShownAndNotObeyed() throws Exception {
        NoticeId id =
                house.publish(house.news("Moins de 3 < 4 & co", "<script>alert(1)</script> & plus", "<b>Texte</b>"));

        Item item = items("/flux/avis.rss", id);
        assertThat(item.getTitle()).hasValue("Moins de 3 < 4 & co");
        assertThat(item.getDescription()).hasValue("&lt;script&gt;alert(1)&lt;/script&gt; &amp; plus");
        assertThat(item.getContent().orElseThrow()).doesNotContain("<b>");

        JsonObject json = json("/flux/avis.json", id);
        assertThat(json.getString("summary")).isEqualTo("<script>alert(1)</script> & plus");
        assertThat(json.getString("content_html")).doesNotContain("<script", "<b>");
    }

    @Test
    void aCorrectionIsVisibleAndKeepsTheEntrysIdentity() throws Exception {
        NoticeId id = house.publish(house.news("Réunion à 18 h", "Salle des fêtes.", "Venez."));
        tambour.clock().advance(Duration.ofHours(2));
        house.correct(
                id, house.news("Réunion à 19 h", "Salle des fêtes.", "Venez."), "La salle n’est libre qu’à 19 h.");

        Item entry = items("/flux/avis.atom", id);
        assertThat(entry.getTitle()).hasValue("Réunion à 19\u00a0h");
        assertThat(entry.getContent().orElseThrow()).contains("Rectificatif").contains("La salle n’est libre qu’à");
        assertThat(entry.getUpdated().map(FeedsTest::instant))
                .hasValue(tambour.clock().instant());
    }

    @Test
    void theCorrectionOfAnOldNoticeIsReadBeforeNewerOnes() throws Exception {
        NoticeId old = house.publish(house.news("Une vieille annonce", "Résumé.", "Texte."));
        for (int n = 0; n < 51; n++) {
            tambour.clock().advance(Duration.ofSeconds(1));
            house.publish(house.news("Avis " + n, "Résumé.", "Texte."));
        }
        assertThat(get("/flux/avis.atom").body()).doesNotContain(old.ref());

        tambour.clock().advance(Duration.ofSeconds(1));
        house.correct(old, house.news("Une vieille annonce, corrigée", "Résumé.", "Texte."), "Une erreur de date.");

        for (String feed : List.of("/flux/avis.rss", "/flux/avis.atom")) {
            assertThat(all(feed).getFirst().getTitle()).as(feed).hasValue("Une vieille annonce, corrigée");
        }
        assertThat(json("/flux/avis.json", old).getString("title")).isEqualTo("Une vieille annonce, corrigée");
    }

    @Test
    void aWithdrawnNoticeLeavesTheReasonAndNothingOfItsOwn() throws Exception {
        NoticeId id = house.publish(house.news("Piscine fermée", "Vidange annuelle.", "Du 3 au 9 décembre."));
        tambour.clock().advance(Duration.ofMinutes(1));
        house.withdraw(id, "La vidange est reportée.");

        Item item = items("/flux/avis.rss", id);
        assertThat(item.getGuid()).hasValue("https://clairval.example/avis/" + id.ref());
        assertThat(item.getTitle()).hasValue("Avis retiré");
        assertThat(item.getDescription()).hasValue("La vidange est reportée.");
        assertThat(all("/flux/avis.rss").getFirst().getGuid()).isEqualTo(item.getGuid());
        JsonObject json = json("/flux/avis.json", id);
        assertThat(json.getString("title")).isEqualTo("Avis retiré");
        assertThat(json.getString("content_html")).contains("La vidange est reportée.");
        assertThat(Instant.parse(json.getString("date_modified")))
                .isEqualTo(tambour.clock().instant());
        assertThat(get("/flux/avis.atom").body())
                .containsPattern("deleted-entry [^>]*ref=\"https://clairval.example/avis/" + id.ref() + "\"")
                .contains("La vidange est reportée.");
        for (String format : List.of("rss", "atom", "json")) {
            assertThat(get("/flux/avis." + format).body())
                    .as(format)
                    .doesNotContain("Piscine fermée", "piscine-fermee", "Vidange annuelle", "Du 3 au 9 décembre");
        }

        Instant now = tambour.clock().instant();
        try {
            tambour.clock().advance(Duration.ofDays(61));
            for (String format : List.of("rss", "atom", "json")) {
                assertThat(get("/flux/avis." + format).body()).as(format).doesNotContain(id.ref());
            }
        } finally {
            tambour.clock().moveTo(now);
        }
    }

    @Test
    void whatWasCorrectedAwayFromFeedsIsToldAsGoneThereAndItsLaterWithdrawalToo() throws Exception {
        Content content = house.news("Repas des aînés", "Sur inscription.", "Au **foyer**.");
        NoticeId id = house.publish(content);
        tambour.clock().advance(Duration.ofMinutes(1));
        house.correct(id, house.offFeeds(content), "Réservé aux inscrits.");

        Item item = items("/flux/avis.rss", id);
        assertThat(item.getTitle()).hasValue("Avis retiré de ce flux");
        assertThat(item.getDescription().orElseThrow()).contains("sur le site", "Réservé aux inscrits.");
        assertThat(json("/flux/avis.json", id).getString("title")).isEqualTo("Avis retiré de ce flux");
        assertThat(get("/flux/avis.atom").body())
                .containsPattern("deleted-entry [^>]*ref=\"https://clairval.example/avis/" + id.ref() + "\"");
        for (String format : List.of("rss", "atom", "json")) {
            assertThat(get("/flux/avis." + format).body())
                    .as(format)
                    .doesNotContain("Repas des aînés", "repas-des-aines", "Sur inscription", "foyer");
        }

        tambour.clock().advance(Duration.ofMinutes(1));
        house.withdraw(id, "Le foyer est fermé.");

        assertThat(items("/flux/avis.rss", id).getTitle()).hasValue("Avis retiré");
        assertThat(get("/flux/avis.atom").body()).contains("Le foyer est fermé.");
    }

    @Test
    void aNoticeForOneDistrictIsInItsFeedAndInThoseWithoutADistrict() throws Exception {
        NoticeId id = house.publish(
                house.about(house.news("Coupure d’eau", "Résumé.", "Texte."), Set.of(), Set.of(house.saules())));

        for (String format : List.of("rss", "atom", "json")) {
            assertThat(get("/flux/quartiers/les-saules." + format).body()).contains(id.ref());
            assertThat(get("/flux/avis." + format).body()).contains(id.ref());
            assertThat(get("/flux/quartiers/centre." + format).body()).doesNotContain(id.ref());
        }
    }

    @Test
    void aReaderOfEnglishGetsItWhereItIsCompleteAndElseTheFirstLanguageMarked() throws Exception {
        Content french = house.news("Marché du samedi", "Résumé.", "Texte.");
        NoticeId complete = house.publish(french.withWords("en", Words.of("Saturday market", "Summary.", "Text.")));
        NoticeId begun = house.publish(french.withWords("en", Words.of("Saturday market", "", "")));

        JsonObject english = json("/en/flux/avis.json", complete);
        assertThat(english.getString("title")).isEqualTo("Saturday market");
        assertThat(english.getString("language")).isEqualTo("en");
        assertThat(english.getString("content_html")).doesNotContain("lang=");
        JsonObject first = json("/en/flux/avis.json", begun);
        assertThat(first.getString("title")).isEqualTo("Marché du samedi");
        assertThat(first.getString("language")).isEqualTo("fr");
        assertThat(first.getString("content_html")).contains("<div lang=\"fr\">");
    }

    @Test
    void aSeriesSaysItsRepetitionItsEndAndItsExceptions() throws Exception {
        LocalDateTime start = LocalDateTime.of(2026, 12, 1, 17, 0);
        NoticeId id = house.publish(house.event(
                "Heure du conte",
                start,
                start.plusMinutes(45),
                new Repeat(
                        Repeat.Frequency.WEEKLY,
                        LocalDate.of(2027, 4, 22),
                        new TreeSet<>(Set.of(LocalDate.of(2026, 12, 29))))));

        assertThat(json("/flux/avis.json", id).getString("content_html").replace('\u00a0', ' '))
                .contains(
                        "Chaque mardi du 1ᵉʳ décembre 2026 au 20 avril 2027 (sauf 29 décembre 2026), de 17 h à 17 h 45");
    }

    @Test
    void anExpiredNoticeIsGoneOnTheMinuteWithoutAnyTimer() throws Exception {
        // An end is said to the minute.
        tambour.clock()
                .moveTo(tambour.clock()
                        .instant()
                        .truncatedTo(ChronoUnit.MINUTES)
                        .plus(Duration.ofMinutes(1)));
        Content content = house.news("Stationnement interdit", "Rue du Four.", "Ce matin.")
                .withUntil(WallTime.of(
                        tambour.clock().instant().plus(Duration.ofMinutes(30)),
                        house.town().zone()));
        NoticeId id = house.publish(content);
        tambour.clock().advance(Duration.ofMinutes(29).plusSeconds(59));
        assertThat(get("/flux/avis.rss").body()).contains(id.ref());
        tambour.clock().advance(Duration.ofSeconds(1));
        assertThat(get("/flux/avis.rss").body()).doesNotContain(id.ref());
    }

    @Test
    void aCalendarAcceptsAnEventWithItsZoneRepeatsAndExceptions() throws Exception {
        LocalDateTime start = LocalDateTime.of(2026, 12, 1, 17, 0);
        NoticeId id = house.publish(house.event(
                "Heure du conte",
                start,
                start.plusMinutes(45),
                new Repeat(
                        Repeat.Frequency.WEEKLY,
                        LocalDate.of(2027, 4, 20),
                        new TreeSet<>(Set.of(LocalDate.of(2026, 12, 29))))));

        Calendar calendar = calendar("/agenda.ics");
        VEvent event = event(calendar, id);
        assertThat(value(event, Property.SUMMARY)).isEqualTo("Heure du conte");
        assertThat(value(event, Property.DTSTART)).isEqualTo("20261201T170000");
        assertThat(value(event, Property.DTEND)).isEqualTo("20261201T174500");
        assertThat(event.getRequiredProperty(Property.DTSTART)
                        .getParameter("TZID")
                        .orElseThrow()
                        .getValue())
                .isEqualTo("Europe/Paris");
        // Summer time begins on 28 March 2027: 17:00 in Paris is then 15:00 in UTC.
        assertThat(value(event, Property.RRULE)).contains("FREQ=WEEKLY").contains("UNTIL=20270420T150000Z");
        assertThat(value(event, Property.EXDATE)).isEqualTo("20261229T170000");
        assertThat(value(event, Property.LOCATION)).contains("Médiathèque");
        assertThat(value(event, Property.STATUS)).isEqualTo("CONFIRMED");
        assertThat(value(event, Property.SEQUENCE)).isEqualTo("0");
        assertThat(calendar.getComponents(Component.VTIMEZONE)).hasSize(1);
    }

    @Test
    void aCalendarKnowsTheClockOfASeriesToItsEnd() throws Exception {
        LocalDateTime start = LocalDateTime.of(2026, 12, 2, 19, 0);
        house.publish(house.event(
                "Chorale",
                start,
                start.plusHours(2),
                new Repeat(Repeat.Frequency.WEEKLY, LocalDate.of(2040, 11, 20), new TreeSet<>())));

        VTimeZone zone = calendar("/agenda.ics")
                .<VTimeZone>getComponents(Component.VTIMEZONE)
                .getFirst();
        assertThat(zone.getObservances())
                .extracting(observance ->
                        observance.getRequiredProperty(Property.DTSTART).getValue())
                .contains("20401028T030000");
    }

    @Test
    void aCalendarShowsTheSummaryAsEditedForFeeds() throws Exception {
        LocalDateTime start = LocalDateTime.of(2026, 12, 13, 15, 0);
        NoticeId id = house.publish(house.event("Goûter", start, start.plusHours(2), null)
                .withEdited("feed", "fr", new TreeMap<>(Map.of("summary", "Un goûter pour tous."))));

        assertThat(value(event(calendar("/agenda.ics"), id), Property.DESCRIPTION))
                .contains("Un goûter pour tous.")
                .doesNotContain("Résumé.");
    }

    @Test
    void aWithdrawnEventIsCancelledInTheCalendarAndNothingOfItsTextIsLeft() throws Exception {
        LocalDateTime start = LocalDateTime.of(2026, 12, 12, 20, 30);
        Content written = house.event("Concert", start, start.plusHours(2), null)
                .withWords("fr", new Words("Concert", "Un récital.", "Au programme.", "12 euros", "Par la rampe.", ""));
        NoticeId id = house.publish(written);
        tambour.clock().advance(Duration.ofMinutes(1));
        house.correct(
                id,
                written.withWords(
                        "fr", new Words("Concert", "Deux récitals.", "Au programme.", "12 euros", "Par la rampe.", "")),
                "Un chanteur de plus.");
        assertThat(value(event(calendar("/agenda.ics"), id), Property.DESCRIPTION))
                .contains("Deux récitals.", "Un chanteur de plus.", "12\u00a0euros");
        house.withdraw(id, "Le chanteur est malade.");

        for (String path : List.of("/agenda.ics", "/avis/" + id.ref() + "/concert.ics")) {
            Calendar calendar = calendar(path);
            VEvent event = event(calendar, id);
            assertThat(event.<Property>getProperties())
                    .extracting(Property::getName)
                    .containsExactlyInAnyOrder(
                            "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "STATUS", "SUMMARY", "DESCRIPTION");
            assertThat(value(event, Property.STATUS)).isEqualTo("CANCELLED");
            assertThat(value(event, Property.SEQUENCE)).isEqualTo("2");
            assertThat(value(event, Property.DTSTART)).isEqualTo("20261212T203000");
            assertThat(value(event, Property.SUMMARY)).isEqualTo("Concert");
            assertThat(value(event, Property.DESCRIPTION)).isEqualTo("Le chanteur est malade.");
        }
    }

    @Test
    void anEventCorrectedAwayFromFeedsIsCancelledInTheCalendar() throws Exception {
        LocalDateTime start = LocalDateTime.of(2026, 12, 14, 20, 30);
        Content written = house.event("Répétition", start, start.plusHours(2), null);
        NoticeId id = house.publish(written);
        tambour.clock().advance(Duration.ofMinutes(1));
        house.correct(id, house.offFeeds(written), "Pour les choristes seulement.");

        for (String path : List.of("/agenda.ics", "/avis/" + id.ref() + "/repetition.ics")) {
            VEvent event = event(calendar(path), id);
            assertThat(value(event, Property.STATUS)).isEqualTo("CANCELLED");
            assertThat(value(event, Property.SEQUENCE)).isEqualTo("1");
            assertThat(value(event, Property.DESCRIPTION)).contains("Pour les choristes seulement.");
            assertThat(event.toString()).doesNotContain("Texte.", "Médiathèque");
        }
    }

    @Test
    void aWholeDayIsADateWithAnExclusiveEnd() throws Exception {
        LocalDateTime day = LocalDate.of(2026, 12, 5).atStartOfDay();
        Content content = house.event("Marché de Noël", day, day.plusDays(2), null);
        Event timed = content.event();
        NoticeId id = house.publish(content.withEvent(
                new Event(timed.start(), timed.end(), true, timed.place(), timed.address(), timed.organiser(), null)));

        VEvent event = event(calendar("/agenda.ics"), id);
        assertThat(value(event, Property.DTSTART)).isEqualTo("20261205");
        assertThat(value(event, Property.DTEND)).isEqualTo("20261207");
    }

    @Test
    void aThemesFeedHoldsItsNoticesAndThoseForEverybody() throws Exception {
        NoticeId everybody = house.publish(house.news("Pour tous", "Résumé.", "Texte."));
        NoticeId cultural = house.publish(
                house.about(house.news("Pour la culture", "Résumé.", "Texte."), Set.of(house.culture()), Set.of()));

        assertThat(get("/flux/thematiques/culture.rss").body())
                .contains(everybody.ref())
                .contains(cultural.ref());
        assertThat(get("/flux/nature/agenda.rss").body()).doesNotContain(cultural.ref());
        assertThat(get("/flux/thematiques/inconnue.rss").statusCode()).isEqualTo(404);
    }

    @Test
    void aFeedOfAnyKindCarriesTheAlertThatStandsAndItsWithdrawalButACalendarDoesNot() throws Exception {
        NoticeId alarm = house.alarm(Set.of(house.culture()), Set.of());
        List<String> kinds = List.of("actualites", "agenda", "pratique", "urgences");
        try {
            for (String kind : kinds) {
                assertThat(items("/flux/nature/" + kind + ".rss", alarm).getTitle())
                        .as(kind)
                        .hasValue("Fuite de gaz");
                assertThat(items("/flux/nature/" + kind + ".atom", alarm).getTitle())
                        .as(kind)
                        .hasValue("Fuite de gaz");
                assertThat(json("/flux/nature/" + kind + ".json", alarm).getString("title"))
                        .as(kind)
                        .isEqualTo("Fuite de gaz");
            }
            assertThat(get("/agenda.ics").body()).doesNotContain(alarm.ref());
        } finally {
            tambour.clock().advance(Duration.ofMinutes(1));
            house.withdraw(alarm, "Fin de l’alerte.");
        }
        for (String kind : kinds) {
            assertThat(items("/flux/nature/" + kind + ".rss", alarm).getTitle())
                    .as(kind)
                    .hasValue("Avis retiré");
        }
    }

    @Test
    void whoAsksAgainIsToldThatNothingChanged() throws Exception {
        house.publish(house.news("Une nouvelle", "Résumé.", "Texte."));
        HttpResponse<String> first = get("/flux/avis.atom");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(first.headers().firstValue("Content-Type").orElseThrow())
                .isEqualTo("application/atom+xml;charset=UTF-8");
        HttpRequest again = HttpRequest.newBuilder(tambour.url("/flux/avis.atom"))
                .header("If-None-Match", tag)
                .build();
        assertThat(http.send(again, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(304);
        assertThat(first.headers().firstValue("Set-Cookie")).isEmpty();
    }

    /** A date can tell neither two changes within a second apart nor that a theme has another name. */
    @Test
    void whoAsksByDateAloneIsNeverToldThatNothingChanged() throws Exception {
        NoticeId id = house.publish(house.news("Avant", "Résumé.", "Texte."));
        String seen = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                tambour.clock().instant().plus(Duration.ofDays(1)).atZone(ZoneOffset.UTC));
        house.correct(id, house.news("Après", "Résumé.", "Texte."), "Une erreur.");

        for (String path : List.of("/flux/avis.rss", "/agenda.ics")) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(tambour.url(path))
                            .header("If-Modified-Since", seen)
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("Last-Modified")).as(path).isEmpty();
        }
        assertThat(items("/flux/avis.rss", id).getTitle()).hasValue("Après");
    }

    @Test
    void everyEntryNamesItsThemesItsDistrictsAndItsKind() throws Exception {
        NoticeId id = house.publish(house.about(
                house.news("Concert", "Résumé.", "Texte."), Set.of(house.culture()), Set.of(house.saules())));

        assertThat(json("/flux/avis.json", id).getJsonArray("tags").getValuesAs(JsonString::getString))
                .contains("Culture", "Les Saules")
                .hasSize(3);
    }

    @Test
    void hostileTextStaysText() throws Exception {
        NoticeId id = house.publish(house.news(
                "<script>alert(1)</script> & ]]>", "\"'<b>", "[x](javascript:alert(1)) <img src=x onerror=alert(1)>"));
        assertThat(items("/flux/avis.rss", id).getTitle())
                .hasValueSatisfying(title -> assertThat(title).contains("<script>alert(1)</script>"));
        assertThat(json("/flux/avis.json", id).getString("content_html"))
                .doesNotContain("javascript:")
                .doesNotContain("<img");
    }

    @Test
    void aTownThatChangesItsAddressKeepsEveryIdentifierAndChangesEveryLink() throws Exception {
        LocalDateTime start = LocalDateTime.of(2026, 12, 18, 20, 30);
        NoticeId standing = house.publish(house.event("Veillée", start, start.plusHours(2), null));
        NoticeId gone = house.publish(house.event("Bal", start, start.plusHours(2), null));
        tambour.clock().advance(Duration.ofMinutes(1));
        house.withdraw(gone, "L’orchestre est malade.");
        Told before = told(List.of(standing, gone));

        Town town = moveTo("neuve.example");
        try {
            Told after = told(List.of(standing, gone));

            assertThat(after.identifiers()).isEqualTo(before.identifiers());
            assertThat(before.links())
                    .allSatisfy((where, link) -> assertThat(link).as(where).startsWith("https://clairval.example/"));
            assertThat(after.links().keySet()).isEqualTo(before.links().keySet());
            after.links()
                    .forEach((where, link) -> assertThat(link)
                            .as(where)
                            .isEqualTo(before.links().get(where).replace("clairval.example", "neuve.example")));
            assertThat(get("/flux/avis.rss").body())
                    .as("a guid on another host leads nowhere")
                    .contains("isPermaLink=\"false\"")
                    .doesNotContain("isPermaLink=\"true\"");
        } finally {
            assertThat(town.identifier("/")).isEqualTo("https://clairval.example/");
            moveTo("clairval.example");
        }
        assertThat(get("/flux/avis.rss").body()).doesNotContain("isPermaLink=\"false\"");
    }

    /**
     * What the four formats say of some notices.
     *
     * @param identifiers by where they stand
     * @param links by where they stand
     */
    private record Told(Map<String, String> identifiers, Map<String, String> links) {}

    private Told told(List<NoticeId> notices) throws Exception {
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

    private static final String ATOM = "http://www.w3.org/2005/Atom";

    private Document xml(String path) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(get(path).body())));
    }

    private static List<Element> elements(Document document, String namespace, String name) {
        NodeList found = document.getElementsByTagNameNS(namespace, name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    /** Of an element's own children. */
    private static Stream<Element> children(Element of, String name) {
        NodeList found = of.getChildNodes();
        return IntStream.range(0, found.getLength())
                .mapToObj(found::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .filter(child -> ATOM.equals(child.getNamespaceURI()) && name.equals(child.getLocalName()));
    }

    private static String text(Element of, String name) {
        return children(of, name).findFirst().orElseThrow().getTextContent();
    }

    private static String link(Element of, String rel) {
        return children(of, "link")
                .filter(link -> link.getAttribute("rel").equals(rel))
                .findFirst()
                .orElseThrow()
                .getAttribute("href");
    }

    private Town moveTo(String host) {
        return tambour.bean(TransactionTemplate.class).execute(status -> {
            Towns towns = tambour.bean(Towns.class);
            Town now = towns.get(house.town().id());
            return towns.change(now.id(), now.version(), TestTowns.profile("Clairval", host));
        });
    }

    private List<Item> all(String path) throws Exception {
        byte[] body = get(path).body().getBytes(StandardCharsets.UTF_8);
        return new RssReader().read(new ByteArrayInputStream(body)).toList();
    }

    private Item items(String path, NoticeId id) throws Exception {
        return all(path).stream()
                .filter(item -> item.getGuid().orElse("").endsWith(id.ref()))
                .findFirst()
                .orElseThrow();
    }

    private JsonObject json(String path, NoticeId id) throws Exception {
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

    private Calendar calendar(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                .isEqualTo("text/calendar;charset=UTF-8");
        return new CalendarBuilder().build(new StringReader(response.body()));
    }

    private static VEvent event(Calendar calendar, NoticeId id) {
        return calendar.<VEvent>getComponents(Component.VEVENT).stream()
                .filter(event -> value(event, Property.UID).startsWith(id.ref()))
                .findFirst()
                .orElseThrow();
    }

    private static String value(VEvent event, String property) {
        return event.getRequiredProperty(property).getValue();
    }

    /** RFC 822 in RSS, RFC 3339 in Atom. */
    private static Instant instant(String date) {
        return Character.isDigit(date.charAt(0))
                ? Instant.parse(date)
                : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(tambour.url(path)).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
