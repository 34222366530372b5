package fr.tambour.people.studio;

/**
 * One more look before what cannot be taken back.
 *
 * @param heading what will be done, and to whom
 * @param text what follows from it
 * @param go what the button says
 * @param way where the form posts to
 * @param back where the person came from
 */
public record SurePage(String heading, String text, String go, String way, String back) {}
