package fr.tambour.town;

/** A town's themes, in the town's order. */
public interface Themes extends TownList<Theme> {}
