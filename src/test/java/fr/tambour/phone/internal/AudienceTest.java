package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Audience.Dropped;
import fr.tambour.dispatch.Choices;
import fr.tambour.dispatch.Choices.QuietHours;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.Errand.Reach;
import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.Rendition;
import fr.tambour.phone.internal.Phones.Past;
import fr.tambour.phone.internal.Phones.Standing;
import fr.tambour.testing.Generated;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is told: the whole table of kind, district, theme, quiet hours and language, and whom a correction goes to. */
class AudienceTest {

    private static final Instant NOON = Instant.parse("2026-11-24T11:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-11-24T18:00:00Z");
    private static final QuietHours NIGHT = new QuietHours(21, 7);

    /** The night's beginning and end, both sides of each. */
    private static final int[] HOURS = {6, 7, 12, 20, 21, 23, 0};

    private static final List<String> LANGUAGES = List.of("fr", "en", "fr-simple");

    private static final Dropped GONE = new Dropped(Set.of(5L, 6L), Set.of(5L, 6L));

    /** How a reader's choice stands to what the notice has, in one dimension. */
    private enum Meeting {
        NOTICE_HAS_NONE("the notice has none"),
        READER_CHOSE_NONE("the reader chose none"),
        SAME("one in common"),
        OTHER("none in common"),
        DROPPED("all that the reader chose are dropped"),
        PARTLY_DROPPED("none in common, one that the reader chose is dropped");

        /** In a town that has dropped nothing. */
        private static final List<Meeting> PLAIN = List.of(NOTICE_HAS_NONE, READER_CHOSE_NONE, SAME, OTHER);

        private final String words;

        Meeting(String words) {
            this.words = words;
        }

        private Set<Long> ofNotice() {
            return this == NOTICE_HAS_NONE ? Set.of() : Set.of(1L, 2L);
        }

        private Set<Long> chosen() {
            return switch (this) {
                case NOTICE_HAS_NONE, OTHER -> Set.of(8L, 9L);
                case READER_CHOSE_NONE -> Set.of();
                case SAME -> Set.of(2L, 9L);
                case DROPPED -> Set.of(5L, 6L);
                case PARTLY_DROPPED -> Set.of(5L, 9L);
            };
        }

        private boolean meets() {
            return this != OTHER && this != PARTLY_DROPPED;
        }

        /** The same of the districts of an alert. */
        private boolean alerts() {
            return this != OTHER;
        }
    }

    private enum Chosen {
        NOTHING,
        THIS_KIND,
        OTHERS_ONLY
    }

    private static Choices choices(
            Kind kind, Chosen chosen, Meeting theme, Meeting district, @Nullable QuietHours quiet, String language) {
        Set<Kind> kinds = switch (chosen) {
            case NOTHING -> Set.of();
            case THIS_KIND -> Set.of(kind);
            case OTHERS_ONLY -> Set.of(kind == Kind.NEWS ? Kind.EVENT : Kind.NEWS);
        };
        return new Choices(kinds, theme.chosen(), district.chosen(), quiet, language, false);
    }

    private static Choices agreeing(Choices silent) {
        return new Choices(
                silent.kinds(), silent.themes(), silent.districts(), silent.quiet(), silent.language(), true);
    }

    @Test
    void theWholeTableHolds() {
        int rows = 0;
        for (Kind kind : Kind.values()) {
            for (Chosen chosen : Chosen.values()) {
                for (Meeting theme : Meeting.values()) {
                    for (Meeting district : Meeting.values()) {
                        for (QuietHours quiet : new QuietHours[] {null, NIGHT}) {
                            for (String language : LANGUAGES) {
                                for (int hour : HOURS) {
                                    rows++;
                                    row(kind, chosen, theme, district, quiet, language, hour);
                                }
                            }
                        }
                    }
                }
            }
        }
        assertThat(rows).isEqualTo(4 * 3 * 6 * 6 * 2 * 3 * 7);
    }

    private static void row(
            Kind kind,
            Chosen chosen,
            Meeting theme,
            Meeting district,
            @Nullable QuietHours quiet,
            String language,
            int hour) {
        Audience audience = new Audience(kind, false, theme.ofNotice(), district.ofNotice(), GONE);
        Choices choices = choices(kind, chosen, theme, district, quiet, language);
        boolean alert = kind == Kind.EMERGENCY;
        boolean meant = alert ? district.alerts() : district.meets() && chosen != Chosen.OTHERS_ONLY && theme.meets();
        boolean asleep = !alert && quiet != null && (hour >= 21 || hour < 7);
        String where = "%s %s %s %s %s %s %d".formatted(kind, chosen, theme, district, quiet, language, hour);
        assertThat(Addressees.told(audience, new Hours.Any(), choices))
                .as(where)
                .isEqualTo(meant);
        assertThat(Addressees.told(audience, new Hours.Awake(hour), choices))
                .as("awake: " + where)
                .isEqualTo(meant && !asleep);
        assertThat(Addressees.told(audience, new Hours.Waking(hour, 7), choices))
                .as("waking: " + where)
                .isEqualTo(meant && asleep);
        assertThat(Addressees.told(audience, new Hours.Waking(hour, 8), choices))
                .as("waking at another hour: " + where)
                .isFalse();
    }

    @Test
    void anExerciseReachesNobodyWhoDidNotAgreeAndOfTheOthersWhomAnAlertWould() {
        for (Chosen chosen : Chosen.values()) {
            for (Meeting theme : Meeting.values()) {
                for (Meeting district : Meeting.values()) {
                    for (QuietHours quiet : new QuietHours[] {null, NIGHT}) {
                        Audience exercise =
                                new Audience(Kind.EMERGENCY, true, theme.ofNotice(), district.ofNotice(), GONE);
                        Choices silent = choices(Kind.EMERGENCY, chosen, theme, district, quiet, "fr");
                        String where = "%s %s %s %s".formatted(chosen, theme, district, quiet);
                        for (Hours hours : List.of(new Hours.Any(), new Hours.Awake(3), new Hours.Waking(3, 7))) {
                            assertThat(Addressees.told(exercise, hours, silent))
                                    .as(where)
                                    .isFalse();
                        }
                        assertThat(Addressees.told(exercise, new Hours.Any(), agreeing(silent)))
                                .as(where)
                                .isEqualTo(district.alerts());
                    }
                }
            }
        }
    }

    @Test
    void whoAgreedToExercisesIsToldOfEverythingElseAsBefore() {
        for (Kind kind : Kind.values()) {
            for (Chosen chosen : Chosen.values()) {
                Choices silent = choices(kind, chosen, Meeting.SAME, Meeting.SAME, null, "fr");
                Audience real = new Audience(kind, false, Set.of(2L), Set.of(2L));
                assertThat(Addressees.told(real, new Hours.Any(), agreeing(silent)))
                        .isEqualTo(Addressees.told(real, new Hours.Any(), silent));
            }
        }
    }

    @Test
    void theEndOfAnExerciseGoesToNobodyElseEither() {
        Reach reach = new Reach(
                0, 100, new Audience(Kind.EMERGENCY, true, Set.of(), Set.of()), new Hours.Any(), NOON, NOON, NOON);
        Errand end = errand(Purpose.WITHDRAWAL, new Audience(Kind.NEWS, true, Set.of(), Set.of()), null, reach);

        assertThat(Addressees.holds(end, phone(7, agreeing(WANTS_NEWS), NOON), List.of()))
                .isTrue();
        assertThat(Addressees.holds(end, phone(7, WANTS_NEWS, NOON), List.of())).isFalse();
    }

    @Test
    void whoNoLongerAgreesHearsNoCorrectionAndSilentlyTheEnd() {
        Audience exercise = new Audience(Kind.EMERGENCY, true, Set.of(), Set.of());
        Reach reach = new Reach(0, 100, exercise, new Hours.Any(), NOON, NOON, NOON);
        Instant tea = NOON.plusSeconds(3_600);
        List<Past> past = List.of(new Past(agreeing(WANTS_NEWS), NOON.minusSeconds(60), tea));
        Standing unticked = phone(7, WANTS_NEWS, tea);
        Errand end = errand(Purpose.WITHDRAWAL, new Audience(Kind.NEWS, true, Set.of(), Set.of()), null, reach);

        // The second is the erratum of one that is over, or takes it off the phones: it rings as well, or may.
        for (Instant until : new Instant[] {EVENING.plusSeconds(60), null}) {
            Errand correction = errand(Purpose.CORRECTION, exercise, until, reach);
            assertThat(Addressees.holds(correction, unticked, past)).isFalse();
            assertThat(Addressees.holds(correction, phone(7, agreeing(WANTS_NEWS), NOON), List.of()))
                    .isTrue();
        }
        assertThat(Addressees.holds(end, unticked, past)).isTrue();
        assertThat(Addressees.holds(end, phone(7, WANTS_NEWS, NOON), List.of())).isFalse();
    }

    @Test
    void theTableInTheDocumentationIsThisOne() {
        StringBuilder text = new StringBuilder("""
                # Who is told

                Generated by `AudienceTest`, which also holds the code to every row, in every language and at every side of an
                hour. *Within a dimension or, between dimensions and.* What a reader chose nothing of, they get all of; a notice
                without a district or theme reaches all.

                | Nature of the notice | Natures chosen | Theme | District | Told |
                |---|---|---|---|---|
                """);
        Map<String, String> lines = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            for (Chosen chosen : Chosen.values()) {
                for (Meeting theme : Meeting.PLAIN) {
                    for (Meeting district : Meeting.PLAIN) {
                        boolean told = Addressees.told(
                                new Audience(kind, false, theme.ofNotice(), district.ofNotice()),
                                new Hours.Any(),
                                choices(kind, chosen, theme, district, null, "fr"));
                        lines.put(
                                "| `%s` | %s | %s | %s |"
                                        .formatted(
                                                kind,
                                                switch (chosen) {
                                                    case NOTHING -> "none";
                                                    case THIS_KIND -> "this one";
                                                    case OTHERS_ONLY -> "others only";
                                                },
                                                theme.words,
                                                district.words),
                                told ? "yes" : "no");
                    }
                }
            }
        }
        lines.forEach((row, told) -> text.append(row).append(' ').append(told).append(" |\n"));
        text.append("""

                ## Exercises

                An exercise of an alert goes to phones that agreed to exercises, and to nobody else, ever: not its corrections, not its
                end. To agree is a choice of its own on « Être prévenu », off unless it is ticked; the link for the desk's own phones marks
                it, and they tick it themselves. Of those who agreed it asks what an alert asks: neither nature nor theme nor the hour,
                only the district: it rings at night as well. Whoever agreed is told of everything else as if they had not.

                Whoever unticks it while an exercise is under way hears none of its corrections any more: for these it is today's
                choice that counts. Its end makes no sound and goes by the choices in force when it began.

                | Agreed to exercises | District | An exercise | An alert |
                |---|---|---|---|
                """);
        for (boolean agreed : new boolean[] {false, true}) {
            for (Meeting district : Meeting.PLAIN) {
                Choices silent = choices(Kind.EMERGENCY, Chosen.OTHERS_ONLY, Meeting.OTHER, district, NIGHT, "fr");
                Choices choices = agreed ? agreeing(silent) : silent;
                text.append("| %s | %s | %s | %s |\n"
                        .formatted(
                                agreed ? "yes" : "no",
                                district.words,
                                told(true, district, choices),
                                told(false, district, choices)));
            }
        }
        text.append("""

                ## What the town has dropped

                Nobody can see any more that they chose a district or a theme that the town has dropped: on « Être prévenu » nothing is
                ticked, and *nothing ticked: all*. So it is. Whoever chose only such ones is told as if they had chosen none; of those
                that are left, whoever still has some is told. Of an alert it suffices that one of their districts is dropped: nobody
                knows whether it was the one they live in. An exercise asks what an alert asks. Whoever ticks something anew has
                chosen anew; what comes back is chosen as before. It is the lists of the moment of publication that decide.

                | Nature of the notice | Theme | District | Told |
                |---|---|---|---|
                """);
        for (Kind kind : List.of(Kind.PRACTICAL, Kind.EMERGENCY)) {
            for (Meeting dropped : List.of(Meeting.DROPPED, Meeting.PARTLY_DROPPED)) {
                text.append(dropped(kind, dropped, Meeting.NOTICE_HAS_NONE));
                text.append(dropped(kind, Meeting.NOTICE_HAS_NONE, dropped));
            }
        }
        text.append("""

                ## When

                Whoever is not told at once is told when their night is over, by a second dispatch, unless the notice is over by then.
                An exercise of an alert knows no night either.

                | Nature of the notice | Reader's quiet hours | Hour of the town's clock | Told at once | Told at 7 |
                |---|---|---|---|---|
                """);
        for (Kind kind : Kind.values()) {
            for (QuietHours quiet : new QuietHours[] {null, NIGHT}) {
                for (int hour : HOURS) {
                    text.append(told(kind, quiet, hour));
                }
            }
        }
        text.append("""

                An hour is the one in which the notice is published; quiet hours begin with their first and end before their last.
                They are those of ten seconds before that moment, since a change may take so long to be in the books: whoever changes them
                then, or overnight, is told once, at once or when the night that they had chosen before is over.

                ## In which words

                Language never excludes: it picks the rendition. A reader whose language the notice does not have gets the town's
                first, which is `fr` here.

                | The notice is in | The reader chose | Told | In |
                |---|---|---|---|
                """);
        for (List<String> languages :
                List.of(List.of("fr"), List.of("fr", "en"), List.of("fr", "fr-simple"), LANGUAGES)) {
            for (String chosen : LANGUAGES) {
                text.append("| %s | `%s` | %s | `%s` |\n"
                        .formatted(
                                languages.stream().map("`%s`"::formatted).collect(Collectors.joining(", ")),
                                chosen,
                                told(false, Meeting.SAME, inLanguage(chosen)),
                                spoken(languages, chosen)));
            }
        }
        text.append("""

                ## Corrections and withdrawals

                A correction goes to those who would be told now, and to those whom an earlier dispatch of the same notice may have
                reached by the choices in force when it ran; to each once, at the hour that their quiet hours of today leave, whether
                they were told before or not. A withdrawal, and the erratum of a notice that is over, go to the latter only: what has no
                end of its own tells nobody anything new. These wait for no morning.
                """);
        Generated.file("docs/reference/audience.md").mustBe(text.toString());
    }

    private static Choices inLanguage(String language) {
        return choices(Kind.EMERGENCY, Chosen.NOTHING, Meeting.SAME, Meeting.SAME, null, language);
    }

    /** The language of the rendition that a phone is told. */
    private static String spoken(List<String> languages, String chosen) {
        PublishedNotice notice = new PublishedNotice(
                new NoticeId(1),
                new TownId(1),
                Kind.NEWS,
                false,
                PublicState.PUBLISHED,
                1,
                "bal",
                NOON,
                NOON,
                NOON,
                EVENING,
                0,
                Content.blank(Kind.NEWS, "fr", new TreeSet<>(Set.of("phone"))),
                languages.stream()
                        .map(language -> new Rendition(
                                "phone", language, new TreeMap<>(Map.of("title", language, "text", "")), false))
                        .toList(),
                List.of(),
                Optional.empty());
        return notice.rendition("phone", chosen, "fr").orElseThrow().language();
    }

    @Test
    void theLanguagePicksTheRenditionAndTheTownsFirstStandsInForOneThatIsMissing() {
        assertThat(spoken(LANGUAGES, "en")).isEqualTo("en");
        assertThat(spoken(LANGUAGES, "fr-simple")).isEqualTo("fr-simple");
        assertThat(spoken(List.of("en", "fr"), "fr-simple")).isEqualTo("fr");
        assertThat(spoken(List.of("fr-simple", "fr"), "en")).isEqualTo("fr");
    }

    private static String told(Kind kind, @Nullable QuietHours quiet, int hour) {
        Audience audience = new Audience(kind, false, Set.of(), Set.of());
        Choices choices = choices(kind, Chosen.NOTHING, Meeting.SAME, Meeting.SAME, quiet, "fr");
        return "| `%s` | %s | %d | %s | %s |\n"
                .formatted(
                        kind,
                        quiet == null ? "none" : "21 to 7",
                        hour,
                        Addressees.told(audience, new Hours.Awake(hour), choices) ? "yes" : "no",
                        Addressees.told(audience, new Hours.Waking(hour, 7), choices) ? "yes" : "no");
    }

    private static String dropped(Kind kind, Meeting theme, Meeting district) {
        Audience audience = new Audience(kind, false, theme.ofNotice(), district.ofNotice(), GONE);
        boolean told =
                Addressees.told(audience, new Hours.Any(), choices(kind, Chosen.NOTHING, theme, district, null, "fr"));
        return "| `%s` | %s | %s | %s |\n".formatted(kind, theme.words, district.words, told ? "yes" : "no");
    }

    private static String told(boolean exercise, Meeting district, Choices choices) {
        Audience audience = new Audience(Kind.EMERGENCY, exercise, Set.of(1L, 2L), district.ofNotice());
        return Addressees.told(audience, new Hours.Any(), choices) ? "yes" : "no";
    }

    private static Standing phone(long key, Choices choices, @Nullable Instant chosenAt) {
        return new Standing(
                new Phone(key, "push.example", TestKeys.endpoint("https://push.example/1", 1), choices.language()),
                choices,
                true,
                null,
                null,
                YearMonth.of(2026, 11),
                chosenAt);
    }

    private static Errand errand(Purpose purpose, Audience audience, @Nullable Instant until, Reach... earlier) {
        Hours hours = purpose == Purpose.WITHDRAWAL ? new Hours.Reached() : new Hours.Any();
        return errand(purpose, audience, hours, until, earlier);
    }

    private static Errand errand(
            Purpose purpose, Audience audience, Hours hours, @Nullable Instant until, Reach... earlier) {
        return new Errand(
                1, new TownId(1), new NoticeId(1), 2, purpose, audience, hours, EVENING, until, List.of(earlier));
    }

    private static final Audience EVENTS = new Audience(Kind.EVENT, false, Set.of(), Set.of());
    private static final Choices WANTS_EVENTS = new Choices(Set.of(Kind.EVENT), Set.of(), Set.of(), null, "fr", false);
    private static final Choices WANTS_NEWS = new Choices(Set.of(Kind.NEWS), Set.of(), Set.of(), null, "fr", false);
    private static final Reach AT_NOON = new Reach(0, 100, EVENTS, new Hours.Any(), NOON, NOON, NOON);

    @Test
    void aCorrectionGoesToWhomTheFirstWentEvenIfTheyChoseOtherwiseSince() {
        Instant tea = NOON.plusSeconds(3_600);
        List<Past> past = List.of(new Past(WANTS_EVENTS, NOON.minusSeconds(60), tea));
        Standing changed = phone(7, WANTS_NEWS, tea);

        assertThat(Addressees.holds(
                        errand(Purpose.CORRECTION, EVENTS, EVENING.plusSeconds(60), AT_NOON), changed, past))
                .isTrue();
        assertThat(Addressees.holds(errand(Purpose.CORRECTION, EVENTS, EVENING.plusSeconds(60)), changed, past))
                .isFalse();
    }

    @Test
    void whoWasBeyondTheReachOfTheFirstIsToldOnlyIfTheyWouldBeNow() {
        Errand correction = errand(Purpose.CORRECTION, EVENTS, EVENING.plusSeconds(60), AT_NOON);

        assertThat(Addressees.holds(correction, phone(101, WANTS_EVENTS, EVENING), List.of()))
                .isTrue();
        assertThat(Addressees.holds(correction, phone(101, WANTS_NEWS, EVENING), List.of()))
                .isFalse();
    }

    @Test
    void aWithdrawalGoesToNobodyWhoWasNotTold() {
        Errand withdrawal = errand(Purpose.WITHDRAWAL, EVENTS, null, AT_NOON);

        assertThat(Addressees.holds(withdrawal, phone(7, WANTS_EVENTS, NOON), List.of()))
                .isTrue();
        assertThat(Addressees.holds(withdrawal, phone(100, WANTS_EVENTS, NOON), List.of()))
                .isTrue();
        assertThat(Addressees.holds(withdrawal, phone(101, WANTS_EVENTS, NOON), List.of()))
                .isFalse();
        assertThat(Addressees.holds(withdrawal, phone(7, WANTS_EVENTS, NOON.plusSeconds(11)), List.of()))
                .isFalse();
        assertThat(Addressees.holds(withdrawal, phone(7, WANTS_NEWS, NOON), List.of()))
                .isFalse();
    }

    private static Choices sleeping(Choices awake, @Nullable QuietHours quiet) {
        return new Choices(awake.kinds(), awake.themes(), awake.districts(), quiet, "fr", false);
    }

    @Test
    void aCorrectionAtNightGoesOnceToWhomTheFirstWentAndWaitsForWhoeverSleeps() {
        Map<Hours, Set<Integer>> parts = new LinkedHashMap<>();
        parts.put(new Hours.Awake(22), Set.of(-1, 20));
        parts.put(new Hours.Waking(22, 6), Set.of(6));
        parts.put(new Hours.Waking(22, 7), Set.of(7));
        parts.put(new Hours.Waking(22, 8), Set.of(8));
        Instant tea = NOON.plusSeconds(3_600);

        // -1: no quiet hours; 20: those of an afternoon.
        for (int until : new int[] {-1, 6, 7, 8, 20}) {
            QuietHours quiet = until == -1 ? null : new QuietHours(until == 20 ? 14 : 21, until);
            Standing meant = phone(7, sleeping(WANTS_EVENTS, quiet), NOON);
            Standing toldOnly = phone(7, sleeping(WANTS_NEWS, quiet), tea);
            List<Past> past = List.of(new Past(WANTS_EVENTS, NOON.minusSeconds(60), tea));
            parts.forEach((hours, whose) -> {
                Errand part = errand(Purpose.CORRECTION, EVENTS, hours, EVENING.plusSeconds(60), AT_NOON);
                assertThat(Addressees.holds(part, meant, List.of()))
                        .as("%s until %s", hours, until)
                        .isEqualTo(whose.contains(until));
                assertThat(Addressees.holds(part, toldOnly, past))
                        .as("%s until %s, told before", hours, until)
                        .isEqualTo(whose.contains(until));
            });
        }
    }

    /** -1: none; 20: those of an afternoon. */
    private static Choices sleepingUntil(int until) {
        return sleeping(WANTS_EVENTS, until == -1 ? null : new QuietHours(until == 20 ? 14 : 21, until));
    }

    @Test
    void whoeverChangesTheirQuietHoursOvernightIsToldOnceAndWhatTakesItBackFindsThem() {
        Instant night = EVENING;
        Instant morning = night.plusSeconds(36_000);
        int[] nights = {-1, 6, 7, 8, 20};
        List<Hours> parts =
                List.of(new Hours.Awake(22), new Hours.Waking(22, 6), new Hours.Waking(22, 7), new Hours.Waking(22, 8));
        for (int then : nights) {
            for (int since : nights) {
                for (boolean late : new boolean[] {false, true}) {
                    Standing before = phone(7, sleepingUntil(then), NOON);
                    Instant changes = night.plusSeconds(5);
                    Standing after = phone(7, sleepingUntil(since), changes);
                    List<Past> past = List.of(new Past(sleepingUntil(then), NOON, changes));
                    List<Hours> told = parts.stream()
                            .filter(hours -> {
                                // The first page may leave before or after; whoever sleeps is told long after.
                                boolean changed = late || hours instanceof Hours.Waking;
                                return Addressees.holds(
                                        errand(Purpose.PUBLICATION, EVENTS, hours, morning),
                                        changed ? after : before,
                                        changed ? past : List.of());
                            })
                            .toList();

                    assertThat(told).as("%d, then %d", then, since).hasSize(1);
                    Reach reach = new Reach(0, 100, EVENTS, told.getFirst(), night, morning.minusSeconds(60), morning);
                    assertThat(Addressees.holds(errand(Purpose.WITHDRAWAL, EVENTS, null, reach), after, past))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void whoAnsweredOnlyAfterThePublicationIsToldAtOnceOrNotAtAll() {
        Standing fresh = phone(7, sleepingUntil(7), EVENING.plusSeconds(60));

        assertThat(Addressees.holds(
                        errand(Purpose.PUBLICATION, EVENTS, new Hours.Waking(22, 7), null), fresh, List.of()))
                .isFalse();
    }

    @Test
    void aWithdrawalWaitsForNoMorning() {
        Standing asleep = phone(7, sleeping(WANTS_EVENTS, NIGHT), NOON);

        assertThat(Addressees.holds(errand(Purpose.WITHDRAWAL, EVENTS, null, AT_NOON), asleep, List.of()))
                .isTrue();
    }

    @Test
    void aReachThatQuietHoursHeldBackIsNone() {
        Choices asleep = new Choices(Set.of(), Set.of(), Set.of(), NIGHT, "fr", false);
        Reach atNight = new Reach(0, 100, EVENTS, new Hours.Awake(22), NOON, NOON, NOON);

        assertThat(Addressees.holds(
                        errand(Purpose.WITHDRAWAL, EVENTS, null, atNight), phone(7, asleep, NOON), List.of()))
                .isFalse();
    }

    /** Published at noon, paused at once, resumed at tea time. */
    private static final Instant TEA = NOON.plusSeconds(3 * 3_600);

    private static boolean isTakenBack(Reach reach, Standing phone, Past... past) {
        return Addressees.holds(errand(Purpose.WITHDRAWAL, EVENTS, null, reach), phone, List.of(past));
    }

    @Test
    void whoeverWasToldByWhatTheyChoseWhileItRanIsToldOfTheWithdrawal() {
        Reach paused = new Reach(0, 100, EVENTS, new Hours.Any(), NOON, NOON, TEA);
        Reach open = new Reach(0, 100, EVENTS, new Hours.Any(), NOON, NOON, null);
        Instant half = NOON.plusSeconds(1_800);
        Past newsAtFirst = new Past(WANTS_NEWS, NOON.minusSeconds(60), half);
        Past eventsBetween = new Past(WANTS_EVENTS, half, TEA.plusSeconds(60));

        assertThat(isTakenBack(paused, phone(7, WANTS_EVENTS, half), newsAtFirst))
                .isTrue();
        assertThat(isTakenBack(open, phone(7, WANTS_EVENTS, half), newsAtFirst)).isTrue();
        assertThat(isTakenBack(paused, phone(7, WANTS_NEWS, TEA.plusSeconds(60)), newsAtFirst, eventsBetween))
                .isTrue();
        assertThat(isTakenBack(paused, phone(7, WANTS_EVENTS, half)))
                .as("a phone that gave back its token before its page began")
                .isTrue();
        assertThat(isTakenBack(paused, phone(7, WANTS_EVENTS, TEA.plusSeconds(11)), newsAtFirst))
                .as("who wanted it only once everybody was told")
                .isFalse();
        assertThat(isTakenBack(
                        paused,
                        phone(7, WANTS_NEWS, NOON.minusSeconds(10)),
                        new Past(WANTS_EVENTS, NOON.minusSeconds(60), NOON.minusSeconds(10))))
                .as("who wanted it no more when it began")
                .isFalse();
    }

    @Test
    void whoeverMayHaveBeenToldIsToldOfTheWithdrawalThoughTwoClocksAreSecondsApart() {
        Instant ahead = NOON.plusSeconds(9);
        Instant behind = NOON.minusSeconds(9);

        assertThat(isTakenBack(AT_NOON, phone(7, WANTS_EVENTS, ahead))).isTrue();
        assertThat(isTakenBack(
                        AT_NOON, phone(7, WANTS_NEWS, behind), new Past(WANTS_EVENTS, NOON.minusSeconds(60), behind)))
                .isTrue();
        assertThat(isTakenBack(AT_NOON, phone(7, WANTS_NEWS, TEA), new Past(WANTS_EVENTS, ahead, TEA)))
                .isTrue();
    }

    @Test
    void whoChoseOtherwiseAfterAClockWasSetBackIsToldOfTheWithdrawalOfWhatTheyWereTold() {
        Instant half = NOON.plusSeconds(1_800);

        assertThat(isTakenBack(AT_NOON, phone(7, WANTS_NEWS, half), new Past(WANTS_EVENTS, TEA, half)))
                .isTrue();
        assertThat(isTakenBack(
                        AT_NOON,
                        phone(7, WANTS_NEWS, NOON.minusSeconds(60)),
                        new Past(WANTS_EVENTS, TEA, NOON.minusSeconds(60))))
                .as("before it began")
                .isFalse();
    }

    @Test
    void whoGaveBackTheirTokenWhileItRanIsFoundWhateverQuietHoursTheyChoseSince() {
        Reach evening = new Reach(0, 100, EVENTS, new Hours.Awake(22), EVENING, EVENING, EVENING.plusSeconds(60));
        Instant active = EVENING.plusSeconds(10);
        Instant changes = EVENING.plusSeconds(600);

        assertThat(isTakenBack(
                        evening,
                        phone(7, sleeping(WANTS_EVENTS, NIGHT), changes),
                        new Past(WANTS_EVENTS, active, changes)))
                .isTrue();
    }
}
