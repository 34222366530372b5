package fr.tambour.fediverse.internal;

/** Where other servers find what. */
public final class FediversePaths {

    /** What an account may be called in an address. */
    public static final String NAME = "[A-Za-z0-9_.-]+";

    /** Where an account stands, for a route: its {@code name}. */
    public static final String ACCOUNT = "/@{name:" + NAME + "}";

    public static final String INSTANCE = "/fediverse/instance";
    public static final String SHARED_INBOX = "/fediverse/inbox";
    public static final String INBOX = "/inbox";
    public static final String OUTBOX = "/outbox";
    public static final String FOLLOWERS = "/followers";
    public static final String FOLLOWING = "/following";
    /** Where people say from which server they follow. */
    public static final String FOLLOW = "/suivre";

    public static final String FEATURED = "/featured";

    /** What is ahead. */
    public static final String EVENTS = "/evenements";

    private FediversePaths() {}
}
