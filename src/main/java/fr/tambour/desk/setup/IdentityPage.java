package fr.tambour.desk.setup;

import fr.tambour.desk.internal.Problems;
import fr.tambour.desk.internal.TownForm;

public record IdentityPage(SetupFrame setup, TownForm form, Problems problems) {}
