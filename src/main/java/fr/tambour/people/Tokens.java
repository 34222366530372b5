package fr.tambour.people;

import fr.tambour.town.TownId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Personal tokens: a program acts as a person of one town, with some of that person's rights, until a day. */
public interface Tokens {

    /**
     * Makes a token, within the caller's transaction if there is one.
     *
     * @param label what it is for
     * @param rights names; at least one, and none that the person lacks
     * @param expires exclusive; at most two years ahead
     * @throws fr.tambour.ui.Refusal 404 {@code people.unknown} if the person does not work for the town; 422 if the label,
     *     the rights or the end will not do
     */
    Created create(PersonId person, TownId town, String label, Set<String> rights, Instant expires);

    /** A person's tokens in a town that are neither revoked nor over, newest first. */
    List<Token> of(TownId town, PersonId person);

    /** Ends a person's token; one that has ended already stays as it is. */
    void revoke(TownId town, PersonId person, long id);

    /** @param secret {@code tbr_…}, shown once and kept by nobody */
    record Created(String secret, Token token) {}

    /** @param lastUsed the day, UTC; null if never */
    record Token(
            long id,
            String label,
            Set<String> rights,
            Instant created,
            Instant expires,
            @Nullable LocalDate lastUsed) {}
}
