package fr.tambour.people.studio;

import org.jspecify.annotations.Nullable;

/**
 * @param email as it was entered
 * @param next where to go afterwards
 * @param error what went wrong, or null
 * @param left they have just signed out
 */
public record SignInPage(
        String email, String next, @Nullable String error, boolean left) {}
