package fr.tambour.notice;

import fr.tambour.notice.Lifecycle.Standing;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every legal step, written by hand once more: what the code's own table, and the desk, are measured by. */
final class LegalSteps {

    /** Draft, public state, action, and where it leads. */
    private static final String TABLE = """
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

    private record Step(Standing from, Action action) {}

    /** A line that stood there twice would end the tests. */
    private static final Map<Step, Standing> STEPS = TABLE.lines()
            .map(line -> line.split(" +"))
            .collect(Collectors.toUnmodifiableMap(
                    word -> new Step(standing(word[0], word[1]), Action.valueOf(word[2])),
                    word -> standing(word[3], word[4])));

    private LegalSteps() {}

    private static Standing standing(String draft, String shown) {
        return new Standing(DraftState.valueOf(draft), PublicState.valueOf(shown));
    }

    /** Every pair of states, whether or not a notice can get there. */
    static Stream<Standing> standings() {
        return Arrays.stream(PublicState.values())
                .flatMap(shown -> Arrays.stream(DraftState.values()).map(draft -> new Standing(draft, shown)));
    }

    /** Where the step leads; empty where it must not be taken. */
    static Optional<Standing> next(Standing standing, Action action) {
        return Optional.ofNullable(STEPS.get(new Step(standing, action)));
    }
}
