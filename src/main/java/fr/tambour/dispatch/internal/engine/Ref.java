package fr.tambour.dispatch.internal.engine;

/** Which dispatch. */
public record Ref(long town, long dispatch) {}
