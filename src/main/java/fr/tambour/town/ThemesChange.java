package fr.tambour.town;

import java.util.List;

/** What must change with a town's themes: called inside the transaction that arranges them; what it throws undoes that. */
public interface ThemesChange {

    /** Each with those that the town has dropped. */
    void changed(TownId town, List<Theme> before, List<Theme> after);
}
