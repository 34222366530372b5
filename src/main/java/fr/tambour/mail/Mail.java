package fr.tambour.mail;

/** The way out for single messages: invitations, links to choose a password. */
public interface Mail {

    /** Whether a mail server is set. What goes by mail must also have another way: most villages have none. */
    boolean configured();

    /**
     * Hands a message to the mail server and waits: 5 seconds for a connection, 15 for each answer. That a message was not
     * taken is an outcome and no exception, whatever is the matter with it or with the server.
     *
     * @throws IllegalStateException within a transaction: a slow mail server must not hold up the database
     */
    Outcome send(Message message);

    /**
     * Leaves a message to be sent soon and does not wait. Few are sent at once; what waits does not outlive the process, so
     * that whatever is said in such a message is to be said elsewhere, too. One that did not leave is named in the log.
     *
     * @param what which letter it is, for the log: « to person 42 that … », without an address
     * @return false if it is dropped at once, since too many wait
     */
    boolean post(Message message, String what);

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
        /** There is no mail server; {@link #configured} says so beforehand. */
        NOT_CONFIGURED
    }
}
