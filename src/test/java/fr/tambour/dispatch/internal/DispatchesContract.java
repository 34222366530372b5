package fr.tambour.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeStep.Occasion;
import fr.tambour.notice.NoticeStep.Step;
import fr.tambour.town.TownId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What every store of dispatches promises, written to by the steps of notices. Channels: {@code feed}, {@code website}. */
interface DispatchesContract {

    Instant MORNING = Instant.parse("2026-11-24T08:00:00Z");
    Instant EVENING = MORNING.plus(Duration.ofHours(10));

    Dispatches dispatches();

    TownId town();

    /** A notice without a dispatch. */
    NoticeId aNotice();

    /** Takes it in a transaction of its own. */
    void taken(Step step);

    private void published(NoticeId id, int revision, Instant at, String... channels) {
        taken(new Step.Published(
                town(),
                id,
                at,
                revision,
                occasion(revision),
                Kind.NEWS,
                false,
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(Set.of(channels)),
                List.of(),
                EVENING));
    }

    private static Occasion occasion(int revision) {
        return revision == 1 ? Occasion.PUBLICATION : Occasion.CORRECTION;
    }

    @Test
    default void anErratumOfANoticeThatIsOverHasNoEnd() {
        NoticeId id = aNotice();
        published(id, 1, MORNING, "website");

        published(id, 2, EVENING, "website");

        assertThat(on("website", of(id, 2)).until()).isNull();
    }

    @Test
    default void anErratumOfANoticeThatIsOverGoesWhereItWentAndNowhereElse() {
        NoticeId id = aNotice();
        published(id, 1, MORNING, "website");

        published(id, 2, EVENING, "feed", "website");

        assertThat(of(id, 2)).extracting(Dispatch::channel).containsExactly("website");
    }

    @Test
    default void aPublicationGoesOverItsChannelsUntilItsEnd() {
        NoticeId id = aNotice();

        published(id, 1, MORNING, "feed", "website");

        assertThat(dispatches().of(town(), id))
                .allSatisfy(dispatch -> {
                    assertThat(dispatch.purpose()).isEqualTo(Purpose.PUBLICATION);
                    assertThat(dispatch.revision()).isEqualTo(1);
                    assertThat(dispatch.state()).isEqualTo(State.SETTLED);
                    assertThat(dispatch.openedAt()).isEqualTo(MORNING);
                    assertThat(dispatch.until()).isEqualTo(EVENING);
                })
                .extracting(Dispatch::channel)
                .containsExactlyInAnyOrder("feed", "website");
    }

    @Test
    default void aCorrectionGoesOverEveryChannelThatAnEarlierDispatchUsed() {
        NoticeId id = aNotice();
        published(id, 1, MORNING, "feed", "website");

        published(id, 2, MORNING.plusSeconds(60), "website");

        assertThat(of(id, 2)).extracting(Dispatch::purpose).containsOnly(Purpose.CORRECTION);
        assertThat(of(id, 2)).extracting(Dispatch::channel).containsExactlyInAnyOrder("feed", "website");
        assertThat(on("website", of(id, 2)).until()).isEqualTo(EVENING);
        // It carries no text there, only that the notice is gone: that may leave after the end.
        assertThat(on("feed", of(id, 2)).until()).isNull();
    }

    @Test
    default void aWithdrawalGoesOverEveryChannelEverUsedAndHasNoEnd() {
        NoticeId id = aNotice();
        published(id, 1, MORNING, "feed", "website");
        published(id, 2, MORNING.plusSeconds(60), "website");

        taken(new Step.Withdrawn(town(), id, MORNING.plusSeconds(120), false, 2));

        assertThat(dispatches().of(town(), id))
                .filteredOn(dispatch -> dispatch.purpose() == Purpose.WITHDRAWAL)
                .allSatisfy(dispatch -> assertThat(dispatch.until()).isNull())
                .extracting(Dispatch::channel)
                .containsExactlyInAnyOrder("feed", "website");
    }

    @Test
    default void anEndSendsNothing() {
        NoticeId id = aNotice();
        published(id, 1, MORNING, "website");

        taken(new Step.Expired(town(), id, EVENING, false, 1));

        assertThat(dispatches().of(town(), id)).hasSize(1);
    }

    @Test
    default void aChannelThatNobodyHasIsPassedOver() {
        NoticeId id = aNotice();

        published(id, 1, MORNING, "pigeon", "website");

        assertThat(dispatches().of(town(), id)).extracting(Dispatch::channel).containsExactly("website");
    }

    @Test
    default void anotherTownSeesNothing() {
        NoticeId id = aNotice();
        published(id, 1, MORNING, "website");

        assertThat(dispatches().of(new TownId(town().value() + 1), id)).isEmpty();
    }

    private List<Dispatch> of(NoticeId id, int revision) {
        return dispatches().of(town(), id).stream()
                .filter(dispatch -> dispatch.revision() == revision)
                .toList();
    }

    private static Dispatch on(String channel, List<Dispatch> all) {
        return all.stream()
                .filter(dispatch -> dispatch.channel().equals(channel))
                .findFirst()
                .orElseThrow();
    }
}
