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
        return "/ville/armes." + armsExtension(town) + "?v=" + town.version();
    }

    private static String armsExtension(Town town) {
        Profile.Arms arms = town.profile().arms();
        if (arms == null) {
            return "svg";
        }
        return arms.mediaType().equals("image/png") ? "png" : "jpg";
    }
}
