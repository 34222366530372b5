package fr.tambour.notice;

/** Who may approve a notice of a kind. */
public enum ApprovalPolicy {
    /** Somebody who changed nothing of it since the last published revision. */
    FOUR_EYES,
    /** One authorised person, also of her own text: a village has one secretary. */
    SINGLE;

    /** @param own whether whoever approves had a hand in the text */
    public boolean allows(boolean own) {
        return this == SINGLE || !own;
    }
}
