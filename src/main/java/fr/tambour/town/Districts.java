package fr.tambour.town;

/** A town's districts, in the town's order. */
public interface Districts extends TownList<District> {}
