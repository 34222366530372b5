package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Ids;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who quotes what with the town's leave, and from whom it was taken back. */
@OnBothEngines
class QuotesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final TownId TOWN = new TownId(700);
    private static final TownId OTHER = new TownId(701);
    private static final NoticeId BAL = new NoticeId(5);
    private static final NoticeId MARCHE = new NoticeId(6);

    private final Engine engine;
    private final Quotes quotes;

    QuotesTest(Engine engine) {
        this.engine = engine;
        this.quotes = engine.make(Quotes.class, Ids.class);
    }

    @BeforeEach
    void twoNotices() {
        engine.jdbc().sql("DELETE FROM fediverse_quote").update();
        engine.jdbc().sql("DELETE FROM fediverse_quote_refusal").update();
        if (engine.jdbc().sql("SELECT count(*) FROM town").query(Integer.class).single() == 0) {
            engine.insertTown(TOWN.value(), "clairval");
            engine.insertTown(OTHER.value(), "valmont");
            engine.insertNotice(TOWN.value(), BAL.value(), "NEWS");
            engine.insertNotice(TOWN.value(), MARCHE.value(), "NEWS");
        }
    }

    private <T> T writes(Supplier<T> work) {
        return engine.writing().execute(status -> work.get());
    }

    private <T> T reads(Supplier<T> work) {
        return engine.reading().execute(status -> work.get());
    }

    private static URI post(String who) {
        return URI.create("https://other.example/" + who + "/1");
    }

    private Quote quotes(String who, NoticeId notice) {
        URI at = URI.create("https://other.example/users/" + who);
        RemoteActor author = new RemoteActor(at, URI.create(at + "/inbox"), URI.create(at + "/inbox"), Map.of());
        return writes(() -> quotes.grant(TOWN, notice, post(who), author, NOW));
    }

    private List<String> standing(NoticeId notice, int limit, int offset) {
        return reads(() -> quotes.standing(TOWN, notice, limit, offset)).stream()
                .map(Quote::who)
                .toList();
    }

    @Test
    void whatStandsIsListedTheLastFirstOfOneNoticeOrOfAny() {
        quotes("alice", BAL);
        quotes("bob", MARCHE);
        Quote carol = quotes("carol", BAL);
        quotes("dave", BAL);

        assertThat(writes(() -> quotes.revoke(carol, NOW))).isTrue();
        assertThat(writes(() -> quotes.revoke(carol, NOW))).as("once").isFalse();

        assertThat(standing(BAL, 9, 0)).containsExactly("@dave@other.example", "@alice@other.example");
        assertThat(standing(null, 2, 1)).containsExactly("@bob@other.example", "@alice@other.example");
        assertThat(reads(() -> quotes.count(TOWN, BAL))).isEqualTo(2);
        assertThat(reads(() -> quotes.count(TOWN, null))).isEqualTo(3);
        assertThat(reads(() -> quotes.count(OTHER, null))).isZero();
        assertThat(writes(() -> quotes.holds(carol))).isFalse();
    }

    @Test
    void aPostFromWhichLeaveWasTakenBackIsKnownByAHashForAYearWhateverBecomesOfIt() {
        Quote alice = quotes("alice", BAL);
        writes(() -> {
            quotes.revoke(alice, NOW);
            quotes.refuse(TOWN, alice.post(), NOW);
            return true;
        });
        writes(() -> {
            quotes.forget(TOWN, alice.author());
            return true;
        });

        assertThat(reads(() -> quotes.isRefused(TOWN, post("alice")))).isTrue();
        assertThat(reads(() -> quotes.isRefused(TOWN, post("bob")))).isFalse();
        assertThat(reads(() -> quotes.isRefused(OTHER, post("alice")))).isFalse();
        assertThat(engine.jdbc()
                        .sql("SELECT post FROM fediverse_quote_refusal")
                        .query(String.class)
                        .single())
                .matches("[0-9a-f]{64}");

        sweeps(NOW.plus(Duration.ofDays(364)));
        assertThat(reads(() -> quotes.isRefused(TOWN, post("alice")))).isTrue();
        sweeps(NOW.plus(Duration.ofDays(366)));
        assertThat(reads(() -> quotes.isRefused(TOWN, post("alice")))).isFalse();
    }

    private void sweeps(Instant now) {
        FediverseSweeper sweeper = new FediverseSweeper(
                engine.jdbc(), null, engine.clock(), engine.writing().getTransactionManager());
        writes(() -> {
            sweeper.letGo(now);
            return true;
        });
    }
}
