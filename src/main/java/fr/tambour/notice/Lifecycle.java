package fr.tambour.notice;

import static fr.tambour.notice.Action.*;
import static fr.tambour.notice.DraftState.APPROVED;
import static fr.tambour.notice.DraftState.CHANGES_ASKED;
import static fr.tambour.notice.DraftState.DRAFT;
import static fr.tambour.notice.DraftState.SUBMITTED;
import static fr.tambour.notice.PublicState.EXPIRED;
import static fr.tambour.notice.PublicState.PUBLISHED;
import static fr.tambour.notice.PublicState.SCHEDULED;
import static fr.tambour.notice.PublicState.WITHDRAWN;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every legal step of a notice, on one screen. A notice stands at a pair: its working draft's state and its public
 * state. What is not in this table does not happen, whoever asks.
 */
public final class Lifecycle {

    /** Where a notice stands. */
    public record Standing(DraftState draft, PublicState publicState) {

        /** Whether something is being prepared behind what the public sees, or saw. */
        public boolean underCorrection() {
            return publicState.wasPublished() && draft != DraftState.NONE;
        }
    }

    private record Step(Standing from, Action action) {}

    private static final Map<Step, Standing> STEPS = new LinkedHashMap<>();

    static {
        // The first way out: nothing is public yet.
        draftWork(PublicState.NONE);
        allow(APPROVED, PublicState.NONE, SCHEDULE, APPROVED, SCHEDULED);
        allow(APPROVED, PublicState.NONE, PUBLISH, DraftState.NONE, PUBLISHED);
        // Scheduled: only the clock, or one button.
        allow(APPROVED, SCHEDULED, PUBLISH, DraftState.NONE, PUBLISHED);
        allow(APPROVED, SCHEDULED, UNSCHEDULE, DRAFT, PublicState.NONE);
        allow(APPROVED, SCHEDULED, MISS, DRAFT, PublicState.NONE);
        // Published, and expired: a correction is a new working draft; what is published stands meanwhile.
        for (PublicState shown : EnumSet.of(PUBLISHED, EXPIRED)) {
            allow(DraftState.NONE, shown, CORRECT, DRAFT, shown);
            draftWork(shown);
            allow(APPROVED, shown, PUBLISH, DraftState.NONE, PUBLISHED);
            for (DraftState draft : DraftState.values()) {
                allow(draft, shown, WITHDRAW, DraftState.NONE, WITHDRAWN);
            }
        }
        allow(APPROVED, EXPIRED, AMEND, DraftState.NONE, EXPIRED);
        for (DraftState draft : DraftState.values()) {
            allow(draft, PUBLISHED, EXPIRE, draft, EXPIRED);
        }
        // Withdrawn: nothing more.
    }

    private Lifecycle() {}

    private static void draftWork(PublicState shown) {
        allow(DRAFT, shown, EDIT, DRAFT, shown);
        allow(DRAFT, shown, SUBMIT, SUBMITTED, shown);
        allow(DRAFT, shown, DISCARD, DraftState.NONE, shown);
        allow(CHANGES_ASKED, shown, EDIT, CHANGES_ASKED, shown);
        allow(CHANGES_ASKED, shown, SUBMIT, SUBMITTED, shown);
        allow(CHANGES_ASKED, shown, DISCARD, DraftState.NONE, shown);
        allow(SUBMITTED, shown, TAKE_BACK, DRAFT, shown);
        allow(SUBMITTED, shown, ASK_CHANGES, CHANGES_ASKED, shown);
        allow(SUBMITTED, shown, APPROVE, APPROVED, shown);
        allow(APPROVED, shown, EDIT, DRAFT, shown);
        allow(APPROVED, shown, ASK_CHANGES, CHANGES_ASKED, shown);
    }

    private static void allow(
            DraftState draft, PublicState shown, Action action, DraftState nextDraft, PublicState nextShown) {
        STEPS.put(new Step(new Standing(draft, shown), action), new Standing(nextDraft, nextShown));
    }

    /** Where {@code action} leads from {@code standing}; empty when it is not legal there. */
    public static Optional<Standing> next(Standing standing, Action action) {
        return Optional.ofNullable(STEPS.get(new Step(standing, action)));
    }

    /** What is legal at {@code standing}. */
    public static Set<Action> legal(Standing standing) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (Action action : Action.values()) {
            if (STEPS.containsKey(new Step(standing, action))) {
                actions.add(action);
            }
        }
        return actions;
    }
}
