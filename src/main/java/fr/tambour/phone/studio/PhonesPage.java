package fr.tambour.phone.studio;

import java.util.List;

/**
 * How many phones are told.
 *
 * @param total in one sentence
 * @param origins by push service, the most first
 * @param choices by what they are told of
 * @param posters to invite with, one for each language of the town that Tambour speaks
 */
public record PhonesPage(boolean any, String total, List<Line> origins, List<Line> choices, List<Poster> posters) {

    /** @param count as it may be shown: « 1 204 », « moins de dix » */
    public record Line(String name, String count) {}

    public record Poster(String href, String language) {}
}
