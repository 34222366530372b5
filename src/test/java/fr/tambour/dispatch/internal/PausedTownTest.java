package fr.tambour.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fr.tambour.notice.DeskTown;
import fr.tambour.notice.NoticeClock;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicState;
import fr.tambour.operations.internal.Resumption;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.PlatformTransactionManager;

/** After a restore each town decides for itself what still goes out. */
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.notice.DeskTown#onBothEngines")
class PausedTownTest {

    private static final LocalDateTime MORNING = LocalDateTime.of(2026, 12, 1, 8, 0);
    private static final Instant NOON = Instant.parse("2026-12-01T11:00:00Z");

    private final DeskTown towns;

    PausedTownTest(DeskTown tambour) {
        towns = tambour.afresh();
    }

    @Test
    void oneTownResumesAndTheOtherStaysPaused() {
        InstanceFacts facts = towns.tambour.bean(InstanceFacts.class);
        Resumption resumption = towns.tambour.bean(Resumption.class);
        DueTimer timer = timer();
        NoticeId here = towns.scheduled(towns.news("Ici"), MORNING);
        NoticeId there = towns.scheduledThere(towns.news("Là"), MORNING);
        towns.write(() -> {
            facts.pause(towns.here.id().value(), towns.tambour.clock().instant());
            facts.pause(towns.there.id().value(), towns.tambour.clock().instant());
            return facts;
        });

        towns.tambour.clock().moveTo(NOON);
        timer.tick();
        assertThat(towns.publicState(towns.here.id(), here)).isEqualTo(PublicState.SCHEDULED);
        assertThat(towns.publicState(towns.there.id(), there)).isEqualTo(PublicState.SCHEDULED);

        // What is overdue is settled by a person first: it may have gone out from the original.
        assertThatThrownBy(() -> resumption.resume(towns.approver))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("operations.overdue"));
        towns.desk.release(towns.approver, here, new NoticeDesk.Release.Now());
        resumption.resume(towns.approver);
        assertThat(resumption.pausedSince(towns.here.id())).isEmpty();
        assertThat(resumption.pausedSince(towns.there.id())).isPresent();

        NoticeId evening = towns.scheduled(towns.news("Ce soir"), MORNING.plusHours(12));
        towns.tambour.clock().moveTo(NOON.plusSeconds(9 * 3_600));
        timer.tick();
        assertThat(towns.publicState(towns.here.id(), evening)).isEqualTo(PublicState.PUBLISHED);
        assertThat(towns.publicState(towns.there.id(), there)).isEqualTo(PublicState.SCHEDULED);
    }

    @Test
    void whatEndsEndsInAPausedTownToo() {
        NoticeId shown = towns.published(towns.news("Finit"));
        towns.write(() -> {
            InstanceFacts facts = towns.tambour.bean(InstanceFacts.class);
            facts.pause(towns.here.id().value(), towns.tambour.clock().instant());
            return facts;
        });
        towns.tambour.clock().moveTo(NOON.plusSeconds(60L * 86_400));
        timer().tick();
        assertThat(towns.publicState(towns.here.id(), shown)).isEqualTo(PublicState.EXPIRED);
    }

    /** More than one go takes up: the timer must not sleep on what is still due. */
    @Test
    void whatIsLeftOfAFullGoIsTakenUpAtOnce() {
        DueTimer timer = new DueTimer(
                new NoticeClock() {
                    private int left = 201;

                    @Override
                    public int advance(Instant now, Set<TownId> paused) {
                        int moved = Math.min(left, 200);
                        left -= moved;
                        return moved;
                    }

                    @Override
                    public Optional<Instant> next() {
                        return left > 0 ? Optional.of(Instant.EPOCH) : Optional.empty();
                    }
                },
                towns.tambour.bean(InstanceFacts.class),
                towns.tambour.bean(PlatformTransactionManager.class),
                towns.tambour.bean(Clock.class),
                false);
        assertThat(timer.tick()).isLessThan(Duration.ofMillis(100));
        assertThat(timer.tick()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whoStopsIsNotHeldUpByTheNextLookNorPublishesOnceMore() {
        AtomicInteger looks = new AtomicInteger();
        DueTimer timer = new DueTimer(
                new NoticeClock() {
                    @Override
                    public int advance(Instant now, Set<TownId> paused) {
                        return 0;
                    }

                    @Override
                    public Optional<Instant> next() {
                        looks.incrementAndGet();
                        return Optional.empty();
                    }
                },
                towns.tambour.bean(InstanceFacts.class),
                towns.tambour.bean(PlatformTransactionManager.class),
                towns.tambour.bean(Clock.class),
                true);
        timer.start();
        await().until(() -> looks.get() == 1);

        timer.stop();

        assertThat(looks).hasValue(1);
    }

    private DueTimer timer() {
        return towns.tambour.bean(DueTimer.class);
    }
}
