package fr.tambour.desk.studio;

import fr.tambour.desk.internal.Problems;
import fr.tambour.desk.internal.TownForm;
import fr.tambour.town.Profile.Colours;

/**
 * @param version the version of the town that the form shows
 * @param ownArms whether the town has given arms
 * @param saved just now
 */
public record TownSettingsPage(
        TownForm form,
        Colours picked,
        String name,
        String arms,
        boolean ownArms,
        long version,
        Problems problems,
        boolean saved) {

    /** In place of a field's name: the problem is the whole form's. */
    public static final String WHOLE = "";
}
