package fr.tambour.notice;

/** What can be done to a notice. Which is legal when stands in {@link Lifecycle}. */
public enum Action {
    /** Change the working draft. */
    EDIT,
    /** Freeze the draft as a numbered revision and ask for approval. */
    SUBMIT,
    /** Take a submitted draft back to work on it. */
    TAKE_BACK,
    /** Ask the author for a change, with a comment. */
    ASK_CHANGES,
    /** Approve the submitted revision. */
    APPROVE,
    /** Have the approved revision published at a given time. */
    SCHEDULE,
    /** Take it off the schedule, to be edited. */
    UNSCHEDULE,
    /** Publish the approved revision. */
    PUBLISH,
    /** Publish the approved correction of a notice that is over and stays over. */
    AMEND,
    /** It was due, but could not go out, mostly because its end had passed meanwhile: it goes back to its authors. */
    MISS,
    /** Begin a correction of what is published. */
    CORRECT,
    /** Throw the working draft away. */
    DISCARD,
    /** Its end has come. */
    EXPIRE,
    /** Take back what was published, with a reason. */
    WITHDRAW
}
