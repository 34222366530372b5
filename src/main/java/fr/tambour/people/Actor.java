package fr.tambour.people;

import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/**
 * Who is acting in which town, by session or by token; a controller takes one as a parameter. Read anew for each request:
 * a role that was taken away is gone at once.
 *
 * @param name as colleagues know them
 * @param roles in this town
 * @param rights names of the rights that follow from the roles; with a token those that it was given, too, and no others
 */
public record Actor(PersonId person, TownId town, String name, Set<Role> roles, Set<String> rights) {

    public Actor {
        roles = Set.copyOf(roles);
        rights = Set.copyOf(rights);
    }

    /** The same, with those of their rights alone that were given: what a token may. */
    public Actor within(Set<String> given) {
        return new Actor(
                person,
                town,
                name,
                roles,
                rights.stream().filter(given::contains).collect(Collectors.toSet()));
    }

    public boolean may(Right right) {
        return rights.contains(right.name());
    }

    /**
     * @throws Refusal 403 {@code people.token-right-missing} where the roles give the right, so that it is the token that
     *     lacks it; {@code people.right-missing} where the person does
     */
    public void require(Right right) {
        if (!may(right)) {
            boolean theirs = right.defaults().stream().anyMatch(roles::contains);
            throw new Refusal(
                    HttpStatus.FORBIDDEN, theirs ? "people.token-right-missing" : "people.right-missing", right);
        }
    }
}
