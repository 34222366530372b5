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

    /** Its arms on a square ground, PNG, 400 pixels wide: as networks show an account. */
    public static String portrait(Town town) {
        return "/ville/portrait.png?v=" + town.version();
    }

    /** The drum in its colours, PNG, 1500 by 500 pixels: as networks show above an account. */
    public static String banner(Town town) {
        return "/ville/banniere.png?v=" + town.version();
    }

    private static String armsExtension(Town town) {
        Profile.Arms arms = town.profile().arms();
        if (arms == null) {
            return "svg";
        }
        return arms.mediaType().equals("image/png") ? "png" : "jpg";
    }
}
