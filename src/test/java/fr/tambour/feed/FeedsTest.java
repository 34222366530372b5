package fr.tambour.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.apptasticsoftware.rssreader.Item;
import com.apptasticsoftware.rssreader.RssReader;
import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeDesk.Release;
import fr.tambour.notice.NoticeDesk.Saved;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.WallTime;
import fr.tambour.people.Actor;
import fr.tambour.people.PersonId;
import fr.tambour.people.Right;
import fr.tambour.people.Role;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.ListEntry;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
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
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the feeds say, read by libraries other than those that wrote them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeedsTest {

    private static final Actor AUTHOR = actor(7, NoticeRights.READ, NoticeRights.WRITE);

    private final HttpClient http = HttpClient.newHttpClient();
    private TambourServer tambour;
    private Town town;
    private long culture;
    private NoticeDesk desk;

    private static Actor actor(long id, Right... rights) {
        return new Actor(
                new PersonId(id),
                new TownId(0),
                "Somebody",
                Set.of(Role.AUTHOR),
                new TreeSet<>(List.of(rights).stream().map(Right::name).toList()));
    }

    private Actor author() {
        return new Actor(AUTHOR.person(), town.id(), AUTHOR.name(), AUTHOR.roles(), AUTHOR.rights());
    }

    private Actor approver() {
        Actor approver = actor(8, NoticeRights.READ, NoticeRights.APPROVE, NoticeRights.PUBLISH, NoticeRights.WITHDRAW);
        return new Actor(approver.person(), town.id(), "Approver", Set.of(Role.APPROVER), approver.rights());
    }

    @BeforeAll
    void aTownWithATheme() {
        tambour = TambourServer.start(Dialect.SQLITE, "--tambour.timer.enabled=false");
        new TransactionTemplate(tambour.bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            town = tambour.bean(Towns.class)
                    .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false);
            culture = tambour.bean(Themes.class)
                    .arrange(town.id(), List.of(new ListEntry(null, Map.of("fr", "Culture", "en", "Culture"))))
                    .getFirst()
                    .id();
        });
        desk = tambour.bean(NoticeDesk.class);
    }

    @AfterAll
    void stop() {
        tambour.close();
    }

    @Test
    void aFeedReaderFindsTitleSummaryBodyAndDates() throws Exception {
        NoticeId id = published(news("Les bacs jaunes jeudi", "Collecte reportée.", "Sortez-les **mercredi soir**."));

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

        JsonNode json = json("/flux/avis.json", id);
        assertThat(json.get("title").asString()).isEqualTo("Les bacs jaunes jeudi");
        assertThat(json.get("content_html").asString()).contains("<strong>mercredi soir</strong>");
        assertThat(json.get("url").asString()).endsWith("/les-bacs-jaunes-jeudi");
    }

    /** What a feed reader takes for HTML must not become any. */
    @Test
    void textThatLooksLikeMarkupIsShownAndNotObeyed() throws Exception {
        NoticeId id = published(news("Moins de 3 < 4 & co", "<script>alert(1)</script> & plus", "<b>Texte</b>"));

        Item item = items("/flux/avis.rss", id);
        assertThat(item.getTitle()).hasValue("Moins de 3 < 4 & co");
        assertThat(item.getDescription()).hasValue("&lt;script&gt;alert(1)&lt;/script&gt; &amp; plus");
        assertThat(item.getContent().orElseThrow()).doesNotContain("<b>");

        JsonNode json = json("/flux/avis.json", id);
        assertThat(json.get("summary").asString()).isEqualTo("<script>alert(1)</script> & plus");
        assertThat(json.get("content_html").asString()).doesNotContain("<script", "<b>");
    }

    @Test
    void aCorrectionIsVisibleAndKeepsTheEntrysIdentity() throws Exception {
        NoticeId id = published(news("Réunion à 18 h", "Salle des fêtes.", "Venez."));
        tambour.clock().advance(Duration.ofHours(2));
        Saved draft = desk.correct(author(), id);
        Saved saved = desk.save(
                author(),
                id,
                draft.version(),
                news("Réunion à 19 h", "Salle des fêtes.", "Venez."),
                "La salle n’est libre qu’à 19 h.");
        approve(id, desk.submit(author(), id, saved.version(), ""));

        Item entry = items("/flux/avis.atom", id);
        assertThat(entry.getTitle()).hasValue("Réunion à 19\u00a0h");
        assertThat(entry.getContent().orElseThrow()).contains("Rectificatif").contains("La salle n’est libre qu’à");
        assertThat(entry.getUpdated().map(FeedsTest::instant))
                .hasValue(tambour.clock().instant());
    }

    @Test
    void aWithdrawnNoticeIsGoneFromEveryFeedAndAtomSaysWhy() throws Exception {
        NoticeId id = published(news("Piscine fermée", "Vidange.", "Du 3 au 9."));
        desk.withdraw(approver(), id, "La vidange est reportée.");

        assertThat(get("/flux/avis.rss").body()).doesNotContain(id.ref());
        assertThat(get("/flux/avis.json").body()).doesNotContain(id.ref());
        assertThat(get("/flux/avis.atom").body())
                .containsPattern("deleted-entry [^>]*ref=\"https://clairval.example/avis/" + id.ref() + "\"")
                .contains("La vidange est reportée.");
    }

    @Test
    void anExpiredNoticeIsGoneOnTheMinuteWithoutAnyTimer() throws Exception {
        Content content = news("Stationnement interdit", "Rue du Four.", "Ce matin.")
                .withUntil(WallTime.of(tambour.clock().instant().plus(Duration.ofMinutes(30)), town.zone()));
        NoticeId id = published(content);
        tambour.clock().advance(Duration.ofMinutes(29).plusSeconds(59));
        assertThat(get("/flux/avis.rss").body()).contains(id.ref());
        tambour.clock().advance(Duration.ofSeconds(1));
        assertThat(get("/flux/avis.rss").body()).doesNotContain(id.ref());
    }

    @Test
    void aCalendarAcceptsAnEventWithItsZoneRepeatsAndExceptions() throws Exception {
        LocalDateTime start = LocalDateTime.of(2026, 12, 1, 17, 0);
        NoticeId id = published(event(
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
    void aWithdrawnEventIsCancelledInTheCalendar() throws Exception {
        LocalDateTime start = LocalDateTime.of(2026, 12, 12, 20, 30);
        NoticeId id = published(event("Concert", start, start.plusHours(2), null));
        desk.withdraw(approver(), id, "Le chanteur est malade.");

        VEvent event = event(calendar("/agenda.ics"), id);
        assertThat(value(event, Property.STATUS)).isEqualTo("CANCELLED");
        assertThat(value(event, Property.SEQUENCE)).isEqualTo("1");
        assertThat(value(event, Property.DESCRIPTION)).contains("Le chanteur est malade.");
    }

    @Test
    void aWholeDayIsADateWithAnExclusiveEnd() throws Exception {
        LocalDateTime day = LocalDate.of(2026, 12, 5).atStartOfDay();
        Content content = event("Marché de Noël", day, day.plusDays(2), null);
        Event timed = content.event();
        NoticeId id = published(content.withEvent(
                new Event(timed.start(), timed.end(), true, timed.place(), timed.address(), timed.organiser(), null)));

        VEvent event = event(calendar("/agenda.ics"), id);
        assertThat(value(event, Property.DTSTART)).isEqualTo("20261205");
        assertThat(value(event, Property.DTEND)).isEqualTo("20261207");
    }

    @Test
    void aThemesFeedHoldsItsNoticesAndThoseForEverybody() throws Exception {
        NoticeId everybody = published(news("Pour tous", "Résumé.", "Texte."));
        NoticeId cultural = published(themed(news("Pour la culture", "Résumé.", "Texte."), culture));

        assertThat(get("/flux/thematiques/culture.rss").body())
                .contains(everybody.ref())
                .contains(cultural.ref());
        assertThat(get("/flux/nature/agenda.rss").body()).doesNotContain(cultural.ref());
        assertThat(get("/flux/thematiques/inconnue.rss").statusCode()).isEqualTo(404);
    }

    @Test
    void whoAsksAgainIsToldThatNothingChanged() throws Exception {
        published(news("Une nouvelle", "Résumé.", "Texte."));
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

    @Test
    void hostileTextStaysText() throws Exception {
        NoticeId id = published(news(
                "<script>alert(1)</script> & ]]>", "\"'<b>", "[x](javascript:alert(1)) <img src=x onerror=alert(1)>"));
        assertThat(items("/flux/avis.rss", id).getTitle())
                .hasValueSatisfying(title -> assertThat(title).contains("<script>alert(1)</script>"));
        assertThat(json("/flux/avis.json", id).get("content_html").asString())
                .doesNotContain("javascript:")
                .doesNotContain("<img");
    }

    private Content news(String title, String summary, String body) {
        return content(Kind.NEWS, Words.of(title, summary, body), null);
    }

    private Content event(String title, LocalDateTime start, LocalDateTime end, Repeat repeat) {
        return content(
                Kind.EVENT,
                Words.of(title, "Résumé.", "Texte."),
                new Event(
                        WallTime.of(start),
                        WallTime.of(end),
                        false,
                        "Médiathèque",
                        "8, rue du Four",
                        "La ville",
                        repeat));
    }

    private Content content(Kind kind, Words words, Event event) {
        SortedSet<String> channels = new TreeSet<>(Set.of("feed", "website"));
        return new Content(
                kind,
                new TreeMap<>(Map.of("fr", words)),
                List.of(),
                new TreeSet<>(),
                new TreeSet<>(),
                null,
                null,
                null,
                event,
                null,
                channels,
                new TreeMap<>(),
                null);
    }

    private static Content themed(Content content, long theme) {
        return new Content(
                content.kind(),
                content.words(),
                content.pictures(),
                content.districts(),
                new TreeSet<>(Set.of(theme)),
                null,
                null,
                null,
                null,
                null,
                content.channels(),
                new TreeMap<>(),
                null);
    }

    private NoticeId published(Content content) {
        Saved saved = desk.create(author(), content);
        approve(saved.id(), desk.submit(author(), saved.id(), saved.version(), ""));
        return saved.id();
    }

    private void approve(NoticeId id, int revision) {
        desk.approve(approver(), id, revision, "", new Release.Now());
    }

    private Item items(String path, NoticeId id) throws Exception {
        byte[] body = get(path).body().getBytes(StandardCharsets.UTF_8);
        return new RssReader()
                .read(new ByteArrayInputStream(body))
                .filter(item -> item.getGuid().orElse("").endsWith(id.ref()))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode json(String path, NoticeId id) throws Exception {
        JsonNode feed = JsonMapper.builder().build().readTree(get(path).body());
        assertThat(feed.get("version").asString()).isEqualTo("https://jsonfeed.org/version/1.1");
        for (JsonNode item : feed.get("items")) {
            if (item.get("id").asString().endsWith(id.ref())) {
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
