package fr.tambour.people.studio;

import fr.tambour.people.internal.Doors.Invited;

/**
 * @param way where the form posts to
 * @param town its full name
 * @param signedIn the invited person is signed in already
 * @param name as it was entered
 */
public record InvitationPage(
        String way, String town, Invited invited, boolean signedIn, String name, FormErrors errors) {}
