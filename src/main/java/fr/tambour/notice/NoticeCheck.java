package fr.tambour.notice;

import java.util.List;

/** Looks at a draft before it may go on. A channel implements it to say what does not suit it. */
public interface NoticeCheck {

    /** What is missing or doubtful, in the order of the form; called often, must be quick. */
    List<Finding> check(DraftView draft);
}
