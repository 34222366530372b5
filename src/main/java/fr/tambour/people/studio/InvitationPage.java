package fr.tambour.people.studio;

import fr.tambour.people.internal.Doors.Invited;
import org.jspecify.annotations.Nullable;

/**
 * @param way where the form posts to
 * @param town its full name
 * @param signedIn the invited person is signed in already
 * @param name as it was entered
 */
public record InvitationPage(
        String way, String town, Invited invited, boolean signedIn, String name, FormErrors errors) {

    /** Said to who has an account already: they sign in with that, and come back. */
    public @Nullable String account() {
        return errors.at(FormErrors.ACCOUNT);
    }

    /** Where they do so. */
    public String signIn() {
        return "/studio/connexion?suite=" + way;
    }

    /** One field, whether a password is chosen or proves who one is. */
    public @Nullable String passwordError() {
        return errors.at("password") == null ? errors.at("current") : errors.at("password");
    }
}
