package fr.tambour.conversation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.Reaction;
import fr.tambour.conversation.Report;
import fr.tambour.conversation.internal.Preferences.SavedReply;
import fr.tambour.conversation.internal.Preferences.Settings;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.PersonId;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Likes, reports, blocks and settings, alike in both databases. */
@OnBothEngines
class JdbcTalkTest {

    private static final AtomicLong TOWNS = new AtomicLong(19_000);
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private final Engine engine;
    private final Reactions reactions;
    private final Guard guard;
    private final Preferences preferences;
    private final TownId town = new TownId(TOWNS.incrementAndGet());
    private final NoticeId notice = new NoticeId(town.value() * 10);

    JdbcTalkTest(Engine engine) {
        this.engine = engine;
        this.reactions = engine.make(JdbcReactions.class);
        this.guard = engine.make(JdbcGuard.class);
        this.preferences = engine.make(JdbcPreferences.class);
    }

    @BeforeEach
    void aTownWithANotice() {
        engine.insertTown(town.value(), "clairval-" + town.value());
        engine.insertNotice(town.value(), notice.value(), "NEWS");
    }

    private void writes(Runnable work) {
        engine.writing().executeWithoutResult(status -> work.run());
    }

    private <T> T reads(Supplier<T> work) {
        return engine.reading().execute(status -> work.get());
    }

    private void likes(String who, String activity, Reaction.Kind kind) {
        writes(() -> reactions.add(town, new Reaction(notice, kind, who, activity, "other.example"), NOW));
    }

    @Test
    void whoLikesTwiceCountsOnceAndNobodyIsNamed() {
        likes("https://other.example/a", "https://other.example/likes/1", Reaction.Kind.LIKE);
        likes("https://other.example/a", "https://other.example/likes/2", Reaction.Kind.LIKE);
        likes("https://other.example/b", "https://other.example/likes/3", Reaction.Kind.LIKE);
        likes("https://other.example/a", "https://other.example/boosts/1", Reaction.Kind.REPOST);

        assertThat(reads(() -> reactions.count(town, notice, Reaction.Kind.LIKE)))
                .isEqualTo(2);
        assertThat(reads(() -> reactions.count(town, notice, Reaction.Kind.REPOST)))
                .isEqualTo(1);
        assertThat(engine.jdbc()
                        .sql("SELECT author FROM conversation_reaction WHERE town_id = :town")
                        .param("town", town.value())
                        .query(String.class)
                        .list())
                .allSatisfy(author -> assertThat(author).matches("[0-9a-f]{64}"));
        assertThat(reads(() -> reactions.anyBy(town, "https://other.example/a", "https://other.example/likes/2")))
                .as("the last one is the one to be taken back")
                .isTrue();
        assertThat(reads(() -> reactions.anyBy(town, "https://other.example/b", "https://other.example/likes/2")))
                .isFalse();

        writes(() -> reactions.remove(town, "https://other.example/a", "https://other.example/likes/2"));
        writes(() -> reactions.remove(town, notice, Reaction.Kind.LIKE, "https://other.example/b"));
        assertThat(reads(() -> reactions.count(town, notice, Reaction.Kind.LIKE)))
                .isZero();
        writes(() -> reactions.removeAll(town, "https://other.example/a"));
        assertThat(reads(() -> reactions.anyOf(town, "https://other.example/a")))
                .isFalse();
    }

    @Test
    void somebodyIsBlockedOrTheirWholeServerUntilItIsLifted() {
        Block author = new Block(1, Scope.AUTHOR, "https://a.example/x", "x@a.example", NOW, new PersonId(5));
        Block host = new Block(2, Scope.HOST, "b.example", "b.example", NOW, new PersonId(5));
        writes(() -> {
            guard.block(town, author);
            guard.block(town, host);
        });

        assertThat(engine.writing().<Boolean>execute(status -> guard.block(town, author)))
                .isFalse();
        assertThat(reads(() -> guard.isBlocked(town, "https://a.example/x", "a.example")))
                .isTrue();
        assertThat(reads(() -> guard.isBlocked(town, "https://a.example/y", "a.example")))
                .isFalse();
        assertThat(reads(() -> guard.isBlocked(town, "https://b.example/y", "b.example")))
                .isTrue();
        assertThat(reads(() -> guard.isBlocked(new TownId(1), "https://b.example/y", "b.example")))
                .isFalse();
        assertThat(reads(() -> guard.blocks(town, 10))).containsExactly(host, author);
        assertThat(engine.writing().<Optional<Block>>execute(status -> guard.lift(town, 2)))
                .contains(host);
        assertThat(reads(() -> guard.isBlocked(town, "https://b.example/y", "b.example")))
                .isFalse();
    }

    @Test
    void whatIsNotKeptIsCountedByServer() {
        LocalDate today = LocalDate.of(2026, 11, 24);
        writes(() -> {
            guard.dropped(town, "a.example", today);
            guard.dropped(town, "b.example", today.minusDays(40));
            guard.dropped(town, "a.example", today.minusDays(1));
        });
        assertThat(reads(() -> guard.dropped(town, today.minusDays(7)))).isEqualTo(Map.of("a.example", 2L));
        writes(() -> guard.purge(NOW, today.minusDays(30)));
        assertThat(reads(() -> guard.dropped(town, today.minusDays(90)))).isEqualTo(Map.of("a.example", 2L));
    }

    @Test
    void aReportIsKeptOnceAndSettled() {
        Report report = new Report("fediverse", "https://a.example/flags/1", "a.example", notice, "Faux.");
        writes(() -> {
            guard.report(town, 1, report, NOW);
            guard.report(town, 2, report, NOW);
        });
        assertThat(reads(() -> guard.reports(town, 10)))
                .singleElement()
                .satisfies(kept -> assertThat(kept.notice()).contains(notice));
        assertThat(reads(() -> guard.reportsWaiting(town))).isEqualTo(1);
        assertThat(reads(() -> guard.reportsSince(town, "a.example", NOW.minusSeconds(1))))
                .isEqualTo(1);
        writes(() -> guard.settleReport(town, 1, NOW));
        assertThat(reads(() -> guard.reportsWaiting(town))).isZero();
    }

    @Test
    void aTownAnswersAtOnceUntilItSaysOtherwiseAndKeepsItsReplies() {
        assertThat(reads(() -> preferences.of(town))).isEqualTo(new Settings(false, List.of()));
        writes(() -> {
            preferences.put(town, new Settings(true, List.of("nigaud", "gros mot")));
            preferences.put(town, new SavedReply(7, "Horaires", "De 9 h à 17 h."));
            preferences.put(town, new SavedReply(7, "Horaires", "De 9 h à 18 h."));
        });
        assertThat(reads(() -> preferences.of(town))).isEqualTo(new Settings(true, List.of("nigaud", "gros mot")));
        assertThat(reads(() -> preferences.replies(town)))
                .containsExactly(new SavedReply(7, "Horaires", "De 9 h à 18 h."));
        writes(() -> preferences.removeReply(town, 7));
        assertThat(reads(() -> preferences.reply(town, 7))).isEmpty();
    }

    @Test
    void wordsOfTheListAreFoundWholeWhateverTheirAccents() {
        assertThat(Hints.insults("Espèce de NIGAUD, va", List.of("nigaud", "espece", "pece", "de nigaud va", " ")))
                .containsExactly("nigaud", "espece", "de nigaud va");
    }
}
