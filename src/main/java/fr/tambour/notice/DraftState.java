package fr.tambour.notice;

/** Where a notice's one working draft stands. {@code NONE}: there is no working draft. */
public enum DraftState {
    NONE,
    DRAFT,
    SUBMITTED,
    CHANGES_ASKED,
    APPROVED
}
