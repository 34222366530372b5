package fr.tambour.desk.setup;

import fr.tambour.town.Commune;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param query what was typed
 * @param found what it may mean; empty where nothing was typed or found
 * @param chosen code of the town chosen before, or null
 */
public record TownChoicePage(
        SetupFrame setup,
        String query,
        List<Commune> found,
        @Nullable String chosen) {}
