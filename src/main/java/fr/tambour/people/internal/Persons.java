package fr.tambour.people.internal;

import fr.tambour.people.Membership;
import fr.tambour.people.Person;
import fr.tambour.people.PersonId;
import fr.tambour.people.Role;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables of persons and memberships. */
interface Persons {

    Optional<Person> byId(PersonId id);

    List<Person> byIds(Collection<PersonId> ids);

    Optional<Credentials> byEmail(String email);

    Optional<Credentials> credentials(PersonId id);

    void add(Person person, String password, Instant now);

    void changePassword(PersonId id, String password);

    void changeProfile(PersonId id, String name, String language);

    /** Takes name, e-mail and password away; the id stays. */
    void erase(PersonId id);

    /** Those that last, in order of names. */
    List<Membership> members(TownId town);

    /** Those that have ended and whose person still has a name. */
    List<Membership> former(TownId town);

    List<Membership> memberships(PersonId person);

    Optional<Membership> membership(TownId town, PersonId person);

    /** Begins, resumes or changes a membership. */
    void join(TownId town, PersonId person, Set<Role> roles, Instant now);

    void leave(TownId town, PersonId person, Instant now);

    /** No other transaction changes this town's memberships until this one ends. */
    void lockMembers(TownId town);

    /** @param password encoded; null once erased */
    record Credentials(Person person, @Nullable String password) {}
}
