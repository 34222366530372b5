package fr.tambour.phone.studio;

import fr.tambour.phone.site.QrCode;
import java.util.List;

/**
 * How many phones are told.
 *
 * @param total in one sentence
 * @param origins by push service, the most first
 * @param choices by what they are told of
 * @param posters to invite with, one for each language of the town that Tambour speaks
 * @param desk where the desk's own phones are added, with the choice of exercises marked
 * @param typed the same, as one types it
 * @param code the same, as a phone reads it
 */
public record PhonesPage(
        boolean any,
        String total,
        List<Line> origins,
        List<Line> choices,
        List<Poster> posters,
        String desk,
        String typed,
        QrCode code) {

    /** @param count as it may be shown: « environ 1 200 », « moins de dix » */
    public record Line(String name, String count) {}

    public record Poster(String href, String language) {}
}
