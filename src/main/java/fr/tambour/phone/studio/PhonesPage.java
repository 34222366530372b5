package fr.tambour.phone.studio;

import java.util.List;

/**
 * How many phones are told.
 *
 * @param total in one sentence
 * @param origins by push service, the most first
 * @param choices by what they are told of
 */
public record PhonesPage(boolean any, String total, List<Line> origins, List<Line> choices) {

    /** @param count as it may be shown: « 1 204 », « moins de dix » */
    public record Line(String name, String count) {}
}
