package fr.tambour.conversation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.conversation.Author;
import fr.tambour.conversation.internal.Message.State;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.Ids;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.text.ForeignHtml;
import fr.tambour.town.TownId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnBothEngines
class JdbcMessagesTest {

    private static final AtomicLong TOWNS = new AtomicLong(9_000);
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final PersonId MODERATOR = new PersonId(5);
    private static final String ALICE = "https://other.example/users/alice";

    private final Engine engine;
    private final Messages messages;
    private final Answers answers;
    private final Ids ids = new Ids();
    private final TownId town = new TownId(TOWNS.incrementAndGet());
    private final NoticeId notice = new NoticeId(town.value() * 10);
    private final NoticeId other = new NoticeId(town.value() * 10 + 1);

    JdbcMessagesTest(Engine engine) {
        this.engine = engine;
        this.messages = engine.make(JdbcMessages.class);
        this.answers = engine.make(JdbcAnswers.class);
    }

    @BeforeEach
    void aTownWithTwoNotices() {
        engine.insertTown(town.value(), "clairval-" + town.value());
        engine.insertNotice(town.value(), notice.value(), "NEWS");
        engine.insertNotice(town.value(), other.value(), "NEWS");
    }

    private void writes(Runnable work) {
        engine.writing().executeWithoutResult(status -> work.run());
    }

    private <T> T reads(Supplier<T> work) {
        return engine.reading().execute(status -> work.get());
    }

    private Message message(String author, String name, @Nullable NoticeId about, String html, Instant at) {
        return new Message(
                ids.next(),
                "fediverse",
                "https://other.example/notes/" + name,
                Optional.ofNullable(about),
                "",
                new Author(author, "alice@other.example", "Alice", author, "other.example", author + "/inbox"),
                ForeignHtml.of(html),
                List.of("https://other.example/photo.jpg"),
                "fr",
                "https://other.example/@alice/" + name,
                true,
                0,
                Fingerprint.ofWords(ForeignHtml.plain(ForeignHtml.of(html))),
                at,
                at,
                Optional.empty(),
                Optional.empty(),
                State.OPEN,
                false,
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                0);
    }

    private long kept(String name, @Nullable NoticeId about, Instant at) {
        Message message = message(ALICE, name, about, "<p>Merci à vous toutes et tous " + name + "</p>", at);
        writes(() -> messages.add(town, message));
        return message.id();
    }

    private Message found(long id) {
        return reads(() -> messages.find(town, id)).orElseThrow();
    }

    private long drafted(long id, Answer.Kind kind) {
        Answer answer = Answer.written(
                ids.next(), found(id), "Merci.", "fr", true, true, kind, new Answer.Step(NOW, MODERATOR));
        writes(() -> answers.add(town, answer));
        return answer.id();
    }

    private void answered(long id) {
        long answer = drafted(id, Answer.Kind.ANSWER);
        writes(() -> answers.send(town, answer, new Answer.Step(NOW, MODERATOR)));
    }

    @Test
    void whatIsKeptIsReadAgainAsItWas() {
        Message message = message(ALICE, "whole", notice, "<p>Bonjour <em>vous</em></p>", NOW);
        writes(() -> messages.add(town, message));

        assertThat(found(message.id())).isEqualTo(message);
        assertThat(reads(() -> messages.held(town, message.name()))).hasValueSatisfying(held -> {
            assertThat(held.author()).isEqualTo(ALICE);
            assertThat(held.notice()).contains(notice);
        });
        assertThat(reads(() -> messages.find(new TownId(1), message.id()))).isEmpty();
    }

    @Test
    void whatHasOneNameIsKeptOnce() {
        Message message = message(ALICE, "once", null, "Bonjour", NOW);
        Message again = message(ALICE, "once", null, "Bonsoir", NOW);

        assertThat(engine.writing().<Boolean>execute(status -> messages.add(town, message)))
                .isTrue();
        assertThat(engine.writing().<Boolean>execute(status -> messages.add(town, again)))
                .isFalse();
        assertThat(found(message.id()).plain()).isEqualTo("Bonjour");
    }

    @Test
    void discussionsWithWhatNobodyHasOpenedComeFirstThenThoseThatAreOpen() {
        long settled = kept("settled", null, NOW.plusSeconds(30));
        long opened = kept("opened", other, NOW.plusSeconds(20));
        kept("unread", notice, NOW);
        kept("unread-too", notice, NOW.plusSeconds(1));
        writes(() -> {
            messages.settle(town, settled, NOW);
            messages.read(town, opened, 5, NOW);
            assertThat(messages.find(town, opened).orElseThrow().unread())
                    .as("as it was")
                    .isTrue();
            messages.read(
                    town, opened, messages.find(town, opened).orElseThrow().version(), NOW);
        });

        List<Messages.Discussion> discussions = reads(() -> messages.discussions(town, null, 10, 0));

        assertThat(discussions)
                .extracting(Messages.Discussion::notice)
                .containsExactly(Optional.of(notice), Optional.of(other), Optional.empty());
        assertThat(discussions.getFirst())
                .isEqualTo(new Messages.Discussion(Optional.of(notice), 2, 2, 2, NOW.plusSeconds(1)));
        assertThat(reads(() -> messages.discussions(town, State.DONE, 10, 0)))
                .extracting(Messages.Discussion::notice)
                .containsExactly(Optional.empty());
        assertThat(reads(() -> messages.discussions(town, null, 1, 1)))
                .extracting(Messages.Discussion::notice)
                .containsExactly(Optional.of(other));
        assertThat(reads(() -> messages.of(town, Optional.of(notice), State.OPEN, 10, 0)))
                .extracting(message -> message.name().replaceFirst(".*/", ""))
                .containsExactly("unread-too", "unread");
        assertThat(reads(() -> messages.of(town, Optional.empty(), null, 10, 0)))
                .hasSize(1);
        assertThat(reads(() -> messages.unread(town, 100))).isEqualTo(2);
        assertThat(reads(() -> messages.unread(town, 1)))
                .as("no more are counted than are asked for")
                .isEqualTo(1);
    }

    @Test
    void howManyCameIsCountedByServerAndNoticeAndHowManyArePublic() {
        kept("a", notice, NOW);
        kept("b", notice, NOW.minusSeconds(4_000));
        long hidden = kept("c", null, NOW);

        Instant since = NOW.minusSeconds(3_600);
        assertThat(reads(() -> messages.arrived(town, "other.example", notice, since)))
                .isEqualTo(1);
        assertThat(reads(() -> messages.arrived(town, "other.example", null, since)))
                .isEqualTo(1);
        assertThat(reads(() -> messages.arrived(town, "elsewhere.example", notice, since)))
                .isZero();
        assertThat(reads(() -> messages.openOf(town, ALICE))).isEqualTo(3);
        assertThat(reads(() -> messages.arrivedOf(town, ALICE, notice, since))).isEqualTo(1);
        assertThat(reads(() -> messages.publicOf(town, notice))).isEqualTo(new Messages.Spoken(2, 1));
        writes(() -> messages.hide(town, hidden, new Message.Removal(NOW, MODERATOR, RemovalReason.SPAM, "")));
        assertThat(reads(() -> messages.openOf(town, ALICE))).isEqualTo(2);
    }

    @Test
    void theSameWordsAreFoundAgainWhateverTheirCase() {
        writes(() -> {
            messages.add(town, message(ALICE, "r1", notice, "<p>Achetez cinq mètres de câble</p>", NOW));
            messages.add(town, message(ALICE, "r2", null, "<p>ACHETEZ cinq metres, de cable !</p>", NOW));
        });
        String words = Fingerprint.ofWords("achetez cinq metres de cable");

        assertThat(reads(() -> messages.repeats(town, List.of(words, "")))).isEqualTo(Map.of(words, 2));
        assertThat(Fingerprint.ofWords("Merci beaucoup !")).isEmpty();
    }

    @Test
    void whatItsAuthorChangesIsOpenAndUnreadAgainUnlessItIsHidden() {
        long id = kept("edited", notice, NOW);
        writes(() -> messages.settle(town, id, NOW));
        Message changed = message(ALICE, "edited", null, "<p>Autrement</p>", NOW);

        writes(() -> messages.change(town, id, changed, NOW.plusSeconds(5)));
        assertThat(found(id).plain()).isEqualTo("Autrement");
        assertThat(found(id).unread()).isTrue();
        assertThat(found(id).changedAt()).contains(NOW.plusSeconds(5));
        assertThat(found(id).notice()).contains(notice);

        writes(() -> messages.hide(town, id, new Message.Removal(NOW, MODERATOR, RemovalReason.ILLEGAL, "Menace.")));
        writes(() -> messages.change(town, id, message(ALICE, "edited", null, "<p>Rien du tout</p>", NOW), NOW));
        assertThat(found(id).plain()).isEqualTo("Autrement");
        assertThat(found(id).removal()).contains(new Message.Removal(NOW, MODERATOR, RemovalReason.ILLEGAL, "Menace."));
        writes(() -> assertThat(messages.settle(town, id, NOW)).isFalse());
        Message.Removal second = new Message.Removal(NOW, MODERATOR, RemovalReason.SPAM, "");
        writes(() -> assertThat(messages.hide(town, id, second)).isFalse());
        assertThat(found(id).removal().orElseThrow().why()).isEqualTo(RemovalReason.ILLEGAL);

        writes(() -> messages.unsettle(town, id, NOW));
        assertThat(found(id).state())
                .as("an answer that did not arrive brings nothing back")
                .isEqualTo(State.HIDDEN);

        writes(() -> {
            assertThat(messages.reopen(town, id, State.DONE, NOW)).isFalse();
            assertThat(messages.reopen(town, id, State.HIDDEN, NOW)).isTrue();
        });
        assertThat(found(id).removal()).isEmpty();
    }

    @Test
    void itIsAssignedAndNoted() {
        long id = kept("assigned", notice, NOW);
        writes(() -> {
            messages.assign(town, id, MODERATOR, NOW);
            messages.note(town, id, "À voir avec la voirie.", NOW);
        });
        assertThat(found(id).assignee()).contains(MODERATOR);
        assertThat(found(id).note()).isEqualTo("À voir avec la voirie.");
        writes(() -> messages.assign(town, id, null, NOW));
        assertThat(found(id).assignee()).isEmpty();
    }

    @Test
    void whatItsAuthorTakesBackIsGoneButForWhatWasAnsweredAndWhatWasRemoved() {
        long plain = kept("plain", notice, NOW);
        long answered = kept("answered", notice, NOW);
        long removed = kept("removed", notice, NOW);
        answered(answered);
        writes(() -> messages.hide(town, removed, new Message.Removal(NOW, MODERATOR, RemovalReason.RULES, "")));

        writes(() -> messages.takeBack(
                town, "https://other.example/users/mallory", found(plain).name(), NOW));
        assertThat(found(plain).text().isEmptyContent()).isFalse();

        for (long id : List.of(plain, answered, removed)) {
            String name = found(id).name();
            writes(() -> messages.takeBack(town, ALICE, name, NOW));
        }

        assertThat(reads(() -> messages.find(town, plain))).isEmpty();
        assertThat(found(answered).text().isEmptyContent()).isTrue();
        assertThat(found(answered).author().name()).isEmpty();
        assertThat(found(answered).author().id())
                .as("to whom a withdrawal has to go")
                .isEqualTo(ALICE);
        assertThat(found(removed).plain()).as("for a judge").contains("removed");
        assertThat(found(removed).goneAt()).contains(NOW);
    }

    @Test
    void whoeverActsUponWhatHasMovedOnIsToldSo() {
        long id = kept("seen", notice, NOW);
        long seen = found(id).version();

        assertThat(engine.writing().<Boolean>execute(status -> messages.advance(town, id, seen)))
                .isTrue();
        assertThat(engine.writing().<Boolean>execute(status -> messages.advance(town, id, seen)))
                .as("somebody was faster")
                .isFalse();
        long after = found(id).version();
        writes(() -> messages.change(town, id, message(ALICE, "seen", null, "<p>Autrement</p>", NOW), NOW));
        assertThat(found(id).version()).isGreaterThan(after);
    }

    @Test
    void whatWaitsToBeSentKeepsNobodysRowAndNeitherDoesWhatWasToldOfARemoval() {
        long drafted = kept("drafted", notice, NOW);
        long stated = kept("stated", notice, NOW);
        drafted(drafted, Answer.Kind.ANSWER);
        long statement = drafted(stated, Answer.Kind.STATEMENT);
        writes(() -> answers.send(town, statement, new Answer.Step(NOW, MODERATOR)));

        for (long id : List.of(drafted, stated)) {
            String name = found(id).name();
            writes(() -> messages.takeBack(town, ALICE, name, NOW));
        }

        assertThat(reads(() -> messages.find(town, drafted))).isEmpty();
        assertThat(reads(() -> messages.find(town, stated))).isEmpty();
        assertThat(reads(() -> answers.find(town, statement))).isEmpty();
    }

    @Test
    void whatIsCountedOnEveryPageIsFoundByAnIndex() {
        if (engine.dialect() != Dialect.SQLITE) {
            return;
        }
        assertThat(engine.jdbc()
                        .sql("EXPLAIN QUERY PLAN " + JdbcMessages.UNREAD)
                        .param("town", town.value())
                        .param("most", 100)
                        .query((row, number) -> row.getString("detail"))
                        .list())
                .anyMatch(step -> step.contains("INDEX conversation_message_unread"));
    }

    @Test
    void ofWhoeverIsGoneNothingStays() {
        long plain = kept("gone-plain", notice, NOW);
        long answered = kept("gone-answered", notice, NOW);
        answered(answered);

        writes(() -> assertThat(messages.takeBackAll(town, ALICE, NOW))
                .hasSize(2)
                .allSatisfy(gone -> {
                    assertThat(gone.notice()).contains(notice);
                    assertThat(gone.arrived()).isEqualTo(NOW);
                }));

        assertThat(reads(() -> messages.find(town, plain))).isEmpty();
        assertThat(found(answered).author()).isEqualTo(new Author("", "", "", "", "", ""));
        assertThat(reads(() -> messages.anyOf(town, ALICE))).isFalse();
    }

    @Test
    void afterAYearNothingOfItStaysAndOfWhatWasRemovedAYearAfterThat() {
        Instant old = NOW.minus(Duration.ofDays(400));
        long plain = kept("old-plain", notice, old);
        long fresh = kept("fresh", notice, NOW);
        long answered = kept("old-answered", notice, old);
        long removed = kept("old-removed", notice, old);
        answered(answered);
        writes(() -> messages.hide(
                town, removed, new Message.Removal(NOW.minusSeconds(60), MODERATOR, RemovalReason.SPAM, "")));
        engine.clock().moveTo(NOW);
        ConversationSweeper sweeper = sweeper();

        sweeper.sweep();

        assertThat(reads(() -> messages.find(town, plain))).isEmpty();
        assertThat(found(fresh).text().isEmptyContent()).isFalse();
        assertThat(found(removed).text().isEmptyContent()).isFalse();
        assertThat(found(answered).author().id()).isEmpty();
        assertThat(reads(() -> answers.of(town, answered)))
                .as("the town's own words")
                .hasSize(1);

        engine.clock().moveTo(NOW.plus(ConversationRetention.KEPT));
        sweeper.sweep();
        assertThat(reads(() -> messages.find(town, removed))).isEmpty();
    }

    @Test
    void howeverManyTheyAreAllThatWereKeptLongEnoughGo() {
        Guard guard = engine.make(JdbcGuard.class);
        writes(() -> IntStream.range(0, 1_001)
                .forEach(i -> guard.bury(town, ALICE, "https://other.example/notes/many" + i, NOW)));
        engine.clock()
                .moveTo(NOW.plus(Duration.ofDays(ConversationRetention.TAKEN_BACK_DAYS))
                        .plusSeconds(1));

        sweeper().sweep();

        assertThat(engine.jdbc()
                        .sql("SELECT count(*) FROM conversation_tombstone WHERE town_id = :town")
                        .param("town", town.value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private ConversationSweeper sweeper() {
        return new ConversationSweeper(
                messages,
                engine.make(JdbcReactions.class),
                engine.make(JdbcGuard.class),
                engine.make(JdbcKnownLists.class),
                engine.clock(),
                Objects.requireNonNull(engine.writing().getTransactionManager()));
    }
}
