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
     * @param by who asks
     * @throws fr.tambour.ui.Refusal 404 {@code people.unknown} if they do not work for the town; 409 {@code
     *     people.works-elsewhere}
     */
    Link resetPassword(TownId town, PersonId person, PersonId by);

    /**
     * Makes a link by which whoever an address belongs to takes over the account that bears it, whichever town had it made:
     * the address was proved to nobody. For an operator's command, given by somebody who knows to whom they hand it. It is
     * good for a day; a newer one ends it, whichever town it names. Used, it ends every session and token of the account and
     * accepts what the town has open for the address. It stands in the journal of each town that the account works for.
     *
     * @param town for which they work, or which invites them
     * @throws fr.tambour.ui.Refusal 422 {@code people.email-invalid}; 404 {@code people.no-account}; 409 {@code
     *     people.not-expected} if they neither work for the town nor are invited by it
     */
    Link recover(TownId town, String email);

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
