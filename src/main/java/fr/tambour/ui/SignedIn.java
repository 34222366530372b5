package fr.tambour.ui;

import java.util.Optional;

/**
 * Who is working in the studio.
 *
 * @param id whose is what a shared computer has kept
 * @param name as colleagues know them
 * @param initials two letters for the round mark
 * @param accountHref their own page
 * @param signOutHref where the sign-out form posts to
 */
public record SignedIn(String id, String name, String initials, String accountHref, String signOutHref) {

    /** Implemented by one module. */
    public interface Provider {
        Optional<SignedIn> signedIn(Scope scope);
    }
}
