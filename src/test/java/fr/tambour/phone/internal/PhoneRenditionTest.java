package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.Content;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Finding;
import fr.tambour.notice.Kind;
import fr.tambour.notice.WallTime;
import fr.tambour.testing.TestClock;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PhoneRenditionTest {

    private static final Town TOWN = new Town(
            new TownId(3), "clairval", TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false, 1);

    private final PhoneRendition rendition = new PhoneRendition(TellingTest.words());

    private static DraftView draft(Content content) {
        return new DraftView(TOWN, false, content, "", TestClock.START, Optional.empty());
    }

    private static Content content(Kind kind, String title, String summary) {
        return Content.blank(kind, "fr", List.of("phone", "website"))
                .withWords("fr", Content.Words.of(title, summary, "Un texte."));
    }

    private List<String> findings(Content content) {
        return rendition.check(draft(content)).stream().map(Finding::code).toList();
    }

    @Test
    void aNoticeGoesToPhonesWhateverItsKindUnlessSomebodyUnticksIt() {
        for (Kind kind : Kind.values()) {
            assertThat(rendition.byDefault(kind)).isTrue();
        }
        assertThat(rendition.always()).isFalse();
    }

    @Test
    void ofAnEventItSaysFirstWhenAndWhere() {
        Content ball = content(Kind.EVENT, "Le bal", "Venez danser.")
                .withEvent(new Content.Event(
                        WallTime.of(LocalDateTime.parse("2026-12-05T20:30")),
                        WallTime.of(LocalDateTime.parse("2026-12-05T22:00")),
                        false,
                        "Kiosque",
                        "",
                        "",
                        null));

        assertThat(rendition.derive(draft(ball), "fr"))
                .containsEntry(
                        "text",
                        "Samedi 5\u00a0décembre 2026, de 20\u00a0h\u00a030 à 22\u00a0h, Kiosque\nVenez danser.");
    }

    @Test
    void anAlertWhoseSummaryIsItsInstructionSaysItOnce() {
        Content alert = Content.blank(Kind.EMERGENCY, "fr", List.of("phone", "website"))
                .withWords("fr", new Content.Words("Crue", "Montez à l’étage.", "", "", "", "Montez à l’étage."));

        assertThat(rendition.derive(draft(alert), "fr")).containsEntry("text", "Montez à l’étage.");
    }

    @Test
    void anAlertWhoseSummaryIsTheBeginningOfItsInstructionSaysItOnce() {
        String instruction = "Montez à l’étage.\nNe traversez pas une route inondée, même à pied.";
        Content alert = Content.blank(Kind.EMERGENCY, "fr", List.of("phone", "website"))
                .withWords(
                        "fr",
                        new Content.Words(
                                "Crue", "Montez à l’étage. Ne traversez pas une rou…", "", "", "", instruction));

        assertThat(rendition.derive(draft(alert), "fr")).containsEntry("text", instruction);
    }

    @Test
    void aLongSummaryIsCutBetweenWords() {
        String summary = "Les travaux de la rue du Moulin commencent. ".repeat(8);
        String text = rendition
                .derive(draft(content(Kind.PRACTICAL, "Travaux", summary)), "fr")
                .getOrDefault("text", "");
        assertThat(text).hasSizeLessThanOrEqualTo(150).endsWith("…");
        assertThat(summary).startsWith(text.substring(0, text.length() - 1));
        assertThat(summary.charAt(text.length() - 1)).isEqualTo(' ');

        assertThat(rendition.derive(draft(content(Kind.PRACTICAL, "Travaux", "Court.")), "fr"))
                .isEqualTo(Map.of("title", "Travaux", "text", "Court."));
    }

    @Test
    void anEmergencyBeginsWithWhatToDoAndNothingOfItIsCut() {
        Content alarm = content(Kind.EMERGENCY, "Crue", "")
                .withWords(
                        "fr",
                        new Content.Words(
                                "Crue", "L'Orge monte. ".repeat(20), "", "", "", "Montez.\n\n Coupez le gaz. \n"));
        assertThat(rendition.derive(draft(alarm), "fr").getOrDefault("text", ""))
                .startsWith("Montez.\nCoupez le gaz.\nL'Orge monte.")
                .hasSizeGreaterThan(250);
    }

    private static Content alert(String title, String instruction, String area) {
        return Content.blank(Kind.EMERGENCY, "fr", List.of("phone", "website"))
                .withWords("fr", new Content.Words(title, "L'Orge monte.", "", "", "", instruction))
                .withEmergency(new Content.Emergency(Content.Emergency.Severity.SEVERE, area, ""));
    }

    private String text(Content content, String language) {
        return rendition.derive(draft(content), language).getOrDefault("text", "");
    }

    @Test
    void anAlertSaysWhereBehindWhatToDo() {
        Content alert = alert("Crue", "Montez à l’étage.", "Bords de l’Orge");
        assertThat(text(alert, "fr")).isEqualTo("Montez à l’étage.\nOù\u00a0: Bords de l’Orge\nL'Orge monte.");
        assertThat(text(alert.withWords("en", new Content.Words("Flood", "", "", "", "", "Go upstairs.")), "en"))
                .isEqualTo("Go upstairs.\nWhere: Bords de l’Orge");
    }

    @Test
    void whereStandsFirstOnlyWhereALockedScreenWouldNotShowItBehindALongInstruction() {
        String instruction = "Montez à l’étage et attendez. ".repeat(6).strip();
        assertThat(text(alert("Crue", instruction, "Bords de l’Orge"), "fr"))
                .isEqualTo("Où\u00a0: Bords de l’Orge\n" + instruction + "\nL'Orge monte.");
    }

    @Test
    void aLongAreaIsShortenedSoThatWhatToDoIsStillSeen() {
        String streets = "Rue du Moulin, rue des Écoles, ".repeat(12);
        assertThat(text(alert("Crue", "Montez.", streets), "fr").lines().skip(1).findFirst())
                .hasValueSatisfying(where -> assertThat(where)
                        .startsWith("Où\u00a0: Rue du Moulin")
                        .endsWith("…")
                        .hasSizeLessThan(60));
    }

    @Test
    void anAreaThatTheTitleOrTheInstructionNamesIsNotSaidTwice() {
        assertThat(text(alert("L’eau monte bords de l’Orge", "Montez.", "Bords de l’Orge"), "fr"))
                .isEqualTo("Montez.\nL'Orge monte.");
        assertThat(text(alert("Crue", "Quittez les bords de l’Orge.", "Bords de l’Orge"), "fr"))
                .isEqualTo("Quittez les bords de l’Orge.\nL'Orge monte.");
        assertThat(text(alert("Crue dans le quartier Est", "Montez.", "Est"), "fr"))
                .isEqualTo("Montez.\nL'Orge monte.");
        assertThat(text(alert("Crue", "Montez.", " "), "fr")).isEqualTo("Montez.\nL'Orge monte.");
    }

    @Test
    void anAreaIsNotTakenForNamedByAWordThatOnlyHoldsItsLetters() {
        assertThat(text(alert("Crue", "Restez chez vous. Il est trop tard pour partir.", "Est"), "fr"))
                .contains("\nOù\u00a0: Est\n");
        assertThat(text(alert("Crue de l’Orgeval", "Montez.", "Orge"), "fr")).contains("\nOù\u00a0: Orge\n");
    }

    @Test
    void aTitleOrASummaryThatALockedScreenCutsIsSaidAndBlocksNothing() {
        Content tooLong = content(Kind.NEWS, "é".repeat(51), "é".repeat(151));
        assertThat(findings(tooLong)).containsExactly("phone-title-long", "phone-text-long");
        assertThat(rendition.check(draft(tooLong))).noneMatch(Finding::blocks);
        assertThat(findings(content(Kind.NEWS, "é".repeat(50), "é".repeat(150))))
                .isEmpty();
        assertThat(findings(content(Kind.EMERGENCY, "Crue", "é".repeat(400)))).isEmpty();
    }

    @Test
    void whatSomebodyWroteForPhonesIsWhatIsLookedAt() {
        Content edited = content(Kind.NEWS, "é".repeat(60), "é".repeat(200))
                .withEdited("phone", "fr", new TreeMap<>(Map.of("title", "Court", "text", "Court aussi.")));
        assertThat(findings(edited)).isEmpty();
    }

    @Test
    void ofAnExerciseTheMarkIsCountedWithTheTitle() {
        Content fits = content(Kind.EMERGENCY, "é".repeat(39), "");
        assertThat(findings(fits)).isEmpty();
        assertThat(rendition.check(practised(fits))).isEmpty();
        assertThat(rendition.check(practised(content(Kind.EMERGENCY, "é".repeat(40), ""))))
                .extracting(Finding::code)
                .containsExactly("phone-title-long");
    }

    private static DraftView practised(Content content) {
        return new DraftView(TOWN, true, content, "", TestClock.START, Optional.empty());
    }
}
