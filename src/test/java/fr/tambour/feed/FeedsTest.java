package fr.tambour.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.apptasticsoftware.rssreader.Item;
import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeTown;
import fr.tambour.notice.WallTime;
import fr.tambour.town.Town;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the feeds say, read by libraries other than those that wrote them. */
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.notice.NoticeTown#onBothEngines")
class FeedsTest extends FeedReaderTest {

    FeedsTest(NoticeTown house) {
        super(house);
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
        String which = item.getTitle().orElseThrow();
        assertThat(which).matches("Avis retiré \\(nouveauté, publié le .+ \\d{4} à .+\\)");
        assertThat(item.getDescription()).hasValue("La vidange est reportée.");
        assertThat(all("/flux/avis.rss").getFirst().getGuid()).isEqualTo(item.getGuid());
        JsonObject json = json("/flux/avis.json", id);
        assertThat(json.getString("title")).isEqualTo(which);
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
        assertThat(item.getTitle().orElseThrow()).startsWith("Avis retiré de ce flux (nouveauté, publié le ");
        assertThat(item.getDescription().orElseThrow()).contains("sur le site", "Réservé aux inscrits.");
        assertThat(json("/flux/avis.json", id).getString("title"))
                .isEqualTo(item.getTitle().orElseThrow());
        assertThat(get("/flux/avis.atom").body())
                .containsPattern("deleted-entry [^>]*ref=\"https://clairval.example/avis/" + id.ref() + "\"");
        for (String format : List.of("rss", "atom", "json")) {
            assertThat(get("/flux/avis." + format).body())
                    .as(format)
                    .doesNotContain("Repas des aînés", "repas-des-aines", "Sur inscription", "foyer");
        }

        tambour.clock().advance(Duration.ofMinutes(1));
        house.withdraw(id, "Le foyer est fermé.");

        assertThat(items("/flux/avis.rss", id).getTitle().orElseThrow()).startsWith("Avis retiré (nouveauté, ");
        assertThat(get("/flux/avis.atom").body()).contains("Le foyer est fermé.");
    }

    @Test
    void whatWasCorrectedAwayFromAThemeOrADistrictIsToldAsGoneThereAndItsLaterWithdrawalToo() throws Exception {
        Content content = house.news("Cross des écoles", "Au stade.", "Départ à **9 h**.");
        NoticeId id = house.publish(house.about(content, Set.of(house.sport()), Set.of(house.saules())));
        tambour.clock().advance(Duration.ofMinutes(1));
        house.correct(
                id, house.about(content, Set.of(house.culture()), Set.of(house.centre())), "Une erreur de rubrique.");

        List<String> left = List.of("/flux/thematiques/sport", "/flux/quartiers/les-saules");
        for (String feed : left) {
            Item item = items(feed + ".rss", id);
            assertThat(item.getTitle().orElseThrow()).as(feed).startsWith("Avis retiré de ce flux (");
            assertThat(item.getDescription().orElseThrow()).as(feed).contains("Une erreur de rubrique.");
            assertThat(json(feed + ".json", id).getString("title")).startsWith("Avis retiré de ce flux (");
            assertThat(get(feed + ".atom").body()).as(feed).containsPattern(tombstone(id));
            for (String format : List.of("rss", "atom", "json")) {
                assertThat(get(feed + "." + format).body())
                        .as(feed)
                        .doesNotContain("Cross des écoles", "cross-des-ecoles", "Au stade");
            }
        }
        for (String feed : List.of("/flux/thematiques/culture", "/flux/quartiers/centre", "/flux/avis")) {
            assertThat(items(feed + ".rss", id).getTitle()).as(feed).hasValue("Cross des écoles");
            assertThat(get(feed + ".atom").body()).as(feed).doesNotContainPattern(tombstone(id));
        }

        tambour.clock().advance(Duration.ofMinutes(1));
        house.withdraw(id, "Le stade est gelé.");

        for (String feed : left) {
            assertThat(items(feed + ".rss", id).getTitle().orElseThrow())
                    .as(feed)
                    .startsWith("Avis retiré (");
            assertThat(json(feed + ".json", id).getString("content_html")).contains("Le stade est gelé.");
            assertThat(get(feed + ".atom").body())
                    .as(feed)
                    .containsPattern(tombstone(id))
                    .contains("Le stade est gelé.");
        }
    }

    private static String tombstone(NoticeId id) {
        return "deleted-entry [^>]*ref=\"https://clairval.example/avis/" + id.ref() + "\"";
    }

    /** Without a theme it reached whoever reads any. */
    @Test
    void whatWasForEverybodyAndIsForOneThemeNowIsToldAsGoneInTheOthers() throws Exception {
        Content content = house.news("Ouverture du guichet", "Résumé.", "Texte.");
        NoticeId id = house.publish(content);
        tambour.clock().advance(Duration.ofMinutes(1));
        house.correct(id, house.about(content, Set.of(house.culture()), Set.of()), "Pour la billetterie.");

        assertThat(items("/flux/thematiques/sport.rss", id).getTitle().orElseThrow())
                .startsWith("Avis retiré de ce flux (");
        assertThat(items("/flux/thematiques/culture.rss", id).getTitle()).hasValue("Ouverture du guichet");
    }

    @Test
    void aLaterCorrectionIsToldWhereTheNoticeHadLeft() throws Exception {
        Content content = house.news("Cinéma en plein air", "Résumé.", "Texte.");
        NoticeId id = house.publish(content);
        tambour.clock().advance(Duration.ofMinutes(1));
        house.correct(id, house.offFeeds(content), "Pour les abonnés.");
        tambour.clock().advance(Duration.ofMinutes(1));
        house.correct(
                id,
                house.offFeeds(house.news("Cinéma en salle", "Résumé.", "Texte.")),
                "Il pleuvra : ce sera en salle.");

        Item item = items("/flux/avis.rss", id);
        assertThat(item.getTitle().orElseThrow()).startsWith("Avis retiré de ce flux (");
        assertThat(item.getDescription().orElseThrow()).contains("Il pleuvra").doesNotContain("Pour les abonnés");
        assertThat(over("feed", id)).containsExactly(1, 2, 3);
    }

    /** The revisions that the account says went over a channel. */
    private List<Integer> over(String channel, NoticeId id) {
        return tambour.bean(Dispatches.class).of(house.town().id(), id).stream()
                .filter(dispatch -> dispatch.channel().equals(channel))
                .map(Dispatch::revision)
                .toList();
    }

    @Test
    void theCorrectionOfWhatIsOverIsReadWhereItsAccountSaysThatItWent() throws Exception {
        Instant begin = tambour.clock().instant();
        Content content = house.about(
                        house.news("Braderie des commerçants", "Rue du Four.", "De **10 h** à 18 h."),
                        Set.of(house.culture()),
                        Set.of())
                .withUntil(WallTime.of(
                        begin.plus(Duration.ofHours(1)), house.town().zone()));
        NoticeId id = house.publish(content);
        NoticeId onTheSite = house.publish(house.offFeeds(content));
        tambour.clock().advance(Duration.ofHours(2));
        house.advance();
        assertThat(get("/flux/avis.rss").body()).as("over").doesNotContain(id.ref());

        Content mended = content.withWords("fr", Words.of("Braderie du bourg", "Rue du Four.", "Jusqu’à **19 h**."));
        house.correct(id, mended, "Elle durait jusqu’à 19 h.");
        house.correct(onTheSite, mended, "Elle durait jusqu’à 19 h.");

        assertThat(over("feed", id)).containsExactly(1, 2);
        for (String feed : List.of("/flux/avis", "/flux/nature/actualites", "/flux/thematiques/culture")) {
            for (Item item : List.of(items(feed + ".rss", id), items(feed + ".atom", id))) {
                assertThat(item.getTitle().orElseThrow()).as(feed).startsWith("Rectificatif d’un avis terminé (");
                assertThat(item.getDescription().orElseThrow()).as(feed).contains("Elle durait jusqu’à 19");
                assertThat(item.getLink()).as(feed).hasValue("https://clairval.example/avis/" + id.ref());
            }
            JsonObject json = json(feed + ".json", id);
            assertThat(json.getString("title")).as(feed).startsWith("Rectificatif d’un avis terminé (");
            assertThat(Instant.parse(json.getString("date_modified")))
                    .as(feed)
                    .isEqualTo(tambour.clock().instant());
            for (String format : List.of("rss", "atom", "json")) {
                assertThat(get(feed + "." + format).body())
                        .as(feed)
                        .doesNotContain("Braderie", "braderie", "Rue du Four")
                        .doesNotContainPattern(tombstone(id));
            }
        }
        assertThat(get("/flux/thematiques/sport.rss").body()).doesNotContain(id.ref());
        assertThat(over("feed", onTheSite))
                .as("it never went there, and goes nowhere any more")
                .isEmpty();
        assertThat(get("/flux/avis.rss").body()).doesNotContain(onTheSite.ref());

        Instant now = tambour.clock().instant();
        try {
            tambour.clock().advance(Duration.ofDays(61));
            assertThat(get("/flux/avis.json").body()).doesNotContain(id.ref());
        } finally {
            tambour.clock().moveTo(now);
        }
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
            assertThat(items("/flux/nature/" + kind + ".rss", alarm).getTitle().orElseThrow())
                    .as(kind)
                    .startsWith("Avis retiré (urgence, ");
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
}
