package fr.tambour.mail;

/** The way out for single messages: invitations, links to choose a password. */
public interface Mail {

    /** Whether a mail server is set. What goes by mail must also have another way: most villages have none. */
    boolean configured();

    /**
     * Hands a message to the mail server and waits for its answer, 20 seconds at most.
     *
     * @throws IllegalStateException within a transaction: a slow mail server must not hold up the database
     */
    Outcome send(Message message);

    /**
     * @param to one address
     * @param subject one line
     * @param text plain text
     */
    record Message(String to, String subject, String text) {}

    enum Outcome {
        /** The mail server took it; whether it is read, nobody knows. */
        ACCEPTED,
        /** The mail server answered no, or could not be reached: the message is not under way. */
        FAILED,
        NOT_CONFIGURED
    }
}
