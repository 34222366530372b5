package fr.tambour.people;

import fr.tambour.town.TownId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Single-use links by which people come to work for a town, or choose a new password. */
public interface Invitations {

    /**
     * Invites someone, within the caller's transaction if there is one. An older invitation of the same person to the same
     * town ends. The link is good for seven days, is shown once and kept by nobody: only its MAC is stored.
     *
     * @param email whom; the person who opens the link need not prove that it is theirs
     * @param roles at least one
     * @param by who invites; {@link PersonId#SYSTEM} for an operator's command
     * @throws fr.tambour.ui.Refusal 422 {@code people.email-invalid}, {@code people.roles-missing}; 409 {@code
     *     people.already-member}
     */
    Link invite(TownId town, String email, Set<Role> roles, PersonId by);

    /**
     * Makes a link by which someone chooses a new password without the old one. Whoever holds it becomes them, so it is
     * shown to an administrator only for people who work for no other town.
     *
     * @param by who asks; for {@link PersonId#SYSTEM} (an operator's command) any person of the town will do
     * @throws fr.tambour.ui.Refusal 404 {@code people.unknown} if they do not work for the town; 409 {@code
     *     people.works-elsewhere}
     */
    Link resetPassword(TownId town, PersonId person, PersonId by);

    /** Invitations still open, newest first. */
    List<Open> open(TownId town);

    /** Takes an invitation back; one that is used or over already stays as it is. */
    void takeBack(TownId town, long id, PersonId by);

    /**
     * @param address opens once
     * @param expires until when, exclusive
     */
    record Link(URI address, String email, Instant expires) {}

    /**
     * An invitation that nobody has used.
     *
     * @param by who invited
     * @param expires until when, exclusive
     */
    record Open(long id, String email, Set<Role> roles, PersonId by, Instant created, Instant expires) {}
}
