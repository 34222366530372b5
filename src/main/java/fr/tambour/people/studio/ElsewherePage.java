package fr.tambour.people.studio;

import fr.tambour.town.Town;
import java.util.List;

/**
 * @param name of who is signed in
 * @param here the town they do not work for
 * @param theirs the towns they do work for
 */
public record ElsewherePage(String name, String here, List<Town> theirs) {}
