package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.text.Counting;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where a long text is cut into posts. */
class ThreadTextTest {

    private static final int MOST = 60;
    private static final int LINK = 20;

    private static String beginning(String text) {
        return ThreadText.beginning(text, Locale.FRENCH, MOST);
    }

    @Test
    void whatFitsOnePostIsWholeAndAnAddressCountsAsTwentyThree() {
        assertThat(beginning("Le bal est samedi.\n\nVenez\u00a0!")).isEqualTo("Le bal est samedi.\n\nVenez\u00a0!");
        String address = "https://clairval.example/" + "a".repeat(200);
        assertThat(ThreadText.length("Voir " + address + ".")).isEqualTo(5 + 23 + 1);
        assertThat(beginning("Le plan de la place se lit sur " + address + "."))
                .isEqualTo("Le plan de la place se lit sur " + address + ".");
    }

    @Test
    void ofALongerTextWholeSentencesRemainWhereTheySayEnough() {
        assertThat(beginning(
                        "Le bal est samedi à 20 h 30.\n\nL’entrée est libre. On danse sur la place jusqu’à minuit."))
                .isEqualTo("Le bal est samedi à 20 h 30.\n\nL’entrée est libre.");
    }

    @Test
    void elseWholeWordsRemainAndNothingThatLeadsOn() {
        assertThat(beginning("Le bal.\n\nIl aura lieu samedi, à 20 h 30, sur la place de l’Hôtel-de-Ville."))
                .isEqualTo("Le bal.\n\nIl aura lieu samedi, à 20 h 30, sur la place de…");
        assertThat(beginning("Le bal.\n\nIl aura lieu samedi à vingt heures et demie, boulevard du Pont, à Clairval."))
                .isEqualTo("Le bal.\n\nIl aura lieu samedi à vingt heures et demie…");
        assertThat(beginning("Une seule phrase trop longue pour un message mais faite de mots\u00a0; encore."))
                .isEqualTo("Une seule phrase trop longue pour un message mais faite de…");
        assertThat(beginning("x".repeat(90))).isEqualTo("x".repeat(59) + "…");
    }

    @Test
    void noWordIsCutAndNothingIsLongerThanItsRoom() {
        Random random = new Random(20_261_130);
        for (int round = 0; round < 2_000; round++) {
            String text = IntStream.range(0, 5 + random.nextInt(60))
                    .mapToObj(i -> "mot" + random.nextInt(10_000) + (random.nextInt(9) == 0 ? ". L" + i : ""))
                    .collect(Collectors.joining(random.nextInt(3) == 0 ? "\n" : " "));
            int room = 30 + random.nextInt(200);
            String beginning = ThreadText.beginning(text, Locale.FRENCH, room);
            assertThat(ThreadText.length(beginning)).isLessThanOrEqualTo(room);
            assertThat(List.of(text.split("\\s+")))
                    .as(beginning)
                    .containsAll(List.of(beginning.replace("…", "").split("\\s+")));
        }
    }

    private static List<String> posts(String text) {
        return ThreadText.of(text, Locale.FRENCH, MOST, LINK);
    }

    @Test
    void whatFitsWithTheLinkIsOnePostWithoutANumber() {
        assertThat(posts("Le bal est samedi.")).containsExactly("Le bal est samedi.");
        assertThat(posts("x".repeat(40))).hasSize(1);
        assertThat(posts("x".repeat(41))).hasSize(2);
    }

    @Test
    void itIsCutWhereSentencesEndAndTheFirstLeavesRoomForTheLink() {
        assertThat(posts("Le bal est samedi. Venez à 20 h 30. L’entrée est libre. On danse sur la place."))
                .containsExactly(
                        "Le bal est samedi. (1/3)",
                        "Venez à 20 h 30. L’entrée est libre. (2/3)",
                        "On danse sur la place. (3/3)");
    }

    @Test
    void paragraphsAndLinesStayWhatTheyAreWithinAPost() {
        assertThat(posts("Le bal.\n\nSamedi.\nÀ la salle des fêtes et sur la place.\n\nVenez."))
                .containsExactly("Le bal.\n\nSamedi. (1/2)", "À la salle des fêtes et sur la place.\n\nVenez. (2/2)");
    }

    @Test
    void anAbbreviationOrAQuestionWithItsSpaceEndsNoSentenceInTheMiddle() {
        assertThat(posts("Rendez-vous samedi à 20 h. Parlez à M. Duval\u00A0! Il vous attend av. Foch avec Mme. Roy."))
                .containsExactly(
                        "Rendez-vous samedi à 20 h. (1/3)",
                        "Parlez à M. Duval\u00A0! (2/3)",
                        "Il vous attend av. Foch avec Mme. Roy. (3/3)");
    }

    @Test
    void aSentenceThatFitsNowhereIsCutBetweenWordsAndAWordWhereItMust() {
        assertThat(posts("Un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze"))
                .containsExactly(
                        "Un deux trois quatre cinq six (1/2)", "sept huit neuf dix onze douze treize quatorze (2/2)");
        assertThat(posts("y".repeat(90)))
                .containsExactly("y".repeat(32) + " (1/3)", "y".repeat(52) + " (2/3)", "yyyyyy (3/3)");
    }

    /** As servers count: an address of a hundred characters is 23. */
    @Test
    void anAddressCountsAsManyCharactersAsServersCountIt() {
        String address = "https://clairval.example/" + "a".repeat(100);
        assertThat(posts("Le dossier : " + address)).hasSize(1);
        assertThat(posts("Le dossier est long à lire : " + address)).hasSize(2);
    }

    @Test
    void anAddressIsNeverCutHoweverLongItIs() {
        String address = "https://clairval.example/" + "a".repeat(100);
        assertThat(posts(address + " dit tout ce que l’on peut savoir de ces travaux"))
                .containsExactly(address + " dit tout (1/2)", "ce que l’on peut savoir de ces travaux (2/2)");
        assertThat(posts("Ce que l’on peut savoir de ces travaux est ici (" + address + ")"))
                .last()
                .asString()
                .contains("(" + address + ")");
    }

    @Test
    void whatIsAnAddressInAPostIsALink() {
        assertThat(PostHtml.paragraphs("Le plan (https://clairval.example/plan?a=1&b=2).\nOu https://a.example/."))
                .isEqualTo(
                        "<p>Le plan (<a href=\"https://clairval.example/plan?a=1&amp;b=2\" rel=\"nofollow noopener\">"
                                + "https://clairval.example/plan?a=1&amp;b=2</a>).<br>Ou <a href=\"https://a.example/\""
                                + " rel=\"nofollow noopener\">https://a.example/</a>.</p>");
    }

    @Test
    void nothingIsLostWhateverTheTextAndEveryPostFits() {
        for (int n = 0; n < 300; n++) {
            String seed = "seed " + n;
            Random random = new Random(n);
            String text = IntStream.range(0, 5 + random.nextInt(60))
                    .mapToObj(word -> "é".repeat(1 + random.nextInt(word % 13 == 0 ? 70 : 12))
                            + List.of(" ", ". ", "\n", "\n\n", "\u00A0! ", " 👨‍👩‍👧 ")
                                    .get(random.nextInt(6)))
                    .collect(Collectors.joining());
            List<String> posts = posts(text);
            String together = posts.stream()
                    .map(post -> posts.size() == 1 ? post : post.replaceFirst(" \\([0-9]+/[0-9]+\\)$", ""))
                    .collect(Collectors.joining());
            assertThat(together.replaceAll("\\s", "")).as(seed).isEqualTo(text.replaceAll("\\s", ""));
            assertThat(Counting.graphemes(posts.getFirst())).isLessThanOrEqualTo(MOST - LINK);
            assertThat(posts)
                    .allSatisfy(post ->
                            assertThat(Counting.graphemes(post)).as(seed).isBetween(1, MOST));
        }
    }
}
