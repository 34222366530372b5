package fr.tambour.website.site;

import fr.tambour.ui.Roll;
import java.util.List;

/**
 * The public account of a notice: where each version of it went, and when. Newest first.
 *
 * @param bilan where the whole of it stands
 * @param roll hidden from readers; the lines say the same
 */
public record Account(String bilan, Roll roll, List<Line> lines) {

    /**
     * @param what « Publié », « Rectificatif publié », « Retiré »
     * @param when « le 12 novembre à 9 h 02 »
     * @param where « site, flux et calendriers »
     */
    public record Line(String iso, String what, String when, String where) {}
}
