package fr.tambour.conversation;

import fr.tambour.town.TownId;
import java.util.Optional;

/** What the town has answered publicly, for those who ask for it by its name. */
public interface TownAnswers {

    /** One that everybody may read, or might until it was taken back. */
    Optional<TownAnswer> find(TownId town, long id);
}
