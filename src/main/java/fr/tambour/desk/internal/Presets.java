package fr.tambour.desk.internal;

import fr.tambour.town.Profile.Colours;
import java.util.List;

/** Pairs of colours for a town without a style guide. Each is fit as it is. */
public final class Presets {

    public static final List<Colours> ALL = List.of(
            Colours.DEFAULT,
            new Colours("#86204a", "#9cc3e6"),
            new Colours("#1d4e89", "#f2b84b"),
            new Colours("#2f5d34", "#f0c04a"),
            new Colours("#5b3a8c", "#a8d5ba"),
            new Colours("#8a3b12", "#8fcbd1"),
            new Colours("#004f6e", "#ff9e7a"),
            new Colours("#3c3f45", "#e8c547"));

    private Presets() {}
}
