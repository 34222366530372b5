package fr.tambour.live.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeTown;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.notice.NoticeTown#onBothEngines")
class EventLogTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

    private final NoticeTown house;
    private final TownId town;

    EventLogTest(NoticeTown house) {
        this.house = house;
        this.town = house.town().id();
    }

    private long happens(Instant at) {
        return Objects.requireNonNull(house.server()
                .bean(TransactionTemplate.class)
                .execute(status -> {
                    long counter = house.server().bean(Towns.class).nextCounter(town);
                    house.server()
                            .bean(EventLog.class)
                            .add(
                                    town,
                                    new LiveEvent(counter, LiveEvent.Step.PUBLISHED, false, new NoticeId(counter), at));
                    return counter;
                }));
    }

    /** The clock of another node may be behind; a page that is told nothing of one event must not be told of the next. */
    @Test
    void whatIsTooOldGoesWithAllThatCameBeforeIt() {
        happens(NOW);
        happens(NOW.minus(Duration.ofHours(30)));
        long last = happens(NOW);
        assertThat(house.server().bean(EventLog.class).all(town).events())
                .extracting(LiveEvent::counter)
                .containsExactly(last);
    }

    /** Between two events the counter may rise for what no open page hears of. */
    @Test
    void whoeverReadsOnKnowsWhetherAnythingInBetweenIsGone() {
        EventLog log = house.server().bean(EventLog.class);
        Instant begun = NOW.plus(Duration.ofDays(2));
        long first = happens(begun);
        long unheard = Objects.requireNonNull(house.server()
                .bean(TransactionTemplate.class)
                .execute(status -> house.server().bean(Towns.class).nextCounter(town)));
        long second = happens(begun.plus(Duration.ofHours(1)));
        assertThat(log.after(town, first).follows(first)).isTrue();
        assertThat(log.after(town, unheard).follows(unheard)).isTrue();
        assertThat(log.after(town, second).follows(second)).isTrue();

        long third = happens(begun.plus(Duration.ofHours(30)));

        assertThat(log.all(town).events()).extracting(LiveEvent::counter).containsExactly(third);
        assertThat(log.after(town, first).follows(first)).isFalse();
        assertThat(log.after(town, unheard).follows(unheard)).isFalse();
        assertThat(log.after(town, second).follows(second)).isTrue();
        assertThat(Tail.of(log.all(town)).reaches(second)).isTrue();
        assertThat(Tail.of(log.all(town)).reaches(second - 1)).isFalse();
    }

    /** An event of before that was kept, or of a node that does not write it yet. */
    @Test
    void whereItIsNotKnownWhatCameBeforeAnEventNobodyIsTakenToKnowIt() {
        long before = happens(NOW.plus(Duration.ofDays(5)));
        long last = happens(NOW.plus(Duration.ofDays(5)));
        house.server()
                .bean(JdbcClient.class)
                .sql("UPDATE live_event SET previous = NULL WHERE counter = ?")
                .param(last)
                .update();
        EventLog log = house.server().bean(EventLog.class);
        assertThat(log.after(town, before).follows(last - 1)).isTrue();
        assertThat(log.after(town, before).follows(last - 2)).isFalse();
    }

    @Test
    void whatIsNotTooOldStays() {
        long first = happens(NOW.plus(Duration.ofDays(10)));
        long second = happens(NOW.plus(Duration.ofDays(11)).minusMillis(1));
        assertThat(house.server().bean(EventLog.class).after(town, first - 1).events())
                .extracting(LiveEvent::counter)
                .containsExactly(first, second);
    }
}
