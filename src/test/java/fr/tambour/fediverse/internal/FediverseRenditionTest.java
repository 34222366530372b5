package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.fediverse.FediverseTown;
import fr.tambour.notice.Content;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Finding;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Rendition;
import fr.tambour.testing.TestClock;
import fr.tambour.text.Counting;
import fr.tambour.town.ListEntry;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.ui.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What a post says, and what its author may choose. */
class FediverseRenditionTest {

    private static final Town TOWN = new Town(
            new TownId(3), "clairval", TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false, 1);

    private final FediverseRendition rendition = new FediverseRendition(words(), new OnlyThemes());

    private static Words words() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasenames("fr/tambour/fediverse/messages", "fr/tambour/notice/messages", "fr/tambour/ui/messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setDefaultLocale(Locale.FRENCH);
        return new Words(messages, Locale.FRENCH);
    }

    /** The town has these. */
    private static final class OnlyThemes implements Themes {

        private final List<Theme> all = IntStream.rangeClosed(1, 12)
                .mapToObj(i -> new Theme(i, TOWN.id(), "theme-" + i, Map.of("fr", "vie associative " + i), true))
                .toList();

        @Override
        public List<Theme> of(TownId town) {
            return all;
        }

        @Override
        public List<Theme> ever(TownId town) {
            return all;
        }

        @Override
        public Optional<Theme> byId(TownId town, long id) {
            return all.stream().filter(theme -> theme.id() == id).findFirst();
        }

        @Override
        public Optional<Theme> bySlug(TownId town, String slug) {
            return all.stream().filter(theme -> theme.slug().equals(slug)).findFirst();
        }

        @Override
        public List<Theme> arrange(TownId town, List<ListEntry> entries) {
            throw new UnsupportedOperationException();
        }
    }

    private static DraftView draft(Content content, String reason) {
        return new DraftView(TOWN, false, content, reason, TestClock.START, Optional.empty());
    }

    private static Content content(int french, int english) {
        return Content.blank(Kind.NEWS, "fr", List.of("fediverse", "website"))
                .withWords(
                        "fr", Content.Words.of("Travaux", "Jusqu’au printemps.", "La rue est fermée. ".repeat(french)))
                .withWords("en", Content.Words.of("Works", "Until spring.", "The street is closed. ".repeat(english)));
    }

    private static Content thread(Content content, String language) {
        return content.withEdited("fediverse", language, new TreeMap<>(Map.of("form", "thread")));
    }

    private List<String> posts(Content content, String language, String reason) {
        Map<String, String> derived = rendition.derive(draft(content, reason), language);
        return rendition.messages(new Rendition("fediverse", language, new TreeMap<>(derived), false));
    }

    private List<String> findings(Content content) {
        return rendition.check(draft(content, "")).stream()
                .filter(Finding::blocks)
                .map(Finding::code)
                .toList();
    }

    @Test
    void aPostSaysTitleAndSummaryAndAThreadAllOfIt() {
        Content written = content(40, 40);
        assertThat(posts(written, "fr", "")).containsExactly("Travaux\n\nJusqu’au printemps.");

        List<String> posts = posts(thread(written, "fr"), "fr", "");
        assertThat(posts).hasSize(2);
        assertThat(posts.getFirst())
                .startsWith("Travaux\n\nJusqu’au printemps.\n\nLa rue est fermée.")
                .endsWith(" (1/2)");
        assertThat(posts.getLast()).endsWith("La rue est fermée. (2/2)");
        assertThat(posts(thread(written, "fr"), "en", ""))
                .as("each language by itself")
                .hasSize(1);
    }

    @Test
    void aThreadSaysWhereTheLinksOfItsTextLead() {
        Content linked = Content.blank(Kind.NEWS, "fr", List.of("fediverse", "website"))
                .withWords(
                        "fr",
                        Content.Words.of(
                                "Travaux",
                                "Jusqu’au printemps.",
                                "Voir [le plan](/avis/plan), <https://a.example/b> ou [a.example](https://a.example/),"
                                        + " [écrire](mailto:voirie@clairval.example)."));
        assertThat(posts(thread(linked, "fr"), "fr", ""))
                .containsExactly("Travaux\n\nJusqu’au printemps.\n\nVoir le plan (https://clairval.example/avis/plan),"
                        + " https://a.example/b ou https://a.example/, écrire (voirie@clairval.example).");
    }

    /** What stands in the post as people read it: the text, the link and the hashtags, each in a paragraph of its own. */
    private static String whole(String text, Content content) {
        List<Hashtag> tags = Hashtag.of(content, TOWN, new OnlyThemes());
        String html = PostHtml.of(text, "https://clairval.example/avis/0NK2B8X4T9QZ1/" + "a".repeat(80), tags);
        return Jsoup.parse(html.replace("</p><p>", "</p>\n\n<p>")).body().wholeText();
    }

    @Test
    void aLongNoticeIsFiveHundredCharactersAtMostWithItsLinkAndItsHashtagsAndEndsWithASentence() {
        String sentence =
                "La rue de la Fontaine est fermée aux voitures du pont à la gare, et les bus passent par le quai. ";
        Content written = FediverseTown.themed(
                Content.blank(Kind.NEWS, "fr", List.of("fediverse", "website"))
                        .withWords(
                                "fr",
                                Content.Words.of("Travaux rue de la Fontaine ".repeat(5), sentence.repeat(4), "")),
                1,
                2,
                3);
        String text = posts(written, "fr", "").getFirst();
        assertThat(text).endsWith("par le quai.");
        assertThat(ThreadText.length(whole(text, written))).isBetween(400, 500);
        assertThat(whole(text, written)).endsWith("#VieAssociative1 #VieAssociative2 #VieAssociative3");
    }

    @Test
    void ofManyHashtagsThoseThatAreTooMuchStandInNoText() {
        Content written = FediverseTown.themed(content(1, 1), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        List<Hashtag> all = Hashtag.of(written, TOWN, new OnlyThemes());
        assertThat(all).hasSize(12);
        assertThat(whole("Travaux", written)).endsWith("#VieAssociative7").doesNotContain("#VieAssociative8");
    }

    @Test
    void whatIsWrittenByHandIsCountedWithTheHashtagsAndAddressesAsTwentyThree() {
        String address = "https://clairval.example/" + "a".repeat(100);
        Content fits =
                content(1, 1).withEdited("fediverse", "fr", new TreeMap<>(Map.of("text", "x ".repeat(220) + address)));
        assertThat(findings(fits)).isEmpty();
        assertThat(findings(FediverseTown.themed(fits, 1, 2))).containsExactly("fediverse-text-long");
    }

    @Test
    void aDemonstrationLeavesRoomToSayThatItIsOne() {
        Town demonstration = new Town(TOWN.id(), TOWN.slug(), TOWN.origin(), TOWN.profile(), true, 1);
        Content written = Content.blank(Kind.NEWS, "fr", List.of("fediverse", "website"))
                .withWords("fr", Content.Words.of("Travaux", "mot ".repeat(200), ""));
        DraftView draft = new DraftView(demonstration, false, written, "", TestClock.START, Optional.empty());
        String text = rendition.derive(draft, "fr").get("text");
        String marked = Notes.marked(text, demonstration, words().in(Locale.FRENCH));
        assertThat(marked).startsWith("Démonstration\u00a0: ").endsWith(" mot…");
        assertThat(ThreadText.length(whole(marked, written))).isBetween(490, 500);
    }

    @Test
    void whatWasWrittenByHandIsWhatIsCut() {
        Content byHand = content(40, 0)
                .withEdited("fediverse", "fr", new TreeMap<>(Map.of("form", "thread", "text", "Un fil court.")));
        assertThat(posts(byHand, "fr", "")).containsExactly("Un fil court.");
    }

    @Test
    void aCorrectionLeavesRoomForItsReasonInTheFirstPost() {
        String reason = "Le chantier finit plus tôt que prévu.";
        String first = posts(thread(content(60, 0), "fr"), "fr", reason).getFirst();
        assertThat(Counting.graphemes(first) + Counting.graphemes(reason) + 25).isLessThan(500);
        assertThat(Counting.graphemes(first)).isGreaterThan(350);
    }

    @Test
    void aThreadOfMoreThanTwelvePostsWaitsAndSoDoesOneThatIsLongerThanInTheFirstLanguage() {
        assertThat(findings(thread(content(60, 60), "fr"))).isEmpty();
        assertThat(findings(thread(content(400, 0), "fr"))).containsExactly("fediverse-thread-long");
        assertThat(findings(thread(content(60, 60), "en"))).containsExactly("fediverse-thread-longer");
        assertThat(findings(thread(thread(content(60, 20), "en"), "fr"))).isEmpty();
        assertThat(findings(content(1, 1)
                        .withEdited("fediverse", "fr", new TreeMap<>(Map.of("text", "x".repeat(480))))))
                .containsExactly("fediverse-text-long");
        assertThat(findings(content(1, 1)
                        .withEdited(
                                "fediverse", "fr", new TreeMap<>(Map.of("text", "x".repeat(480), "form", "thread")))))
                .isEmpty();
    }
}
