package fr.tambour.town;

/** A town's districts. */
public interface Districts extends TownList<District> {}
