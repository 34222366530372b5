package fr.tambour.notice;

/** What sort of notice it is. Decides defaults: its end, its channels, its approval. */
public enum Kind {
    NEWS,
    EVENT,
    PRACTICAL,
    EMERGENCY
}
