package fr.tambour.town;

/** Where a town's own look is served. The addresses change with what they serve, so they may be kept for good. */
public final class TownPaths {

    private TownPaths() {}

    /** The stylesheet with its colour roles. */
    public static String colours(Town town) {
        return "/ville/" + town.version() + ".css";
    }

    /** Its arms, or the drawn shield. */
    public static String arms(Town town) {
        return "/ville/armes." + (town.profile().arms() == null ? "svg" : "png") + "?v=" + town.version();
    }
}
