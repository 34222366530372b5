package fr.tambour.desk.setup;

import fr.tambour.desk.internal.Problems;

public record AdministratorPage(SetupFrame setup, String name, String email, Problems problems) {}
