package fr.tambour.people;

import fr.tambour.town.TownId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** The people of this instance and the towns they work for. */
public interface People {

    /** @throws java.util.NoSuchElementException if there never was one */
    Person get(PersonId id);

    /**
     * Who has an account at this address. For staff's use only: nobody else may learn whether there is one.
     *
     * @param email any case
     */
    Optional<Person> byEmail(String email);

    /**
     * How to write down who did something, in the language of the request: a name, « Tambour » for
     * {@link PersonId#SYSTEM}, « nom effacé » for someone erased.
     */
    String nameOf(PersonId id);

    /** {@link #nameOf} for many in one query. */
    Map<PersonId, String> namesOf(Collection<PersonId> ids);

    /** Who works for a town, in order of their names. */
    List<Membership> of(TownId town);

    /** The towns that someone works for. */
    List<Membership> of(PersonId person);

    Optional<Membership> membership(TownId town, PersonId person);

    /** Someone acting in a town with all that their roles allow; empty if they do not work for it. */
    Optional<Actor> actor(TownId town, PersonId person);

    /** Whoever is signed in on this thread, acting in a town; empty for everybody else. What hands something to the frame asks. */
    default Optional<Actor> signedIn(TownId town) {
        Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
        return signedIn != null && signedIn.getPrincipal() instanceof PersonId person
                ? actor(town, person)
                : Optional.empty();
    }

    /**
     * Makes someone an administrator of a town: at set-up, or by an operator's command. Someone who is known by this
     * e-mail keeps their password and name.
     *
     * @param password at least 12 characters
     * @throws fr.tambour.ui.Refusal 422 if the e-mail, the name or the password will not do
     * @throws java.util.NoSuchElementException if there is no such town and the person is new
     */
    Person createAdministrator(TownId town, String email, String name, String password, String language);

    /**
     * The same for any roles: demonstrations and tests have people without invitations.
     *
     * @param roles at least one; they replace those that the person had in the town
     * @throws fr.tambour.ui.Refusal 422 if the e-mail, the name or the password will not do, or there is no role
     * @throws java.util.NoSuchElementException if there is no such town and the person is new
     */
    Person create(TownId town, String email, String name, String password, String language, Set<Role> roles);
}
