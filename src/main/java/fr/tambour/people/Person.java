package fr.tambour.people;

/**
 * Someone who works, or has worked, for a town.
 *
 * @param email lower case; empty once the person was erased
 * @param name as colleagues know them; empty once the person was erased
 * @param language BCP 47 tag of the language they read the studio in: {@code fr} or {@code en}
 */
public record Person(PersonId id, String email, String name, String language) {}
