package fr.tambour.people.studio;

/**
 * @param way where the form posts to
 * @param name whose password it is
 */
public record NewPasswordPage(String way, String name, String email, FormErrors errors) {}
