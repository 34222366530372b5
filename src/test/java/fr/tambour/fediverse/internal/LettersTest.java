package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.Ids;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What answers one server: kept until it took it, taken by one node at a time. */
@OnBothEngines
class LettersTest {

    private static final AtomicLong TOWNS = new AtomicLong(100);
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final URI INBOX = URI.create("https://other.example/inbox");

    private final Engine engine;
    private final Letters letters;
    private final TownId town = new TownId(TOWNS.incrementAndGet());
    private final Actor ville;

    LettersTest(Engine engine) {
        this.engine = engine;
        this.letters = engine.make(Letters.class, Ids.class);
        ville = TestAccounts.of(town, 7, "ville");
    }

    private final Set<Long> paused = new HashSet<>();

    @Test
    void whatALetterBringsIsToldByItsOwnNameAndNotByWhatItHolds() {
        assertThat(FediverseAnswers.answerIn(bytes("""
                        {"@context":["a",{"b":"c"}],"id":"https://clairval.example/avis/0/reponses/123#create","type":"Create",
                         "object":{"id":"https://clairval.example/avis/0/reponses/123"}}"""))).hasValue(123);
        for (String theirs : List.of("123", "9999999999999999999")) {
            assertThat(FediverseAnswers.answerIn(bytes("""
                            {"@context":"a","id":"https://clairval.example/@ville#accept-1","type":"Accept",
                             "object":{"id":"https://evil.example/reponses/%s#create","type":"Follow"}}""".formatted(theirs))))
                    .as(theirs)
                    .isEmpty();
            assertThat(FediverseAnswers.answerIn(bytes("""
                            {"object":{"id":"https://evil.example/reponses/%s#create","type":"Create"},"type":"Reject"}""".formatted(theirs))))
                    .as(theirs)
                    .isEmpty();
        }
        assertThat(FediverseAnswers.answerIn(
                        bytes("{\"type\":\"Create\",\"id\":\"/reponses/9999999999999999999#create\"}")))
                .isEmpty();
        assertThat(FediverseAnswers.answerIn(bytes("no JSON"))).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @BeforeEach
    void nothingElse() {
        engine.insertTown(town.value(), "clairval-" + town.value());
        engine.jdbc().sql("DELETE FROM fediverse_letter").update();
    }

    private void writes(String body) {
        engine.writing()
                .executeWithoutResult(status -> letters.add(ville, INBOX, body.getBytes(StandardCharsets.UTF_8), NOW));
    }

    private List<Letters.Letter> taken(Instant at) {
        return engine.writing().execute(status -> letters.take(at, LEASE, 10, paused));
    }

    @Test
    void whatIsTakenIsNobodyElsesUntilItsLeaseIsOver() {
        writes("{}");

        assertThat(taken(NOW)).singleElement().satisfies(letter -> {
            assertThat(letter.address()).isEqualTo(INBOX);
            assertThat(letter.body()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
            assertThat(letter.attempts()).isZero();
            assertThat(letter.writtenAt()).isEqualTo(NOW);
        });
        assertThat(taken(NOW.plus(LEASE).minusMillis(1))).isEmpty();
        assertThat(taken(NOW.plus(LEASE)))
                .singleElement()
                .satisfies(letter -> assertThat(letter.attempts()).isEqualTo(1));
    }

    /** After a restore. */
    @Test
    void thoseOfATownWhoseSendingIsPausedWait() {
        writes("{}");
        paused.add(town.value());
        assertThat(taken(NOW)).isEmpty();
        paused.clear();
        assertThat(taken(NOW)).hasSize(1);
    }

    @Test
    void whatIsPutOffWaitsAndWhatIsTakenOutIsGone() {
        writes("{}");
        Letters.Letter letter = taken(NOW).getFirst();
        engine.writing().executeWithoutResult(status -> letters.putOff(letter, NOW.plusSeconds(5)));
        assertThat(taken(NOW.plusSeconds(4))).isEmpty();
        assertThat(taken(NOW.plusSeconds(5))).hasSize(1);

        engine.writing().executeWithoutResult(status -> letters.remove(letter));

        assertThat(engine.reading().<Boolean>execute(status -> letters.anyDue(NOW.plus(Duration.ofDays(1)), paused)))
                .isFalse();
    }

    @Test
    void theSameOnceMoreTakesThePlaceOfTheFirst() {
        writes("{\"a\":1}");
        writes("{\"a\":1}");
        writes("{\"a\":2}");

        assertThat(taken(NOW)).hasSize(2);
    }

    @Test
    void forAHostThatTakesNothingNotAnyNumberWaits() {
        engine.jdbc().sql("""
                        INSERT INTO fediverse_letter (town_id, id, address, host, body, attempts, written_at, due_at)
                        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 998)
                        SELECT :town, i, 'https://other.example/inbox', 'other.example', '{}' || i, 0, 0, 0 FROM n
                        """).param("town", town.value()).update();
        for (int i = 0; i < 5; i++) {
            writes("{\"a\":" + i + "}");
        }

        assertThat(engine.jdbc()
                        .sql("SELECT count(*) FROM fediverse_letter")
                        .query(Long.class)
                        .single())
                .isEqualTo(1_000);
    }
}
