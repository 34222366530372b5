package fr.tambour.town;

/** A town's themes. */
public interface Themes extends TownList<Theme> {}
