package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Choices.QuietHours;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Outcome;
import fr.tambour.notice.Content;
import fr.tambour.notice.ExerciseMark;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.Rendition;
import fr.tambour.notice.Withdrawal;
import fr.tambour.phone.internal.PhoneMailing.Manner;
import fr.tambour.phone.internal.PushMessage.Urgency;
import fr.tambour.testing.TestClock;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.ui.Words;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ReloadableResourceBundleMessageSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TellingTest {

    private static final Instant NOW = TestClock.START;
    private static final Instant UNTIL = NOW.plus(Duration.ofHours(10));

    /** The end of what takes something back. */
    private static final Instant TAKEN_BACK = NOW.plus(Duration.ofDays(3));

    private static final Town TOWN = new Town(
            new TownId(3), "clairval", TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false, 1);
    private static final NoticeId ID = new NoticeId(0x0102030405060708L);

    static Words words() {
        ReloadableResourceBundleMessageSource messages = new ReloadableResourceBundleMessageSource();
        messages.setBasenames(
                "classpath:fr/tambour/phone/messages",
                "classpath:fr/tambour/notice/messages",
                "classpath:fr/tambour/ui/messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setDefaultLocale(Locale.FRENCH);
        return new Words(messages, Locale.FRENCH);
    }

    private static PublishedNotice notice(
            Kind kind, String title, String text, List<String> channels, @Nullable String withdrawn) {
        return notice(kind, false, title, text, channels, withdrawn);
    }

    private static PublishedNotice notice(
            Kind kind, boolean exercise, String title, String text, List<String> channels, @Nullable String withdrawn) {
        Content content = Content.blank(kind, "fr", channels)
                .withWords("fr", Content.Words.of(title, text, ""))
                .withChannels(new TreeSet<>(channels));
        return new PublishedNotice(
                ID,
                TOWN.id(),
                kind,
                exercise,
                withdrawn == null ? PublicState.PUBLISHED : PublicState.WITHDRAWN,
                1,
                "coupure",
                NOW,
                NOW,
                NOW,
                UNTIL,
                0,
                content,
                channels.contains("phone")
                        ? List.of(
                                new Rendition(
                                        "phone", "fr", new TreeMap<>(Map.of("title", title, "text", text)), false),
                                new Rendition(
                                        "phone",
                                        "en",
                                        new TreeMap<>(Map.of("title", "No water", "text", "From 9 am.")),
                                        false))
                        : List.of(),
                List.of(),
                Optional.ofNullable(withdrawn).map(reason -> new Withdrawal(NOW, reason)));
    }

    private static Errand errand(Purpose purpose, Kind kind, @Nullable Instant until) {
        return errand(purpose, kind, new Errand.Hours.Any(), until);
    }

    private static Errand errand(Purpose purpose, Kind kind, Errand.Hours hours, @Nullable Instant until) {
        return new Errand(
                1,
                TOWN.id(),
                ID,
                1,
                purpose,
                new Audience(kind, false, Set.of(), Set.of()),
                hours,
                NOW,
                until,
                List.of());
    }

    private static Telling told(Purpose purpose, PublishedNotice notice, @Nullable Instant until, String language) {
        return Telling.of(
                errand(purpose, notice.kind(), until), notice, TOWN, new Manner(language, false), words(), NOW);
    }

    private static JsonNode read(byte[] payload) {
        return JsonMapper.shared().readTree(payload);
    }

    @Test
    void aPublicationIsADeclarativeMessageThatOurWorkerReadsToo() {
        Telling telling = told(
                Purpose.PUBLICATION,
                notice(Kind.PRACTICAL, "Coupure d'eau", "De 9 h à 12 h.", List.of("phone"), null),
                UNTIL,
                "fr");
        JsonNode message = read(telling.payload());
        JsonNode shown = message.get("notification");

        assertThat(message.get("web_push").asInt()).isEqualTo(8030);
        assertThat(message.get("mutable").asBoolean()).isTrue();
        assertThat(shown.get("title").asString()).isEqualTo("Coupure d’eau");
        assertThat(shown.get("body").asString()).isEqualTo("De 9\u00a0h à 12\u00a0h.");
        assertThat(shown.get("lang").asString()).isEqualTo("fr");
        assertThat(shown.get("dir").asString()).isEqualTo("ltr");
        assertThat(shown.get("navigate").asString())
                .isEqualTo("https://clairval.example/avis/" + ID.ref() + "/coupure");
        assertThat(shown.get("tag").asString()).isEqualTo(ID.ref());
        assertThat(shown.get("silent").asBoolean()).isFalse();
        assertThat(shown.at("/data/until").asLong()).isEqualTo(UNTIL.toEpochMilli());
        assertThat(shown.at("/data/over").asString()).isEqualTo("Terminé\u00a0: Coupure d’eau");
        PushMessage sent = telling.message(false, NOW, null, () -> true);
        assertThat(sent.ttl()).isEqualTo(Duration.ofHours(10));
        assertThat(sent.urgency()).isEqualTo(Urgency.NORMAL);
        assertThat(sent.topic()).isEqualTo("AQIDBAUGBwg");
    }

    @Test
    void aPhoneGetsItsLanguageElseTheTownsFirst() {
        PublishedNotice notice = notice(Kind.EVENT, "Bal", "Ce soir.", List.of("phone"), null);
        JsonNode english =
                read(told(Purpose.CORRECTION, notice, UNTIL, "en").payload()).get("notification");
        assertThat(english.get("title").asString()).isEqualTo("Correction: No water");
        assertThat(english.get("lang").asString()).isEqualTo("en");
        assertThat(english.get("navigate").asString()).startsWith("https://clairval.example/en/avis/");

        JsonNode other =
                read(told(Purpose.CORRECTION, notice, UNTIL, "de").payload()).get("notification");
        assertThat(other.get("title").asString()).isEqualTo("Rectificatif\u00a0: Bal");
        assertThat(other.get("lang").asString()).isEqualTo("fr");
    }

    @Test
    void aWithdrawalIsQuietSaysWhyAndTakesTheSamePlace() {
        Telling telling = told(
                Purpose.WITHDRAWAL,
                notice(Kind.EMERGENCY, "Crue", "Montez.", List.of("phone"), "Envoyée par erreur."),
                TAKEN_BACK,
                "fr");
        JsonNode shown = read(telling.payload()).get("notification");

        assertThat(shown.get("title").asString()).isEqualTo("Retiré\u00a0: Crue");
        assertThat(shown.get("body").asString()).isEqualTo("Envoyée par erreur.");
        assertThat(shown.get("silent").asBoolean()).isTrue();
        assertThat(shown.has("requireInteraction")).isFalse();
        assertThat(shown.get("tag").asString()).isEqualTo(ID.ref());
        assertThat(shown.at("/data/state").asString()).isEqualTo("withdrawn");
        assertThat(shown.get("data").has("until")).isFalse();
        assertThat(telling.message(false, NOW, null, () -> true).ttl()).isEqualTo(Duration.ofDays(1));
        assertThat(telling.topic()).isEqualTo("AQIDBAUGBwg");
    }

    @Test
    void aCorrectionThatTakesTheNoticeOffThePhonesSaysThatItIsGone() {
        JsonNode shown = read(told(
                                Purpose.CORRECTION,
                                notice(Kind.NEWS, "Bal", "Ce soir.", List.of("website"), null),
                                TAKEN_BACK,
                                "fr")
                        .payload())
                .get("notification");

        assertThat(shown.get("title").asString()).isEqualTo("Retiré\u00a0: Bal");
        assertThat(shown.get("silent").asBoolean()).isTrue();
    }

    @Test
    void theErratumOfWhatIsOverRingsAtNoHourUnlessItWasAnAlert() {
        for (Kind kind : Kind.values()) {
            JsonNode shown = read(erratum(kind).payload()).get("notification");

            assertThat(shown.get("silent").asBoolean()).as("%s", kind).isEqualTo(kind != Kind.EMERGENCY);
        }
    }

    private static Telling erratum(Kind kind) {
        return Telling.of(
                errand(Purpose.CORRECTION, Kind.NEWS, new Errand.Hours.Reached(), TAKEN_BACK),
                notice(kind, "Bal", "À 21 h.", List.of("phone"), null),
                TOWN,
                new Manner("fr", false),
                words(),
                UNTIL.plus(Duration.ofHours(1)));
    }

    /** Whoever reads it an hour or three days later must not go to a ball that was. */
    @Test
    void theErratumOfWhatIsOverSaysThatItIsOver() {
        for (Kind kind : Kind.values()) {
            Telling erratum = erratum(kind);
            JsonNode shown = read(erratum.payload()).get("notification");
            String over = "Rectificatif\u00a0: Terminé\u00a0: Bal";

            assertThat(shown.get("title").asString()).isEqualTo(over);
            assertThat(shown.at("/data/over").asString()).isEqualTo(over);
            assertThat(shown.has("requireInteraction")).as("%s", kind).isFalse();
            assertThat(shown.at("/data/until").asLong())
                    .as("an alert's may ring, and so must not have ended by then: %s", kind)
                    .isEqualTo((kind == Kind.EMERGENCY ? TAKEN_BACK : UNTIL).toEpochMilli());
            assertThat(erratum.message(false, UNTIL.plus(Duration.ofHours(1)), null, () -> true)
                            .ttl())
                    .as("whoever was away hears of it all the same")
                    .isGreaterThan(Duration.ofDays(2));
        }
    }

    private static final ExerciseMark MARK = new ExerciseMark(words());
    private static final String NOTHING_TO_DO = "Ceci est un exercice. Il n’y a rien à faire.";

    private static PublishedNotice exercise(@Nullable String withdrawn) {
        return exercise(List.of("phone"), withdrawn);
    }

    private static PublishedNotice exercise(List<String> channels, @Nullable String withdrawn) {
        // As they are frozen: marked, whoever changed them by hand.
        return notice(Kind.EMERGENCY, true, MARK.title("L'eau monte"), MARK.text("Montez."), channels, withdrawn);
    }

    @Test
    void anExerciseSaysSoBeforeAnythingElseAndDoesNotStayOnTheScreen() {
        Telling telling = told(Purpose.PUBLICATION, exercise(null), UNTIL, "fr");
        for (byte[] payload : new byte[][] {telling.payload(), telling.shorter()}) {
            JsonNode shown = read(payload).get("notification");
            assertThat(shown.get("title").asString()).isEqualTo("EXERCICE – L’eau monte");
            assertThat(shown.get("body").asString())
                    .isEqualTo(NOTHING_TO_DO + " Une vraie alerte dirait\u00a0: «\u00a0Montez.\u00a0»");
            assertThat(shown.has("requireInteraction")).isFalse();
            assertThat(shown.at("/data/exercise").asBoolean()).isTrue();
            assertThat(shown.at("/data/over").asString()).isEqualTo("EXERCICE – Terminé\u00a0: L’eau monte");
        }
        assertThat(telling.urgency()).isEqualTo(Urgency.NORMAL);
    }

    @Test
    void whatComesAfterAnExerciseSaysSoFirstAsWell() {
        JsonNode corrected = read(told(Purpose.CORRECTION, exercise(null), UNTIL, "fr")
                        .payload())
                .get("notification");
        assertThat(corrected.get("title").asString()).isEqualTo("EXERCICE – Rectificatif\u00a0: L’eau monte");
        JsonNode withdrawn = withdrawn(exercise("Fin de l’exercice."));
        assertThat(withdrawn.get("title").asString()).isEqualTo("EXERCICE – Retiré\u00a0: L’eau monte");
        assertThat(withdrawn.at("/data/exercise").asBoolean()).isTrue();
    }

    private static JsonNode withdrawn(PublishedNotice notice) {
        return read(told(Purpose.WITHDRAWAL, notice, TAKEN_BACK, "fr").payload())
                .get("notification");
    }

    @Test
    void whyAnExerciseEndedIsToldAsItWasWrittenAndNotAsWhatAnAlertWouldSay() {
        for (String reason : List.of(
                words().get("notice.exercise.cancelled.over"),
                words().get("notice.exercise.cancelled.error"),
                "Exercice interrompu\u00a0: incendie réel rue du Four.")) {
            assertThat(withdrawn(exercise(reason)).get("body").asString()).isEqualTo(reason);
        }
        JsonNode off = read(told(Purpose.CORRECTION, exercise(List.of("website"), null), TAKEN_BACK, "fr")
                        .payload())
                .get("notification");
        assertThat(off.get("body").asString()).isEqualTo(NOTHING_TO_DO);
    }

    @Test
    void nothingButAnExerciseSaysThatItIsOne() {
        for (Kind kind : Kind.values()) {
            JsonNode shown = read(told(Purpose.PUBLICATION, notice(kind, "T", "S", List.of("phone"), null), UNTIL, "fr")
                            .payload())
                    .get("notification");
            assertThat(shown.get("data").has("exercise")).isFalse();
            assertThat(shown.toString()).doesNotContainIgnoringCase("exercice");
        }
    }

    @Test
    void urgencyComesFromTheKind() {
        for (Kind kind : Kind.values()) {
            assertThat(told(Purpose.PUBLICATION, notice(kind, "T", "S", List.of("phone"), null), UNTIL, "fr")
                            .urgency())
                    .isEqualTo(
                            switch (kind) {
                                case EMERGENCY -> Urgency.HIGH;
                                case NEWS -> Urgency.LOW;
                                case EVENT, PRACTICAL -> Urgency.NORMAL;
                            });
        }
    }

    @Test
    void nothingIsKeptForMoreThanFourWeeksNorAfterItsEnd() {
        PublishedNotice notice = notice(Kind.NEWS, "T", "S", List.of("phone"), null);
        assertThat(told(Purpose.PUBLICATION, notice, NOW.plus(Duration.ofDays(90)), "fr")
                        .message(false, NOW, null, () -> true)
                        .ttl())
                .isEqualTo(Duration.ofDays(28));
        Telling short_ = told(Purpose.PUBLICATION, notice, UNTIL, "fr");
        assertThat(short_.message(false, UNTIL.minusMillis(1_500), null, () -> true)
                        .ttl())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(short_.message(false, UNTIL.plusSeconds(5), null, () -> true).ttl())
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void whatIsTooLongLosesTheEndOfItsTextFirstAndNeverBeyondTheLimit() {
        String instruction = "Montez à l'étage. ";
        for (String filler : List.of("é", "\"", "\uD83D\uDC69\u200D\uD83D\uDC67", "x ", "\\")) {
            Telling telling = told(
                    Purpose.PUBLICATION,
                    notice(
                            Kind.EMERGENCY,
                            "Crue de l'Orge",
                            instruction + filler.repeat(6_000),
                            List.of("phone"),
                            null),
                    UNTIL,
                    "fr");
            assertThat(telling.payload().length).isBetween(3_000, PushMessage.MOST_BYTES);
            assertThat(telling.shorter().length).isBetween(900, 1_800);
            for (byte[] payload : new byte[][] {telling.payload(), telling.shorter()}) {
                JsonNode shown = read(payload).get("notification");
                assertThat(shown.get("title").asString()).isEqualTo("Crue de l’Orge");
                assertThat(shown.get("body").asString())
                        .startsWith("Montez à l’étage.")
                        .endsWith("…");
                assertThat(new String(payload, StandardCharsets.UTF_8)).doesNotContain("\uFFFD");
            }
        }
        Telling titled = told(
                Purpose.PUBLICATION, notice(Kind.NEWS, "é".repeat(5_000), "S", List.of("phone"), null), UNTIL, "fr");
        assertThat(titled.payload().length).isLessThanOrEqualTo(PushMessage.MOST_BYTES);
    }

    @Test
    void aTitleThatIsCutStillSaysThatItIsOverOnceItIs() {
        // As long as a title may be, in a script of three bytes a letter.
        String title = "水".repeat(400);
        Telling news = told(Purpose.CORRECTION, notice(Kind.NEWS, title, "S", List.of("phone"), null), UNTIL, "fr");
        Telling practised = told(
                Purpose.PUBLICATION,
                notice(Kind.EMERGENCY, true, MARK.title(title), MARK.text("Montez."), List.of("phone"), null),
                UNTIL,
                "fr");

        assertThat(read(news.shorter()).at("/notification/title").asString())
                .startsWith("Rectificatif\u00a0: 水")
                .endsWith("水…");
        assertThat(read(news.shorter()).at("/notification/data/over").asString())
                .startsWith("Terminé\u00a0: 水")
                .endsWith("水…");
        assertThat(read(practised.shorter()).at("/notification/data/over").asString())
                .startsWith("EXERCICE – Terminé\u00a0: 水");
        assertThat(news.shorter().length).isBetween(1_500, 1_800);
        assertThat(practised.shorter().length).isBetween(1_500, 1_800);
    }

    /** Answers as it is told to, in order. */
    private static final class ScriptedPush implements Push {

        private final Deque<PushAnswer> answers = new ArrayDeque<>();
        private final List<PushMessage> sent = new ArrayList<>();

        @Override
        public void send(VapidKey vapid, PushEndpoint endpoint, PushMessage message, Consumer<PushAnswer> answer) {
            sent.add(message);
            answer.accept(answers.remove());
        }
    }

    private static final VapidKey KEY = new VapidKey(aPrivateKey(), new byte[65], "mailto:a@b.example");

    private static ECPrivateKey aPrivateKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return (ECPrivateKey) generator.generateKeyPair().getPrivate();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private final TestClock clock = new TestClock();
    private final ScriptedPush push = new ScriptedPush();
    private final Phone phone = new Phone(1, "push.example", TestKeys.endpoint("https://push.example/1", 1), "fr");

    private PhoneMailing mailing(PublishedNotice notice) {
        return new PhoneMailing(
                push,
                new PushTraffic(),
                KEY,
                (phone, now) -> false,
                manner -> told(Purpose.PUBLICATION, notice, UNTIL, manner.language()),
                clock);
    }

    private Outcome sent(@Nullable Instant notAfter, PushAnswer... answers) {
        push.answers.addAll(List.of(answers));
        List<Outcome> outcomes = new ArrayList<>();
        PublishedNotice notice = notice(Kind.PRACTICAL, "T", "é".repeat(5_000), List.of("phone"), null);
        mailing(notice).send(phone, notAfter, () -> true, outcomes::add);
        assertThat(outcomes).as("told exactly once").hasSize(1);
        return outcomes.getFirst();
    }

    @Test
    void whatTheServiceSaysBecomesAnOutcome() {
        assertThat(sent(UNTIL, new PushAnswer.Accepted())).isEqualTo(new Outcome.Accepted());
        assertThat(sent(UNTIL, new PushAnswer.Gone())).isEqualTo(new Outcome.Gone());
        assertThat(sent(UNTIL, new PushAnswer.Later(429, Duration.ofSeconds(9))))
                .isEqualTo(new Outcome.TooMany(Duration.ofSeconds(9)));
        assertThat(sent(UNTIL, new PushAnswer.Later(503, null))).isEqualTo(new Outcome.RetryAt(null, "503"));
        assertThat(sent(UNTIL, new PushAnswer.Refused(403))).isEqualTo(new Outcome.Rejected("403"));
        assertThat(sent(UNTIL, new PushAnswer.Expired())).isEqualTo(new Outcome.Expired());
        assertThat(sent(UNTIL, new PushAnswer.Recalled())).isEqualTo(new Outcome.Recalled());
        assertThat(sent(UNTIL, new PushAnswer.Unreachable("reset"))).isEqualTo(new Outcome.RetryAt(null, "reset"));
        assertThat(sent(UNTIL, new PushAnswer.Unanswered("timeout")))
                .isEqualTo(new Outcome.RetryAt(null, "timeout", true));
    }

    @Test
    void aServiceThatTakesLessIsSentLessOnce() {
        assertThat(sent(UNTIL, new PushAnswer.TooLarge(), new PushAnswer.Accepted()))
                .isEqualTo(new Outcome.Accepted());
        assertThat(push.sent).hasSize(2);
        assertThat(push.sent.get(1).payload().length)
                .isLessThan(push.sent.get(0).payload().length);

        assertThat(sent(UNTIL, new PushAnswer.TooLarge(), new PushAnswer.TooLarge()))
                .isEqualTo(new Outcome.Rejected("413"));
        assertThat(push.answers).isEmpty();
    }

    @Test
    void onceAServiceTookLessItsOtherPhonesAreSentLessStraightAway() {
        PublishedNotice notice = notice(Kind.PRACTICAL, "T", "é".repeat(5_000), List.of("phone"), null);
        PhoneMailing mailing = mailing(notice);
        List<Outcome> outcomes = new ArrayList<>();
        push.answers.addAll(List.of(new PushAnswer.TooLarge(), new PushAnswer.Accepted(), new PushAnswer.Accepted()));
        mailing.send(phone, UNTIL, () -> true, outcomes::add);

        mailing.send(phone, UNTIL, () -> true, outcomes::add);

        assertThat(outcomes).containsExactly(new Outcome.Accepted(), new Outcome.Accepted());
        assertThat(push.sent).hasSize(3);
        assertThat(push.sent.get(2).payload()).isEqualTo(push.sent.get(1).payload());
    }

    @Test
    void quietHoursEndAMinuteEarlyWhereAMessageLeavesByAnotherClock() {
        Phone sleeper = new Phone(1, "push.example", phone.endpoint(), "fr", new QuietHours(21, 7));
        ZonedDateTime morning = ZonedDateTime.of(2026, 11, 24, 7, 0, 0, 0, TOWN.zone());

        assertThat(sleeper.isQuiet(morning.minusSeconds(61))).isTrue();
        assertThat(sleeper.isQuiet(morning.minusSeconds(1))).isFalse();
        assertThat(sleeper.isQuiet(morning)).isFalse();
        assertThat(sleeper.isQuiet(morning.withHour(21))).isTrue();
        assertThat(phone.isQuiet(morning.withHour(23))).isFalse();
    }

    @Test
    void nothingLeavesFromItsEndOn() {
        clock.moveTo(UNTIL);
        assertThat(sent(UNTIL)).isEqualTo(new Outcome.Expired());
        assertThat(push.sent).isEmpty();
        assertThat(sent(null, new PushAnswer.Accepted())).isEqualTo(new Outcome.Accepted());
    }
}
