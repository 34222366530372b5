package fr.tambour.people.internal;

import fr.tambour.people.PersonId;
import fr.tambour.people.Tokens.Token;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of personal tokens. */
interface TokenTable {

    void add(TownId town, PersonId person, Token token, String secretMac);

    /** One that is still good. */
    Optional<Known> find(TownId town, String secretMac, Instant now);

    /** Those still good, newest first. */
    List<Token> of(TownId town, PersonId person, Instant now);

    /** Ends one that is still good. */
    boolean revoke(TownId town, PersonId person, long id, Instant now);

    /** Those of a person in any town that are still good. */
    List<Known> ofAnyTown(PersonId person, Instant now);

    /** Takes away every trace of a person's tokens. */
    void forget(PersonId person);

    /** Takes away what ended before {@code before}. */
    void forgetOver(Instant before);

    void used(TownId town, long id, LocalDate day);

    record Known(
            TownId town,
            long id,
            PersonId person,
            Set<String> rights,
            @Nullable LocalDate lastUsed) {}
}
