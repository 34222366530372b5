package fr.tambour.notice.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Finding;
import fr.tambour.notice.Kind;
import fr.tambour.notice.WallTime;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every notice needs, whatever its channels. The town speaks French first, and English. */
class BasicChecksTest {

    private static final Town TOWN = new Town(
            new TownId(1), "clairval", TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false, 1);
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Words WORDS = Words.of("Un titre", "Un résumé.", "Un texte.");

    private static List<String> found(Content content) {
        return new BasicChecks()
                .check(new DraftView(TOWN, false, content, "", NOW, Optional.empty())).stream()
                        .map(finding -> (finding.blocks() ? "" : "(") + finding.code() + " " + finding.field()
                                + (finding.blocks() ? "" : ")"))
                        .toList();
    }

    private static Content of(Kind kind, Words words) {
        return Content.blank(kind, "fr", List.of("website")).withWords("fr", words);
    }

    private static Content event(@Nullable String start, @Nullable String end, Content.@Nullable Repeat repeat) {
        return of(Kind.EVENT, WORDS)
                .withEvent(new Content.Event(time(start), time(end), false, "Halle", "", "", repeat));
    }

    private static @Nullable WallTime time(@Nullable String local) {
        return local == null ? null : WallTime.of(LocalDateTime.parse(local));
    }

    private static Content with(Content of, List<Content.PictureUse> pictures, Content.@Nullable Source source) {
        return new Content(
                of.kind(),
                of.words(),
                pictures,
                of.districts(),
                of.themes(),
                of.from(),
                of.until(),
                source,
                of.event(),
                of.emergency(),
                of.channels(),
                of.edited(),
                of.wished());
    }

    @Test
    void completeNewsLacksNothing() {
        assertThat(found(of(Kind.NEWS, WORDS))).isEmpty();
    }

    @Test
    void aCorrectionSaysWhyAndAnAddedLanguageNeedNot() {
        Content shown = of(Kind.NEWS, WORDS);
        Content corrected = of(Kind.NEWS, Words.of("Un autre titre", "Un résumé.", "Un texte."));
        Content translated = shown.withWords("en", Words.of("A title", "A summary.", "A text."));

        assertThat(corrects(shown, corrected, " ")).contains("reason.missing");
        assertThat(corrects(shown, corrected, "Une erreur.")).isEmpty();
        assertThat(corrects(shown, translated, "")).isEmpty();
    }

    private static List<String> corrects(Content shown, Content draft, String reason) {
        DraftView.Shown stands = new DraftView.Shown(NOW, false, shown);
        return new BasicChecks()
                .check(new DraftView(TOWN, false, draft, reason, NOW, Optional.of(stands))).stream()
                        .map(Finding::code)
                        .toList();
    }

    @Test
    void anEventIsAnnouncedUntilItTakesPlace() {
        Content.Repeat weekly = new Content.Repeat(
                Content.Repeat.Frequency.WEEKLY, LocalDate.parse("2026-12-20"), new TreeSet<LocalDate>());
        Content yoga = event("2026-12-06T20:00", "2026-12-06T22:00", weekly);
        assertThat(found(yoga.withUntil(time("2026-12-06T20:00")))).containsExactly("until.before-event until");
        assertThat(found(yoga.withUntil(time("2026-12-10T00:00")))).containsExactly("(until.before-last until)");
        assertThat(found(yoga.withUntil(time("2026-12-21T00:00")))).isEmpty();
    }

    @Test
    void anAlertThatBeginsLikeAnExerciseIsAdvisedAgainstAndAnExerciseIsNot() {
        Content.Emergency emergency = new Content.Emergency(Content.Emergency.Severity.SEVERE, "Quais", "");
        Content titled = of(Kind.EMERGENCY, new Words("EXERCICE – Crue", "", "", "", "", "Montez."))
                .withEmergency(emergency);
        Content told = of(Kind.EMERGENCY, new Words("Crue", "", "", "", "", "« Exercice » : montez."))
                .withEmergency(emergency);
        assertThat(found(titled)).containsExactly("(emergency.like-exercise title)");
        assertThat(found(told)).containsExactly("(emergency.like-exercise instruction)");
        assertThat(found(of(Kind.EMERGENCY, new Words("Crue", "", "", "", "", "Montez."))
                        .withWords("en", new Words("Flood", "", "", "", "", "Exercise: go up."))
                        .withEmergency(emergency)))
                .contains("(emergency.like-exercise instruction)");
        assertThat(found(of(Kind.EMERGENCY, new Words("Crue", "", "", "", "", "Exercez-vous à monter."))
                        .withEmergency(emergency)))
                .isEmpty();
        assertThat(new BasicChecks().check(new DraftView(TOWN, true, titled, "", NOW, Optional.empty())))
                .isEmpty();
        assertThat(found(of(Kind.NEWS, Words.of("Exercice de sécurité à l’école", "Un résumé.", "Un texte."))))
                .isEmpty();
    }

    @Test
    void anAlertStandsADayAtMost() {
        Content alert = of(Kind.EMERGENCY, new Words("", "", "", "", "", "Restez."))
                .withEmergency(new Content.Emergency(Content.Emergency.Severity.SEVERE, "Quais", ""));
        assertThat(found(alert.withUntil(time("2026-11-25T09:00")))).isEmpty();
        assertThat(found(alert.withUntil(time("2026-11-25T09:01")))).containsExactly("until.too-long until");
    }

    @Test
    void aTranslationDescribesThePicturesToo() {
        Content news = of(Kind.NEWS, WORDS).withWords("en", Words.of("A title", "A summary.", "A text."));
        assertThat(found(with(news, List.of(picture(Map.of("fr", "Un kiosque"))), null)))
                .containsExactly("(language.incomplete words.en)");
        assertThat(found(with(news, List.of(picture(Map.of("fr", "Un kiosque", "en", "A bandstand"))), null)))
                .isEmpty();
    }

    private static Content.PictureUse picture(Map<String, String> alternatives) {
        return new Content.PictureUse("a1", new TreeMap<>(alternatives), false, "", Content.Focus.CENTRE);
    }

    @Test
    void whatIsMissingIsListedInTheFormsOrder() {
        assertThat(found(Content.blank(Kind.NEWS, "fr", List.of())))
                .containsExactly(
                        "title.missing title",
                        "summary.missing summary",
                        "(body.missing body)",
                        "channels.none channels");
    }

    @ParameterizedTest
    @CsvSource({
        "80,180,",
        "81,180,(title.long title)",
        "160,180,(title.long title)",
        "161,180,title.too-long title",
        "80,181,(summary.long summary)",
        "80,400,(summary.long summary)",
        "80,401,summary.too-long summary"
    })
    void lengthsAreAdvisedThenRefused(int title, int summary, @Nullable String finding) {
        List<String> found = found(of(Kind.NEWS, Words.of("é".repeat(title), "é".repeat(summary), "Un texte.")));
        assertThat(found).isEqualTo(finding == null ? List.of() : List.of(finding));
    }

    @Test
    void lengthsAreCountedAsAReaderSeesThem() {
        // A family of four is one character to a reader, eleven to Java.
        assertThat(found(of(Kind.NEWS, Words.of("👨‍👩‍👧‍👦".repeat(80), "Un résumé.", "Un texte."))))
                .isEmpty();
    }

    @Test
    void aSecondLanguageMaySayLessAndThenDoesNotGoOut() {
        Content half = of(Kind.NEWS, WORDS).withWords("en", Words.of("A title", "", ""));
        assertThat(found(half)).containsExactly("(language.incomplete words.en)");
        Content whole = of(Kind.NEWS, WORDS).withWords("en", Words.of("A title", "A summary.", "A text."));
        assertThat(found(whole)).isEmpty();
        Content lengthy = of(Kind.NEWS, WORDS).withWords("en", Words.of("a".repeat(161), "A summary.", "A text."));
        assertThat(found(lengthy)).containsExactly("title.too-long title.en");
    }

    @Test
    void aPictureIsDescribedInTheFirstLanguageOrDecorativeOnPurpose() {
        Content.PictureUse undescribed = new Content.PictureUse("a", new TreeMap<>(), false, "", Content.Focus.CENTRE);
        Content.PictureUse english =
                new Content.PictureUse("b", new TreeMap<>(Map.of("en", "A stall")), false, "", Content.Focus.CENTRE);
        Content.PictureUse described =
                new Content.PictureUse("c", new TreeMap<>(Map.of("fr", "Un étal")), false, "", Content.Focus.CENTRE);
        Content.PictureUse decorative = new Content.PictureUse("d", new TreeMap<>(), true, "", Content.Focus.CENTRE);
        assertThat(found(with(of(Kind.NEWS, WORDS), List.of(described, undescribed, decorative, english), null)))
                .containsExactly("picture.undescribed pictures[1]", "picture.undescribed pictures[3]");
    }

    @Test
    void anEventNeedsItsStartAndShouldSayWhere() {
        assertThat(found(event(null, null, null))).containsExactly("event.start.missing event.start");
        assertThat(found(of(Kind.EVENT, WORDS)
                        .withEvent(new Content.Event(time("2026-12-05T18:30"), null, false, "", "", "", null))))
                .containsExactly("(event.place.missing event.place)");
        assertThat(found(event("2026-12-05T00:00", null, null))).containsExactly("(event.start.midnight event.start)");
    }

    @Test
    void anEventEndsAfterItBegins() {
        assertThat(found(event("2026-12-05T18:30", "2026-12-05T18:30", null)))
                .containsExactly("event.end.before-start event.end");
        assertThat(found(event("2026-11-20T18:30", "2026-11-20T19:30", null)))
                .as("it is over")
                .containsExactly("until.past event.start");
    }

    @Test
    void aRepeatHasOccurrencesAndNotTooMany() {
        assertThat(found(event("2026-12-05T18:30", null, daily("2026-12-04"))))
                .contains("event.repeat.before-start event.repeat");
        assertThat(found(event("2026-12-05T18:30", null, daily("2026-12-05", "2026-12-05"))))
                .contains("event.repeat.empty event.repeat");
        assertThat(found(event("2026-12-05T18:30", null, daily("2029-12-05"))))
                .containsExactly("event.repeat.too-many event.repeat");
        assertThat(found(event("2026-12-05T18:30", null, daily("2027-12-05")))).isEmpty();
    }

    private static Content.Repeat daily(String last, String... except) {
        TreeSet<LocalDate> days = new TreeSet<>();
        for (String day : except) {
            days.add(LocalDate.parse(day));
        }
        return new Content.Repeat(Content.Repeat.Frequency.DAILY, LocalDate.parse(last), days);
    }

    @Test
    void practicalInformationSaysUntilWhen() {
        assertThat(found(of(Kind.PRACTICAL, WORDS))).containsExactly("until.missing until");
        assertThat(found(of(Kind.PRACTICAL, WORDS).withUntil(time("2026-11-24T08:59"))))
                .as("one minute ago in Paris")
                .containsExactly("until.past until");
        assertThat(found(of(Kind.PRACTICAL, WORDS).withUntil(time("2026-11-24T09:01"))))
                .isEmpty();
    }

    @Test
    void whatIsWishedForLaterMustStillHoldThen() {
        Content later = of(Kind.NEWS, WORDS).withUntil(time("2026-12-01T08:00")).withWished(time("2026-12-01T08:00"));
        assertThat(found(later)).containsExactly("until.past until");
        assertThat(found(later.withWished(time("2026-12-01T07:59")))).isEmpty();
    }

    @Test
    void anEmergencyNeedsInstructionSeverityAndAreaAndNothingElse() {
        assertThat(found(of(Kind.EMERGENCY, Words.NONE)))
                .containsExactly(
                        "emergency.instruction.missing instruction",
                        "emergency.severity.missing emergency.severity",
                        "emergency.area.missing emergency.area");
        assertThat(found(of(Kind.EMERGENCY, new Words("", "", "", "", "", "Restez chez vous."))
                        .withEmergency(new Content.Emergency(Content.Emergency.Severity.EXTREME, "Le bourg", ""))))
                .isEmpty();
    }

    @Test
    void theTwoNightsOfTheYearAskWhichHour() {
        assertThat(found(of(Kind.NEWS, WORDS).withUntil(time("2027-03-28T02:30"))))
                .containsExactly("time.missing until");
        assertThat(found(of(Kind.NEWS, WORDS).withUntil(time("2027-10-31T02:30"))))
                .containsExactly("time.twice until");
        WallTime said = new WallTime(LocalDateTime.parse("2027-10-31T02:30"), ZoneOffset.ofHours(1));
        assertThat(found(of(Kind.NEWS, WORDS).withUntil(said))).isEmpty();
        assertThat(found(event("2027-10-31T02:30", null, null))).containsExactly("time.twice event.start");
        assertThat(found(of(Kind.NEWS, WORDS).withWished(time("2027-03-28T02:30"))))
                .containsExactly("time.missing wished");
    }

    @Test
    void aSourceShouldSayWhen() {
        assertThat(found(with(of(Kind.NEWS, WORDS), List.of(), new Content.Source("Préfecture", null))))
                .containsExactly("(source.date.missing source.date)");
        assertThat(found(with(
                        of(Kind.NEWS, WORDS), List.of(), new Content.Source("Préfecture", LocalDate.of(2026, 11, 23)))))
                .isEmpty();
    }

    @Test
    void theSameDraftGivesTheSameFindings() {
        Content content = event("2027-10-31T02:30", "2026-12-05T18:30", daily("2029-12-05"));
        DraftView draft = new DraftView(TOWN, false, content, "", NOW, Optional.empty());
        List<Finding> first = new BasicChecks().check(draft);
        assertThat(new BasicChecks().check(draft)).isEqualTo(first).isNotEmpty();
    }
}
