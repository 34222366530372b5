package fr.tambour.town.site;

import fr.tambour.town.ColourRole;
import fr.tambour.town.Palette;
import fr.tambour.town.Town;
import fr.tambour.town.TownPaths;
import java.util.Map;

/** The stylesheet that lays a town's colour roles over those of `static/css/tokens.css`. */
final class ColourSheet {

    private ColourSheet() {}

    static String of(Town town) {
        return of(town.palette(), ":root", "--town-arms: url(\"" + TownPaths.arms(town) + "\");");
    }

    /**
     * @param selector what the colours hold for
     * @param more declarations beside the colours
     */
    static String of(Palette palette, String selector, String more) {
        return "@layer tokens{" + selector + "{" + more + declarations(palette.light()) + "}"
                + "@media screen and (prefers-color-scheme:dark){" + selector + "{" + declarations(palette.dark())
                + "}}}\n";
    }

    private static String declarations(Map<ColourRole, String> colours) {
        StringBuilder css = new StringBuilder();
        colours.forEach((role, colour) ->
                css.append(role.property()).append(':').append(colour).append(';'));
        return css.toString();
    }
}
