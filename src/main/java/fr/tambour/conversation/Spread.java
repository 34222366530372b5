package fr.tambour.conversation;

/**
 * How far something went.
 *
 * @param reposts how often it was passed on, once for each person and notice
 * @param servers from how many servers that was
 */
public record Spread(int reposts, int servers, int likes) {

    public static final Spread NONE = new Spread(0, 0, 0);
}
