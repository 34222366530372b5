package fr.tambour.desk.setup;

import fr.tambour.desk.internal.Problems;
import fr.tambour.town.Profile.Colours;

public record ColoursPage(SetupFrame setup, Colours picked, Problems problems) {}
