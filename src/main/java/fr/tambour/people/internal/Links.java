package fr.tambour.people.internal;

import fr.tambour.people.PersonId;
import fr.tambour.people.Role;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of single-use links. */
interface Links {

    void add(Link link, String secretMac);

    /** One that is still good. */
    Optional<Link> find(TownId town, String secretMac, Instant now);

    /** Invitations still good, newest first. */
    List<Link> invitations(TownId town, Instant now);

    /** Ends one that is still good; of several at once, one wins. */
    boolean end(TownId town, long id, Instant now);

    /** Ends what was open for the same person or e-mail: a new link replaces an older one. */
    void endOlder(Link link, Instant now);

    /**
     * Ends what lets choose this person's password: all that administrators made, of whichever town, and what the operator
     * made for {@code town}. The operator's for another town stays: no administrator can take it away.
     */
    void endPasswordLinks(PersonId person, TownId town, Instant now);

    /** Ends what the operator made for this person, for whichever town. */
    void endOperatorsLinks(PersonId person, Instant now);

    /**
     * Takes away every link to this person or e-mail, used or not, but what another town than {@code town} has open to that
     * e-mail: it invites whoever reads mail there, not the person who is forgotten, and its end takes it away.
     */
    void forget(TownId town, PersonId person, String email, Instant now);

    /** Takes away what ended before {@code before}. */
    void forgetOver(Instant before);

    enum Purpose {
        JOIN,
        PASSWORD
    }

    /**
     * @param email JOIN: whom
     * @param roles JOIN: to do what
     * @param person PASSWORD: whose
     */
    record Link(
            TownId town,
            long id,
            Purpose purpose,
            @Nullable String email,
            Set<Role> roles,
            @Nullable PersonId person,
            PersonId by,
            Instant created,
            Instant expires) {}
}
