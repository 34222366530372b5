package fr.tambour.people.studio;

import fr.tambour.ui.PagePanel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param email as it was entered
 * @param next where to go afterwards
 * @param error what went wrong, or null
 * @param left they have just signed out
 * @param panels what other modules say at the door
 */
public record SignInPage(
        String email, String next, @Nullable String error, boolean left, List<PagePanel> panels) {}
