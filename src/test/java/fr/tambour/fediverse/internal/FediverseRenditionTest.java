package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.Content;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Finding;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Rendition;
import fr.tambour.testing.TestClock;
import fr.tambour.text.Counting;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.ui.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What a post says, and what its author may choose. */
class FediverseRenditionTest {

    private static final Town TOWN = new Town(
            new TownId(3), "clairval", TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false, 1);

    private final FediverseRendition rendition = new FediverseRendition(words());

    private static Words words() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasenames("fr/tambour/fediverse/messages", "fr/tambour/notice/messages", "fr/tambour/ui/messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setDefaultLocale(Locale.FRENCH);
        return new Words(messages, Locale.FRENCH);
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
