package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.Lifecycle.Standing;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every action at every standing, against {@link LegalSteps}. What is not in it must be refused. */
class LifecycleTest {

    static Stream<Arguments> everyActionAtEveryStanding() {
        return LegalSteps.standings()
                .flatMap(standing -> Arrays.stream(Action.values())
                        .map(action -> Arguments.of(standing, action, LegalSteps.next(standing, action))));
    }

    @ParameterizedTest(name = "{1} at {0}: {2}")
    @MethodSource("everyActionAtEveryStanding")
    void leadsWhereTheTableSays(Standing standing, Action action, Optional<Standing> expected) {
        assertThat(Lifecycle.next(standing, action)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "at {0}")
    @MethodSource("fr.tambour.notice.LegalSteps#standings")
    void whatIsLegalIsWhatLeadsSomewhere(Standing standing) {
        Set<Action> expected = Arrays.stream(Action.values())
                .filter(action -> LegalSteps.next(standing, action).isPresent())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Action.class)));
        assertThat(Lifecycle.legal(standing)).isEqualTo(expected);
    }

    @Test
    void nothingMayBeDoneToAWithdrawnNotice() {
        for (DraftState draft : DraftState.values()) {
            assertThat(Lifecycle.legal(new Standing(draft, PublicState.WITHDRAWN)))
                    .isEmpty();
        }
    }
}
