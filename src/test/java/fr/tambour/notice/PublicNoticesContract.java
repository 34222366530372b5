package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.Content.Words;
import fr.tambour.notice.PublicNotices.Cursor;
import fr.tambour.notice.PublicNotices.Filter;
import fr.tambour.notice.PublicNotices.Gone;
import fr.tambour.town.TownId;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of public notices promises to the channels. */
interface PublicNoticesContract {

    PublicNotices notices();

    /** Where notices come from. */
    NoticeTown house();

    @BeforeEach
    default void aMomentOfItsOwn() {
        house().server().clock().advance(Duration.ofMinutes(1));
    }

    private TownId town() {
        return house().town().id();
    }

    private Instant now() {
        return house().server().clock().instant();
    }

    private NoticeId published(String title) {
        return house().publish(house().news(title, "Résumé.", "Texte."));
    }

    private List<NoticeId> current(Filter filter) {
        return notices().current(town(), filter, now(), null, 100).stream()
                .map(PublishedNotice::id)
                .toList();
    }

    private List<NoticeId> walked(Function<Cursor, List<PublishedNotice>> page) {
        List<NoticeId> all = new ArrayList<>();
        Cursor end = null;
        for (List<PublishedNotice> here = page.apply(end); !here.isEmpty(); here = page.apply(end)) {
            here.forEach(notice -> all.add(notice.id()));
            end = Cursor.after(here.getLast());
        }
        return all;
    }

    @Test
    default void noticesOfOneInstantAreAllReadAcrossPages() {
        List<NoticeId> five =
                IntStream.range(0, 5).mapToObj(n -> published("Avis " + n)).toList();

        List<NoticeId> walked = walked(end -> notices().current(town(), Filter.ALL, now(), end, 2));

        assertThat(walked).containsAll(five).doesNotHaveDuplicates();
        assertThat(walked.subList(0, 5)).containsExactlyElementsOf(five.reversed());
    }

    @Test
    default void whatStandsIsCountedAsItIsListedWithinASpanOfTime() {
        Instant before = now();
        published("Avant");
        house().server().clock().advance(Duration.ofMinutes(1));
        Instant from = now();
        NoticeId saules = house().publish(house().about(
                        house().news("Coupure", "Résumé.", "Texte."), Set.of(), Set.of(house().saules())));
        NoticeId withdrawn = published("Retiré");
        house().withdraw(withdrawn, "Une erreur.");

        Instant after = now().plusMillis(1);
        assertThat(notices().count(town(), Filter.ALL, from, after, now())).isEqualTo(1);
        assertThat(notices().count(town(), Filter.ALL, before, from, now())).isEqualTo(1);
        assertThat(notices().count(town(), Filter.ALL, before, after, now())).isEqualTo(2);
        assertThat(notices().count(town(), new Filter(null, null, house().centre(), null), from, after, now()))
                .as(saules.ref())
                .isZero();
        assertThat(notices().count(town(), Filter.ALL, Instant.EPOCH, after, now()))
                .isEqualTo(current(Filter.ALL).size());
    }

    @Test
    default void noticesOfOneInstantAreAllInTheArchiveAcrossPages() {
        List<NoticeId> five =
                IntStream.range(0, 5).mapToObj(n -> published("Archivé " + n)).toList();
        YearMonth month = YearMonth.from(now().atZone(house().town().zone()));

        List<NoticeId> walked =
                walked(end -> notices().archive(town(), month, house().town().zone(), end, 2));

        assertThat(walked).containsAll(five).doesNotHaveDuplicates();
    }

    @Test
    default void aNoticeForOneDistrictReachesItAndNoOther() {
        NoticeId saules = house().publish(house().about(
                        house().news("Coupure d’eau", "Résumé.", "Texte."), Set.of(), Set.of(house().saules())));
        NoticeId everybody = published("Pour toute la ville");

        assertThat(current(Filter.ALL)).contains(saules, everybody);
        assertThat(current(new Filter(null, null, house().saules(), null))).contains(saules, everybody);
        assertThat(current(new Filter(null, null, house().centre(), null)))
                .contains(everybody)
                .doesNotContain(saules);
    }

    @Test
    default void anAlertReachesWhoeverChoseAnotherThemeButNotAnotherDistrict() {
        long elsewhere = 1;
        NoticeId alarm = house().alarm(Set.of(house().culture()), Set.of(house().saules()));
        try {
            assertThat(current(new Filter(null, elsewhere, null, null))).contains(alarm);
            assertThat(current(new Filter(null, elsewhere, house().saules(), null)))
                    .contains(alarm);
            assertThat(current(new Filter(null, elsewhere, house().centre(), null)))
                    .doesNotContain(alarm);
        } finally {
            house().withdraw(alarm, "Fin de l’alerte.");
        }
        assertThat(notices().gone(town(), "feed", new Filter(null, elsewhere, null, null), now(), 100))
                .extracting(gone -> gone.notice().id())
                .contains(alarm);
    }

    @Test
    default void anAlertReachesWhoeverFollowsAKindButIsOnNoListOfIt() {
        NoticeId alarm = house().alarm(Set.of(), Set.of());
        NoticeId news = published("Une nouvelle");
        try {
            assertThat(current(Filter.following(Kind.NEWS))).contains(news, alarm);
            assertThat(current(Filter.following(Kind.EVENT))).contains(alarm).doesNotContain(news);
            assertThat(current(Filter.of(Kind.NEWS))).contains(news).doesNotContain(alarm);
            assertThat(notices().events(town(), Filter.following(Kind.EVENT), now(), 100))
                    .extracting(PublishedNotice::id)
                    .doesNotContain(alarm);
        } finally {
            house().withdraw(alarm, "Fin de l’alerte.");
        }
        assertThat(notices().gone(town(), "feed", Filter.following(Kind.PRACTICAL), now(), 100))
                .extracting(gone -> gone.notice().id())
                .contains(alarm);
    }

    @Test
    default void theSitemapsOfAllMonthsListWhatWasEverPublishedAndNotWithdrawn() {
        NoticeId stands = published("Dans le plan");
        NoticeId withdrawn = published("Hors du plan");
        house().withdraw(withdrawn, "Une erreur.");

        List<NoticeId> listed = notices().archiveMonths(town()).keySet().stream()
                .flatMap(month ->
                        notices().permalinks(town(), month, house().town().zone()).stream())
                .map(PublicNotices.Permalink::id)
                .toList();

        assertThat(listed).contains(stands).doesNotContain(withdrawn).doesNotHaveDuplicates();
        assertThat(notices()
                        .permalinks(
                                town(), YearMonth.of(1999, 1), house().town().zone()))
                .isEmpty();
    }

    @Test
    default void aNoticeIsShownInItsSecondLanguageOnlyWhereThatIsComplete() {
        Content french = house().news("Marché", "Le samedi.", "Place du Four.");
        NoticeId complete = house().publish(french.withWords("en", Words.of("Market", "On Saturday.", "Four square.")));
        NoticeId begun = house().publish(french.withWords("en", Words.of("Market", "", "")));

        assertThat(rendition(complete, "en").language()).isEqualTo("en");
        assertThat(rendition(complete, "en").text("title")).isEqualTo("Market");
        assertThat(rendition(begun, "en").language()).isEqualTo("fr");
        assertThat(rendition(begun, "en").text("title")).isEqualTo("Marché");
        assertThat(rendition(complete, "br").language()).isEqualTo("fr");
    }

    private Rendition rendition(NoticeId id, String language) {
        return notices()
                .find(town(), id)
                .orElseThrow()
                .rendition("website", language, "fr")
                .orElseThrow();
    }

    @Test
    default void aCorrectionOfAnOldNoticeIsTheLatest() {
        NoticeId old = published("Ancien");
        house().server().clock().advance(Duration.ofMinutes(1));
        NoticeId newer = published("Nouveau");
        house().server().clock().advance(Duration.ofMinutes(1));
        house().correct(old, house().news("Ancien, corrigé", "Résumé.", "Texte."), "Une erreur.");

        assertThat(notices().latest(town(), Filter.ALL, now(), 2))
                .extracting(PublishedNotice::id)
                .containsExactly(old, newer);
        assertThat(current(Filter.ALL).subList(0, 2)).containsExactly(newer, old);
    }

    @Test
    default void whatWasCorrectedAwayFromAChannelIsGoneThereAndOnlyThere() {
        Content content = house().news("Loto", "Résumé.", "Texte.");
        NoticeId id = house().publish(content);
        Instant published = now();
        assertThat(notices().gone(town(), "feed", id)).isEmpty();

        house().server().clock().advance(Duration.ofMinutes(1));
        house().correct(id, house().offFeeds(content), "Pour les habitués.");

        Gone gone = notices().gone(town(), "feed", id).orElseThrow();
        assertThat(gone.at()).isEqualTo(now());
        assertThat(gone.withdrawn()).isFalse();
        assertThat(gone.reason()).isEqualTo("Pour les habitués.");
        assertThat(goneFromFeed(published)).contains(id);
        assertThat(goneFromFeed(now().plusMillis(1))).doesNotContain(id);
        assertThat(notices().gone(town(), "website", id)).isEmpty();
        assertThat(current(Filter.ALL.on("feed"))).doesNotContain(id);
        assertThat(current(Filter.ALL.on("website"))).contains(id);
    }

    private List<NoticeId> goneFromFeed(Instant since) {
        return notices().gone(town(), "feed", Filter.ALL, since, 100).stream()
                .map(gone -> gone.notice().id())
                .toList();
    }

    @Test
    default void aWithdrawalReachesEveryChannelThatItEverWentOver() {
        Content content = house().news("Brocante", "Résumé.", "Texte.");
        NoticeId id = house().publish(content);
        house().server().clock().advance(Duration.ofMinutes(1));
        house().correct(id, house().offFeeds(content), "Pas pour tous.");
        house().server().clock().advance(Duration.ofMinutes(1));
        house().withdraw(id, "Le préfet l’interdit.");

        for (String channel : List.of("feed", "website")) {
            Gone gone = notices().gone(town(), channel, id).orElseThrow();
            assertThat(gone.at()).isEqualTo(now());
            assertThat(gone.withdrawn()).isTrue();
            assertThat(gone.reason()).isEqualTo("Le préfet l’interdit.");
        }
    }

    @Test
    default void whatComesBackToAChannelIsNotGone() {
        Content content = house().news("Bal", "Résumé.", "Texte.");
        NoticeId id = house().publish(content);
        house().correct(id, house().offFeeds(content), "Pas pour tous.");
        house().correct(id, content, "Pour tous, finalement.");

        assertThat(notices().gone(town(), "feed", id)).isEmpty();
        assertThat(current(Filter.ALL.on("feed"))).contains(id);
    }

    @Test
    default void whatNeverWentOverAChannelIsNotGoneThere() {
        NoticeId id = house().publish(house().offFeeds(house().news("Sur le site", "Résumé.", "Texte.")));
        house().withdraw(id, "Une erreur.");

        assertThat(notices().gone(town(), "feed", id)).isEmpty();
        assertThat(notices().gone(town(), "website", id)).isPresent();
    }

    @Test
    default void whatIsGoneIsChosenByDistrictAsWhatStands() {
        NoticeId saules = house().publish(house().about(
                        house().news("Travaux", "Résumé.", "Texte."), Set.of(), Set.of(house().saules())));
        house().withdraw(saules, "Reportés.");

        assertThat(notices().gone(town(), "feed", new Filter(null, null, house().saules(), null), now(), 100))
                .extracting(gone -> gone.notice().id())
                .contains(saules);
        assertThat(notices().gone(town(), "feed", new Filter(null, null, house().centre(), null), now(), 100))
                .extracting(gone -> gone.notice().id())
                .doesNotContain(saules);
    }

    private List<NoticeId> goneFor(Long theme, Long district) {
        return notices().gone(town(), "feed", new Filter(null, theme, district, null), Instant.EPOCH, 1000).stream()
                .map(gone -> gone.notice().id())
                .toList();
    }

    @Test
    default void whatLeftAThemeOrADistrictIsGoneThereFromThenOn() {
        Content content = house().news("Tournoi", "Résumé.", "Texte.");
        long sport = house().sport();
        long culture = house().culture();
        NoticeId id = house().publish(house().about(content, Set.of(sport), Set.of()));
        house().server().clock().advance(Duration.ofMinutes(1));
        house().correct(id, house().about(content, Set.of(culture), Set.of(house().saules())), "Une erreur.");

        assertThat(goneFor(sport, null)).contains(id);
        assertThat(goneFor(null, house().centre())).contains(id);
        assertThat(goneFor(sport, house().saules())).contains(id);
        assertThat(goneFor(culture, null)).doesNotContain(id);
        assertThat(goneFor(null, house().saules())).doesNotContain(id);
        assertThat(goneFor(culture, house().saules())).doesNotContain(id);
        assertThat(goneFor(culture, house().centre()))
                .as("in neither version for these readers")
                .doesNotContain(id);
        assertThat(goneFor(null, null)).doesNotContain(id);
        assertThat(notices().gone(town(), "feed", new Filter(null, sport, null, null), now(), 100))
                .filteredOn(gone -> gone.notice().id().equals(id))
                .singleElement()
                .satisfies(gone -> assertThat(gone.at()).isEqualTo(now()))
                .satisfies(gone -> assertThat(gone.reason()).isEqualTo("Une erreur."));

        house().correct(id, house().about(content, Set.of(sport, culture), Set.of()), "Les deux.");
        assertThat(goneFor(sport, null)).doesNotContain(id);
        assertThat(goneFor(null, house().centre())).doesNotContain(id);

        house().withdraw(id, "Annulé.");
        assertThat(goneFor(sport, null)).containsOnlyOnce(id);
        assertThat(goneFor(null, null)).containsOnlyOnce(id);
        assertThat(goneFor(null, house().centre())).containsOnlyOnce(id);
    }

    @Test
    default void aThemeThatItHadOverAnotherChannelOnlyIsNotToldAnything() {
        Content content = house().news("Fléchettes", "Résumé.", "Texte.");
        NoticeId id = house().publish(house().offFeeds(house().about(content, Set.of(house().sport()), Set.of())));
        house().correct(id, house().about(content, Set.of(house().culture()), Set.of()), "Pour tous.");
        house().withdraw(id, "Annulé.");

        assertThat(goneFor(house().sport(), null)).doesNotContain(id);
        assertThat(goneFor(house().culture(), null)).contains(id);
    }

    /** A language that is added is told to nobody anew, nor to who was told that it left. */
    @Test
    default void aTranslationDoesNotTellAgainThatANoticeLeft() {
        Content content = house().news("Pétanque", "Résumé.", "Texte.");
        NoticeId id = house().publish(content);
        house().correct(id, house().offFeeds(content), "Pas pour tous.");
        Instant left = now();
        house().server().clock().advance(Duration.ofMinutes(1));
        house().correct(id, house().offFeeds(content.withWords("en", Words.of("Bowls", "Summary.", "Text."))), "");

        Gone gone = notices().gone(town(), "feed", id).orElseThrow();
        assertThat(gone.at()).isEqualTo(left);
        assertThat(gone.reason()).isEqualTo("Pas pour tous.");
    }

    @Test
    default void anExerciseIsFoundByItsIdAndInNoOtherWay() {
        NoticeId real = house().alarm(Set.of(), Set.of());
        NoticeId id = house().exercise(Set.of(house().culture()), Set.of(house().saules()));

        assertThat(notices().find(town(), id).orElseThrow().exercise()).isTrue();
        assertThat(notices().find(town(), real).orElseThrow().exercise()).isFalse();
        inNoList(id);
        house().withdraw(id, "Fin de l’exercice.");
        inNoList(id);
        NoticeId over = house().exercise(Set.of(), Set.of());
        house().server().clock().advance(Duration.ofHours(25));
        house().advance();
        inNoList(over);
        assertThat(notices().find(town(), over).orElseThrow().state()).isEqualTo(PublicState.EXPIRED);
    }

    private void inNoList(NoticeId id) {
        YearMonth month = YearMonth.from(now().atZone(house().town().zone()));
        for (Filter filter : List.of(
                Filter.ALL,
                Filter.ALL.on("website"),
                Filter.ALL.on("phone"),
                Filter.of(Kind.EMERGENCY),
                Filter.following(Kind.NEWS),
                new Filter(null, house().culture(), house().saules(), null))) {
            assertThat(notices().current(town(), filter, now(), null, 1_000))
                    .extracting(PublishedNotice::id)
                    .doesNotContain(id);
            assertThat(notices().latest(town(), filter, now(), 1_000))
                    .extracting(PublishedNotice::id)
                    .doesNotContain(id);
            assertThat(notices().events(town(), filter, now(), 1_000))
                    .extracting(PublishedNotice::id)
                    .doesNotContain(id);
            for (String channel : List.of("website", "feed", "phone")) {
                assertThat(notices().gone(town(), channel, filter, Instant.EPOCH, 1_000))
                        .extracting(gone -> gone.notice().id())
                        .doesNotContain(id);
            }
        }
        for (String channel : List.of("website", "feed", "phone")) {
            assertThat(notices().gone(town(), channel, id)).isEmpty();
        }
        assertThat(notices().emergencies(town(), now()))
                .extracting(PublishedNotice::id)
                .doesNotContain(id);
        assertThat(notices().archive(town(), month, house().town().zone(), null, 1_000))
                .extracting(PublishedNotice::id)
                .doesNotContain(id);
        assertThat(notices().permalinks(town(), month, house().town().zone()))
                .extracting(PublicNotices.Permalink::id)
                .doesNotContain(id);
    }

    @Test
    default void anExerciseCountsInNoMonthAndEndsNothing() {
        YearMonth month = YearMonth.from(now().atZone(house().town().zone()));
        var before = notices().archiveMonths(town());
        var end = notices().nextEnd(town(), now());

        NoticeId id = house().exercise(Set.of(), Set.of());
        assertThat(notices().archiveMonths(town())).isEqualTo(before);
        assertThat(notices().nextEnd(town(), now())).isEqualTo(end);
        house().withdraw(id, "Fin de l’exercice.");
        assertThat(notices().archiveMonths(town()).get(month)).isEqualTo(before.get(month));
    }
}
