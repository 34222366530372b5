package fr.tambour.people;

import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.Set;

/**
 * A person works for a town.
 *
 * @param roles at least one
 * @param since when they joined
 */
public record Membership(TownId town, Person person, Set<Role> roles, Instant since) {

    public Membership {
        roles = Set.copyOf(roles);
    }
}
