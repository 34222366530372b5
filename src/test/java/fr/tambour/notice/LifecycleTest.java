package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.Lifecycle.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every action at every standing, against a table written by hand. What is not in it must be refused. */
class LifecycleTest {

    /** Draft, public state, action, and where it leads. */
    private static final String LEGAL = """
            DRAFT          NONE       EDIT         DRAFT          NONE
            DRAFT          NONE       SUBMIT       SUBMITTED      NONE
            DRAFT          NONE       DISCARD      NONE           NONE
            CHANGES_ASKED  NONE       EDIT         CHANGES_ASKED  NONE
            CHANGES_ASKED  NONE       SUBMIT       SUBMITTED      NONE
            CHANGES_ASKED  NONE       DISCARD      NONE           NONE
            SUBMITTED      NONE       TAKE_BACK    DRAFT          NONE
            SUBMITTED      NONE       ASK_CHANGES  CHANGES_ASKED  NONE
            SUBMITTED      NONE       APPROVE      APPROVED       NONE
            APPROVED       NONE       EDIT         DRAFT          NONE
            APPROVED       NONE       ASK_CHANGES  CHANGES_ASKED  NONE
            APPROVED       NONE       SCHEDULE     APPROVED       SCHEDULED
            APPROVED       NONE       PUBLISH      NONE           PUBLISHED
            APPROVED       SCHEDULED  PUBLISH      NONE           PUBLISHED
            APPROVED       SCHEDULED  UNSCHEDULE   DRAFT          NONE
            APPROVED       SCHEDULED  MISS         DRAFT          NONE
            NONE           PUBLISHED  CORRECT      DRAFT          PUBLISHED
            NONE           PUBLISHED  EXPIRE       NONE           EXPIRED
            NONE           PUBLISHED  WITHDRAW     NONE           WITHDRAWN
            DRAFT          PUBLISHED  EDIT         DRAFT          PUBLISHED
            DRAFT          PUBLISHED  SUBMIT       SUBMITTED      PUBLISHED
            DRAFT          PUBLISHED  DISCARD      NONE           PUBLISHED
            DRAFT          PUBLISHED  EXPIRE       DRAFT          EXPIRED
            DRAFT          PUBLISHED  WITHDRAW     NONE           WITHDRAWN
            CHANGES_ASKED  PUBLISHED  EDIT         CHANGES_ASKED  PUBLISHED
            CHANGES_ASKED  PUBLISHED  SUBMIT       SUBMITTED      PUBLISHED
            CHANGES_ASKED  PUBLISHED  DISCARD      NONE           PUBLISHED
            CHANGES_ASKED  PUBLISHED  EXPIRE       CHANGES_ASKED  EXPIRED
            CHANGES_ASKED  PUBLISHED  WITHDRAW     NONE           WITHDRAWN
            SUBMITTED      PUBLISHED  TAKE_BACK    DRAFT          PUBLISHED
            SUBMITTED      PUBLISHED  ASK_CHANGES  CHANGES_ASKED  PUBLISHED
            SUBMITTED      PUBLISHED  APPROVE      APPROVED       PUBLISHED
            SUBMITTED      PUBLISHED  EXPIRE       SUBMITTED      EXPIRED
            SUBMITTED      PUBLISHED  WITHDRAW     NONE           WITHDRAWN
            APPROVED       PUBLISHED  EDIT         DRAFT          PUBLISHED
            APPROVED       PUBLISHED  ASK_CHANGES  CHANGES_ASKED  PUBLISHED
            APPROVED       PUBLISHED  PUBLISH      NONE           PUBLISHED
            APPROVED       PUBLISHED  EXPIRE       APPROVED       EXPIRED
            APPROVED       PUBLISHED  WITHDRAW     NONE           WITHDRAWN
            NONE           EXPIRED    CORRECT      DRAFT          EXPIRED
            NONE           EXPIRED    WITHDRAW     NONE           WITHDRAWN
            DRAFT          EXPIRED    EDIT         DRAFT          EXPIRED
            DRAFT          EXPIRED    SUBMIT       SUBMITTED      EXPIRED
            DRAFT          EXPIRED    DISCARD      NONE           EXPIRED
            DRAFT          EXPIRED    WITHDRAW     NONE           WITHDRAWN
            CHANGES_ASKED  EXPIRED    EDIT         CHANGES_ASKED  EXPIRED
            CHANGES_ASKED  EXPIRED    SUBMIT       SUBMITTED      EXPIRED
            CHANGES_ASKED  EXPIRED    DISCARD      NONE           EXPIRED
            CHANGES_ASKED  EXPIRED    WITHDRAW     NONE           WITHDRAWN
            SUBMITTED      EXPIRED    TAKE_BACK    DRAFT          EXPIRED
            SUBMITTED      EXPIRED    ASK_CHANGES  CHANGES_ASKED  EXPIRED
            SUBMITTED      EXPIRED    APPROVE      APPROVED       EXPIRED
            SUBMITTED      EXPIRED    WITHDRAW     NONE           WITHDRAWN
            APPROVED       EXPIRED    AMEND        NONE           EXPIRED
            APPROVED       EXPIRED    EDIT         DRAFT          EXPIRED
            APPROVED       EXPIRED    ASK_CHANGES  CHANGES_ASKED  EXPIRED
            APPROVED       EXPIRED    PUBLISH      NONE           PUBLISHED
            APPROVED       EXPIRED    WITHDRAW     NONE           WITHDRAWN
            """;

    private static Map<List<Object>, Standing> legal() {
        Map<List<Object>, Standing> legal = new HashMap<>();
        LEGAL.lines()
                .map(line -> line.split(" +"))
                .forEach(word -> legal.put(
                        List.of(
                                new Standing(DraftState.valueOf(word[0]), PublicState.valueOf(word[1])),
                                Action.valueOf(word[2])),
                        new Standing(DraftState.valueOf(word[3]), PublicState.valueOf(word[4]))));
        return legal;
    }

    private static List<Standing> standings() {
        List<Standing> standings = new ArrayList<>();
        for (DraftState draft : DraftState.values()) {
            for (PublicState shown : PublicState.values()) {
                standings.add(new Standing(draft, shown));
            }
        }
        return standings;
    }

    static Stream<Arguments> everyActionAtEveryStanding() {
        Map<List<Object>, Standing> legal = legal();
        return standings().stream()
                .flatMap(standing -> Arrays.stream(Action.values())
                        .map(action -> Arguments.of(
                                standing, action, Optional.ofNullable(legal.get(List.of(standing, action))))));
    }

    @ParameterizedTest(name = "{1} at {0}: {2}")
    @MethodSource("everyActionAtEveryStanding")
    void leadsWhereTheTableSays(Standing standing, Action action, Optional<Standing> expected) {
        assertThat(Lifecycle.next(standing, action)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "at {0}")
    @MethodSource("standings")
    void whatIsLegalIsWhatLeadsSomewhere(Standing standing) {
        Set<Action> expected = Arrays.stream(Action.values())
                .filter(action -> legal().containsKey(List.<Object>of(standing, action)))
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

    @Test
    void theTableHasNoLineTwice() {
        assertThat(legal()).hasSize((int) LEGAL.lines().count());
    }
}
