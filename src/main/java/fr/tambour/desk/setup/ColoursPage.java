package fr.tambour.desk.setup;

import fr.tambour.desk.internal.Problems;
import fr.tambour.town.Profile.Colours;

public record ColoursPage(SetupFrame setup, Colours picked, Problems problems) {

    /** Whether a picture of the arms was given. */
    public boolean ownArms() {
        return setup.draft().profile() != null && setup.draft().profile().arms() != null;
    }
}
