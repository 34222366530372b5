package fr.tambour.notice.studio;

import java.util.List;

/**
 * Whom a notice will reach, said before it comes out.
 *
 * @param when « si l’avis sort maintenant »
 * @param ways one for each channel, in their order
 * @param note what else is to be known of it; may be empty
 */
public record Reaching(String when, List<Way> ways, String note) {

    /**
     * @param channel « Téléphones »
     * @param told « 4 337 téléphones tout de suite », « visible dès sa publication »
     * @param later those who hear of it when their quiet hours end, or not at all
     */
    public record Way(String channel, String told, List<String> later) {}
}
