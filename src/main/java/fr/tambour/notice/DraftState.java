package fr.tambour.notice;

/** Where a notice's one working draft stands. {@code NONE}: there is no working draft. */
public enum DraftState {
    NONE,
    /** Being written. */
    DRAFT,
    /** Frozen as a revision that waits for an approver. */
    SUBMITTED,
    /** Being written again, as the approver asked. */
    CHANGES_ASKED,
    /** Approved as it was frozen; any change voids that. */
    APPROVED
}
